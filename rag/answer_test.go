package rag_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/rag"
)

// TestMain registers -update, which rewrites what the cases expect.
func TestMain(m *testing.M) {
	flag.Bool("update", false, "rewrite the golden files")
	flag.Parse()
	os.Exit(m.Run())
}

// TestAnswerJSON holds the form of the JSON contract. A case is a question, a row of dashes and the answer; scores and
// times are left out.
func TestAnswerJSON(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	a := answerer(t, build(t, inLanguage(t, harbour(t), text.EN), e, nil), e)
	a.MaxSentences = 2
	files, err := filepath.Glob("testdata/answer/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("cases: %d files, %v", len(files), err)
	}
	const dashes = "\n----------\n"
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			question, want, _ := strings.Cut(string(data), dashes)
			answer := ask(t, a, rag.Question{Text: question, Lang: text.EN})
			for i := range answer.Retrieved {
				answer.Retrieved[i].Score = 0
			}
			pretty, err := json.MarshalIndent(answer, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got := string(pretty) + "\n"
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(file, []byte(question+dashes+got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answer to %q differs (-want +got):\n%s", question, diff)
			}
		})
	}
}

func TestAnswerWithABrokenEmbedder(t *testing.T) {
	t.Parallel()
	sound := newWordEmbedder()
	index := build(t, harbour(t), sound, nil)
	asleep := errors.New("the model is asleep")
	tests := []struct {
		name  string
		fail  error
		spoil func([][]float32) [][]float32
		want  string
	}{
		{"an error", asleep, nil, "embed question: the model is asleep"},
		{"no vector", nil, func([][]float32) [][]float32 { return nil }, "0 vectors for 1"},
		{"two vectors", nil, func(v [][]float32) [][]float32 { return append(v, v[0]) }, "2 vectors for 1"},
		{"an empty vector", nil, func([][]float32) [][]float32 { return [][]float32{nil} }, "0 components where the index has 32"},
		{"a shorter vector", nil, func(v [][]float32) [][]float32 { return [][]float32{v[0][1:]} }, "31 components where the index has 32"},
		{"a longer vector", nil, func(v [][]float32) [][]float32 { return [][]float32{append(v[0], 0)} }, "33 components where the index has 32"},
		{"not a number", nil, func(v [][]float32) [][]float32 { v[0][0] = float32(math.NaN()); return v }, "not finite"},
		{"infinite", nil, func(v [][]float32) [][]float32 { v[0][0] = float32(math.Inf(1)); return v }, "not finite"},
		{"no direction", nil, func(v [][]float32) [][]float32 { clear(v[0]); return v }, "no direction"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			broken := newWordEmbedder()
			broken.fail, broken.spoil = tt.fail, tt.spoil
			a := answerer(t, index, broken)
			answer, err := a.Answer(t.Context(), rag.Question{Text: "Which cranes are blue?"})
			if err == nil || !strings.Contains(err.Error(), tt.want) || tt.fail != nil && !errors.Is(err, tt.fail) {
				t.Errorf("Answer: error %v, want one with %q", err, tt.want)
			}
			if diff := cmp.Diff(rag.Answer{}, answer); diff != "" {
				t.Errorf("an answer beside the error (-want +got):\n%s", diff)
			}
			if _, err := a.Explain(t.Context(), rag.Question{Text: "Which cranes are blue?"}); err == nil {
				t.Error("Explain: no error")
			}
		})
	}
}

func TestAnswerCancelled(t *testing.T) {
	t.Parallel()
	sound := newWordEmbedder()
	index := build(t, harbour(t), sound, nil)
	ask := func(t *testing.T, ctx context.Context, e rag.Embedder) {
		t.Helper()
		answer, err := answerer(t, index, e).Answer(ctx, rag.Question{Text: "Which cranes are blue?"})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Answer: error %v, want %v", err, context.Canceled)
		}
		if diff := cmp.Diff(rag.Answer{}, answer); diff != "" {
			t.Errorf("an answer beside the error (-want +got):\n%s", diff)
		}
	}
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ask(t, ctx, sound)
	})
	t.Run("between embedding and searching", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		e := newWordEmbedder()
		e.after = cancel
		ask(t, ctx, e)
	})
}

// TestAnswerHostileInput holds that any message is answered, and by the laws.
func TestAnswerHostileInput(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	base := harbour(t)
	a := answerer(t, build(t, base, e, nil), e)
	tests := []struct{ name, question string }{
		{"empty", ""},
		{"spaces", " \t\n "},
		{"only signs", "?!…"},
		{"only emoji", "🚢🚢🏳️‍🌈"},
		{"20,000 characters", strings.Repeat("Which cranes are blue? ", 870)},
		{"one long word", strings.Repeat("crane", 4000)},
		{"not UTF-8", "cranes \xff\xfe blue\x00"},
		{"direction marks", "\u202ewhich cranes\u2066 are blue"},
		{"markup", "**cranes** <@1234> @everyone [x](http://example.org)"},
		{"quotation from a document", "The harbour has twelve blue cranes on the northern quay."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			answer := ask(t, a, rag.Question{Text: tt.question})
			if answer.Question != tt.question {
				t.Errorf("the answer is to another question: %.60q", answer.Question)
			}
			if len(answer.Text) > 4000 {
				t.Errorf("an answer of %d bytes", len(answer.Text))
			}
			toJSON(t, answer)
			for _, fault := range faults(base, answer) {
				if strings.TrimSpace(tt.question) != "" || !strings.Contains(fault, "repeats the question") {
					t.Error(fault)
				}
			}
		})
	}
}

// TestAnswerAmongCopies asks a base in which one sentence stands a dozen times: it is quoted once, and what else is
// quoted was retrieved.
func TestAnswerAmongCopies(t *testing.T) {
	t.Parallel()
	var parts []part
	for n := range 12 {
		parts = append(parts, part{"log", "day" + itoa(n), text.EN, "Cranes", []string{"Twelve blue cranes stand on the quay."}})
	}
	parts = append(parts, part{"log", "other", text.EN, "Cranes", []string{"Cranes on the quay are blue and twelve.", "The quay has cranes, all of them blue."}})
	e := newWordEmbedder()
	base := baseOf(t, parts...)
	answer := ask(t, answerer(t, build(t, base, e, nil), e), rag.Question{Text: "Twelve blue cranes stand on the quay?"})
	if answer.Outcome != rag.Answered {
		t.Fatalf("%s: %s", answer.Outcome, answer.Text)
	}
	for _, fault := range faults(base, answer) {
		t.Error(fault)
	}
	told := map[string]int{}
	for _, c := range answer.Claims {
		if told[c.Text]++; told[c.Text] > 1 {
			t.Errorf("told twice: %s", c.Text)
		}
	}
}

func TestAnswerMaxSentences(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	a := answerer(t, build(t, harbour(t), e, nil), e)
	question := rag.Question{Text: "The harbour has twelve blue cranes on the northern quay?"}
	for _, limit := range []int{1, 2, 3, 5} {
		a.MaxSentences = limit
		if got := len(ask(t, a, question).Claims); got == 0 || got > limit {
			t.Errorf("%d claims, want 1 to %d", got, limit)
		}
	}
}
