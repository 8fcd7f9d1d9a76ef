package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

// TestSweep holds for each kind of thing when it is deleted: it is there a moment before, and gone from the file then.
func TestSweep(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	tests := []struct {
		table string
		after time.Duration
		want  store.Swept
		add   func(t *testing.T, s *store.Store)
	}{
		{"answers", 30 * day, store.Swept{Answers: 1}, func(t *testing.T, s *store.Store) {
			ok(t, s.SaveAnswer(t.Context(), store.Answer{ID: "a", Server: "one", Messages: []store.Message{"m"}}))
		}},
		{"answer_messages", 30 * day, store.Swept{Answers: 1}, func(t *testing.T, s *store.Store) {
			ok(t, s.SaveAnswer(t.Context(), store.Answer{ID: "a", Server: "one", Messages: []store.Message{"m"}}))
		}},
		{"drafts", 7 * day, store.Swept{Drafts: 1}, func(t *testing.T, s *store.Store) {
			must(s.SaveDraft(t.Context(), store.Draft{Server: "one", Author: "anna"}))(t)
		}},
		{"takes", day, store.Swept{Counters: 1}, func(t *testing.T, s *store.Store) {
			must(s.Take(t.Context(), "one", "anna", store.Allowance{}))(t)
		}},
		{"firsts", day, store.Swept{Counters: 1}, func(t *testing.T, s *store.Store) {
			must(s.FirstToday(t.Context(), "one", "anna", "hint"))(t)
		}},
		{"notes", 30 * day, store.Swept{Notes: 1}, func(t *testing.T, s *store.Store) { proposed(t, s) }},
		{"notes", 90 * day, store.Swept{Notes: 1}, func(t *testing.T, s *store.Store) {
			must(s.ApproveNote(t.Context(), "one", proposed(t, s).ID, "boris", false))(t)
		}},
		{"hides", 72 * time.Hour, store.Swept{Hides: 1}, func(t *testing.T, s *store.Store) {
			_, _, err := s.AddHide(t.Context(), store.Hide{Server: "one", Answer: "a", By: "anna"})
			ok(t, err)
		}},
		{"pauses", time.Hour, store.Swept{Pauses: 1}, func(t *testing.T, s *store.Store) {
			ok(t, s.Pause(t.Context(), "one", "", noon().Add(time.Hour)))
		}},
		{"blocks", day, store.Swept{Blocks: 1}, func(t *testing.T, s *store.Store) {
			ok(t, s.Block(t.Context(), "one", "anna", noon().Add(day)))
		}},
		{"votes", 90 * day, store.Swept{Feedback: 1}, func(t *testing.T, s *store.Store) {
			must(s.Vote(t.Context(), "one", "a", "anna", true, "x"))(t)
		}},
		{"reports", 90 * day, store.Swept{Feedback: 1}, func(t *testing.T, s *store.Store) {
			_, _, err := s.AddReport(t.Context(), store.Report{Server: "one", Answer: "a", Kind: "wrong", By: "anna"})
			ok(t, err)
		}},
		{"questions", 30*day + time.Millisecond, store.Swept{Questions: 1}, func(t *testing.T, s *store.Store) {
			insights(t, s, "one", true, 0)
			ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "?", Asker: "anna"}))
		}},
		{"questions", 7*day + time.Millisecond, store.Swept{Questions: 1}, func(t *testing.T, s *store.Store) {
			insights(t, s, "one", true, 7)
			ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "?", Asker: "anna"}))
		}},
		{"questions", 365*day + time.Millisecond, store.Swept{Questions: 1}, func(t *testing.T, s *store.Store) {
			insights(t, s, "one", true, 5000)
			ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "?", Asker: "anna"}))
		}},
		{"counts", 365*day + 12*time.Hour, store.Swept{Counts: 1}, func(t *testing.T, s *store.Store) {
			ok(t, s.Count(t.Context(), "one", "asked"))
		}},
		{"settings", 14 * day, store.Swept{Servers: []store.Server{"one"}}, func(t *testing.T, s *store.Store) {
			ok(t, s.Joined(t.Context(), "one"))
			ok(t, s.SaveSettings(t.Context(), "one", store.Settings{Preset: store.PresetOpen}, "anna"))
			ok(t, s.Removed(t.Context(), "one"))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.table+" after "+tt.after.String(), func(t *testing.T) {
			t.Parallel()
			c := &clock{}
			path := filepath.Join(t.TempDir(), "amur.db")
			s := openWith(t, path, c.options())
			tt.add(t, s)
			c.pass(tt.after - time.Millisecond)
			if tt.table == "counts" {
				c.pass(-time.Hour)
			}
			if diff := cmp.Diff(store.Swept{}, must(s.Sweep(t.Context()))(t)); diff != "" {
				t.Errorf("swept too early (-want +got):\n%s", diff)
			}
			if got := rows(t, path, "one")[tt.table]; got != 1 {
				t.Errorf("%d rows before, want 1", got)
			}
			if tt.table == "counts" {
				c.pass(12 * time.Hour)
			}
			c.pass(time.Millisecond)
			if diff := cmp.Diff(tt.want, must(s.Sweep(t.Context()))(t)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := rows(t, path, "one")[tt.table]; got != 0 {
				t.Errorf("%d rows afterwards, want none", got)
			}
		})
	}
}

