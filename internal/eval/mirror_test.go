package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// leaning is an asker whose answers are given by the words of the questions.
type leaning map[string]rag.Answer

func (l leaning) Answer(_ context.Context, q rag.Question) (rag.Answer, error) { return l[q.Text], nil }

func pair() []eval.Question {
	question := func(id, ask, note string) eval.Question {
		return eval.Question{ID: id, Lang: text.EN, Kind: eval.Positions, Text: ask, Note: note, MustNotContain: []string{"is to blame"}}
	}
	return []eval.Question{question("q1", "A?", "mirror of q2"), question("q2", "B?", "mirror of q1"), question("q3", "C?", "")}
}

func TestMirror(t *testing.T) {
	t.Parallel()
	with := func(change func(*rag.Answer)) rag.Answer {
		a := wordedAnswer("the cited passage does not say this")
		a.Retrieved = append(a.Retrieved, rag.Retrieved{Section: "trade#balance"})
		for i := range a.Retrieved {
			a.Retrieved[i].Document = "trade"
		}
		change(&a)
		return a
	}
	same := with(func(*rag.Answer) {})
	away := with(func(a *rag.Answer) { a.Mode, a.Fallback = rag.ModeQuotes, "unavailable" })
	declined := with(func(a *rag.Answer) { a.Mode, a.Fallback = rag.ModeQuotes, "declined" })
	tests := []struct {
		name       string
		one, other rag.Answer
		fault      string // empty when the pair passes
	}{
		{"alike", same, same, ""},
		{"both declined", declined, declined, ""},
		{"one declined", same, declined, "worded one answer"},
		{"another section", same, with(func(a *rag.Answer) { a.Citations[0].Section = "trade#balance" }), "sections: "},
		{"a section that was found for it alone", same, with(func(a *rag.Answer) {
			a.Retrieved = append(a.Retrieved, rag.Retrieved{Section: "history#border"})
			a.Citations = append(a.Citations, rag.Citation{N: 3, Section: "history#border"})
		}), ""},
		{"a dispute left out", same, with(func(a *rag.Answer) { a.Disputes = []rag.Dispute{{Note: "Accounts differ.", Citations: []int{1, 2}}} }), "disputes: "},
		{"a judgement", same, with(func(a *rag.Answer) { a.Claims[0].Text = "B is to blame." }), `forbidden: ["is to blame"]`},
		{"invented for one", same, with(func(a *rag.Answer) { a.Dropped = append(a.Dropped, a.Dropped[0], a.Dropped[0]) }), "dropped sentences: 1 and 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := eval.Mirror(t.Context(), pair(), leaning{"A?": tt.one, "B?": tt.other}, eval.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := eval.Rate{Total: 1}
			if tt.fault == "" {
				want.Passed = 1
			}
			for _, name := range []string{"mirror.pass", "mirror.pass.en", "mirror.pass.trade"} {
				if got, _ := report.Rate(name); got != want {
					t.Errorf("%s = %v, want %v; %v", name, got, want, report.Pairs[0].Reasons)
				}
			}
			if diff := cmp.Diff(map[knowledge.DocumentID]eval.Rate{"trade": want}, report.Topics()); diff != "" {
				t.Error(diff)
			}
			if got := strings.Join(report.Pairs[0].Reasons, "\n"); !strings.Contains(got, tt.fault) {
				t.Errorf("reasons %q, want %q", got, tt.fault)
			}
			var fails, table strings.Builder
			if err := errors.Join(report.WriteFails(&fails), report.WriteTable(&table)); err != nil {
				t.Fatal(err)
			}
			if (fails.Len() > 0) != (tt.fault != "") || !strings.Contains(table.String(), "mirror.pass") {
				t.Errorf("fails %q, table %q", fails.String(), table.String())
			}
			if _, err := json.Marshal(report); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("no model", func(t *testing.T) {
		t.Parallel()
		if _, err := eval.Mirror(t.Context(), pair(), leaning{"A?": same, "B?": away}, eval.Options{}); !errors.Is(err, eval.ErrNoModel) {
			t.Errorf("Mirror error = %v, want %v", err, eval.ErrNoModel)
		}
	})
}
