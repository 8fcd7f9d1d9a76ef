package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amur/internal/eval"
	"amur/internal/text"
)

func result(lang text.Lang, kind eval.Kind, note string) eval.Result {
	q := eval.Question{Lang: lang, Kind: kind, Note: note}
	if kind == eval.Lookup || kind == eval.Loaded || kind == eval.FalsePremise {
		q.Sections = []string{tradeSection}
	}
	return eval.Result{Question: q}
}

func TestCurve(t *testing.T) {
	t.Parallel()
	scores := []float64{}
	var results []eval.Result
	add := func(score float64, r eval.Result) {
		scores = append(scores, score)
		r.Question.ID = string(rune('a' + len(results)))
		results = append(results, r)
	}
	for _, s := range []float64{0.1, 0.2, 0.2, 0.7} {
		add(s, result(text.EN, eval.Lookup, ""))
	}
	add(0.5, result(text.RU, eval.Lookup, ""))
	add(0.15, result(text.EN, eval.Unanswerable, "near the topic"))
	add(0.6, result(text.EN, eval.Unanswerable, "near the topic: secret"))
	add(0.7, result(text.EN, eval.Unanswerable, "off topic"))
	add(0.9, result(text.EN, eval.Unanswerable, "off topic"))
	add(0.9, result(text.EN, eval.Unanswerable, ""))
	add(0.9, result(text.EN, eval.Loaded, ""))
	add(0.9, result(text.EN, eval.FalsePremise, ""))
	add(0.9, result(text.EN, eval.Chitchat, ""))
	results = append(results, result(text.EN, eval.Lookup, "")) // has no score
	score := func(r eval.Result) (float64, bool) {
		if r.Question.ID == "" {
			return 0, false
		}
		return scores[r.Question.ID[0]-'a'], true
	}
	got := eval.Curve(results, score, []float64{0, 0.2, 0.6, 1})
	want := []eval.CurvePoint{
		{0, 0.7, eval.Rate{Total: 5}, by(0, 4, 0, 1), eval.Rate{Total: 2}, eval.Rate{Passed: 1, Total: 2}},
		{0.2, 0.5, eval.Rate{Passed: 1, Total: 5}, by(1, 4, 0, 1), eval.Rate{Passed: 1, Total: 2}, eval.Rate{Passed: 2, Total: 2}},
		// three of five are allowed, but the two at 0.2 are not parted
		{0.6, 0.2, eval.Rate{Passed: 2, Total: 5}, by(1, 4, 1, 1), eval.Rate{Passed: 1, Total: 2}, eval.Rate{Passed: 2, Total: 2}},
		{1, 0.1, eval.Rate{Passed: 4, Total: 5}, by(3, 4, 1, 1), eval.Rate{Passed: 2, Total: 2}, eval.Rate{Passed: 2, Total: 2}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Curve (-want +got):\n%s", diff)
	}
	if got := eval.Curve(nil, score, eval.CurveRates()); len(got) != 4 || got[0].False.Total != 0 {
		t.Errorf("Curve of nothing = %v, want four empty points", got)
	}
}

func by(en, enTotal, ru, ruTotal int) map[text.Lang]eval.Rate {
	return map[text.Lang]eval.Rate{text.EN: {Passed: en, Total: enTotal}, text.RU: {Passed: ru, Total: ruTotal}}
}

// No point of a curve refuses more ordinary questions than its limit, and a wider limit never refuses less.
func TestCurveLimits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.IntRange(0, 9)).Draw(t, "scores")
		results := make([]eval.Result, len(list))
		for i := range list {
			results[i] = result(text.EN, eval.Lookup, "")
			if rapid.Bool().Draw(t, "unanswerable") {
				results[i] = result(text.EN, eval.Unanswerable, "near the topic")
			}
			results[i].Answer.Question = string(rune('0' + list[i]))
		}
		score := func(r eval.Result) (float64, bool) { return float64(r.Answer.Question[0]), true }
		before := -1.0
		for _, p := range eval.Curve(results, score, []float64{0, 0.1, 0.5, 0.9}) {
			if p.False.Value() > p.Limit {
				t.Fatalf("at %v: %v are refused", p.Limit, p.False)
			}
			if p.Near.Value() < before {
				t.Fatalf("at %v: fewer are refused than at a narrower limit", p.Limit)
			}
			before = p.Near.Value()
		}
	})
}
