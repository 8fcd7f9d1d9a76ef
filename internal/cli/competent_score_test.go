package cli_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

// scorecard counts, for the questions whose passage was found, what became of them.
type scorecard struct {
	found      int // questions a passage of whose prompt tells a gold fact
	ceiling    int // of these, what the model says passes as it stands, without any check: the passages hold all that is asked for
	kept       int // of these, the answer passes
	passed     int // of those found, the answer passes
	routed     int // lost before the search: taken for a call for a judgement, distress, an order
	refused    int // lost before the model was asked: the passages were weighed too lightly
	unchecked  int // lost by the check: what the model said passes, what is left of it does not
	incomplete int // lost though nothing was dropped: the passages do not hold all that is asked for
}

func (s scorecard) String() string {
	return fmt.Sprintf("answers that pass: %d of %d whose passages hold all that is asked for (%.3f), %d of %d whose passage was found (%.3f); "+
		"lost: %d routed, %d refused, %d by the check, %d incomplete",
		s.kept, s.ceiling, portion(s.kept, s.ceiling), s.passed, s.found, portion(s.passed, s.found),
		s.routed, s.refused, s.unchecked, s.incomplete)
}

func portion(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// counted reports whether a question counts: ordinary ones with gold facts.
func counted(q eval.Question) bool {
	return q.Answerable() && len(q.Gold) > 0 && q.Kind != eval.FalsePremise && q.Kind != eval.Loaded
}

// scorecards judges the answers to the questions whose passage was found, overall ("") and by language. say is what the model
// says when it is shown the passages that were found.
func scorecards(t *testing.T, list []performance, plays part) map[text.Lang]scorecard {
	t.Helper()
	out := map[text.Lang]scorecard{}
	for _, p := range list {
		if !counted(p.question) {
			continue
		}
		var shown []string
		for _, r := range p.answer.Retrieved {
			shown = append(shown, r.Text)
		}
		said := plays(p.question, shown)
		if p.asked {
			said = p.said
		}
		if said == noAnswer && p.answer.Outcome != rag.Positions && p.answer.Outcome != rag.Care {
			continue
		}
		passed := passes(t, p.question, p.answer)
		ceiling := said != noAnswer && passesAs(p.question, said)
		for _, lang := range []text.Lang{"", p.question.Lang} {
			n := out[lang]
			n.found++
			switch {
			case passed:
				n.passed++
			case len(p.answer.Retrieved) == 0:
				n.routed++
			case !p.asked:
				n.refused++
			case ceiling:
				n.unchecked++
			default:
				n.incomplete++
			}
			if ceiling {
				n.ceiling++
				if passed {
					n.kept++
				}
			}
			out[lang] = n
		}
	}
	return out
}

// passes judges one answer by the rule of its question's kind.
func passes(t *testing.T, q eval.Question, a rag.Answer) bool {
	t.Helper()
	report, err := eval.Score([]eval.Question{q}, []rag.Answer{a}, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report.Results[0].Passed
}

// passesAs reports whether a text shows all that an answer must and nothing that it must not.
func passesAs(q eval.Question, said string) bool {
	return !slices.ContainsFunc(q.MustContain, func(group []string) bool { return !shows(said, group) }) &&
		!shows(said, q.MustNotContain)
}

// losses lists the questions that the check lost, with what was dropped.
func losses(t *testing.T, list []performance) string {
	t.Helper()
	var b strings.Builder
	for _, p := range list {
		if !counted(p.question) || !p.asked || p.said == noAnswer || passes(t, p.question, p.answer) || !passesAs(p.question, p.said) {
			continue
		}
		fmt.Fprintf(&b, "%s %s: %s\n", p.question.ID, p.question.Lang, p.question.Text)
		for _, d := range p.answer.Dropped {
			fmt.Fprintf(&b, "  dropped: %s\n    %s\n", d.Text, d.Reason)
		}
	}
	return b.String()
}
