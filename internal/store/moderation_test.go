package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func TestHides(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	want := store.Hide{Server: "one", Answer: "a1", By: "anna", Passages: []store.HiddenPassage{
		{Passage: "trade#volume.1@en", Section: "trade#volume", Hash: "h1"}, {Passage: "trade#volume.2@en", Section: "trade#volume", Hash: "h2"},
	}}
	hide, first, err := s.AddHide(t.Context(), want)
	ok(t, err)
	want.ID, want.At, want.Until = hide.ID, noon(), noon().Add(72*time.Hour)
	if diff := cmp.Diff(want, hide); diff != "" || !first || hide.ID == "" {
		t.Errorf("first %v (-want +got):\n%s", first, diff)
	}
	again, first, err := s.AddHide(t.Context(), store.Hide{Server: "one", Answer: "a1", By: "boris"})
	ok(t, err)
	if diff := cmp.Diff(want, again); diff != "" || first {
		t.Errorf("hidden again: first %v (-want +got):\n%s", first, diff)
	}
	ok(t, s.SetHideCard(t.Context(), "one", hide.ID, "log", "card"))
	want.CardChannel, want.CardMessage = "log", "card"
	if diff := cmp.Diff(want, must(s.Hide(t.Context(), "one", hide.ID))(t)); diff != "" {
		t.Errorf("with its card (-want +got):\n%s", diff)
	}
	clock.pass(time.Hour)
	overlap, _, err := s.AddHide(t.Context(), store.Hide{Server: "one", Answer: "a2", By: "anna", Passages: []store.HiddenPassage{{Hash: "h2"}, {Hash: "h3"}}})
	ok(t, err)
	later := noon().Add(73 * time.Hour)
	hidden(t, s, map[string]time.Time{"h1": want.Until, "h2": later, "h3": later})

	if _, err := s.KeepHide(t.Context(), "one", hide.ID, "anna"); !errors.Is(err, store.ErrSamePerson) {
		t.Errorf("kept by who hid it: %v, want ErrSamePerson", err)
	}
	kept := must(s.KeepHide(t.Context(), "one", hide.ID, "boris"))(t)
	if kept.KeptBy != "boris" || !kept.Until.IsZero() || kept.By != "anna" {
		t.Errorf("kept: %+v", kept)
	}
	hidden(t, s, map[string]time.Time{"h1": {}, "h2": {}, "h3": later})
	clock.pass(72*time.Hour - time.Second)
	if got := len(must(s.Hides(t.Context(), "one"))(t)); got != 2 {
		t.Errorf("a second before the end: %d hides, want 2", got)
	}
	clock.pass(time.Second)
	hidden(t, s, map[string]time.Time{"h1": {}, "h2": {}})
	if _, err := s.KeepHide(t.Context(), "one", overlap.ID, "boris"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("keeping what has ended = %v, want ErrNotFound", err)
	}
	for range 2 {
		ok(t, s.RestoreHide(t.Context(), "one", hide.ID))
	}
	hidden(t, s, map[string]time.Time{})
	if _, first, err := s.AddHide(t.Context(), store.Hide{Server: "one", Answer: "a2", By: "anna"}); err != nil || !first {
		t.Errorf("hiding again what has ended: first %v, %v", first, err)
	}
}