func proposed(t testing.TB, s *store.Store) store.Note {
	t.Helper()
	return must(s.ProposeNote(t.Context(), store.Note{Server: "one", Kind: store.TargetTopic, Target: "gas", Text: "x", Proposer: "anna"}))(t)
}

// TestWhatStays holds that settings and pins have no age, nor hides and blocks without an end, and that a server that the
// bot comes back to in time has lost nothing.
func TestWhatStays(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	publish(t, s, somePin("one"), "m")
	ok(t, s.SaveSettings(t.Context(), "one", store.Settings{Preset: store.PresetOpen}, "anna"))
	hide, _, err := s.AddHide(t.Context(), store.Hide{Server: "one", Answer: "a", By: "anna"})
	ok(t, err)
	must(s.KeepHide(t.Context(), "one", hide.ID, "boris"))(t)
	ok(t, s.Block(t.Context(), "one", "clara", time.Time{}))
	ok(t, s.Joined(t.Context(), "one"))
	for range 3 {
		ok(t, s.Removed(t.Context(), "one"))
		clock.pass(13 * 24 * time.Hour)
		ok(t, s.Removed(t.Context(), "one")) // told again: the first counts
		must(s.Sweep(t.Context()))(t)
		ok(t, s.Joined(t.Context(), "one"))
	}
	clock.pass(3 * 365 * 24 * time.Hour)
	ok(t, s.Joined(t.Context(), "one"))
	if diff := cmp.Diff(store.Swept{}, must(s.Sweep(t.Context()))(t)); diff != "" {
		t.Errorf("swept (-want +got):\n%s", diff)
	}
	want := []store.ServerState{{Server: "one", Joined: noon().Add(39 * 24 * time.Hour)}}
	if diff := cmp.Diff(want, must(s.Servers(t.Context()))(t)); diff != "" {
		t.Errorf("servers (-want +got):\n%s", diff)
	}
	e := must(s.ExportServer(t.Context(), "one"))(t)
	if len(e.Pins) != 1 || len(e.Hides) != 1 || e.Settings.Preset != store.PresetOpen {
		t.Errorf("left: %+v", e)
	}
	if _, blocked, err := s.Blocked(t.Context(), "one", "clara"); err != nil || !blocked {
		t.Errorf("blocked: %v, %v", blocked, err)
	}
}

// TestSweepSalts holds that tokens cannot be made again once the questions of their time are gone.
func TestSweepSalts(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	insights(t, s, "one", true, 7)
	ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "?", Asker: "anna"}))
	must(s.Sweep(t.Context()))(t)
	if got := rows(t, path, "one")["salts"]; got != 1 {
		t.Fatalf("%d salts, want 1", got)
	}
	insights(t, s, "one", false, 7)
	if got := must(s.Sweep(t.Context()))(t).Questions; got != 1 {
		t.Errorf("%d questions swept once insights are off, want 1", got)
	}
	c.pass(60 * 24 * time.Hour)
	must(s.Sweep(t.Context()))(t)
	if got := rows(t, path, "one")["salts"]; got != 0 {
		t.Errorf("%d salts in the end", got)
	}
}

// TestSweepWipesTheLog holds that what was deleted is not in the write-ahead log either.
func TestSweepWipesTheLog(t *testing.T) {
	t.Parallel()
	c := &clock{}
	path := filepath.Join(t.TempDir(), "amur.db")
	s := openWith(t, path, c.options())
	ok(t, s.SaveAnswer(t.Context(), store.Answer{ID: "a", Server: "one", Channel: "MARKERCHANNEL"}))
	c.pass(30 * 24 * time.Hour)
	must(s.Sweep(t.Context()))(t)
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		ok(t, err)
		if bytes.Contains(data, []byte("MARKERCHANNEL")) {
			t.Errorf("%s still has it", filepath.Base(name))
		}
	}
}
