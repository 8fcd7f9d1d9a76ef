package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func TestReadFacts(t *testing.T) {
	t.Parallel()
	got, err := eval.ReadFacts(strings.NewReader("fact,section,sentence\nf001,trade#volume,2\nf002,trade#volume,1 3\nf001,overview#short,4\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := eval.Facts{
		"f001": {{Section: "trade#volume", Sentences: []int{2}}, {Section: "overview#short", Sentences: []int{4}}},
		"f002": {{Section: "trade#volume", Sentences: []int{1, 3}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ReadFacts (-want +got):\n%s", diff)
	}
	bad := []struct{ name, csv, want string }{
		{"empty", "", "empty"},
		{"no sentence column", "fact,section\nf001,a#b\n", "fact, section and sentence"},
		{"no number", "fact,section,sentence\nf001,a#b,one\n", "line 2"},
		{"sentence zero", "fact,section,sentence\nf001,a#b,1\nf002,a#b,0\n", "line 3"},
		{"no sentence", "fact,section,sentence\nf001,a#b,\n", "line 2"},
		{"no fact", "fact,section,sentence\n,a#b,1\n", "line 2"},
		{"a short row", "fact,section,sentence\nf001,a#b\n", "line 2"},
	}
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, err := eval.ReadFacts(strings.NewReader(tt.csv))
			if err == nil || facts != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadFacts = %v, %v, want an error with %q", facts, err, tt.want)
			}
		})
	}
}

// inTwoLanguages finds one section of two sentences in English and one of one sentence in Chinese.
func inTwoLanguages(id knowledge.SectionID, lang text.Lang) (knowledge.Section, error) {
	texts := map[text.Lang][]string{text.EN: {"Trade grew.", "It was $240 billion."}, text.ZH: {"贸易额增长。"}}
	list, ok := texts[lang]
	if !ok || id != "trade#volume" {
		return knowledge.Section{}, knowledge.ErrUnknownSection
	}
	s := knowledge.Section{ID: id, Lang: lang}
	for _, sentence := range list {
		start := len(s.Text)
		s.Text += sentence
		s.Sentences = append(s.Sentences, knowledge.Sentence{Span: text.Span{Start: start, End: len(s.Text)}})
		s.Text += " "
	}
	return s, nil
}

func TestFactsGold(t *testing.T) {
	t.Parallel()
	facts := eval.Facts{
		"f001": {{Section: "trade#volume", Sentences: []int{2, 1}}},
		"f002": {{Section: "trade#volume", Sentences: []int{9}}},
		"f003": {{Section: "trade#none", Sentences: []int{1}}},
		"f004": {{Section: "trade#volume", Sentences: []int{1}}, {Section: "trade#volume", Sentences: []int{2}}},
	}
	gold := facts.Gold(inTwoLanguages, func(s string) string { return "[" + s + "]" })
	tests := []struct {
		name, fact string
		lang       text.Lang
		want       []string
	}{
		{"in the order of the table", "f001", text.EN, []string{"It was $240 billion.", "Trade grew."}},
		{"two places", "f004", text.EN, []string{"Trade grew.", "It was $240 billion."}},
		{"Ukrainian quotes English", "f004", text.UK, []string{"Trade grew.", "It was $240 billion."}},
		{"Chinese", "f004", text.ZH, []string{"贸易额增长。"}},
		{"traditional characters are rendered", "f004", text.ZHHant, []string{"[贸易额增长。]"}},
		{"no document in the language", "f001", text.RU, nil},
		{"no such sentence", "f002", text.EN, nil},
		{"no such section", "f003", text.EN, nil},
		{"no such fact", "f009", text.EN, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, gold(tt.fact, tt.lang)); diff != "" {
				t.Errorf("Gold(%s, %s) (-want +got):\n%s", tt.fact, tt.lang, diff)
			}
		})
	}
}

func TestCeiling(t *testing.T) {
	t.Parallel()
	p := from("p", tradeSection)
	ask := func(kind eval.Kind, want string, gold ...string) eval.Question {
		return eval.Question{
			ID: "q1", Lang: text.EN, Kind: kind, Text: "?", Sections: []string{tradeSection}, Gold: gold,
			MustContain: [][]string{{want}}, MustNotContain: []string{"grew fast"},
		}
	}
	gold := func(fact string, _ text.Lang) []string {
		return map[string][]string{"f001": {"It was $240 billion."}, "f002": {"It grew fast."}}[fact]
	}
	rates := func(pass, answer, ratio float64) map[string]float64 {
		return map[string]float64{"ceiling.pass": pass, "ceiling.answer": answer, "ceiling.ratio": ratio, "ceiling.ratio.en": ratio}
	}
	tests := []struct {
		name     string
		question eval.Question
		reply    string
		rates    map[string]float64
		reasons  []string
	}{
		{"both pass", ask(eval.Lookup, "$240", "f001"), "It was $240 billion.", rates(1, 1, 1), nil},
		{"only the sentences pass", ask(eval.Lookup, "$240", "f001"), "It was much.", rates(1, 0, 0), nil},
		{"only the answer passes", ask(eval.Lookup, "record", "f001"), "It was a record.", rates(0, 1, -1), []string{"missing: record"}},
		{"the sentences hold what is forbidden", ask(eval.Lookup, "$240", "f001", "f002"), "$240", rates(0, 1, -1), []string{"forbidden: grew fast"}},
		{"a fact is not told", ask(eval.Lookup, "$240", "f001", "f009"), "$240", rates(0, 1, -1), []string{"no sentence for f009"}},
		{"no gold", ask(eval.Lookup, "$240"), "$240", rates(-1, -1, -1), nil},
		{"a premise may be refused", ask(eval.FalsePremise, "$240", "f001"), "$240", rates(-1, -1, -1), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report := scored(t, eval.Options{Gold: gold}, tt.question, answered(tt.reply, p))
			if diff := cmp.Diff(tt.rates, measured(report, tt.rates)); diff != "" {
				t.Errorf("ceiling (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.reasons, report.Results[0].Ceiling); diff != "" {
				t.Errorf("Ceiling (-want +got):\n%s", diff)
			}
		})
	}
}

// The ratio divides the passes of both over the same questions, so that it may be above one.
func TestCeilingRatio(t *testing.T) {
	t.Parallel()
	p := from("p", tradeSection)
	q := eval.Question{Lang: text.EN, Kind: eval.Lookup, Text: "?", Sections: []string{tradeSection}, Gold: []string{"f001"}, MustContain: [][]string{{"$240"}}}
	bare := q
	bare.Gold = []string{"f002"}
	gold := func(fact string, _ text.Lang) []string {
		return map[string][]string{"f001": {"$240"}, "f002": {"much"}}[fact]
	}
	report, err := eval.Score([]eval.Question{q, bare, bare, bare},
		[]rag.Answer{answered("none", p), answered("$240", p), answered("$240", p), answered("none", p)}, eval.Options{Gold: gold})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"ceiling.pass": 0.25, "ceiling.answer": 0.5, "ceiling.ratio": 2}
	if diff := cmp.Diff(want, measured(report, want)); diff != "" {
		t.Errorf("ceiling (-want +got):\n%s", diff)
	}
}
