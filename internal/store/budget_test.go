package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func temp(t testing.TB) *store.Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "amur.db"))
}

// step is one reservation and, where settle is not nil, its settling.
type step struct {
	who              store.Spender
	tokens, microUSD int64
	settle           *store.Usage
	limit            string // of the error; empty for none
}

func TestReserve(t *testing.T) {
	t.Parallel()
	anna, boris := store.Spender{Asker: "anna", Server: "one"}, store.Spender{Asker: "boris", Server: "one"}
	clara, nobody := store.Spender{Asker: "clara", Server: "two"}, store.Spender{}
	tests := []struct {
		name   string
		limits store.Limits
		steps  []step
	}{
		{"no limits", store.Limits{}, []step{{who: anna, tokens: 1e12, microUSD: 1e12}, {who: anna, tokens: 1e12}}},
		{"up to the day's tokens", store.Limits{TokensPerDay: 100}, []step{
			{who: anna, tokens: 60},
			{who: boris, tokens: 41, limit: "tokens a day"},
			{who: clara, tokens: 40},
			{who: nobody, tokens: 1, limit: "tokens a day"},
		}},
		{"settling gives back", store.Limits{TokensPerDay: 100}, []step{
			{who: anna, tokens: 100, settle: &store.Usage{Tokens: 30}}, {who: anna, tokens: 71, limit: "tokens a day"}, {who: anna, tokens: 70},
		}},
		{"settling at more than was reserved", store.Limits{TokensPerDay: 100}, []step{
			{who: anna, tokens: 10, settle: &store.Usage{Tokens: 150}}, {who: anna, tokens: 0, limit: "tokens a day"},
		}},
		{"each asker's tokens", store.Limits{TokensPerAsker: 50}, []step{
			{who: anna, tokens: 50},
			{who: anna, tokens: 1, limit: "tokens an asker"},
			{who: boris, tokens: 50},
			{who: store.Spender{Asker: "anna", Server: "two"}, tokens: 1, limit: "tokens an asker"},
			{who: nobody, tokens: 500},
		}},
		{"money", store.Limits{MicroUSDPerDay: 1000}, []step{
			{who: anna, tokens: 1e6, microUSD: 900, settle: &store.Usage{Tokens: 1e6, MicroUSD: 400}},
			{who: boris, microUSD: 601, limit: "money a day, in millionths of a dollar"},
			{who: boris, microUSD: 600},
		}},
		{"an asker's share", store.Limits{TokensPerDay: 100, Share: 0.3}, []step{
			{who: store.Spender{Asker: "anna"}, tokens: 30},
			{who: store.Spender{Asker: "anna"}, tokens: 1, limit: "one asker's share of the tokens"},
			{who: store.Spender{Asker: "boris"}, tokens: 30},
			{who: nobody, tokens: 40},
		}},
		{"a server's share", store.Limits{TokensPerDay: 100, Share: 0.3}, []step{
			{who: anna, tokens: 20}, {who: boris, tokens: 11, limit: "one server's share of the tokens"}, {who: boris, tokens: 10}, {who: clara, tokens: 30},
		}},
		{"a share of the money", store.Limits{MicroUSDPerDay: 100, Share: 0.5}, []step{
			{who: anna, microUSD: 51, limit: "one asker's share of the money, in millionths of a dollar"},
			{who: anna, microUSD: 50},
			{who: boris, microUSD: 1, limit: "one server's share of the money, in millionths of a dollar"},
		}},
		{"an asker called like a server", store.Limits{TokensPerDay: 100, Share: 0.5}, []step{
			{who: store.Spender{Asker: "one"}, tokens: 50}, {who: store.Spender{Server: "one"}, tokens: 50},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := temp(t).Budget(tt.limits, noon)
			for i, s := range tt.steps {
				r, err := b.Reserve(t.Context(), s.who, s.tokens, s.microUSD)
				over, _ := errors.AsType[store.OverBudgetError](err)
				if over.Limit != s.limit || (err != nil) != (s.limit != "") || errors.Is(err, store.ErrOverBudget) != (s.limit != "") {
					t.Fatalf("step %d: Reserve(%+v, %d, %d) = %v, want limit %q", i, s.who, s.tokens, s.microUSD, err, s.limit)
				}
				if s.settle != nil {
					if err := r.Settle(t.Context(), s.settle.Tokens, s.settle.MicroUSD); err != nil {
						t.Fatalf("step %d: %v", i, err)
					}
				}
			}
		})
	}
}

