package store

import (
	"context"
	"database/sql"
	"slices"
	"time"
)

// Pause silences the bot in a channel, or with an empty channel in the whole server, until then. It replaces an earlier
// pause of the same channel.
func (s *Store) Pause(ctx context.Context, server Server, channel Channel, until time.Time) error {
	return s.write(ctx, "pause in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO pauses (server, channel, until) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET until = ?3",
			server, channel, moment(until))
		return err
	})
}

// Unpause ends a pause. It is no error where there is none.
func (s *Store) Unpause(ctx context.Context, server Server, channel Channel) error {
	return s.write(ctx, "end a pause in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM pauses WHERE server = ? AND channel = ?", server, channel)
		return err
	})
}

// PausedUntil returns until when the bot is silent in the whole server or in one of the channels, such as a thread and the
// channel above it: the latest time, or the zero time where it is not.
func (s *Store) PausedUntil(ctx context.Context, server Server, channels ...Channel) (time.Time, error) {
	type pause struct {
		channel Channel
		until   time.Time
	}
	pauses, err := collect(ctx, s.read, func(rows *sql.Rows) (p pause, err error) {
		err = rows.Scan(&p.channel, (*moment)(&p.until))
		return p, err
	}, "SELECT channel, until FROM pauses WHERE server = ? AND until > ?", server, moment(s.clock()))
	if err != nil {
		return time.Time{}, s.explain("read pauses in", err)
	}
	var latest time.Time
	for _, p := range pauses {
		if (p.channel == "" || slices.Contains(channels, p.channel)) && p.until.After(latest) {
			latest = p.until
		}
	}
	return latest, nil
}
