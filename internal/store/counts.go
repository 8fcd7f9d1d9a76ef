package store

import (
	"context"
	"database/sql"
	"time"
)

// Count is how often something happened in a server on a day.
type Count struct {
	Day  string `json:"day,omitempty"`  // UTC, such as 2026-01-31
	What string `json:"what,omitempty"` // asked, refused, reported, …: the caller's words
	N    int64  `json:"n"`
}

// CountsKept is how long daily counts are kept.
const CountsKept = 365 * 24 * time.Hour

// Count counts something that happened today.
func (s *Store) Count(ctx context.Context, server Server, what string) error {
	return s.write(ctx, "count in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO counts (server, day, what, n) VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
			server, dayOf(s.clock()), what)
		return err
	})
}

// Counts returns what was counted in a server since a day, by day and then by what.
func (s *Store) Counts(ctx context.Context, server Server, since time.Time) ([]Count, error) {
	counts, err := collect(ctx, s.read, func(rows *sql.Rows) (c Count, err error) {
		err = rows.Scan(&c.Day, &c.What, &c.N)
		return c, err
	}, "SELECT day, what, n FROM counts WHERE server = ? AND day >= ? ORDER BY day, what", server, dayOf(since))
	return counts, s.explain("read counts in", err)
}
