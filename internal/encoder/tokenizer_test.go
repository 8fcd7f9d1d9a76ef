package encoder_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amur/internal/encoder"
)

func openShape(t testing.TB, s shape) *encoder.Encoder {
	t.Helper()
	e, err := encoder.Open(s.container(1).bytes(), encoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTokensWordpiece(t *testing.T) {
	t.Parallel()
	cased := wordpieceShape(typeF32)
	cased.pieces = slices.Replace(slices.Clone(cased.pieces), 7, 8, "▁The")
	hashed := wordpieceShape(typeF32)
	hashed.pieces = []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "the", ",", "中", "国", "cafe", "и", "[", "]", "cls", "##un"}
	tests := []struct {
		name  string
		shape shape
		text  string
		want  []int32
	}{
		{"empty", wordpieceShape(typeF32), "", []int32{2, 3}},
		{"white space", wordpieceShape(typeF32), " \t\n ", []int32{2, 3}},
		{"continuations", wordpieceShape(typeF32), "unaffable", []int32{2, 4, 5, 6, 3}},
		{"a start is not a continuation", wordpieceShape(typeF32), "unun affable", []int32{2, 4, 16, 1, 3}},
		{"a word that does not end", wordpieceShape(typeF32), "unaffx the", []int32{2, 1, 7, 3}},
		{"case and accents", wordpieceShape(typeF32), "THE Café", []int32{2, 7, 11, 3}},
		{"signs stand alone", wordpieceShape(typeF32), "the,the", []int32{2, 7, 8, 7, 3}},
		{"ideographs stand alone", wordpieceShape(typeF32), "中国the", []int32{2, 9, 10, 7, 3}},
		{"й loses its breve", wordpieceShape(typeF32), "Й", []int32{2, 12, 3}},
		{"control pieces spelled out", wordpieceShape(typeF32), "[CLS]", []int32{2, 13, 15, 14, 3}},
		{"control characters", wordpieceShape(typeF32), "t\x00h\u200be", []int32{2, 7, 3}},
		{"a form feed is a control character, an unassigned one is not", wordpieceShape(typeF32), "t\fhe \U0001c388", []int32{2, 7, 1, 3}},
		{"not UTF-8", wordpieceShape(typeF32), "the\xff the", []int32{2, 7, 7, 3}},
		{"a long word", wordpieceShape(typeF32), strings.Repeat("un", 51), []int32{2, 1, 3}},
		{"the longest word", wordpieceShape(typeF32), strings.Repeat("un", 50), slices.Concat([]int32{2, 4}, slices.Repeat([]int32{16}, 49), []int32{3})},
		{"cased", cased, "The the Café", []int32{2, 7, 1, 1, 3}},
		{"BERT's own spelling", hashed, "unaffable the unun", []int32{2, 4, 5, 6, 7, 4, 16, 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, openShape(t, tt.shape).Tokens(tt.text)); diff != "" {
				t.Errorf("Tokens(%q) differs (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestTokensUnigram(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []int32
	}{
		{"empty", "", []int32{0, 2}},
		{"white space", " \n\u3000 ", []int32{0, 2}},
		{"the best score, not the longest piece", "abc", []int32{0, 8, 11, 2}},
		{"each word for itself", "  a   b ", []int32{0, 8, 4, 6, 2}},
		{"unknown characters join", "xyz的x", []int32{0, 4, 3, 13, 3, 2}},
		{"control pieces spelled out", "<s></s>", []int32{0, 4, 14, 15, 16, 14, 17, 15, 16, 2}},
		{"not UTF-8", "a\xff\xfea", []int32{0, 8, 3, 5, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, openShape(t, unigramShape(typeF32)).Tokens(tt.text)); diff != "" {
				t.Errorf("Tokens(%q) differs (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// TestTokensUnigramBest compares with trying every segmentation.
func TestTokensUnigramBest(t *testing.T) {
	t.Parallel()
	s := unigramShape(typeF32)
	e := openShape(t, s)
	score := map[string]float64{}
	for i := 4; i < len(s.pieces); i++ {
		score[s.pieces[i]] = float64(s.scores[i])
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abc的]{1,9}`).Draw(t, "word")
		best := math.Inf(-1)
		var try func(rest string, sum float64)
		try = func(rest string, sum float64) {
			if rest == "" {
				best = max(best, sum)
			}
			for p, x := range score {
				if tail, ok := strings.CutPrefix(rest, p); ok {
					try(tail, sum+x)
				}
			}
		}
		try("▁"+word, 0)
		ids := e.Tokens(word)
		var spelled strings.Builder
		var got float64
		for _, id := range ids[1 : len(ids)-1] {
			spelled.WriteString(s.pieces[id])
			got += score[s.pieces[id]]
		}
		if spelled.String() != "▁"+word || math.Abs(got-best) > 1e-9 {
			t.Errorf("Tokens(%q) spells %q with the score %v, want the best, %v", word, &spelled, got, best)
		}
	})
}

func FuzzTokenize(f *testing.F) {
	type opened struct {
		encoder *encoder.Encoder
		pieces  int32
		control []int32
	}
	models := []opened{
		{builtin(f, false), 77694, []int32{0, 1, 2}},
		{openShape(f, unigramShape(typeF32)), 18, []int32{0, 1, 2}},
		{openShape(f, wordpieceShape(typeF32)), 17, []int32{0, 2, 3}},
	}
	for _, s := range []string{"", "query: Are China and Russia allies?", "</s><s><pad><unk>", "[CLS] [SEP]", "\xff\xfe", "👍🏽🇨🇳", "ﷺ½①", "▁▁", strings.Repeat("é", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range models {
			ids := m.encoder.Tokens(text)
			for i, id := range ids {
				ends := i == 0 || i == len(ids)-1
				if id < 0 || id >= m.pieces || slices.Contains(m.control, id) != ends {
					t.Errorf("%s: Tokens(%q) = %v: piece %d is %d, want control pieces at the ends alone", m.encoder.Model(), text, ids, i, id)
				}
			}
		}
	})
}
