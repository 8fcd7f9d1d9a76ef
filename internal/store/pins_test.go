package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func somePin(server store.Server) store.Pin {
	return store.Pin{
		Server: server, Channel: "c", Language: "ru", Topic: "trade", Edition: "2026-01", AsOf: "2025-12", Mode: "model", Model: "m",
		PublishedBy: "anna",
		Lines: []store.PinLine{
			{Text: "Trade was 240.1.", Citations: []store.PinCite{{Passage: "trade#volume.1@ru", Hash: "h1", Section: "trade#volume", Quote: "240.1", Start: 3, End: 8}}},
			{Text: "A word of ours.", ModeratorsWords: true},
		},
	}
}

// publish brings a pin through all steps.
func publish(t testing.TB, s *store.Store, p store.Pin, m store.Message) store.Pin {
	t.Helper()
	p = must(s.BeginPin(t.Context(), p))(t)
	ok(t, s.PinSent(t.Context(), p.Server, p.ID, m))
	return must(s.PinPublished(t.Context(), p.Server, p.ID))(t)
}

func TestPublishing(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	begun := must(s.BeginPin(t.Context(), somePin("one")))(t)
	if begun.ID == "" || begun.Nonce == "" || len(begun.Nonce) > 25 || begun.State != store.PinPublishing {
		t.Errorf("begun %+v: want an id, a nonce of at most 25 characters (Discord's limit), and a state", begun)
	}
	want := somePin("one")
	want.ID, want.Nonce, want.Version, want.State, want.Begun = begun.ID, begun.Nonce, 1, store.PinPublishing, noon()
	if diff := cmp.Diff([]store.Pin{want}, must(s.PendingPins(t.Context()))(t)); diff != "" {
		t.Errorf("pending after the intent (-want +got):\n%s", diff)
	}
	if _, err := s.PinPublished(t.Context(), "one", begun.ID); err == nil {
		t.Error("a pin without a message was published")
	}
	for range 2 { // again, as after a crash
		ok(t, s.PinSent(t.Context(), "one", begun.ID, "m1"))
	}
	pending := must(s.PendingPins(t.Context()))(t)
	if len(pending) != 1 || pending[0].State != store.PinSent || pending[0].Message != "m1" {
		t.Errorf("pending after the message was sent: %+v", pending)
	}
	if got := must(s.Pins(t.Context(), "one"))(t); len(got) != 0 {
		t.Errorf("%d pins are published, want none yet", len(got))
	}
	clock.pass(time.Minute)
	want.Message, want.State, want.Published = "m1", store.PinFresh, noon().Add(time.Minute)
	var got store.Pin
	for range 2 {
		got = must(s.PinPublished(t.Context(), "one", begun.ID))(t)
		clock.pass(time.Minute)
	}
	want.Version = got.Version
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	for name, read := range map[string]store.Pin{
		"by id": must(s.Pin(t.Context(), "one", begun.ID))(t), "by message": must(s.PinByMessage(t.Context(), "one", "m1"))(t),
		"of its server": must(s.Pins(t.Context(), "one"))(t)[0],
	} {
		if diff := cmp.Diff(want, read); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if pending := must(s.PendingPins(t.Context()))(t); len(pending) != 0 {
		t.Errorf("pending in the end: %+v", pending)
	}
	history := []store.PinEvent{{At: noon().Add(time.Minute), Who: "anna", What: "published"}}
	if diff := cmp.Diff(history, must(s.PinHistory(t.Context(), "one", begun.ID))(t)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if err := s.PinSent(t.Context(), "one", begun.ID, "m2"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("PinSent of a published pin = %v, want ErrNotFound", err)
	}
	ok(t, s.AbandonPin(t.Context(), "one", begun.ID))
	must(s.Pin(t.Context(), "one", begun.ID))(t) // stays
}

func TestAbandonPin(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	for _, sent := range []bool{false, true} {
		p := must(s.BeginPin(t.Context(), somePin("one")))(t)
		if sent {
			ok(t, s.PinSent(t.Context(), "one", p.ID, "m"))
		}
		ok(t, s.AbandonPin(t.Context(), "one", p.ID))
		if _, err := s.Pin(t.Context(), "one", p.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Pin = %v, want ErrNotFound", err)
		}
	}
	if _, err := s.PinByMessage(t.Context(), "one", ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("PinByMessage of no message = %v", err)
	}
}

func TestSavePin(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	p := publish(t, s, somePin("one"), "m1")
	old := p
	clock.pass(time.Hour)
	p.State, p.StaleSince, p.CardChannel, p.CardMessage = store.PinStale, clock.now(), "log", "card"
	p.Lines[0].Stale, p.Lines[0].Account = true, "240.1 became 245"
	p.PublishedBy, p.Nonce = "somebody else", "another"
	saved := must(s.SavePin(t.Context(), p, "", "went stale"))(t)
	p.Version, p.PublishedBy, p.Nonce = saved.Version, old.PublishedBy, old.Nonce
	if diff := cmp.Diff(p, must(s.Pin(t.Context(), "one", p.ID))(t)); diff != "" || saved.Version <= old.Version {
		t.Errorf("version %d after %d (-want +got):\n%s", saved.Version, old.Version, diff)
	}
	if _, err := s.SavePin(t.Context(), old, "boris", "kept"); !errors.Is(err, store.ErrChanged) {
		t.Errorf("saving an old version = %v, want ErrChanged", err)
	}
	pending := must(s.BeginPin(t.Context(), somePin("one")))(t)
	if _, err := s.SavePin(t.Context(), pending, "boris", ""); err == nil {
		t.Error("a pin that is being published was saved")
	}
	pending.State = store.PinFresh
	if _, err := s.SavePin(t.Context(), pending, "boris", ""); err == nil {
		t.Error("a pin that is being published became fresh without its steps")
	}
	saved.State = store.PinFresh
	saved = must(s.SavePin(t.Context(), saved, "boris", "kept"))(t)
	must(s.SavePin(t.Context(), saved, "boris", ""))(t)
	history := []store.PinEvent{
		{At: noon(), Who: "anna", What: "published"},
		{At: noon().Add(time.Hour), What: "went stale"},
		{At: noon().Add(time.Hour), Who: "boris", What: "kept"},
	}
	if diff := cmp.Diff(history, must(s.PinHistory(t.Context(), "one", p.ID))(t)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	for range 2 {
		ok(t, s.RemovePin(t.Context(), "one", p.ID))
	}
	if _, err := s.SavePin(t.Context(), saved, "boris", "kept"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("saving a removed pin = %v, want ErrNotFound", err)
	}
	if got := must(s.PinHistory(t.Context(), "one", p.ID))(t); len(got) != 0 {
		t.Errorf("the history of a removed pin: %v", got)
	}
}

func TestPinHistoryIsBounded(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	p, other := publish(t, s, somePin("one"), "m1"), publish(t, s, somePin("one"), "m2")
	for i := range 205 {
		p = must(s.SavePin(t.Context(), p, "anna", fmt.Sprint(i)))(t)
	}
	got := must(s.PinHistory(t.Context(), "one", p.ID))(t)
	if len(got) != 200 || got[0].What != "5" || got[199].What != "204" {
		t.Errorf("%d entries, want the last 200", len(got))
	}
	if got := must(s.PinHistory(t.Context(), "one", other.ID))(t); len(got) != 1 {
		t.Errorf("%d entries of another pin, want 1", len(got))
	}
}

// TestAllPins holds that pins of all servers are met, those of servers that the bot has left are not, and that pins may be
// saved meanwhile.
func TestAllPins(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	for i, server := range []store.Server{"one", "one", "two", "left"} {
		publish(t, s, somePin(server), store.Message(fmt.Sprint("m", i)))
	}
	must(s.BeginPin(t.Context(), somePin("two")))(t)
	ok(t, s.Removed(t.Context(), "left"))
	met := make(map[store.Server]int)
	for p, err := range s.AllPins(t.Context()) {
		ok(t, err)
		met[p.Server]++
		must(s.SavePin(t.Context(), p, "", "seen"))(t)
	}
	if diff := cmp.Diff(map[store.Server]int{"one": 2, "two": 1}, met); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, err := range s.AllPins(t.Context()) {
		ok(t, err)
		break
	}
	ok(t, s.Close())
	for _, err := range s.AllPins(t.Context()) {
		if err == nil {
			t.Error("a pin of a closed store")
		}
	}
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	want := store.Draft{
		Server: "one", Author: "anna", Channel: "c", Language: "en", Edition: "e", Mode: "quotes", Topic: "trade", AsOf: "2025",
		Lines: somePin("one").Lines, Pin: "p",
	}
	saved := must(s.SaveDraft(t.Context(), want))(t)
	want.ID, want.Version, want.Saved = saved.ID, 1, noon()
	if diff := cmp.Diff(want, must(s.Draft(t.Context(), "one", "anna", saved.ID))(t)); diff != "" || saved.ID == "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	clock.pass(6 * 24 * time.Hour)
	second := must(s.SaveDraft(t.Context(), store.Draft{Server: "one", Author: "anna", Topic: "second"}))(t)
	want.Topic = "trade, changed"
	clock.pass(time.Second)
	changed := must(s.SaveDraft(t.Context(), want))(t)
	if _, err := s.SaveDraft(t.Context(), want); !errors.Is(err, store.ErrChanged) {
		t.Errorf("saving an old version = %v, want ErrChanged", err)
	}
	theirs := changed
	theirs.Author = "boris"
	if _, err := s.SaveDraft(t.Context(), theirs); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("saving another's draft = %v, want ErrNotFound", err)
	}
	if got := must(s.Drafts(t.Context(), "one", "boris"))(t); len(got) != 0 {
		t.Errorf("another sees %v", got)
	}
	clock.pass(2 * 24 * time.Hour) // eight days after the first, saved two days ago
	if diff := cmp.Diff([]store.Draft{changed, second}, must(s.Drafts(t.Context(), "one", "anna"))(t)); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	ok(t, s.DropDraft(t.Context(), "one", "boris", second.ID))
	must(s.Draft(t.Context(), "one", "anna", second.ID))(t)
	for range 2 {
		ok(t, s.DropDraft(t.Context(), "one", "anna", second.ID))
	}
	if _, err := s.Draft(t.Context(), "one", "anna", second.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a dropped draft: %v, want ErrNotFound", err)
	}
	clock.pass(5 * 24 * time.Hour)
	if _, err := s.SaveDraft(t.Context(), changed); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("saving a lapsed draft = %v, want ErrNotFound", err)
	}
}
