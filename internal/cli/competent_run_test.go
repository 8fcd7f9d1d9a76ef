package cli_test

import (
	"testing"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

// TestCompetent has a model that answers every question from the right passage, and says so where there is none: what
// amur then loses is its own doing. The bars are what was reached less a small margin.
func TestCompetent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the arithmetic takes long with the race detector")
	}
	tests := []struct {
		name      string
		stage     func(*testing.T) *stage
		plays     func(*stage) part
		kept      map[text.Lang]float64 // of the questions whose passages hold all that is asked for; "" for all languages
		passed    float64               // of the questions whose passage was found
		near, off float64               // unanswerable questions refused
	}{
		{
			name: "built-in documents", stage: builtinStage,
			plays: func(s *stage) part { return fromDocuments(s.gold, s.ukrainian, asItStands) },
			kept:  map[text.Lang]float64{"": 0.97, text.EN: 0.97, text.RU: 0.97, text.UK: 0.93, text.ZH: 0.97},
			// A second passage that a question asks for is not always among the first ten.
			passed: 0.91, near: 0.97, off: 0.95,
		},
		{
			name: "built-in documents in other words", stage: builtinStage,
			plays:  func(s *stage) part { return fromDocuments(s.gold, s.ukrainian, reworded) },
			kept:   map[text.Lang]float64{"": 0.96, text.EN: 0.96, text.RU: 0.95, text.UK: 0.93, text.ZH: 0.95},
			passed: 0.90, near: 0.97, off: 0.95,
		},
		{
			name: "a page in English, asked in four languages", stage: rawStage,
			plays:  func(s *stage) part { return newTranslator(s.gold, s.ukrainian, s.base, tellsIt).answer },
			kept:   map[text.Lang]float64{"": 0.94, text.EN: 0.97, text.RU: 0.92, text.UK: 0.91, text.ZH: 0.92},
			passed: 0.87, near: 0.97, off: 0.95,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := tt.stage(t)
			plays := tt.plays(s)
			list := ask(t, s.questions, s.actor(t, plays), s.actor(t, plays))
			cards := scorecards(t, list, plays)
			for _, lang := range []text.Lang{"", text.EN, text.RU, text.UK, text.ZH} {
				card := cards[lang]
				t.Logf("%2s  %s", lang, card)
				if got := portion(card.kept, card.ceiling); got < tt.kept[lang] || card.ceiling == 0 {
					t.Errorf("%s: %.3f of what the passages hold comes through, wanted %v", lang, got, tt.kept[lang])
				}
			}
			if got := portion(cards[""].passed, cards[""].found); got < tt.passed {
				t.Errorf("%.3f of the answers pass, wanted %v", got, tt.passed)
			}
			report := scored(t, s, list)
			for name, bar := range map[string]float64{"refusal.near": tt.near, "refusal.off": tt.off, "laws.quotes": 1, "laws.retrieved": 1, "laws.shape": 1} {
				if got, _ := report.Value(name); got < bar {
					t.Errorf("%s is %.3f, wanted %v", name, got, bar)
				}
			}
			t.Logf("lost by the check:\n%s", losses(t, list))
		})
	}
}

// TestCredulous has a model that takes the first passage for the answer to everything. What it says is true, and no answer:
// that such questions are refused all the same is for the program to see to, before it asks the model.
func TestCredulous(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the arithmetic takes long with the race detector")
	}
	s := builtinStage(t)
	var questions []eval.Question
	for _, q := range s.questions {
		if q.Kind == eval.Unanswerable {
			questions = append(questions, q)
		}
	}
	report := scored(t, s, ask(t, questions, s.actor(t, credulous)))
	for name, bar := range map[string]float64{"refusal.near": 0.44, "refusal.off": 0.83} {
		got, ok := report.Value(name)
		t.Logf("%s is %.3f", name, got)
		if !ok || got < bar {
			t.Errorf("%s is %.3f, wanted %v", name, got, bar)
		}
	}
}

// scored judges all answers by the rules of their kinds.
func scored(t *testing.T, s *stage, list []performance) eval.Report {
	t.Helper()
	var questions []eval.Question
	var answers []rag.Answer
	for _, p := range list {
		questions, answers = append(questions, p.question), append(answers, p.answer)
	}
	report, err := eval.Score(questions, answers, eval.Options{Section: s.base.Section})
	if err != nil {
		t.Fatal(err)
	}
	return report
}