func hidden(t *testing.T, s *store.Store, want map[string]time.Time) {
	t.Helper()
	if diff := cmp.Diff(want, must(s.Hidden(t.Context(), "one"))(t)); diff != "" {
		t.Errorf("hidden (-want +got):\n%s", diff)
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	s, clock := bot(t)
	want := store.Note{Server: "one", Kind: store.TargetSection, Target: "trade#volume", Language: "en", Text: "See the new figure.", Proposer: "anna"}
	n := must(s.ProposeNote(t.Context(), want))(t)
	want.ID, want.Proposed, want.Expires = n.ID, noon(), noon().Add(30*day)
	if diff := cmp.Diff(want, must(s.Note(t.Context(), "one", n.ID))(t)); diff != "" || n.ID == "" {
		t.Errorf("proposed (-want +got):\n%s", diff)
	}
	targets := []string{"trade#balance", "trade#volume"}
	if got := must(s.NotesFor(t.Context(), "one", targets))(t); len(got) != 0 || n.IsApproved() {
		t.Errorf("a proposal stands: %v", got)
	}
	if _, err := s.ApproveNote(t.Context(), "one", n.ID, "anna", false); !errors.Is(err, store.ErrSamePerson) {
		t.Errorf("approved by who proposed it: %v, want ErrSamePerson", err)
	}
	clock.pass(day)
	n = must(s.ApproveNote(t.Context(), "one", n.ID, "boris", false))(t)
	ok(t, s.SetNoteCard(t.Context(), "one", n.ID, "log", "card"))
	want.Approver, want.Approved, want.Expires = "boris", noon().Add(day), noon().Add(91*day)
	want.CardChannel, want.CardMessage = "log", "card"
	if diff := cmp.Diff([]store.Note{want}, must(s.NotesFor(t.Context(), "one", targets))(t)); diff != "" || !n.IsApproved() {
		t.Errorf("standing (-want +got):\n%s", diff)
	}
	for _, other := range [][]string{nil, {}, {"trade"}, {"trade#volume.1"}} {
		if got := must(s.NotesFor(t.Context(), "one", other))(t); len(got) != 0 {
			t.Errorf("for %q: %v", other, got)
		}
	}
	alone := must(s.ProposeNote(t.Context(), store.Note{Server: "one", Kind: store.TargetTopic, Target: "gas", Text: "x", Proposer: "anna"}))(t)
	if alone = must(s.ApproveNote(t.Context(), "one", alone.ID, "anna", true))(t); !alone.Alone || alone.Approver != "anna" {
		t.Errorf("approved alone: %+v", alone)
	}
	lapses := must(s.ProposeNote(t.Context(), store.Note{Server: "one", Kind: store.TargetTopic, Target: "gas", Text: "y", Proposer: "anna"}))(t)
	clock.pass(80 * day)
	if _, err := s.ApproveNote(t.Context(), "one", lapses.ID, "boris", false); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("approving a proposal of 80 days = %v, want ErrNotFound", err)
	}
	must(s.ApproveNote(t.Context(), "one", n.ID, "clara", false))(t)
	clock.pass(10 * day)
	notes := must(s.Notes(t.Context(), "one"))(t)
	if len(notes) != 1 || notes[0].ID != n.ID || notes[0].Approver != "clara" {
		t.Errorf("after 91 days the note that was approved again stands alone, got %+v", notes)
	}
	for range 2 {
		ok(t, s.RemoveNote(t.Context(), "one", n.ID))
	}
	if _, err := s.Note(t.Context(), "one", n.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a removed note: %v, want ErrNotFound", err)
	}
	if _, err := s.ProposeNote(t.Context(), store.Note{Server: "one", Kind: "planet", Target: "x", Proposer: "anna"}); err == nil {
		t.Error("a note about an unknown kind of target")
	}
}

func TestPauses(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	paused := func(want time.Duration, channels ...store.Channel) {
		t.Helper()
		got := must(s.PausedUntil(t.Context(), "one", channels...))(t)
		if want == 0 && !got.IsZero() || want != 0 && !got.Equal(noon().Add(want)) {
			t.Errorf("paused until %v in %q, want %v after noon", got, channels, want)
		}
	}
	paused(0, "c")
	ok(t, s.Pause(t.Context(), "one", "c", noon().Add(time.Hour)))
	paused(time.Hour, "thread", "c")
	paused(0, "d")
	ok(t, s.Pause(t.Context(), "one", "", noon().Add(time.Minute)))
	paused(time.Hour, "c")
	paused(time.Minute, "d")
	paused(time.Minute)
	ok(t, s.Pause(t.Context(), "one", "c", noon().Add(2*time.Hour)))
	clock.pass(time.Minute)
	paused(2*time.Hour, "c")
	paused(0, "d")
	for range 2 {
		ok(t, s.Unpause(t.Context(), "one", "c"))
	}
	paused(0, "c")
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	blocked := func(m store.Member, want bool, until time.Time) {
		t.Helper()
		got, is, err := s.Blocked(t.Context(), "one", m)
		ok(t, err)
		if is != want || !got.Equal(until) {
			t.Errorf("%s: blocked %v until %v, want %v until %v", m, is, got, want, until)
		}
	}
	ok(t, s.Block(t.Context(), "one", "anna", noon().Add(time.Hour)))
	ok(t, s.Block(t.Context(), "one", "boris", noon().Add(time.Hour)))
	ok(t, s.Block(t.Context(), "one", "boris", time.Time{}))
	blocked("anna", true, noon().Add(time.Hour))
	blocked("boris", true, time.Time{})
	blocked("clara", false, time.Time{})
	clock.pass(time.Hour)
	blocked("anna", false, time.Time{})
	blocked("boris", true, time.Time{})
	ok(t, s.Unblock(t.Context(), "one", "boris"))
	blocked("boris", false, time.Time{})
	if err := s.Unblock(t.Context(), "one", "boris"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Unblock again = %v, want ErrNotFound", err)
	}
}
