package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	c := &clock{}
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "amur.db"), filepath.Join(dir, "backups 1#?", "amur.db")
	s := openWith(t, path, c.options())
	f := fill(t, s, "one", "x")
	before := everything(t, s, f)
	ok(t, os.Mkdir(filepath.Dir(backup), 0o700))
	ok(t, s.Backup(t.Context(), backup))
	info, err := os.Stat(backup)
	ok(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want it readable by its owner alone", info.Mode())
	}
	for _, taken := range []string{backup, path} {
		if err := s.Backup(t.Context(), taken); !errors.Is(err, fs.ErrExist) {
			t.Errorf("Backup over %q = %v, want fs.ErrExist", taken, err)
		}
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "none", "amur.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Backup into no folder = %v", err)
	}

	ok(t, s.RemoveNote(t.Context(), "one", f.note.ID))
	if _, err := store.Restore(t.Context(), backup, path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("Restore of an open state = %v, want ErrInUse", err)
	}
	ok(t, s.Count(t.Context(), "one", "still works"))
	after := everything(t, s, f)
	ok(t, s.Close())
	kept := must(store.Restore(t.Context(), backup, path))(t)
	if diff := cmp.Diff(before, everything(t, openWith(t, path, c.options()), f)); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(after, everything(t, openWith(t, kept, c.options()), f)); diff != "" {
		t.Errorf("the state that was there (-want +got):\n%s", diff)
	}
	fresh := filepath.Join(dir, "new", "amur.db")
	if kept := must(store.Restore(t.Context(), backup, fresh))(t); kept != "" {
		t.Errorf("where there was no state, %q was kept", kept)
	}
	if diff := cmp.Diff(before, everything(t, openWith(t, fresh, c.options()), f)); diff != "" {
		t.Errorf("restored to a new place (-want +got):\n%s", diff)
	}
	parts, err := filepath.Glob(filepath.Join(dir, "*", "*part*"))
	ok(t, err)
	if len(parts) > 0 {
		t.Errorf("left: %q", parts)
	}
}

// TestBackupWhileWriting holds that a backup is the state at one moment: both halves of a change or none.
func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	c := &clock{}
	dir := t.TempDir()
	s := openWith(t, filepath.Join(dir, "amur.db"), c.options())
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				// A first report makes a card as well.
				if _, _, err := s.AddReport(t.Context(), store.Report{Server: "one", Answer: store.NewAnswerID(), Kind: "wrong", By: "anna"}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		ok(t, s.Backup(t.Context(), filepath.Join(dir, name)))
	}
	close(stop)
	group.Wait()
	for _, name := range []string{"a", "b", "c", "d"} {
		for _, card := range must(openWith(t, filepath.Join(dir, name), c.options()).Cards(t.Context(), "one"))(t) {
			if card.Members != 1 {
				t.Errorf("backup %s: a card with %d reports", name, card.Members)
			}
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	whole := state(t)
	tests := []struct {
		name string
		data []byte
		is   error
	}{
		{"no database", []byte(strings.Repeat("some text\n", 100)), store.ErrDamaged},
		{"empty", nil, store.ErrDamaged},
		{"cut", whole[:len(whole)/2], store.ErrDamaged},
		{"of a newer amur", changed(t, whole, "PRAGMA user_version = 1000"), store.ErrNewer},
		{"of another program", changed(t, nil, "CREATE TABLE places (url TEXT)"), store.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			from, to := filepath.Join(dir, "backup"), filepath.Join(dir, "amur.db")
			ok(t, os.WriteFile(from, tt.data, 0o600))
			ok(t, os.WriteFile(to, whole, 0o600))
			if kept, err := store.Restore(t.Context(), from, to); !errors.Is(err, tt.is) || kept != "" {
				t.Fatalf("Restore = %q, %v, want %v", kept, err, tt.is)
			}
			after, err := os.ReadFile(to)
			ok(t, err)
			if !bytes.Equal(after, whole) {
				t.Error("the state was changed")
			}
			files, err := os.ReadDir(dir)
			ok(t, err)
			if len(files) != 2 {
				t.Errorf("%d files, want the two that were there", len(files))
			}
		})
	}
	if _, err := store.Restore(t.Context(), filepath.Join(t.TempDir(), "none"), filepath.Join(t.TempDir(), "amur.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Restore of no file = %v", err)
	}
}

