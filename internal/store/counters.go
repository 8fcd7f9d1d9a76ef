package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Window is the time in which questions are counted. Counters lapse with it.
const Window = 24 * time.Hour

// Allowance is how many questions are answered. Zero fields are no limit.
type Allowance struct {
	Cooldown  time.Duration // between two questions of a member
	PerMember int           // in a window
	PerServer int           // in a window; not for direct messages
}

// Limit is the part of an allowance that was used up.
type Limit string

// The limits.
const (
	LimitCooldown Limit = "cooldown"
	LimitMember   Limit = "member"
	LimitServer   Limit = "server"
)

// Taken says whether a question may be answered.
type Taken struct {
	Limit Limit     // empty: it may
	Until time.Time // when it may be asked again
	ID    int64     // for GiveBack
}

// Allowed reports whether no limit stood against it.
func (t Taken) Allowed() bool { return t.Limit == "" }

// Take counts a question of a member, where no limit stands against it.
func (s *Store) Take(ctx context.Context, server Server, m Member, a Allowance) (Taken, error) {
	hash, err := s.hash(m)
	if err != nil {
		return Taken{}, s.explain("count a question in", err)
	}
	var taken Taken
	err = s.write(ctx, "count a question in", func(ctx context.Context, tx *sql.Tx) error {
		now := s.clock()
		if taken, err = a.refuse(ctx, tx, server, hash, now); err != nil || !taken.Allowed() {
			return err
		}
		return tx.QueryRowContext(ctx, "INSERT INTO takes (server, member, at) VALUES (?, ?, ?) RETURNING id", server, hash, moment(now)).Scan(&taken.ID)
	})
	if err != nil {
		return Taken{}, err
	}
	return taken, nil
}

// refuse returns the limit that stands longest against a question.
func (a Allowance) refuse(ctx context.Context, tx *sql.Tx, server Server, hash []byte, now time.Time) (Taken, error) {
	const newest = "ORDER BY at DESC LIMIT 1 OFFSET ?"
	const byMember = "SELECT at FROM takes WHERE server = ? AND at > ? AND member = ? " + newest
	const byServer = "SELECT at FROM takes WHERE server = ? AND at > ? " + newest
	begin := moment(now.Add(-Window))
	checks := []struct {
		limit    Limit
		applies  bool
		lasts    time.Duration // from the take that the question finds
		question string
		args     []any
	}{
		{LimitCooldown, a.Cooldown > 0, a.Cooldown, byMember, []any{server, begin, hash, 0}},
		{LimitMember, a.PerMember > 0, Window, byMember, []any{server, begin, hash, a.PerMember - 1}},
		{LimitServer, a.PerServer > 0 && server != "", Window, byServer, []any{server, begin, a.PerServer - 1}},
	}
	var worst Taken
	for _, c := range checks {
		if !c.applies {
			continue
		}
		at, err := one(ctx, tx, scanMoment, c.question, c.args...)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return Taken{}, err
		}
		if until := at.Add(c.lasts); until.After(now) && until.After(worst.Until) {
			worst = Taken{Limit: c.limit, Until: until}
		}
	}
	return worst, nil
}

func scanMoment(rows *sql.Rows) (time.Time, error) {
	var t time.Time
	err := rows.Scan((*moment)(&t))
	return t, err
}

// GiveBack takes a counted question off the counters, where it could not be answered.
func (s *Store) GiveBack(ctx context.Context, t Taken) error {
	return s.write(ctx, "give a question back in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM takes WHERE id = ?", t.ID)
		return err
	})
}

// FirstToday reports whether something is done for a member for the first time in a Window, such as a hint, and notes that
// it is done.
func (s *Store) FirstToday(ctx context.Context, server Server, m Member, what string) (bool, error) {
	hash, err := s.hash(m)
	if err != nil {
		return false, s.explain("read a counter in", err)
	}
	first := false
	err = s.write(ctx, "note in", func(ctx context.Context, tx *sql.Tx) error {
		now := s.clock()
		n, err := exec(ctx, tx, "INSERT INTO firsts (server, member, what, at) VALUES (?1, ?2, ?3, ?4) "+
			"ON CONFLICT DO UPDATE SET at = ?4 WHERE at <= ?5", server, hash, what, moment(now), moment(now.Add(-Window)))
		first = n > 0
		return err
	})
	return first && err == nil, err
}
