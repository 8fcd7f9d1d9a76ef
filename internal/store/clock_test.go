package store_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"amur/internal/store"
)

// clock is a clock that is moved by hand. It begins at noon.
type clock struct{ passed atomic.Int64 }

func (c *clock) now() time.Time         { return noon().Add(time.Duration(c.passed.Load())) }
func (c *clock) pass(d time.Duration)   { c.passed.Add(int64(d)) }
func (c *clock) options() store.Options { return store.Options{Key: key(1), Now: c.now} }

// key returns the n-th key.
func key(n byte) store.Key { return store.Key{n} }

// bot opens a new state as the bot does, with a key.
func bot(t testing.TB) (*store.Store, *clock) {
	t.Helper()
	c := &clock{}
	return openWith(t, filepath.Join(t.TempDir(), "amur.db"), c.options()), c
}

func openWith(t testing.TB, path string, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// must returns the result of a call that must succeed.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
