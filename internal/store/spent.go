package store

import (
	"context"
	"database/sql"
	"errors"
)

// Usage is what an account has used and reserved on a day.
type Usage struct {
	Calls     int64 // of the model
	Unsettled int64 // those of Calls that go on, or whose process died: they count as reserved
	Tokens    int64
	MicroUSD  int64
}

// Spent is the spending of a day.
type Spent struct {
	Day     string // UTC, such as 2026-01-31
	All     Usage
	Askers  int // how many different ones
	Servers int
}

// Spent returns the spending of today.
func (b *Budget) Spent(ctx context.Context) (Spent, error) {
	const question = "SELECT " +
		"coalesce(sum(calls) FILTER (WHERE kind = 'all'), 0), coalesce(sum(unsettled) FILTER (WHERE kind = 'all'), 0), " +
		"coalesce(sum(tokens) FILTER (WHERE kind = 'all'), 0), coalesce(sum(micro_usd) FILTER (WHERE kind = 'all'), 0), " +
		"count(*) FILTER (WHERE kind = 'asker'), count(*) FILTER (WHERE kind = 'server') FROM spending WHERE day = ?"
	s := Spent{Day: dayOf(b.now())}
	err := b.store.read.QueryRowContext(ctx, question, s.Day).
		Scan(&s.All.Calls, &s.All.Unsettled, &s.All.Tokens, &s.All.MicroUSD, &s.Askers, &s.Servers)
	if err != nil {
		return Spent{}, b.store.explain("read spending in", err)
	}
	return s, nil
}

// usageOf returns what an account has used; nothing where it has no entry.
func usageOf(ctx context.Context, tx *sql.Tx, day string, a account) (Usage, error) {
	const question = "SELECT calls, unsettled, tokens, micro_usd FROM spending WHERE day = ? AND kind = ? AND account = ?"
	var u Usage
	err := tx.QueryRowContext(ctx, question, day, a.kind, a.name).Scan(&u.Calls, &u.Unsettled, &u.Tokens, &u.MicroUSD)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Usage{}, err
	}
	return u, nil
}
