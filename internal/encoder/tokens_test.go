package encoder_test

import (
	"math"
	"strings"
	"testing"

	"amur/internal/encoder"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, text string }{
		{"English", "How big is the trade?"},
		{"Russian", "Сколько нефти купил Китай?"},
		{"Chinese", "中俄贸易额是多少"},
		{"empty", ""},
		{"longer than a window", strings.Repeat("word ", 700)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			vectors, tokens, err := e.EmbedQueryTokens(t.Context(), []string{tt.text, "and"})
			if err != nil {
				t.Fatal(err)
			}
			const control = 2
			if want := len(e.Tokens(tt.text)) - control; len(tokens[0]) != want || len(tokens[1]) != 1 {
				t.Errorf("%d and %d tokens, want %d and 1", len(tokens[0]), len(tokens[1]), want)
			}
			plain, err := e.EmbedQueries(t.Context(), []string{tt.text})
			if err != nil {
				t.Fatal(err)
			}
			if c := cosineOf(vectors[0], plain[0]); c < 0.99999 {
				t.Errorf("the vector beside the tokens has cosine %v to the plain one", c)
			}
		})
	}
}

// TestTokensKnowTheirContext: the same word in the same place of two texts has another state, nearer to the first than
// another word's is.
func TestTokensKnowTheirContext(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	_, tokens, err := e.EmbedPassageTokens(t.Context(), []string{"bank of the river", "bank of Russia"})
	if err != nil {
		t.Fatal(err)
	}
	same, other := cosineOf(tokens[0][0], tokens[1][0]), cosineOf(tokens[0][0], tokens[1][2])
	if same >= 0.9999 || same <= other {
		t.Errorf("cosine of a word in two contexts %v, to another word %v", same, other)
	}
}

// TestStates: the inner states are as many as the last ones, and others.
func TestStates(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"bank of the river", "Сколько нефти купил Китай?", "", strings.Repeat("word ", 700)}
	states, err := e.EmbedPassageStates(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	_, tokens, err := e.EmbedPassageTokens(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if len(states[i]) != len(tokens[i]) {
			t.Fatalf("text %d: %d states, want %d", i, len(states[i]), len(tokens[i]))
		}
		for j := range states[i] {
			if c := cosineOf(states[i][j], tokens[i][j]); !(c < 0.9999) {
				t.Fatalf("text %d: state %d has cosine %v to the last one", i, j, c)
			}
		}
	}
}

func cosineOf(a, b []float32) float64 {
	var ab, aa, bb float64
	for i, x := range a {
		ab += float64(x) * float64(b[i])
		aa += float64(x) * float64(x)
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}
