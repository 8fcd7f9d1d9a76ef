package store

import (
	"context"
	"database/sql"
	"time"
)

// AddIdentify notes an Identify, before it is sent: Discord allows a number of them in 24 hours, and resets the bot's token
// where they are passed.
func (s *Store) AddIdentify(ctx context.Context, at time.Time) error {
	return s.write(ctx, "note an identify in", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO identifies (at) VALUES (?)", moment(at))
		return err
	})
}

// IdentifiesSince returns how many there were since then. They are kept for two days.
func (s *Store) IdentifiesSince(ctx context.Context, since time.Time) (int, error) {
	n, err := one(ctx, s.read, func(rows *sql.Rows) (n int, err error) {
		err = rows.Scan(&n)
		return n, err
	}, "SELECT count(*) FROM identifies WHERE at >= ?", moment(since))
	return n, s.explain("read identifies in", err)
}
