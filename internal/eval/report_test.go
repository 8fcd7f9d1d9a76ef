package eval_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// update says whether golden files are written instead of compared.
func update() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	m.Run()
}

// mixed is a small set with something of most kinds, some of it wrong.
func mixed(t testing.TB) eval.Report {
	t.Helper()
	p, other := from("trade#volume.1@en", tradeSection), from("history#border.1@en", "Introduction")
	ask := func(id string, lang text.Lang, kind eval.Kind, note string) eval.Question {
		q := eval.Question{ID: id, Lang: lang, Kind: kind, Text: "how much\nin " + id + "?", Note: note}
		switch kind {
		case eval.Lookup, eval.List, eval.FalsePremise, eval.Loaded:
			q.Sections, q.Gold = []string{tradeSection}, []string{"f001"}
			q.MustContain, q.MustNotContain = [][]string{{"$240", "240 млрд"}}, []string{"260"}
		}
		return q
	}
	in := func(a rag.Answer, lang text.Lang) rag.Answer {
		a.Language, a.AnswerLanguage = lang, lang
		return a
	}
	questions := []eval.Question{
		ask("q1", text.EN, eval.Lookup, ""), ask("q2", text.EN, eval.List, ""), ask("q3", text.RU, eval.Lookup, ""),
		ask("q4", text.RU, eval.FalsePremise, ""), ask("q5", text.ZH, eval.Unanswerable, "off topic"),
		ask("q6", text.EN, eval.Unanswerable, "near the topic"), ask("q7", text.EN, eval.Positions, "mirror of q8; on record: f001"),
		ask("q8", text.EN, eval.Positions, "mirror of q7"), ask("q9", text.UK, eval.Care, "loss"),
	}
	answers := []rag.Answer{
		answered("Trade reached $240 billion. [1]", p), answered("Trade reached much. [1]", other, p),
		in(replied(rag.Refused, "В документах этого нет."), text.RU), in(answered("Нет, 240 млрд. [1]", p), text.RU),
		in(replied(rag.Refused, "文件没有提到这一点。"), text.ZH), answered("Trade reached $240 billion. [1]", p),
		citing(replied(rag.Positions, "It is not judged here."), p, other), citing(replied(rag.Positions, "It is not judged here."), other, p),
		in(replied(rag.Care, "Мені дуже шкода."), text.UK),
	}
	report, err := eval.Score(questions, answers, eval.Options{
		Section: sections(map[knowledge.SectionID]string{"trade#volume": p.Text}),
		Gold: func(_ string, lang text.Lang) []string {
			return map[text.Lang][]string{text.EN: {"Trade reached $240 billion."}}[lang]
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if update() {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestReportGolden(t *testing.T) {
	t.Parallel()
	report := mixed(t)
	var table, fails, ceiling bytes.Buffer
	if err := report.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if err := eval.WriteFails(&fails, report.Fails()); err != nil {
		t.Fatal(err)
	}
	if err := eval.WriteFails(&ceiling, report.CeilingFails()); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.table.golden", table.Bytes())
	golden(t, "report.fails.golden", fails.Bytes())
	golden(t, "report.ceiling.golden", ceiling.Bytes())
}

func TestReportJSON(t *testing.T) {
	t.Parallel()
	report := mixed(t)
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Questions int
		Rates     map[string]struct {
			Rate          float64
			Passed, Total int
		}
		Fails []eval.Fail
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Questions != 9 || len(got.Rates) != len(report.Names()) {
		t.Errorf("JSON has %d questions and %d rates, want 9 and %d", got.Questions, len(got.Rates), len(report.Names()))
	}
	for _, name := range report.Names() {
		want, _ := report.Rate(name)
		if r := got.Rates[name]; r.Passed != want.Passed || r.Total != want.Total || r.Rate != want.Value() {
			t.Errorf("JSON rate %s = %v, want %v", name, r, want)
		}
	}
	if diff := cmp.Diff(report.Fails(), got.Fails); diff != "" {
		t.Errorf("JSON fails (-want +got):\n%s", diff)
	}
	again, err := json.Marshal(mixed(t))
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same set gave other JSON, or %v", err)
	}
}

func TestEmptyReport(t *testing.T) {
	t.Parallel()
	report, err := eval.Score(nil, nil, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(report)
	if want := `{"questions":0,"rates":{},"fails":[],"ceiling_fails":[]}`; err != nil || string(data) != want {
		t.Errorf("JSON of nothing = %s, %v, want %s", data, err, want)
	}
	if v, ok := report.Value("answer.pass"); ok || v != 0 {
		t.Errorf("Value of nothing = %v, %v, want 0, false", v, ok)
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	p, other, third := from("a#b.1@en", ""), from("a#b.2@en", ""), from("a#b.3@en", "")
	sides := func(ps ...rag.Retrieved) rag.Answer { return citing(replied(rag.Positions, "Not judged."), ps...) }
	tests := []struct {
		name     string
		one, two rag.Answer
		note     string
		want     float64
	}{
		{"the same passages in another order", sides(p, other), sides(other, p), "mirror of q1", 1},
		{"nothing cited by both", sides(), sides(), "mirror of q1; traditional characters", 1},
		{"only the first names the other", sides(p, other), sides(p, other), "", 1},
		{"other passages", sides(p, other), sides(p, third), "mirror of q1", 0},
		{"one cites nothing", sides(p, other), sides(), "mirror of q1", 0},
		{"one fails", sides(), replied(rag.Refused, "No."), "mirror of q1", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := eval.Score([]eval.Question{
				{ID: "q1", Lang: text.EN, Kind: eval.Positions, Text: "whose", Note: "mirror of q2"},
				{ID: "q2", Lang: text.EN, Kind: eval.Positions, Text: "whose", Note: tt.note},
			}, []rag.Answer{tt.one, tt.two}, eval.Options{})
			if err != nil {
				t.Fatal(err)
			}
			rate, ok := report.Rate("positions.pair")
			if !ok || rate.Total != 1 || rate.Value() != tt.want {
				t.Errorf("positions.pair = %v, %v, want %v of one pair", rate, ok, tt.want)
			}
		})
	}
}

// Foreign text must not be able to move the cursor or begin a line of its own.
func TestWriteFailsEscapes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := eval.WriteFails(&b, []eval.Fail{{ID: "q1", Question: "a\nb\x1b[31mc\u009bd\u202ee", Reasons: []string{"x\r\ny"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Count(got, "\n") != 4 || strings.ContainsAny(got, "\x1b\r\u009b\u202e") {
		t.Errorf("WriteFails = %q, want four lines without control characters", got)
	}
}
