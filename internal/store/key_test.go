package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/internal/store"
)

func TestParseKey(t *testing.T) {
	t.Parallel()
	const secret = "0123456789abcdef0123456789abcdef"
	tests := []struct {
		name, secret, want string // want: a part of the error
	}{
		{"hexadecimal digits", secret, ""},
		{"a passphrase", "правильная лошадь батарея скрепка", ""},
		{"white space around", " \n" + secret + "\r\n", ""},
		{"too short", secret[1:], "31 characters"},
		{"nothing", "", "openssl rand"},
		{"white space", strings.Repeat(" ", 50), "0 characters"},
		{"one letter", strings.Repeat("a", 64), "different characters"},
	}
	keys := make(map[store.Key]string)
	for _, tt := range tests {
		key, err := store.ParseKey(tt.secret)
		if tt.want != "" {
			if err == nil || !strings.Contains(err.Error(), tt.want) || key != (store.Key{}) {
				t.Errorf("%s: %v, %v, want an error with %q", tt.name, key, err, tt.want)
			}
			if tt.secret != "" && strings.TrimSpace(tt.secret) != "" && strings.Contains(err.Error(), tt.secret) {
				t.Errorf("%s: the error tells the secret", tt.name)
			}
			continue
		}
		ok(t, err)
		keys[key] = strings.TrimSpace(tt.secret)
	}
	if len(keys) != 2 {
		t.Errorf("%d keys of two secrets", len(keys))
	}
}

// TestKeyFile lets many make the file at once: one makes it, all get its key, and its content is the same key elsewhere.
func TestKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "key")
	type result struct {
		key  store.Key
		made bool
		err  error
	}
	results := make([]result, 8)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			r := &results[i]
			r.key, r.made, r.err = store.KeyFile(path)
		})
	}
	group.Wait()
	made := 0
	for _, r := range results {
		ok(t, r.err)
		if r.made {
			made++
		}
		if r.key != results[0].key || r.key == (store.Key{}) {
			t.Error("different keys")
		}
	}
	if made != 1 {
		t.Errorf("it was made %d times", made)
	}
	info, err := os.Stat(path)
	ok(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want it readable by its owner alone", info.Mode())
	}
	files, err := os.ReadDir(filepath.Dir(path))
	ok(t, err)
	if len(files) != 1 {
		t.Errorf("%d files are left, want the key alone", len(files))
	}
	content, err := os.ReadFile(path)
	ok(t, err)
	if key := must(store.ParseKey(string(content)))(t); key != results[0].key {
		t.Error("the content of the file as a secret is another key")
	}
	ok(t, os.WriteFile(path, []byte("short"), 0o600))
	if _, _, err := store.KeyFile(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged key file: %v, want an error with its name", err)
	}
}

// TestWrongKey holds that another key opens nothing and spoils nothing.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	f := fill(t, s, "one", "x")
	before := everything(t, s, f)
	ok(t, s.Close())
	wrong := c.options()
	wrong.Key = key(2)
	if s, err := store.Open(t.Context(), path, wrong); !errors.Is(err, store.ErrKey) || s != nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Open with another key = %v, %v, want ErrKey with the name of the file", s, err)
	}
	if after := everything(t, openWith(t, path, c.options()), f); after != before {
		t.Error("the state has changed")
	}
}

