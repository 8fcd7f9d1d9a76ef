package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func TestOpenMakesFoldersAndFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a", "мои ?данные #1%20", "amur.db")
	first := open(t, path)
	reserve(t, first.Budget(store.Limits{}, noon), 7)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want it readable by its owner alone", info.Mode())
	}
	if got := spent(t, open(t, path).Budget(store.Limits{}, noon)).All.Tokens; got != 7 {
		t.Errorf("after opening again %d tokens, want 7", got)
	}
}

// TestOpenRefuses holds that what cannot be used is an error that says what to do, and stays as it was.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	whole := state(t)
	tests := []struct {
		name string
		data []byte
		is   error
		want []string
	}{
		{"no database", []byte(strings.Repeat("some text\n", 100)), store.ErrDamaged, []string{"damaged", "move it away", "backup"}},
		{"a few bytes", []byte("amur"), store.ErrDamaged, []string{"damaged", "move it away"}},
		{"cut", whole[:len(whole)/2], store.ErrDamaged, []string{"damaged", "move it away"}},
		{"overwritten in the middle", overwrite(whole, len(whole)/2), store.ErrDamaged, []string{"damaged", "move it away"}},
		{"overwritten at the end", overwrite(whole, len(whole)-4096), store.ErrDamaged, []string{"damaged", "move it away"}},
		{"of a newer amur", changed(t, whole, "PRAGMA user_version = 1000"), store.ErrNewer, []string{"version is 1000", "knows 2", "run the newer amur"}},
		{"of another program", changed(t, nil, "CREATE TABLE places (url TEXT)"), store.ErrDamaged, []string{"another program", "name another file"}},
		{"of a program with a mark", changed(t, nil, "PRAGMA application_id = 42"), store.ErrDamaged, []string{"another program"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "amur.db")
			if err := os.WriteFile(path, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(t.Context(), path, store.Options{})
			if !errors.Is(err, tt.is) || s != nil {
				t.Fatalf("Open = %v, %v, want %v", s, err, tt.is)
			}
			for _, want := range append(tt.want, path) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(tt.data, after) {
				t.Error("the file was changed")
			}
			beside, err := filepath.Glob(path + "*")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{path}, beside); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenRefusesPlaces(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"a folder": dir, "below a file": filepath.Join(file, "amur.db")} {
		if s, err := store.Open(t.Context(), path, store.Options{}); err == nil || s != nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: Open = %v, %v, want an error with the path", name, s, err)
		}
	}
}

// TestOpenAfterACrash holds that an empty file, which a process may leave that dies while it makes one, is filled.
func TestOpenAfterACrash(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	reserve(t, open(t, path).Budget(store.Limits{}, noon), 1)
}

func TestOpenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := store.Open(ctx, filepath.Join(t.TempDir(), "amur.db"), store.Options{}); !errors.Is(err, context.Canceled) || s != nil {
		t.Errorf("Open = %v, %v, want context.Canceled", s, err)
	}
}

// TestPrivacy holds that ids are not in the files, and that one looks different each day, and as an asker and a server.
func TestPrivacy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	s := open(t, path)
	who := store.Spender{Asker: "id-918273645", Server: "id-918273645"}
	for day := range 2 {
		b := s.Budget(store.Limits{}, func() time.Time { return noon().AddDate(0, 0, day) })
		if _, err := b.Reserve(t.Context(), who, 1, 0); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("918273645")) {
			t.Errorf("%s holds an id", filepath.Base(name))
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var accounts, distinct int
	const question = "SELECT count(*), count(DISTINCT account) FROM spending WHERE kind <> 'all'"
	if err := db.QueryRowContext(t.Context(), question).Scan(&accounts, &distinct); err != nil {
		t.Fatal(err)
	}
	if accounts != 4 || distinct != 4 {
		t.Errorf("%d accounts, %d distinct, want 4 and 4", accounts, distinct)
	}
}

// state returns the bytes of a closed file with some spending.
func state(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "amur.db")
	s := open(t, path)
	b := s.Budget(store.Limits{}, noon)
	for i := range 100 {
		if _, err := b.Reserve(t.Context(), store.Spender{Asker: string(rune('a' + i))}, 1, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// overwrite returns data with a page of noise at an offset rounded down to a page.
func overwrite(data []byte, at int) []byte {
	at -= at % 4096
	out := bytes.Clone(data)
	for i := range 4096 {
		out[at+i] = byte(i*7 + 13)
	}
	return out
}

// changed returns a database after a statement.
func changed(t testing.TB, data []byte, statement string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
