package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

// insights switches them on.
func insights(t testing.TB, s *store.Store, server store.Server, on bool, days int) {
	t.Helper()
	settings := must(s.Settings(t.Context(), server))(t)
	settings.Insights, settings.RetentionDays = on, days
	ok(t, s.SaveSettings(t.Context(), server, settings, "manager"))
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	q := store.Question{Server: "one", Text: "How much gas?", Asker: "anna", Outcome: "refused", Language: "en", Vector: []byte{1, 0, 255}}
	if err := s.AddQuestion(t.Context(), q); !errors.Is(err, store.ErrInsightsOff) {
		t.Errorf("with insights off: %v, want ErrInsightsOff", err)
	}
	insights(t, s, "one", true, 7)
	private, direct := q, q
	private.Private, direct.Server = true, ""
	for name, refused := range map[string]store.Question{"private": private, "in a direct message": direct} {
		if err := s.AddQuestion(t.Context(), refused); !errors.Is(err, store.ErrPrivate) {
			t.Errorf("%s: %v, want ErrPrivate", name, err)
		}
	}
	ok(t, s.AddQuestion(t.Context(), q))
	clock.pass(24 * time.Hour)
	ok(t, s.AddQuestion(t.Context(), store.Question{Server: "one", Text: "And oil?", Asker: "boris"}))
	got := must(s.Questions(t.Context(), "one", time.Time{}))(t)
	if len(got) != 2 || got[0].Token == "" || got[0].Token == got[1].Token {
		t.Fatalf("%+v, want two with two tokens", got)
	}
	q.Asker, q.Created, q.Token, q.Epoch = "", noon(), got[0].Token, got[0].Epoch
	if diff := cmp.Diff(q, got[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must(s.Questions(t.Context(), "one", clock.now()))(t); len(got) != 1 || got[0].Text != "And oil?" || got[0].Vector != nil {
		t.Errorf("since now: %+v, want the second", got)
	}
	clock.pass(6 * 24 * time.Hour)
	for question, err := range s.AllQuestions(t.Context(), time.Time{}) {
		ok(t, err)
		if question.Created.Before(clock.now().Add(-7 * 24 * time.Hour)) {
			t.Errorf("%q is older than the retention time", question.Text)
		}
	}
	clock.pass(time.Second)
	if got := must(s.Questions(t.Context(), "one", time.Time{}))(t); len(got) != 1 {
		t.Errorf("after a week: %d, want 1", len(got))
	}
	insights(t, s, "one", false, 7)
	if got := must(s.Questions(t.Context(), "one", time.Time{}))(t); len(got) != 0 {
		t.Errorf("with insights off again: %d", len(got))
	}
	insights(t, s, "one", true, 7)
	ok(t, s.ForgetQuestions(t.Context(), "one"))
	if got := must(s.Questions(t.Context(), "one", time.Time{}))(t); len(got) != 0 {
		t.Errorf("after they were forgotten: %d", len(got))
	}
}

// TestAskers holds that one asker is never counted for two: not in two servers, nor when the salt changes.
func TestAskers(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	for _, server := range []store.Server{"one", "two"} {
		insights(t, s, server, true, 365)
	}
	for range 3 { // epochs
		for _, asker := range []store.Member{"anna", "boris", "anna"} {
			for _, server := range []store.Server{"one", "two"} {
				ok(t, s.AddQuestion(t.Context(), store.Question{Server: server, Text: "?", Asker: asker}))
			}
		}
		clock.pass(31 * 24 * time.Hour)
	}
	var all []store.Question
	tokens := make(map[string]bool)
	for q, err := range s.AllQuestions(t.Context(), time.Time{}) {
		ok(t, err)
		all = append(all, q)
		tokens[q.Token] = true
	}
	if len(all) != 18 || store.Askers(all) != 2 || store.Askers(nil) != 0 {
		t.Errorf("%d questions of %d askers, want 18 of 2", len(all), store.Askers(all))
	}
	if len(tokens) != 2*2*3 {
		t.Errorf("%d tokens, want one an asker, server and epoch: 12", len(tokens))
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	for i, what := range []string{"asked", "asked", "refused", "asked"} {
		if i == 3 {
			clock.pass(24 * time.Hour)
		}
		ok(t, s.Count(t.Context(), "one", what))
	}
	want := []store.Count{{"2026-01-31", "asked", 2}, {"2026-01-31", "refused", 1}, {"2026-02-01", "asked", 1}}
	if diff := cmp.Diff(want, must(s.Counts(t.Context(), "one", time.Time{}))(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[2:], must(s.Counts(t.Context(), "one", clock.now()))(t)); diff != "" {
		t.Errorf("since today (-want +got):\n%s", diff)
	}
}
