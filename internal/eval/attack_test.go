package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag/verify"
)

// checker gives the same verdict on every claim that its function does not know.
type checker func(verify.Claim, []verify.Evidence) (verify.Verdict, error)

func (c checker) Check(_ context.Context, claim verify.Claim, passages []verify.Evidence) (verify.Verdict, error) {
	return c(claim, passages)
}

func keeping(verify.Claim, []verify.Evidence) (verify.Verdict, error) {
	return verify.Verdict{OK: true, Support: 1}, nil
}

func dropping(verify.Claim, []verify.Evidence) (verify.Verdict, error) {
	return verify.Verdict{Reason: verify.Reason{Kind: verify.Number, Detail: "7\x1b"}}, nil
}

func attackPairs() []eval.Pair {
	pair := func(id string, kind eval.PairKind, passage, claim text.Lang) eval.Pair {
		return eval.Pair{ID: id, Kind: kind, Passage: "The passage " + id, PassageLang: passage, Claim: "The\nclaim " + id, ClaimLang: claim, Heading: "Of " + id}
	}
	return []eval.Pair{
		pair("p1", eval.WrongNumber, text.EN, text.EN), pair("p2", eval.WrongNumber, text.EN, text.RU),
		pair("p3", eval.WrongNegation, text.RU, text.RU), pair("p4", eval.Paraphrase, text.EN, text.EN),
		pair("p5", eval.Paraphrase, text.ZH, text.UK), pair("p6", eval.Verbatim, text.ZH, text.ZH),
	}
}

func TestAttack(t *testing.T) {
	t.Parallel()
	mixed := func(c verify.Claim, passages []verify.Evidence) (verify.Verdict, error) {
		if strings.HasSuffix(c.Text, "p2") || strings.HasSuffix(c.Text, "p5") {
			return dropping(c, passages)
		}
		return keeping(c, passages)
	}
	tests := []struct {
		name    string
		checker checker
		want    map[string]eval.Rate
	}{
		{"all kept", keeping, map[string]eval.Rate{
			"attack": {Total: 3}, "attack.en": {Total: 1}, "attack.ru": {Total: 1}, "attack.cross": {Total: 1}, "attack.number": {Total: 2},
			"attack.negation.ru": {Total: 1}, "paraphrase.dropped": {Total: 2}, "verbatim.dropped.zh": {Total: 1},
		}},
		{"all dropped", dropping, map[string]eval.Rate{
			"attack": {Passed: 3, Total: 3}, "attack.number.en": {Passed: 1, Total: 1}, "attack.number.cross": {Passed: 1, Total: 1},
			"attack.number.cross.ru": {Passed: 1, Total: 1}, "paraphrase.dropped.cross.uk": {Passed: 1, Total: 1},
			"paraphrase.dropped": {Passed: 2, Total: 2}, "verbatim.dropped": {Passed: 1, Total: 1},
		}},
		{"some dropped", mixed, map[string]eval.Rate{
			"attack": {Passed: 1, Total: 3}, "attack.number.en": {Total: 1}, "attack.number.cross": {Passed: 1, Total: 1},
			"attack.negation": {Total: 1}, "paraphrase.dropped.en": {Total: 1}, "paraphrase.dropped.cross": {Passed: 1, Total: 1},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := eval.Attack(t.Context(), attackPairs(), tt.checker, eval.AttackOptions{})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]eval.Rate{}
			for name := range tt.want {
				got[name], _ = report.Rate(name)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rates (-want +got):\n%s", diff)
			}
			if rate, ok := report.Rate("attack.number.ru"); ok {
				t.Errorf("attack.number.ru = %v, want none: claims across languages count apart", rate)
			}
		})
	}
}

// TestAttackAsks shows that a checker gets what a reader of the pair sees, and the heading.
func TestAttackAsks(t *testing.T) {
	t.Parallel()
	var asked []verify.Evidence
	var done []int
	_, err := eval.Attack(t.Context(), attackPairs()[1:2], checker(func(c verify.Claim, passages []verify.Evidence) (verify.Verdict, error) {
		asked = passages
		if want := (verify.Claim{Text: "The\nclaim p2", Lang: text.RU}); c != want {
			t.Errorf("claim %v, want %v", c, want)
		}
		return keeping(c, passages)
	}), eval.AttackOptions{Progress: func(n, total int) { done = append(done, n, total) }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]verify.Evidence{{Text: "The passage p2", Lang: text.EN, Heading: "Of p2"}}, asked); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{1, 1}, done); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

