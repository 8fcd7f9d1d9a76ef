package eval_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/rag"
)

func TestParseGate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in    string
		plain eval.Bound
		want  eval.Gate
	}{
		{"answer.pass.en=0.84", eval.AtLeast, eval.Gate{Name: "answer.pass.en", Bound: eval.AtLeast, Value: 0.84}},
		{"refusal.false=0.08", eval.AtMost, eval.Gate{Name: "refusal.false", Bound: eval.AtMost, Value: 0.08}},
		{"answer.pass>=1", eval.AtMost, eval.Gate{Name: "answer.pass", Bound: eval.AtLeast, Value: 1}},
		{"refusal.false <= 0.08", eval.AtLeast, eval.Gate{Name: "refusal.false", Bound: eval.AtMost, Value: 0.08}},
		{"retrieval.hit@5=0", eval.AtLeast, eval.Gate{Name: "retrieval.hit@5", Bound: eval.AtLeast}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			t.Parallel()
			got, err := eval.ParseGate(tt.in, tt.plain)
			if err != nil || got != tt.want {
				t.Errorf("ParseGate(%q) = %v, %v, want %v", tt.in, got, err, tt.want)
			}
		})
	}
	for _, in := range []string{"", "answer.pass", "=0.5", ">=0.5", "answer.pass=", "answer.pass=high", "answer.pass=84", "answer.pass=-1", "answer.pass=NaN", "a>0.5", "a==1"} {
		t.Run("bad "+in, func(t *testing.T) {
			t.Parallel()
			got, err := eval.ParseGate(in, eval.AtLeast)
			if err == nil || got != (eval.Gate{}) {
				t.Errorf("ParseGate(%q) = %v, %v, want an error", in, got, err)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	p := from("p", tradeSection)
	q := eval.Question{Lang: text.EN, Kind: eval.Lookup, Text: "?", Sections: []string{tradeSection}}
	report, err := eval.Score([]eval.Question{q, q, q, q},
		[]rag.Answer{answered("a", p), answered("b", p), answered("c", p), replied(rag.Refused, "no")}, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		gates   []string
		want    []string
		wantErr []string
	}{
		{"none", nil, nil, nil},
		{"reached exactly", []string{"answer.pass>=0.75", "refusal.false<=0.25"}, nil, nil},
		{"missed", []string{"answer.pass>=0.76", "retrieval.hit@1.en>=0.5", "refusal.false<=0.24"}, []string{
			"answer.pass is 0.750 (3 of 4), wanted at least 0.76",
			"refusal.false is 0.250 (1 of 4), wanted at most 0.24",
		}, nil},
		{"unknown name", []string{"answer.pas>=0.5"}, nil, []string{"answer.pas", "unknown metric", "nearest are answer.pass,"}},
		{"nothing counted", []string{"answer.pass.uk>=0.5"}, nil, []string{"no question counts", "answer.pass.en"}},
		{"a fault bounded below", []string{"refusal.false>=0.5"}, nil, []string{"less is better", "--max"}},
		{"a fault of a language bounded below", []string{"refusal.false.en>=0.5"}, nil, []string{"less is better", "--max"}},
		{"a merit bounded above", []string{"answer.pass<=0.5"}, nil, []string{"more is better", "--min"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var gates []eval.Gate
			for _, s := range tt.gates {
				g, err := eval.ParseGate(s, eval.AtLeast)
				if err != nil {
					t.Fatal(err)
				}
				gates = append(gates, g)
			}
			misses, err := report.Check(gates)
			var got []string
			for _, m := range misses {
				got = append(got, m.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Check (-want +got):\n%s", diff)
			}
			if (err != nil) != (tt.wantErr != nil) {
				t.Fatalf("Check error = %v, want parts %q", err, tt.wantErr)
			}
			for _, part := range tt.wantErr {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("Check error %q lacks %q", err, part)
				}
			}
		})
	}
	if _, err := report.Check([]eval.Gate{{Name: "x"}}); !errors.Is(err, eval.ErrUnknownMetric) {
		t.Errorf("Check error = %v, want %v", err, eval.ErrUnknownMetric)
	}
}
