package store_test

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

// TestNothingIsLegible looks into the files for the words and the members of two servers.
func TestNothingIsLegible(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	one, two := fill(t, s, "one", "MARKERWORD"), fill(t, s, "two", "МЕТКА")
	ok(t, s.EraseMemberIn(t.Context(), "two", two.member))
	ok(t, s.Backup(t.Context(), path+".backup"))
	look := func() {
		t.Helper()
		files, err := os.ReadDir(filepath.Dir(path))
		ok(t, err)
		for _, file := range files {
			data, err := os.ReadFile(filepath.Join(filepath.Dir(path), file.Name()))
			ok(t, err)
			for _, secret := range []string{one.word, two.word, string(one.member), string(one.moderator), string(two.member), string(two.moderator), "intruder"} {
				for _, form := range []string{secret, hex.EncodeToString([]byte(secret)), fmt.Sprintf("%x", secret), jsonOf(t, secret)} {
					if bytes.Contains(data, []byte(form)) {
						t.Errorf("%s holds %q", file.Name(), form)
					}
				}
			}
		}
		if len(files) < 3 {
			t.Errorf("only %d files were looked into", len(files))
		}
	}
	look()
	ok(t, s.Close())
	look()
}

// jsonOf is a text as it stands inside of a JSON text.
func jsonOf(t testing.TB, text string) string {
	t.Helper()
	data, err := json.Marshal(text)
	ok(t, err)
	return strings.Trim(string(data), `"`)
}

// TestSameTextsDiffer holds that the same text of the same member is kept in another form each time.
func TestSameTextsDiffer(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	insights(t, s, "one", true, 0)
	for range 3 {
		ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "same", Asker: "anna"}))
	}
	ok(t, s.Close())
	if got := count(t, path, "SELECT count(DISTINCT text) FROM questions"); got != 3 {
		t.Errorf("%d different forms, want 3", got)
	}
}

// count answers a question to a closed file.
func count(t testing.TB, path, question string) int {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	ok(t, err)
	defer db.Close()
	var n int
	ok(t, db.QueryRowContext(t.Context(), question).Scan(&n))
	return n
}

// rows counts the rows of all tables that know a server, by table.
func rows(t testing.TB, path string, server store.Server) map[string]int {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	ok(t, err)
	defer db.Close()
	names, err := db.QueryContext(t.Context(), "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'server'")
	ok(t, err)
	defer names.Close()
	var tables []string
	for names.Next() {
		var name string
		ok(t, names.Scan(&name))
		tables = append(tables, name)
	}
	ok(t, names.Err())
	counts := make(map[string]int)
	for _, table := range tables {
		var n int
		ok(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table+" WHERE server = ?", server).Scan(&n))
		counts[table] = n
	}
	return counts
}

func TestEraseServer(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	fill(t, s, "one", "x")
	kept := everything(t, s, fill(t, s, "two", "y"))
	if got := len(rows(t, path, "one")); got < 18 {
		t.Fatalf("%d tables know a server, want 18 or more", got)
	}
	for table, n := range rows(t, path, "one") {
		if n == 0 {
			t.Errorf("nothing in %s to begin with: fill it", table)
		}
	}
	ok(t, s.EraseServer(t.Context(), "one"))
	for table, n := range rows(t, path, "one") {
		if n != 0 {
			t.Errorf("%d rows in %s afterwards", n, table)
		}
	}
	other := filled{server: "two", member: "member-of-two", answer: must(s.ExportServer(t.Context(), "two"))(t).Answers[0].ID}
	if diff := cmp.Diff(kept, everything(t, s, other)); diff != "" {
		t.Errorf("the other server (-before +after):\n%s", diff)
	}
	journal := must(s.Journal(t.Context()))(t)
	if len(journal) != 1 || journal[0].Kind != "server" || journal[0].Server != "one" || !journal[0].At.Equal(noon()) {
		t.Errorf("journal: %+v", journal)
	}
	if err := s.EraseServer(t.Context(), ""); err == nil {
		t.Error("direct messages were erased as a server")
	}
}

func TestEraseMember(t *testing.T) {
	t.Parallel()
	for name, everywhere := range map[string]bool{"everywhere": true, "in one server": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := bot(t)
			servers := []store.Server{"one", "two", ""}
			for _, server := range servers {
				id := store.AnswerID("answer-in-" + server)
				ok(t, s.SaveAnswer(t.Context(), store.Answer{ID: id, Server: server, Asker: "anna"}))
				for _, member := range []store.Member{"anna", "boris"} {
					must(s.Vote(t.Context(), server, id, member, true, "good"))(t)
					must(s.Take(t.Context(), server, member, store.Allowance{}))(t)
					if server == "" {
						continue
					}
					_, _, err := s.AddReport(t.Context(), store.Report{Server: server, Answer: id, Kind: "wrong", By: member, Text: "no"})
					ok(t, err)
					must(s.SaveDraft(t.Context(), store.Draft{Server: server, Author: member}))(t)
					ok(t, s.Block(t.Context(), server, member, time.Time{}))
				}
			}
			boris := must(s.ExportMember(t.Context(), "boris"))(t)
			if len(boris.Votes) != 3 || len(boris.Reports) != 2 || len(boris.Drafts) != 2 || len(boris.Blocks) != 2 || len(boris.Counters) != 3 {
				t.Errorf("exported %+v", boris)
			}
			if anna := must(s.ExportMember(t.Context(), "anna"))(t); len(anna.Answers) != 3 || anna.Votes[0].Reason != "good" || anna.Reports[0].Text != "no" {
				t.Errorf("exported %+v", anna)
			}
			left := 0
			if everywhere {
				ok(t, s.EraseMember(t.Context(), "anna"))
			} else {
				ok(t, s.EraseMemberIn(t.Context(), "one", "anna"))
				left = 1
			}
			anna := must(s.ExportMember(t.Context(), "anna"))(t)
			if len(anna.Votes) != 2*left || len(anna.Reports) != left || len(anna.Drafts) != left || len(anna.Answers) != 2*left {
				t.Errorf("left of her: %+v", anna)
			}
			if len(anna.Blocks) != 2 || len(anna.Counters) != 3 {
				t.Errorf("counters and blocks stay: %+v", anna)
			}
			if asked := must(s.AskedBy(t.Context(), "one", "answer-in-one", "anna"))(t); asked {
				t.Error("it is still known that she asked")
			}
			if diff := cmp.Diff(boris, must(s.ExportMember(t.Context(), "boris"))(t)); diff != "" {
				t.Errorf("another member (-before +after):\n%s", diff)
			}
		})
	}
}

func TestExportServer(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	f := fill(t, s, "one", "MARKERWORD")
	e := must(s.ExportServer(t.Context(), "one"))(t)
	for what, n := range map[string]int{
		"pins": len(e.Pins), "history": len(e.History[f.pin.ID]) - 1, "hides": len(e.Hides), "notes": len(e.Notes), "cards": len(e.Cards),
		"answers": len(e.Answers), "questions": len(e.Questions), "counts": len(e.Counts),
	} {
		if n != 1 {
			t.Errorf("%d %s, want 1", n, what)
		}
	}
	text, err := json.Marshal(e)
	ok(t, err)
	if !strings.Contains(string(text), "MARKERWORD question") || strings.Contains(string(text), "oken") {
		t.Errorf("as JSON: %s", text)
	}
}
