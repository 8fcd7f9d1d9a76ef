package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"time"
)

// Swept says how many rows were deleted.
type Swept struct {
	Answers, Drafts, Counters, Notes, Hides, Pauses, Blocks, Feedback, Questions, Counts, Identifies int64

	Servers []Server // those that were erased because the bot was removed
	Copies  []string // files with the state before a migration that were deleted
}

// CopiesKept is how long a copy from before a migration is kept.
const CopiesKept = 30 * 24 * time.Hour

// identifiesKept is longer than the day for which Discord counts them.
const identifiesKept = 48 * time.Hour

// Sweep deletes what has lapsed; call it once an hour. Until then what has lapsed is not found any more, but is in the file.
//
//	counters                    24 hours
//	drafts                      7 days after they were last saved
//	servers that were left      14 days
//	records of answers          30 days
//	proposals of notes          30 days
//	copies before a migration   30 days
//	notes                       90 days after they were approved last
//	votes, reports, cards       90 days
//	questions                   as the server's managers have set, 30 days else; at once where insights are off
//	daily counts                365 days
//	hides, pauses, blocks       when they end
//	settings, pins              as long as the bot is in the server
func (s *Store) Sweep(ctx context.Context) (Swept, error) {
	var swept Swept
	now := s.clock()
	err := s.write(ctx, "sweep", func(ctx context.Context, tx *sql.Tx) error {
		ago := func(d time.Duration) moment { return moment(now.Add(-d)) }
		var firsts, cards int64
		for _, d := range []struct {
			deleted   *int64
			statement string
			limit     any
		}{
			{&swept.Answers, "DELETE FROM answers WHERE created <= ?", ago(AnswersKept)},
			{&swept.Drafts, "DELETE FROM drafts WHERE saved <= ?", ago(DraftsKept)},
			{&swept.Counters, "DELETE FROM takes WHERE at <= ?", ago(Window)},
			{&firsts, "DELETE FROM firsts WHERE at <= ?", ago(Window)},
			{&swept.Notes, "DELETE FROM notes WHERE expires <= ?", moment(now)},
			{&swept.Hides, "DELETE FROM hides WHERE until <= ?", moment(now)},
			{&swept.Pauses, "DELETE FROM pauses WHERE until <= ?", moment(now)},
			{&swept.Blocks, "DELETE FROM blocks WHERE until <= ?", moment(now)},
			{&swept.Feedback, "DELETE FROM votes WHERE at <= ?", ago(FeedbackKept)},
			{&cards, "DELETE FROM cards WHERE created <= ?", ago(FeedbackKept)},
			{&swept.Counts, "DELETE FROM counts WHERE day < ?", dayOf(now.Add(-CountsKept))},
			{&swept.Identifies, "DELETE FROM identifies WHERE at <= ?", ago(identifiesKept)},
		} {
			var err error
			if *d.deleted, err = exec(ctx, tx, d.statement, d.limit); err != nil {
				return err
			}
		}
		swept.Counters += firsts
		swept.Feedback += cards
		var err error
		if swept.Questions, err = sweepQuestions(ctx, tx, now); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM salts WHERE epoch < ? AND NOT EXISTS "+
			"(SELECT 1 FROM questions q WHERE q.server = salts.server AND q.epoch = salts.epoch)", epochOf(now))
		return err
	})
	if err == nil {
		swept.Servers, err = s.sweepServers(ctx, now)
	}
	if err == nil {
		swept.Copies, err = s.sweepCopies(now)
	}
	if err == nil {
		err = s.wipe(ctx)
	}
	if err != nil {
		return Swept{}, err
	}
	return swept, nil
}

func sweepQuestions(ctx context.Context, tx *sql.Tx, now time.Time) (deleted int64, err error) {
	servers, err := collect(ctx, tx, scanServer, "SELECT DISTINCT server FROM questions")
	if err != nil {
		return 0, err
	}
	for _, server := range servers {
		settings, err := readSettings(ctx, tx, server)
		if err != nil {
			return 0, err
		}
		oldest := now.Add(-settings.retention())
		if !settings.Insights {
			oldest = now.Add(time.Hour) // whatever its time is
		}
		n, err := exec(ctx, tx, "DELETE FROM questions WHERE server = ? AND created < ?", server, moment(oldest))
		if err != nil {
			return 0, err
		}
		deleted += n
	}
	return deleted, nil
}

// sweepServers erases the servers that the bot has left. One that it comes back to at that moment stays.
func (s *Store) sweepServers(ctx context.Context, now time.Time) (erased []Server, err error) {
	const left = "SELECT server FROM servers WHERE removed <= ? "
	limit := moment(now.Add(-RemovedKept))
	servers, err := collect(ctx, s.read, scanServer, left+"ORDER BY server", limit)
	if err != nil {
		return nil, s.explain("sweep", err)
	}
	for _, server := range servers {
		due := func(ctx context.Context, tx *sql.Tx) (bool, error) {
			still, err := collect(ctx, tx, scanServer, left+"AND server = ?", limit, server)
			return len(still) > 0, err
		}
		done, err := s.eraseWhere(ctx, Erasure{Kind: eraseServer, Server: server}, due)
		if err != nil {
			return nil, err
		}
		if done {
			erased = append(erased, server)
		}
	}
	return erased, nil
}

func (s *Store) sweepCopies(now time.Time) (deleted []string, err error) {
	names, err := copies(s.path)
	if err != nil {
		return nil, s.explain("sweep", err)
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err == nil && now.Sub(info.ModTime()) > CopiesKept {
			err = os.Remove(name)
			deleted = append(deleted, name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, s.explain("sweep", err)
		}
	}
	return deleted, nil
}