// TestWithoutKey holds that budgets, and what needs no key, work without one, and that the first key that comes stays.
func TestWithoutKey(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "amur.db")
	s := open(t, path)
	reserve(t, s.Budget(store.Limits{}, noon), 1)
	ok(t, s.Count(t.Context(), "one", "asked"))
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"SaveSettings": func() error { return s.SaveSettings(ctx, "one", store.Settings{}, "anna") },
		"BeginPin":     func() error { _, err := s.BeginPin(ctx, somePin("one")); return err },
		"SaveDraft":    func() error { _, err := s.SaveDraft(ctx, store.Draft{Server: "one"}); return err },
		"Drafts":       func() error { _, err := s.Drafts(ctx, "one", "anna"); return err },
		"DropDraft":    func() error { return s.DropDraft(ctx, "one", "anna", "d") },
		"AddHide":      func() error { _, _, err := s.AddHide(ctx, store.Hide{Server: "one"}); return err },
		"ProposeNote":  func() error { _, err := s.ProposeNote(ctx, store.Note{Server: "one", Kind: "topic"}); return err },
		"Block":        func() error { return s.Block(ctx, "one", "anna", time.Time{}) },
		"Unblock":      func() error { return s.Unblock(ctx, "one", "anna") },
		"Blocked":      func() error { _, _, err := s.Blocked(ctx, "one", "anna"); return err },
		"Vote":         func() error { _, err := s.Vote(ctx, "one", "a", "anna", true, ""); return err },
		"AddReport":    func() error { _, _, err := s.AddReport(ctx, store.Report{Server: "one"}); return err },
		"CloseCard":    func() error { _, err := s.CloseCard(ctx, "one", "c", store.CardHandled, "anna"); return err },
		"SaveAnswer":   func() error { return s.SaveAnswer(ctx, store.Answer{ID: "a", Asker: "anna"}) },
		"AskedBy":      func() error { _, err := s.AskedBy(ctx, "one", "a", "anna"); return err },
		"Take":         func() error { _, err := s.Take(ctx, "one", "anna", store.Allowance{}); return err },
		"FirstToday":   func() error { _, err := s.FirstToday(ctx, "one", "anna", "x"); return err },
		"AddQuestion":  func() error { return s.AddQuestion(ctx, store.Question{Server: "one"}) },
		"EraseMember":  func() error { return s.EraseMember(ctx, "anna") },
		"ExportMember": func() error { _, err := s.ExportMember(ctx, "anna"); return err },
	} {
		if err := call(); !errors.Is(err, store.ErrNoKey) {
			t.Errorf("%s = %v, want ErrNoKey", name, err)
		}
	}
	ok(t, s.Close())
	ok(t, openWith(t, path, store.Options{Key: key(1)}).Close())
	if _, err := store.Open(ctx, path, store.Options{Key: key(2)}); !errors.Is(err, store.ErrKey) {
		t.Errorf("a second key: %v, want ErrKey", err)
	}
}

// TestMovedTexts holds that what was sealed for one row does not open in another, nor after a byte has changed.
func TestMovedTexts(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"of another server":  "UPDATE notes SET content = (SELECT content FROM notes WHERE server = 'two') WHERE server = 'one'",
		"of another kind":    "UPDATE notes SET content = (SELECT content FROM pins WHERE server = 'one' AND message <> '') WHERE server = 'one'",
		"with another byte":  "UPDATE notes SET content = CAST(substr(content, 1, 20) || x'00' || substr(content, 22) AS BLOB) WHERE server = 'one'",
		"cut off":            "UPDATE notes SET content = x'00' WHERE server = 'one'",
		"in another's place": "UPDATE notes SET id = 'changed' WHERE server = 'one'",
	}
	for name, statement := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &clock{}
			path := filepath.Join(t.TempDir(), "amur.db")
			s := openWith(t, path, c.options())
			fill(t, s, "one", "x")
			fill(t, s, "two", "y")
			must(s.Notes(t.Context(), "one"))(t)
			ok(t, s.Close())
			alter(t, path, statement)
			s = openWith(t, path, c.options())
			if got, err := s.Notes(t.Context(), "one"); !errors.Is(err, store.ErrDamaged) || got != nil {
				t.Errorf("Notes = %v, %v, want ErrDamaged", got, err)
			}
			must(s.Notes(t.Context(), "two"))(t)
		})
	}
}

// alter runs a statement on a closed file.
func alter(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	ok(t, err)
	_, err = db.ExecContext(context.WithoutCancel(t.Context()), statement)
	ok(t, errors.Join(err, db.Close()))
}