func TestOverBudgetMessage(t *testing.T) {
	t.Parallel()
	b := temp(t).Budget(store.Limits{TokensPerDay: 100}, noon)
	reserve(t, b, 60)
	_, err := b.Reserve(t.Context(), store.Spender{Asker: "anna"}, 50, 0)
	const want = "over budget: tokens a day: 60 of 100 are used or reserved today, and 50 were asked for"
	if err == nil || err.Error() != want {
		t.Errorf("Reserve = %v, want %q", err, want)
	}
	if got := spent(t, b); got.All.Calls != 1 || got.Askers != 0 {
		t.Errorf("spent %+v: a refused reservation left its mark", got)
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	b := temp(t).Budget(store.Limits{}, noon)
	reserve(t, b, 100) // something to take from
	for _, amount := range [][2]int64{{-1, 0}, {0, -1}, {1 << 62, 0}, {0, 1 << 62}} {
		if _, err := b.Reserve(t.Context(), store.Spender{}, amount[0], amount[1]); err == nil {
			t.Errorf("Reserve(%v) succeeded", amount)
		}
		r := reserve(t, b, 10)
		if err := r.Settle(t.Context(), amount[0], amount[1]); err == nil {
			t.Errorf("Settle(%v) succeeded", amount)
		}
		if err := r.Settle(t.Context(), 0, 0); err != nil {
			t.Errorf("Settle after a wrong amount: %v", err)
		}
	}
	if got, want := spent(t, b).All, (store.Usage{Calls: 5, Unsettled: 1, Tokens: 100}); got != want {
		t.Errorf("spent %+v, want %+v", got, want)
	}
}

func TestSettleOnce(t *testing.T) {
	t.Parallel()
	b := temp(t).Budget(store.Limits{}, noon)
	r := reserve(t, b, 10)
	same := r
	if err := r.Settle(t.Context(), 3, 0); err != nil {
		t.Fatal(err)
	}
	for _, again := range []store.Reservation{r, same, {}} {
		if err := again.Settle(t.Context(), 3, 0); !errors.Is(err, store.ErrSettled) {
			t.Errorf("Settle again = %v, want ErrSettled", err)
		}
	}
	if got, want := spent(t, b).All, (store.Usage{Calls: 1, Tokens: 3}); got != want {
		t.Errorf("spent %+v, want %+v", got, want)
	}
}

// TestDays holds that a day begins at midnight UTC, that a call counts for the day of its reservation, that setting the
// clock back some minutes brings no fresh budget, and that older days are deleted.
func TestDays(t *testing.T) {
	t.Parallel()
	var offset atomic.Int64
	clock := func() time.Time {
		return noon().Add(time.Duration(offset.Load())).In(time.FixedZone("far east", 12*3600))
	}
	at := func(d time.Duration) { offset.Store(int64(d)) }
	s := temp(t)
	b := s.Budget(store.Limits{TokensPerDay: 100}, clock)
	at(12*time.Hour - time.Second)
	late := reserve(t, b, 100)
	at(12 * time.Hour)
	reserve(t, b, 70)
	if err := late.Settle(t.Context(), 90, 0); err != nil {
		t.Fatal(err)
	}
	at(11 * time.Hour)
	if _, err := b.Reserve(t.Context(), store.Spender{}, 11, 0); !errors.Is(err, store.ErrOverBudget) {
		t.Errorf("Reserve after the clock was set back = %v, want ErrOverBudget", err)
	}
	want := store.Spent{Day: "2026-01-31", All: store.Usage{Calls: 1, Tokens: 90}}
	if diff := cmp.Diff(want, spent(t, b)); diff != "" {
		t.Errorf("spent (-want +got):\n%s", diff)
	}
	at(2 * 24 * time.Hour)
	reserve(t, b, 1)
	at(0)
	if diff := cmp.Diff(store.Spent{Day: "2026-01-31"}, spent(t, b)); diff != "" {
		t.Errorf("the day before yesterday (-want +got):\n%s", diff)
	}
	at(24 * time.Hour)
	if got := spent(t, b).All.Tokens; got != 70 {
		t.Errorf("yesterday: %d tokens, want 70", got)
	}
	at(4 * 24 * time.Hour)
	reserve(t, b, 1)
	if err := late.Settle(t.Context(), 1, 0); !errors.Is(err, store.ErrSettled) {
		t.Errorf("Settle again = %v", err)
	}
}

func TestSettleAfterItsDayWasDeleted(t *testing.T) {
	t.Parallel()
	s := temp(t)
	r := reserve(t, s.Budget(store.Limits{}, noon), 10)
	later := s.Budget(store.Limits{}, func() time.Time { return noon().AddDate(0, 0, 7) })
	reserve(t, later, 1)
	if err := r.Settle(t.Context(), 5, 0); err != nil {
		t.Error(err)
	}
	if got, want := spent(t, later).All, (store.Usage{Calls: 1, Unsettled: 1, Tokens: 1}); got != want {
		t.Errorf("spent %+v, want %+v", got, want)
	}
}

// TestGoroutines lets many reserve at once, from two openings of one file: together they get the limit and no more.
func TestGoroutines(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	limits := store.Limits{TokensPerDay: 200}
	budgets := []*store.Budget{open(t, path).Budget(limits, noon), open(t, path).Budget(limits, noon)}
	var granted, refused atomic.Int64
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 10 {
				r, err := budgets[i%2].Reserve(t.Context(), store.Spender{Asker: fmt.Sprint(i)}, 10, 0)
				switch {
				case err == nil:
					granted.Add(1)
					if err := r.Settle(t.Context(), 10, 0); err != nil {
						t.Error(err)
					}
				case errors.Is(err, store.ErrOverBudget):
					refused.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if granted.Load() != 20 || refused.Load() != 60 {
		t.Errorf("%d granted and %d refused, want 20 and 60", granted.Load(), refused.Load())
	}
	if got, want := spent(t, budgets[0]).All, (store.Usage{Calls: 20, Tokens: 200}); got != want {
		t.Errorf("spent %+v, want %+v", got, want)
	}
}

func reserve(t testing.TB, b *store.Budget, tokens int64) store.Reservation {
	t.Helper()
	r, err := b.Reserve(t.Context(), store.Spender{}, tokens, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func BenchmarkReserveAndSettle(b *testing.B) {
	budget := temp(b).Budget(store.Limits{TokensPerDay: 1 << 40, Share: 0.5}, nil)
	for b.Loop() {
		r, err := budget.Reserve(b.Context(), store.Spender{Asker: "anna", Server: "one"}, 10, 10)
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Settle(b.Context(), 5, 5); err != nil {
			b.Fatal(err)
		}
	}
}
