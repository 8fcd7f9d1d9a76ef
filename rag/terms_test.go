package rag_test

import (
	"bytes"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amur/internal/text"
	"amur/rag"
)

func newTerms(tb testing.TB, lang text.Lang, texts ...string) rag.Terms {
	tb.Helper()
	t, err := rag.NewTerms(lang, texts...)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// TestBM25 compares with scores computed by hand from the formula, k1 = 1.2 and b = 0.75, for three passages of 2, 3 and
// 4 terms. "red" and "boat" stand in two of them: idf = ln(1 + 1.5/2.5) = 0.470004; "pilot" in one: ln(1 + 2.5/1.5) =
// 0.980829.
func TestBM25(t *testing.T) {
	t.Parallel()
	terms := newTerms(t, text.EN, "red crane", "red red boat", "green boat harbour pilot")
	tests := []struct {
		question string
		want     map[int]float64
	}{
		{"red", map[int]float64{0: 0.470004 * 2.2 / 1.9, 1: 0.470004 * 4.4 / 3.2}},
		{"pilot", map[int]float64{2: 0.980829 * 2.2 / 2.5}},
		{"red boat pilot", map[int]float64{0: 0.544215, 1: 1.116259, 2: 1.276733}},
		{"red red red", map[int]float64{0: 0.544215, 1: 0.646255}},
		{"the lighthouse", map[int]float64{}},
		{"", map[int]float64{}},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, terms.Scores(tt.question), cmpopts.EquateApprox(0, 2e-6)); diff != "" {
				t.Errorf("scores of %q differ (-want +got):\n%s", tt.question, diff)
			}
		})
	}
	if got := newTerms(t, text.EN).Scores("red"); len(got) != 0 {
		t.Errorf("no passages score %v", got)
	}
}

func TestTermsOfLanguages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		lang text.Lang
		in   string
		want []string
	}{
		{"english: stems, no stop words, each once", text.EN, "The cranes and the crane's boats", []string{"crane", "boat"}},
		{"english: numbers stay", text.EN, "built in 1998", []string{"built", "1998"}},
		{"russian: forms of a word are one term", text.RU, "краны кранами кранов", []string{"кран"}},
		{"russian: stop words", text.RU, "и на кранах", []string{"кран"}},
		{"ukrainian goes with russian", text.UK, "крани", []string{"кран"}},
		{"chinese: pairs of characters", text.ZH, "港口起重机", []string{"港口", "口起", "起重", "重机"}},
		{"chinese: a single character", text.ZH, "港", []string{"港"}},
		{"chinese: across a full stop no pair", text.ZH, "港口。起重", []string{"港口", "起重"}},
		{"chinese: latin words and wide digits", text.ZH, "ＡＢ公司１９９８", []string{"ab", "公司", "1998"}},
		{"traditional characters likewise", text.ZHHant, "港口", []string{"港口"}},
		{"another language goes with english", "fr", "les ponts", []string{"le", "pont"}},
		{"nothing", text.EN, "?!", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, newTerms(t, tt.lang).Query(tt.in)); diff != "" {
				t.Errorf("terms of %q differ (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestTermsRoundTrip(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		lang  text.Lang
		texts []string
		asked string
	}{
		{"none", text.EN, nil, "crane"},
		{"empty passages between", text.EN, []string{"red crane", "", "red boat", "?", "crane crane"}, "red crane"},
		{"russian", text.RU, []string{"синий кран", "паром у крана"}, "краны"},
		{"chinese", text.ZH, []string{"港口起重机", "港口渡船"}, "港口渡船"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			terms := newTerms(t, tt.lang, tt.texts...)
			data := terms.Encode()
			got, ok := rag.DecodeTerms(tt.lang, data, len(tt.texts))
			if !ok {
				t.Fatal("what was written is refused")
			}
			if !bytes.Equal(got.Encode(), data) {
				t.Error("written again, the bytes differ")
			}
			if diff := cmp.Diff(terms.Scores(tt.asked), got.Scores(tt.asked)); diff != "" {
				t.Errorf("scores differ after reading (-written +read):\n%s", diff)
			}
			for n := range data {
				if _, ok := rag.DecodeTerms(tt.lang, data[:n], len(tt.texts)); ok {
					t.Errorf("cut at %d of %d it is read", n, len(data))
				}
			}
			if len(tt.texts) > 0 {
				if _, ok := rag.DecodeTerms(tt.lang, data, len(tt.texts)-1); ok {
					t.Error("more passages than the base has are read")
				}
			}
		})
	}
}

// FuzzTerms holds that any bytes are refused or give scores that are numbers, of passages that exist.
func FuzzTerms(f *testing.F) {
	const passages = 3
	f.Add(newTerms(f, text.EN, "red crane", "red red boat", "green boat").Encode())
	f.Add([]byte{})
	f.Add([]byte{0, 1, 4, 'b', 'o', 'a', 't', 1, 2, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		terms, ok := rag.DecodeTerms(text.EN, data, passages)
		if !ok {
			return
		}
		scores := terms.Scores("red boat crane")
		for _, doc := range slices.Sorted(maps.Keys(scores)) {
			if doc < 0 || doc >= passages || math.IsNaN(scores[doc]) || math.IsInf(scores[doc], 0) {
				t.Errorf("passage %d scores %v", doc, scores[doc])
			}
		}
	})
}
