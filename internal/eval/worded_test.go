package eval_test

import (
	"context"
	"strings"
	"testing"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// wordedAnswer is an answer of a model: a sentence that stands, one that was mended, and what was dropped.
func wordedAnswer(kinds ...rag.DropKind) rag.Answer {
	p, other := from("trade#volume.1@en", tradeSection), from("history#border.1@en", "Introduction")
	a := citing(replied(rag.Answered, "Trade grew. [1] Much. [2]"), p, other)
	a.Mode, a.Model = rag.ModeModel, "small"
	a.Claims = []rag.Claim{{Text: "Trade grew.", Citations: []int{1}, Support: 0.9}, {Text: "Much.", Citations: []int{2}, Support: 0.8, Repaired: true}}
	a.Checked = &rag.Checked{Sentences: 3 + len(kinds), Citations: 4, Carried: 1}
	a.Usage = &rag.Usage{Calls: 2, Input: 100, Output: 20, CostUSD: 0.25, Priced: true}
	a.Timings = rag.Timings{First: 10, Verify: 1, Total: 30}
	for _, k := range kinds {
		a.Dropped = append(a.Dropped, rag.Dropped{Text: "Fell.", Kind: k, Reason: "why"})
	}
	return a
}

func fellBack(why string, kinds ...rag.DropKind) rag.Answer {
	a := wordedAnswer(kinds...)
	a.Mode, a.Fallback, a.Claims = rag.ModeQuotes, why, a.Claims[:1]
	return a
}

func TestWorded(t *testing.T) {
	t.Parallel()
	never := answered("Trade. [1]", from("trade#volume.1@en", tradeSection))
	never.Fallback = "never_for"
	questions := numbered(4)
	questions[1].Lang = text.RU
	report, err := eval.Score(questions, []rag.Answer{
		wordedAnswer(rag.DropKind(verify.Number)),
		fellBack("unsupported", rag.DropCitation, rag.DropForeign),
		never,
		answered("Quoted, no model set. [1]", from("trade#volume.1@en", tradeSection)),
	}, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]eval.Rate{
		"model.worded":             {Passed: 1, Total: 3},
		"model.worded.ru":          {Passed: 0, Total: 1},
		"model.quoted-unsupported": {Passed: 1, Total: 3},
		"model.quoted-never_for":   {Passed: 1, Total: 3},
		"model.quoted-slow":        {Passed: 0, Total: 3},
		"model.precision.before":   {Passed: 2, Total: 8},
		"model.coverage":           {Passed: 2, Total: 5},
		"model.coverage.en":        {Passed: 2, Total: 3},
		"model.repaired":           {Passed: 1, Total: 2},
		"model.dropped-number":     {Passed: 1, Total: 5},
		"model.dropped-citation":   {Passed: 1, Total: 5},
		"model.dropped-link":       {Passed: 1, Total: 5},
		"model.dropped-fragment":   {Passed: 0, Total: 5},
	} {
		if got, _ := report.Rate(name); got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	if _, ok := report.Rate("model.precision.after"); ok {
		t.Error("model.precision.after counts without a checker")
	}
	if got, _ := report.Amount("model.input-tokens"); got != (eval.Amounts{Count: 2, Sum: 200, Median: 100, P95: 100, Max: 100}) {
		t.Errorf("model.input-tokens = %v", got)
	}
	if got, _ := report.Amount("model.cost-usd.ru"); got.Sum != 0.25 {
		t.Errorf("model.cost-usd.ru = %v", got)
	}
	var table strings.Builder
	if err := report.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"model.worded ", "0.333 1/3", "model.total-ms", "30, 30"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, table.String())
		}
	}
}

// TestDropKinds holds that whatever a sentence is dropped for is counted.
func TestDropKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range []rag.DropKind{
		rag.DropKind(verify.Number), rag.DropKind(verify.Date), rag.DropKind(verify.Name), rag.DropKind(verify.Negation),
		rag.DropKind(verify.Direction), rag.DropKind(verify.Addition), rag.DropKind(verify.Support),
		rag.DropForeign, rag.DropLanguage, rag.DropFragment, rag.DropCitation,
	} {
		report, err := eval.Score(numbered(1), []rag.Answer{fellBack("unsupported", kind)}, eval.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := report.Rate("model.dropped-" + string(kind)); got.Passed != 1 {
			t.Errorf("what is dropped as %s is not counted", kind)
		}
	}
}

// checkFunc lets a function check.
type checkFunc func(claim verify.Claim, passages []verify.Evidence) verify.Verdict

func (f checkFunc) Check(_ context.Context, c verify.Claim, e []verify.Evidence) (verify.Verdict, error) {
	return f(c, e), nil
}

func TestCheckedOnceMore(t *testing.T) {
	t.Parallel()
	asker := askerFunc(func(context.Context, rag.Question) (rag.Answer, error) { return wordedAnswer(), nil })
	for _, refuse := range []string{"", "Much."} {
		report, err := eval.Run(t.Context(), numbered(1), asker, eval.Options{
			Checker: checkFunc(func(c verify.Claim, e []verify.Evidence) verify.Verdict {
				v := verify.Verdict{OK: c.Text != refuse, Spans: make([]text.Span, len(e))}
				for i := range e {
					v.Spans[i].End = len(e[i].Text)
				}
				return v
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		want := eval.Rate{Passed: 2, Total: 2}
		if refuse != "" {
			want.Passed = 1
		}
		if got, _ := report.Rate("model.precision.after"); got != want {
			t.Errorf("refusing %q: model.precision.after = %v, want %v", refuse, got, want)
		}
		if misses, err := report.Check([]eval.Gate{{Name: "model.precision.after", Bound: eval.AtLeast, Value: 1}}); err != nil || len(misses) != 2-want.Passed {
			t.Errorf("refusing %q: misses %v, %v", refuse, misses, err)
		}
	}
}
