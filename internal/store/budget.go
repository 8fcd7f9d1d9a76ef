package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limits are what the language model may use on one day (UTC). Zero means no limit.
type Limits struct {
	TokensPerDay   int64   // all askers together
	TokensPerAsker int64   // each asker
	MicroUSDPerDay int64   // all askers together, in millionths of a US dollar
	Share          float64 // the part of TokensPerDay and of MicroUSDPerDay, 0 to 1, that one asker or one server may take
}

// Spender is whom a call to the model is for. An empty id has no account of its own: it counts for the day only.
type Spender struct{ Asker, Server string }

// Budget decides whether the language model may be called. It may be used from several goroutines at once; budgets of
// one file, in this process and others, count together.
//
// # Privacy
//
// The file does not hold the ids of askers and servers: an account is named by the HMAC-SHA256 of its id under a salt
// that is random and new each day. So entries of two days cannot be joined, and the file tells nothing to who looks into
// it. Who holds the file and a list of ids can still try them; therefore the entries of a day are deleted, with its salt,
// when the day after the next one begins to spend. (Not at midnight: a clock that is set back by some minutes, or two
// machines that disagree, must not bring a fresh budget.)
type Budget struct {
	store  *Store
	limits Limits
	now    func() time.Time
}

// Budget returns the budget with these limits, by the clock now; nil stands for the store's.
func (s *Store) Budget(l Limits, now func() time.Time) *Budget {
	if now == nil {
		now = s.now
	}
	return &Budget{s, l, now}
}

// maxAmount bounds an amount, so that no sum of a day overflows: a trillion tokens, a million dollars.
const maxAmount = 1_000_000_000_000

// Reserve sets tokens and microUSD aside for one call, at the most that it may use, or returns an OverBudgetError where
// that and all that was reserved or used on this day would pass a limit. Nothing is reserved on an error.
//
// What is reserved and never settled, because the process died, counts as used until the day ends.
func (b *Budget) Reserve(ctx context.Context, who Spender, tokens, microUSD int64) (Reservation, error) {
	if err := errors.Join(checkAmount("tokens", tokens), checkAmount("micro-dollars", microUSD)); err != nil {
		return Reservation{}, fmt.Errorf("reserve: %w", err)
	}
	day := dayOf(b.now())
	var accounts []account
	err := b.store.write(ctx, "reserve in", func(ctx context.Context, tx *sql.Tx) error {
		salt, err := begin(ctx, tx, day)
		if err != nil {
			return err
		}
		accounts = accountsOf(who, salt)
		for _, a := range accounts {
			used, err := usageOf(ctx, tx, day, a)
			if err != nil {
				return err
			}
			if err := b.limits.allow(a.kind, used, tokens, microUSD); err != nil {
				return err
			}
		}
		for _, a := range accounts {
			const add = "INSERT INTO spending VALUES (?1, ?2, ?3, 1, 1, ?4, ?5) ON CONFLICT DO UPDATE SET " +
				"calls = calls + 1, unsettled = unsettled + 1, tokens = tokens + ?4, micro_usd = micro_usd + ?5"
			if _, err := tx.ExecContext(ctx, add, day, a.kind, a.name, tokens, microUSD); err != nil {
				return err
			}
		}
		return nil
	})
	if over, ok := errors.AsType[OverBudgetError](err); ok {
		return Reservation{}, over
	}
	if err != nil {
		return Reservation{}, err
	}
	return Reservation{&reserved{store: b.store, day: day, accounts: accounts, tokens: tokens, microUSD: microUSD}}, nil
}

// Reservation is a part of a budget that was set aside for a call. Settle it when the call has ended.
type Reservation struct{ *reserved }

type reserved struct {
	store            *Store
	day              string
	accounts         []account
	tokens, microUSD int64

	mutex   sync.Mutex
	settled bool
}

// ErrSettled means that a reservation was settled before, or is none.
var ErrSettled = errors.New("already settled")

// Settle replaces what was reserved by what was used, which may be more, and counts for the day of the reservation: 0, 0
// for a call that did not take place. On an error the reservation stays as it was, and Settle may be called again. Give it
// a context that outlives the call, so that a call that was broken off is settled too.
func (r Reservation) Settle(ctx context.Context, tokens, microUSD int64) error {
	if r.reserved == nil {
		return fmt.Errorf("settle: %w", ErrSettled)
	}
	if err := errors.Join(checkAmount("tokens", tokens), checkAmount("micro-dollars", microUSD)); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.settled {
		return fmt.Errorf("settle: %w", ErrSettled)
	}
	err := r.store.write(ctx, "settle in", func(ctx context.Context, tx *sql.Tx) error {
		for _, a := range r.accounts {
			const change = "UPDATE spending SET unsettled = unsettled - 1, tokens = tokens + ?4, micro_usd = micro_usd + ?5 " +
				"WHERE day = ?1 AND kind = ?2 AND account = ?3" // none when the day was deleted
			if _, err := tx.ExecContext(ctx, change, r.day, a.kind, a.name, tokens-r.tokens, microUSD-r.microUSD); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.settled = true
	return nil
}

func checkAmount(what string, n int64) error {
	if n < 0 || n > maxAmount {
		return fmt.Errorf("%d %s: an amount is 0 to %d", n, what, int64(maxAmount))
	}
	return nil
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// begin returns the salt of a day. The first who asks for it makes it, and deletes what is older than the day before.
func begin(ctx context.Context, tx *sql.Tx, day string) (salt []byte, err error) {
	err = tx.QueryRowContext(ctx, "SELECT salt FROM days WHERE day = ?", day).Scan(&salt)
	if !errors.Is(err, sql.ErrNoRows) {
		return salt, err
	}
	salt = make([]byte, 32)
	_, _ = rand.Read(salt) // never fails, says its documentation
	if _, err := tx.ExecContext(ctx, "INSERT INTO days VALUES (?, ?)", day, salt); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM days WHERE day < date(?, '-1 day')", day); err != nil {
		return nil, err
	}
	return salt, nil
}

// account is what spending is counted for.
type account struct {
	kind string // all, asker, server
	name []byte // not nil
}

func accountsOf(who Spender, salt []byte) []account {
	accounts := []account{{"all", []byte{}}}
	for _, a := range []struct{ kind, id string }{{"asker", who.Asker}, {"server", who.Server}} {
		if a.id != "" {
			mac := hmac.New(sha256.New, salt)
			_, _ = mac.Write([]byte(a.kind + "\x00" + a.id)) // a hash takes everything
			accounts = append(accounts, account{a.kind, mac.Sum(nil)})
		}
	}
	return accounts
}
