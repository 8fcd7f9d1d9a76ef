package store_test

import (
	"path/filepath"
	"testing"

	"amur/internal/store"
)

// TestFailedErasureIsForgotten holds that an erasure that failed does not happen later, when the state is opened again.
func TestFailedErasureIsForgotten(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]int{"the first in the journal": 0, "a later one": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &clock{}
			path := filepath.Join(t.TempDir(), "amur.db")
			s := openWith(t, path, c.options())
			for range before {
				ok(t, s.EraseServer(t.Context(), "another"))
			}
			ok(t, s.Count(t.Context(), "one", "asked"))
			ok(t, s.SaveSettings(t.Context(), "one", store.Settings{Preset: store.PresetOpen}, "anna")) // erased before the counts
			alter(t, path, "CREATE TRIGGER broken BEFORE DELETE ON counts BEGIN SELECT raise(ABORT, 'as on a full disk'); END")
			if err := s.EraseServer(t.Context(), "one"); err == nil {
				t.Fatal("the erasure succeeded")
			}
			alter(t, path, "DROP TRIGGER broken")
			ok(t, s.Count(t.Context(), "one", "later"))
			ok(t, s.Close())
			s = openWith(t, path, c.options())
			if got := must(s.Counts(t.Context(), "one", noon()))(t); len(got) != 2 {
				t.Errorf("left: %+v, want both", got)
			}
			if got := must(s.Settings(t.Context(), "one"))(t).Preset; got != store.PresetOpen {
				t.Errorf("settings %q: the erasure took place by half", got)
			}
			if got := len(must(s.Journal(t.Context()))(t)); got != before {
				t.Errorf("%d entries in the journal, want %d", got, before)
			}
			ok(t, s.EraseServer(t.Context(), "one"))
			if got := must(s.Counts(t.Context(), "one", noon()))(t); len(got) != 0 {
				t.Errorf("left in the end: %+v", got)
			}
		})
	}
}

// TestSweepSparesWhoCameBack holds that a server that was left and joined again in time is not erased.
func TestSweepSparesWhoCameBack(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	for _, server := range []store.Server{"one", "two"} {
		ok(t, s.Count(t.Context(), server, "asked"))
		ok(t, s.Removed(t.Context(), server))
	}
	clock.pass(store.RemovedKept)
	ok(t, s.Joined(t.Context(), "two"))
	if got := must(s.Sweep(t.Context()))(t).Servers; len(got) != 1 || got[0] != "one" {
		t.Errorf("swept %q, want one", got)
	}
	if got := must(s.Counts(t.Context(), "two", noon()))(t); len(got) != 1 {
		t.Errorf("of the server that was joined again: %+v", got)
	}
}
