package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

func TestLanguage(t *testing.T) {
	t.Parallel()
	const (
		ukrainianFrame = "Ось що про це кажуть документи, їхні слова англійською: "
		russianFrame   = "Вот что об этом говорят документы, их слова на английском языке: "
		quote          = "Trade reached $240 billion."
	)
	in := func(question, answer text.Lang, frame string) rag.Answer {
		a := answered(frame+quote+" [1]", from("p", tradeSection))
		a.Language, a.AnswerLanguage = question, answer
		a.Claims[0].Text = quote
		return a
	}
	tests := []struct {
		name   string
		lang   text.Lang
		note   string
		answer rag.Answer
		rates  map[string]float64
	}{
		{"Ukrainian frame", text.UK, "", in(text.UK, text.UK, ukrainianFrame), map[string]float64{
			"language.pass": 1, "language.pass.uk": 1, "language.detected": 1, "language.marked": -1, "language.uk-in-ru": 0, "language.ru-as-uk": -1,
		}},
		{"Ukrainian with a Russian frame", text.UK, "", in(text.UK, text.UK, russianFrame), map[string]float64{"language.pass": 0, "language.uk-in-ru": 1}},
		{"Ukrainian, nothing but quotations", text.UK, "", in(text.UK, text.UK, ""), map[string]float64{"language.pass": 1, "language.uk-in-ru": 0}},
		{"Ukrainian taken for Russian, nothing but quotations", text.UK, "no і ї є ґ", in(text.RU, text.RU, ""), map[string]float64{
			"language.pass": 0, "language.detected": 0, "language.marked": 0, "language.uk-in-ru": 1,
		}},
		{"marked Russian", text.RU, "slip 'така', which is Ukrainian", in(text.RU, text.RU, russianFrame), map[string]float64{
			"language.pass": 1, "language.pass.ru": 1, "language.marked": 1, "language.ru-as-uk": 0,
		}},
		{"marked Russian answered in Ukrainian", text.RU, "no letter that only one has", in(text.UK, text.UK, ukrainianFrame), map[string]float64{
			"language.pass": 0, "language.marked": 0, "language.ru-as-uk": 1,
		}},
		{"unmarked Russian", text.RU, "derived: 2024 minus 2009", in(text.RU, text.RU, russianFrame), map[string]float64{
			"language.pass": -1, "language.detected": 1, "language.marked": -1, "language.ru-as-uk": 0,
		}},
		{"traditional characters", text.ZH, "traditional characters", in(text.ZHHant, text.ZHHant, "文件對這個問題的說法如下："), map[string]float64{
			"language.pass": 1, "language.pass.zh": 1, "language.detected": 1, "language.marked": 1, "language.traditional": 1,
		}},
		{"traditional characters answered in simplified", text.ZH, "mirror of d1; traditional characters", in(text.ZHHant, text.ZHHant, "文件对这个问题的说法如下："), map[string]float64{
			"language.pass": 0, "language.detected": 1, "language.traditional": 0,
		}},
		{"simplified", text.ZH, "", in(text.ZH, text.ZH, "文件对这个问题的说法如下："), map[string]float64{"language.pass": -1, "language.detected": 1, "language.traditional": -1}},
		{"English", text.EN, "the document says 'imports from Russia'", in(text.EN, text.EN, "The documents say: "), map[string]float64{"language.pass": -1, "language.detected": 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := eval.Question{ID: "q1", Lang: tt.lang, Kind: eval.Lookup, Text: "?", Note: tt.note, Sections: []string{tradeSection}}
			report := scored(t, eval.Options{}, q, tt.answer)
			if diff := cmp.Diff(tt.rates, measured(report, tt.rates)); diff != "" {
				t.Errorf("rates (-want +got):\n%s\nreasons %q", diff, report.Results[0].Reasons)
			}
		})
	}
}

// The note of an injection names its trick, which may be a language; that says nothing of the question's own.
func TestLanguageOfInjection(t *testing.T) {
	t.Parallel()
	q := eval.Question{ID: "q1", Lang: text.RU, Kind: eval.Injection, Text: "?", Note: "an order in Ukrainian letters"}
	report := scored(t, eval.Options{}, q, replied(rag.Refused, "Нет."))
	if v, ok := report.Value("language.pass"); ok {
		t.Errorf("language.pass = %v, want nothing counted", v)
	}
}

func TestLanguageCountsInDevelopment(t *testing.T) {
	t.Parallel()
	questions := development(t, "dev3.yaml")
	report, err := eval.Score(questions, make([]rag.Answer, len(questions)), eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, name := range []string{"language.pass.en", "language.pass.ru", "language.pass.uk", "language.pass.zh", "language.marked.ru", "language.marked.uk", "positions.pair", "care.lookalike"} {
		rate, _ := report.Rate(name)
		got[name] = rate.Total
	}
	want := map[string]int{ // as the file's description counts them
		"language.pass.en": 0, "language.pass.ru": 14, "language.pass.uk": 67, "language.pass.zh": 21,
		"language.marked.ru": 14, "language.marked.uk": 27, "positions.pair": 20, "care.lookalike": 8,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("questions counted (-want +got):\n%s", diff)
	}
}
