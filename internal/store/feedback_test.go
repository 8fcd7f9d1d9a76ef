package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func TestVotes(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	for i, step := range []struct {
		member  store.Member
		helpful bool
		reason  string
		want    store.Votes
	}{
		{"anna", true, "", store.Votes{Helpful: 1}},
		{"anna", true, "", store.Votes{Helpful: 1}},
		{"boris", false, "too long", store.Votes{Helpful: 1, NotHelpful: 1}},
		{"anna", false, "wrong year", store.Votes{NotHelpful: 2}},
		{"anna", false, "", store.Votes{NotHelpful: 2}},
		{"boris", true, "", store.Votes{Helpful: 1, NotHelpful: 1}},
	} {
		got := must(s.Vote(t.Context(), "one", "a", step.member, step.helpful, step.reason))(t)
		if got != step.want {
			t.Errorf("step %d: %+v, want %+v", i, got, step.want)
		}
	}
	if got := must(s.Votes(t.Context(), "one", "a"))(t); got != (store.Votes{Helpful: 1, NotHelpful: 1}) {
		t.Errorf("read: %+v", got)
	}
	if got := must(s.Votes(t.Context(), "one", "b"))(t); got != (store.Votes{}) {
		t.Errorf("on another answer: %+v", got)
	}
	for member, reason := range map[store.Member]string{"anna": "wrong year", "boris": ""} {
		if got := must(s.ExportMember(t.Context(), member))(t).Votes; len(got) != 1 || got[0].Reason != reason {
			t.Errorf("%s: %+v, want the reason %q", member, got, reason)
		}
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	report := func(r store.Report, isFirst bool, members int) store.Card {
		t.Helper()
		r.Server = "one"
		card, first, err := s.AddReport(t.Context(), r)
		ok(t, err)
		if first != isFirst || card.Members != members {
			t.Errorf("%+v: first %v with %d members, want %v with %d", r, first, card.Members, isFirst, members)
		}
		return card
	}
	card := report(store.Report{Answer: "a", Kind: "wrong", By: "anna", Text: "It was 245."}, true, 1)
	clock.pass(time.Second)
	report(store.Report{Answer: "a", Kind: "wrong", By: "anna"}, false, 1)
	report(store.Report{Answer: "a", Kind: "outdated", By: "anna"}, true, 1)
	report(store.Report{Answer: "b", Kind: "wrong", By: "anna"}, true, 1)
	unposted := must(s.UnpostedCards(t.Context()))(t)
	if len(unposted) != 3 || unposted[0].ID != card.ID {
		t.Errorf("unposted: %+v, want three", unposted)
	}
	ok(t, s.SetCardMessage(t.Context(), "one", card.ID, "log", "m"))
	report(store.Report{Answer: "a", Kind: "wrong", By: "boris"}, false, 2)
	clock.pass(time.Second)
	report(store.Report{Answer: "a", Kind: "wrong", By: "clara", Text: "No."}, false, 3)
	closed := must(s.CloseCard(t.Context(), "one", card.ID, store.CardDismissed, "mod"))(t)
	want := store.Card{
		ID: card.ID, Server: "one", Answer: "a", Kind: "wrong", Members: 3, Texts: []string{"It was 245.", "No."}, State: store.CardDismissed,
		ClosedBy: "mod", Channel: "log", Message: "m", Created: noon(),
	}
	if diff := cmp.Diff(want, closed); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
	after := report(store.Report{Answer: "a", Kind: "wrong", By: "dora"}, false, 4)
	if after.State != store.CardDismissed {
		t.Errorf("a further report made it %q", after.State)
	}
	if got := must(s.Card(t.Context(), "one", card.ID))(t); got.Members != 4 {
		t.Errorf("read: %+v", got)
	}
	if got := len(must(s.Cards(t.Context(), "one"))(t)); got != 3 {
		t.Errorf("%d cards, want 3", got)
	}
	if _, err := s.CloseCard(t.Context(), "one", card.ID, "burnt", "mod"); err == nil {
		t.Error("an unknown state")
	}
	if _, err := s.CloseCard(t.Context(), "one", "none", store.CardHandled, "mod"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("closing no card = %v, want ErrNotFound", err)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	want := store.Answer{
		ID: store.NewAnswerID(), Server: "one", Channel: "c", Asking: "q", Asker: "anna", Edition: "e", Outcome: "answered", Mode: "quotes",
		Language: "en", Incident: "A7F3", Private: true,
		Passages: []store.AnswerPassage{{Passage: "trade#volume.1@en", Section: "trade#volume", Hash: "h", Start: 1, End: 9}},
	}
	if len(want.ID) > 20 {
		t.Errorf("id %q is too long for a button", want.ID)
	}
	ok(t, s.SaveAnswer(t.Context(), want))
	ok(t, s.AddAnswerMessages(t.Context(), "one", want.ID, "m1"))
	ok(t, s.AddAnswerMessages(t.Context(), "one", want.ID, "m1", "m2"))
	clock.pass(time.Minute)
	again := want
	again.Asker, again.Outcome, again.Messages = "", "refused", []store.Message{"m3"}
	ok(t, s.SaveAnswer(t.Context(), again))
	want.Asker, want.Outcome, want.Created, want.Messages = "", "refused", noon(), []store.Message{"m1", "m2", "m3"}
	for name, got := range map[string]store.Answer{
		"by id":               must(s.Answer(t.Context(), "one", want.ID))(t),
		"by a later message":  must(s.AnswerByMessage(t.Context(), "one", "m2"))(t),
		"by what was asked":   must(s.AnswersTo(t.Context(), "one", "q"))(t)[0],
		"by an incident code": must(s.AnswersOfIncident(t.Context(), "A7F3"))(t)[0],
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for member, wanted := range map[store.Member]bool{"anna": true, "boris": false, "": false} {
		if got := must(s.AskedBy(t.Context(), "one", want.ID, member))(t); got != wanted {
			t.Errorf("asked by %q: %v", member, got)
		}
	}
	slash := store.Answer{ID: store.NewAnswerID(), Server: "one", Channel: "c"}
	ok(t, s.SaveAnswer(t.Context(), slash))
	if got := must(s.AnswersTo(t.Context(), "one", ""))(t); len(got) != 0 {
		t.Errorf("answers to no message: %v", got)
	}
	if got := must(s.AnswersOfIncident(t.Context(), ""))(t); len(got) != 0 {
		t.Errorf("answers of no incident: %v", got)
	}
	clock.pass(30 * 24 * time.Hour)
	if _, err := s.Answer(t.Context(), "one", want.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("after 30 days: %v, want ErrNotFound", err)
	}
	if err := s.AddAnswerMessages(t.Context(), "one", "none", "m"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("messages of no answer = %v, want ErrNotFound", err)
	}
	if err := s.SaveAnswer(t.Context(), store.Answer{Server: "one"}); err == nil {
		t.Error("an answer without an id")
	}
	for range 2 {
		ok(t, s.DropAnswer(t.Context(), "one", want.ID))
	}
	if _, err := s.AnswerByMessage(t.Context(), "one", "m1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the message of a dropped answer: %v", err)
	}
}