// TestRestoreOverDamage holds that a damaged state, which is what one restores for, is put aside and not lost.
func TestRestoreOverDamage(t *testing.T) {
	t.Parallel()
	for name, damaged := range map[string][]byte{"overwritten": overwrite(state(t), 0), "text": []byte("text"), "empty": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			from, to := filepath.Join(dir, "backup"), filepath.Join(dir, "amur.db")
			ok(t, os.WriteFile(from, state(t), 0o600))
			ok(t, os.WriteFile(to, damaged, 0o600))
			ok(t, os.WriteFile(to+"-wal", []byte("its log"), 0o600))
			kept := must(store.Restore(t.Context(), from, to))(t)
			got, err := os.ReadFile(kept)
			ok(t, err)
			if !bytes.Equal(got, damaged) {
				t.Error("what was there was changed")
			}
			if got := spent(t, open(t, to).Budget(store.Limits{}, noon)).All.Calls; got != 100 {
				t.Errorf("restored %d calls, want 100", got)
			}
		})
	}
}

// TestErasedStaysErased holds that what was erased after a backup is erased again when that is restored, what was there
// later is not, and that the journal is not damaged by a crash in the middle of a line.
func TestErasedStaysErased(t *testing.T) {
	t.Parallel()
	c := &clock{}
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "amur.db"), filepath.Join(dir, "backup")
	s := openWith(t, path, c.options())
	for _, server := range []store.Server{"one", "two", "three"} {
		must(s.Vote(t.Context(), server, "a", "anna", true, ""))(t)
		must(s.Vote(t.Context(), server, "a", "boris", true, ""))(t)
	}
	ok(t, s.Backup(t.Context(), backup))
	ok(t, s.EraseMember(t.Context(), "anna"))
	ok(t, s.EraseServer(t.Context(), "two"))
	ok(t, s.EraseMemberIn(t.Context(), "three", "boris"))
	journal := must(s.Journal(t.Context()))(t)
	if len(journal) != 3 {
		t.Fatalf("journal %+v", journal)
	}
	ok(t, s.Close())
	appendTo(t, path+".erased", `{"id":"torn of`)
	must(store.Restore(t.Context(), backup, path))(t)
	for range 2 {
		s = openWith(t, path, c.options())
		for server, want := range map[store.Server]store.Votes{"one": {Helpful: 1}, "two": {}, "three": {}} {
			if got := must(s.Votes(t.Context(), server, "a"))(t); got != want {
				t.Errorf("%s: %+v, want %+v", server, got, want)
			}
		}
		if diff := cmp.Diff(journal, must(s.Journal(t.Context()))(t)); diff != "" {
			t.Errorf("journal (-want +got):\n%s", diff)
		}
		ok(t, s.Close())
	}
	// Whoever votes again is not erased again; a further erasure follows the torn line.
	s = openWith(t, path, c.options())
	must(s.Vote(t.Context(), "one", "a", "anna", false, ""))(t)
	ok(t, s.EraseMember(t.Context(), "boris"))
	ok(t, s.Close())
	s = openWith(t, path, c.options())
	if got := must(s.Votes(t.Context(), "one", "a"))(t); got != (store.Votes{NotHelpful: 1}) {
		t.Errorf("after all: %+v", got)
	}
	ok(t, s.Close())
	// A journal that was lost is made again from the state.
	ok(t, os.Remove(path+".erased"))
	ok(t, openWith(t, path, c.options()).Close())
	must(store.Restore(t.Context(), backup, path))(t)
	s = openWith(t, path, c.options())
	if got := must(s.Votes(t.Context(), "one", "a"))(t); got != (store.Votes{}) || len(must(s.Journal(t.Context()))(t)) != 4 {
		t.Errorf("after the journal was lost: %+v", got)
	}
	ok(t, s.Close())
	appendTo(t, path+".erased", "nonsense\n")
	if _, err := store.Open(t.Context(), path, c.options()); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), ".erased") {
		t.Errorf("with a damaged journal: %v, want ErrDamaged with its name", err)
	}
}

func appendTo(t testing.TB, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	ok(t, err)
	_, err = f.WriteString(text)
	ok(t, errors.Join(err, f.Close()))
}