func TestAttackError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	report, err := eval.Attack(t.Context(), attackPairs(), checker(func(verify.Claim, []verify.Evidence) (verify.Verdict, error) {
		return verify.Verdict{}, broken
	}), eval.AttackOptions{})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "check p1") || len(report.Results) != 0 {
		t.Errorf("Attack = %d results, %v, want none and the checker's error with the pair", len(report.Results), err)
	}
}

func TestAttackCheck(t *testing.T) {
	t.Parallel()
	report, err := eval.Attack(t.Context(), attackPairs(), checker(dropping), eval.AttackOptions{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		gate    eval.Gate
		misses  int
		message string // of the error
	}{
		{"reached", eval.Gate{Name: "attack.number", Bound: eval.AtLeast, Value: 0.95}, 0, ""},
		{"across", eval.Gate{Name: "attack.number.cross", Bound: eval.AtLeast, Value: 1}, 0, ""},
		{"missed", eval.Gate{Name: "paraphrase.dropped.en", Bound: eval.AtMost, Value: 0.08}, 1, ""},
		{"missed across", eval.Gate{Name: "paraphrase.dropped.cross", Bound: eval.AtMost, Value: 0.12}, 1, ""},
		{"better side of a catch", eval.Gate{Name: "attack.number", Bound: eval.AtMost, Value: 0.5}, 0, "more is better"},
		{"better side of a drop", eval.Gate{Name: "paraphrase.dropped.en", Bound: eval.AtLeast, Value: 0.5}, 0, "less is better"},
		{"nothing counted", eval.Gate{Name: "attack.date", Bound: eval.AtLeast, Value: 0.5}, 0, "no pair counts for it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			misses, err := report.Check([]eval.Gate{tt.gate})
			if (err == nil) != (tt.message == "") || err != nil && !strings.Contains(err.Error(), tt.message) {
				t.Errorf("Check(%v) error %v, want %q in it", tt.gate, err, tt.message)
			}
			if len(misses) != tt.misses {
				t.Errorf("Check(%v) = %v, want %d misses", tt.gate, misses, tt.misses)
			}
		})
	}
	if _, err := report.Check([]eval.Gate{{Name: "attack.nmber", Bound: eval.AtLeast}}); !errors.Is(err, eval.ErrUnknownMetric) ||
		!strings.Contains(err.Error(), "attack.number") {
		t.Errorf("Check of a misspelt gate: %v, want ErrUnknownMetric and the nearest name", err)
	}
}

// TestAttackReport compares table, failures and JSON with what a reader should see. A clock that steps makes the times the
// same everywhere.
func TestAttackReport(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	clock := func() time.Time {
		now = now.Add(1500 * time.Microsecond)
		return now
	}
	pairs := attackPairs()
	pairs[0].Note = "240 → 260"
	mixed := func(c verify.Claim, passages []verify.Evidence) (verify.Verdict, error) {
		if strings.HasSuffix(c.Text, "p2") || strings.HasSuffix(c.Text, "p5") {
			return dropping(c, passages)
		}
		return keeping(c, passages)
	}
	report, err := eval.Attack(t.Context(), pairs, checker(mixed), eval.AttackOptions{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	var table, fails bytes.Buffer
	if err := report.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if err := eval.WriteAttackFails(&fails, report.Fails()); err != nil {
		t.Fatal(err)
	}
	golden(t, "attack.table.golden", table.Bytes())
	golden(t, "attack.fails.golden", fails.Bytes())
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Pairs int
		Rates map[string]struct{ Passed, Total int }
		Fired map[string]map[string]int
		MS    map[string]map[string]float64 `json:"latency_ms"`
		Fails []struct{ ID, Kind, Reason, Note string }
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Pairs != 6 || got.Rates["attack"] != struct{ Passed, Total int }{1, 3} || got.Fired["number"]["kept"] != 1 || got.Fired["number"]["number"] != 1 ||
		got.MS["same"]["p95"] != 1.5 || got.MS["cross"]["claims"] != 2 || len(got.Fails) != 3 || got.Fails[0].Note != "240 → 260" {
		t.Errorf("JSON %s", data)
	}
}
