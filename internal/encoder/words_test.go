package encoder_test

import (
	"math"
	"testing"

	"amur/internal/encoder"
)

func TestWords(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		want       int
	}{
		{"English", "How big is trade", 4},
		{"a word of several pieces", "antidisestablishmentarianism", 1},
		{"Russian", "Сколько нефти купил Китай", 4},
		{"empty", "", 0},
		{"longer than a window", longText(700), 700},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			vectors, words, err := e.EmbedQueryWords(t.Context(), []string{tt.text, "and"})
			if err != nil {
				t.Fatal(err)
			}
			if len(words[0]) != tt.want || len(words[1]) != 1 {
				t.Errorf("%d and %d words, want %d and 1", len(words[0]), len(words[1]), tt.want)
			}
			plain, err := e.EmbedQueries(t.Context(), []string{tt.text})
			if err != nil {
				t.Fatal(err)
			}
			if c := cosineOf(vectors[0], plain[0]); c < 0.99999 {
				t.Errorf("the vector beside the words has cosine %v to the plain one", c)
			}
		})
	}
}

// TestWordsKnowTheirContext: the same word in the same place of two texts has another vector, near the first.
func TestWordsKnowTheirContext(t *testing.T) {
	t.Parallel()
	e, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	_, words, err := e.EmbedPassageWords(t.Context(), []string{"bank of the river", "bank of Russia"})
	if err != nil {
		t.Fatal(err)
	}
	same, other := cosineOf(words[0][0], words[1][0]), cosineOf(words[0][0], words[1][2])
	if same >= 0.9999 || same <= other {
		t.Errorf("cosine of a word in two contexts %v, to another word %v", same, other)
	}
}

func longText(words int) string {
	s := "word"
	for range words - 1 {
		s += " word"
	}
	return s
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
