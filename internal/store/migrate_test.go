package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

// TestMigration brings a file of the first version up to date: nothing is lost, and a copy of what it was is beside it,
// which the older amur is told of.
func TestMigration(t *testing.T) {
	t.Parallel()
	c := &clock{}
	first, err := os.ReadFile(filepath.Join("migrations", "0001_spending.sql"))
	ok(t, err)
	path := filepath.Join(t.TempDir(), "amur [1].db")
	old := changed(t, nil, string(first)+`; PRAGMA application_id = 0x616d7572; PRAGMA user_version = 1;
		INSERT INTO days VALUES ('2026-01-31', zeroblob(32)); INSERT INTO spending VALUES ('2026-01-31', 'all', x'', 3, 0, 70, 0)`)
	ok(t, os.WriteFile(path, old, 0o600))
	s := openWith(t, path, c.options())
	want := store.Usage{Calls: 3, Tokens: 70}
	if got := spent(t, s.Budget(store.Limits{}, nil)).All; got != want {
		t.Errorf("after the migration %+v, want %+v", got, want)
	}
	fill(t, s, "one", "x")
	copied := s.Copied()
	if filepath.Base(copied) != "amur [1].db.v1-20260131T120000.000" {
		t.Errorf("the copy is %q", copied)
	}
	ok(t, s.Close())
	if got := count(t, copied, "SELECT (SELECT tokens FROM spending) + 1000 * user_version FROM pragma_user_version"); got != 1070 {
		t.Errorf("the copy has %d, want 70 tokens in version 1", got)
	}
	s = openWith(t, path, c.options())
	if s.Copied() != "" {
		t.Errorf("opening it again made the copy %q", s.Copied())
	}
	ok(t, s.Close())

	alter(t, path, "PRAGMA user_version = 1000")
	if _, err := store.Open(t.Context(), path, c.options()); !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), filepath.Base(copied)) {
		t.Errorf("an older amur is told %v, want ErrNewer with the name of the copy", err)
	}
	alter(t, path, "PRAGMA user_version = 2")
	s = openWith(t, path, c.options())
	ok(t, os.Chtimes(copied, noon(), noon()))
	c.pass(store.CopiesKept)
	if got := must(s.Sweep(t.Context()))(t).Copies; len(got) != 0 {
		t.Errorf("swept too early: %q", got)
	}
	c.pass(time.Second)
	if diff := cmp.Diff([]string{copied}, must(s.Sweep(t.Context()))(t).Copies); diff != "" {
		t.Errorf("swept (-want +got):\n%s", diff)
	}
}
