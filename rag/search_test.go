package rag_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

func passageIDs(hits []rag.Hit) []knowledge.PassageID {
	out := make([]knowledge.PassageID, len(hits))
	for i, h := range hits {
		out[i] = h.Passage.ID
	}
	return out
}

// TestSearchScores repeats the fusion from its definition.
func TestSearchScores(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	index := build(t, harbour(t), e, nil)
	const question = "Which cranes are blue, and who is the captain of the ferry?"
	hits := find(t, index, e, question, text.EN)
	asked := e.vector(question)
	paragraphs := map[string][]float64{}
	paragraph := func(p knowledge.Passage) string { return string(p.Section) + itoa(p.Paragraph) }
	best := 0.0
	for _, h := range hits {
		best = max(best, h.Lexical)
		v := e.vector(h.Passage.Heading + ": " + h.Passage.Text)
		sum := paragraphs[paragraph(h.Passage)]
		if sum == nil {
			sum = make([]float64, len(v))
			paragraphs[paragraph(h.Passage)] = sum
		}
		for i, x := range v {
			sum[i] += float64(x)
		}
	}
	const tolerance = 2e-3 // vectors are kept in 16 bits
	near := func(a, b float64) bool { return math.Abs(a-b) < tolerance }
	for i, h := range hits {
		dense := cosine(asked, e.vector(h.Passage.Heading+": "+h.Passage.Text))
		sum := make([]float32, len(asked))
		for i, x := range paragraphs[paragraph(h.Passage)] {
			sum[i] = float32(x)
		}
		whole := cosine(asked, sum)
		if !near(h.Dense, dense) || !near(h.Paragraph, whole) {
			t.Errorf("%s: dense %.4f, paragraph %.4f, want %.4f, %.4f", h.Passage.ID, h.Dense, h.Paragraph, dense, whole)
		}
		w := rag.DefaultWeights()
		if want := h.Dense + w.Lexical*h.Lexical/(10+best) + w.Paragraph*h.Paragraph; math.Abs(h.Score-want) > 1e-12 {
			t.Errorf("%s: score %v, want %v", h.Passage.ID, h.Score, want)
		}
		if i > 0 && hits[i-1].Score < h.Score {
			t.Errorf("%s with %v stands behind %v", h.Passage.ID, h.Score, hits[i-1].Score)
		}
	}
	if len(hits) != 5 || best == 0 {
		t.Errorf("%d hits, best lexical score %v, want 5 and more than 0", len(hits), best)
	}
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// TestSearchTies searches bases in which many passages score the same: the hits, their number and their order must not
// depend on the order in which the vector store looks at them.
func TestSearchTies(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	e.same = func(string) (string, bool) { return "the same for all", true }
	tests := []struct {
		name     string
		passages int
	}{
		{"fewer than candidates", 40},
		{"more than candidates", 450},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var sentences []string
			for n := range tt.passages {
				sentences = append(sentences, "Buoy number "+itoa(n)+" is painted red.")
			}
			index := build(t, baseOf(t, part{"sea", "buoys", text.EN, "Buoys", sentences}), e, nil)
			var first []knowledge.PassageID
			for run := range 50 {
				got := passageIDs(find(t, index, e, "lighthouse", text.EN))
				if first == nil {
					first = got
				}
				if !slices.Equal(first, got) {
					t.Fatalf("run %d finds other passages than the first, or in another order", run)
				}
			}
			for i, id := range first[:min(len(first), 200)] {
				if want := knowledge.PassageID("sea#buoys." + itoa(i+1) + "@en"); id != want {
					t.Fatalf("place %d: %s, want %s: ties are in the order of the base", i, id, want)
				}
			}
		})
	}
}

// TestSearchTwins puts each sentence into two sections: twins have the same vectors, the first of them comes first.
func TestSearchTwins(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	sentences := []string{"The pilot boards at dawn.", "The tide turns at nine.", "The keeper lights the lamp at dusk."}
	index := build(t, baseOf(t,
		part{"port", "one", text.EN, "Day", sentences},
		part{"port", "two", text.EN, "Day", sentences},
	), e, nil)
	var first []rag.Hit
	for range 50 {
		hits := find(t, index, e, "When does the tide turn?", text.EN)
		if first == nil {
			first = hits
		}
		if diff := cmp.Diff(passageIDs(first), passageIDs(hits)); diff != "" {
			t.Fatalf("another order:\n%s", diff)
		}
	}
	for i := 0; i < len(first); i += 2 {
		a, b := first[i], first[i+1]
		if a.Score != b.Score || a.Passage.Text != b.Passage.Text || a.Passage.Section != "port#one" {
			t.Errorf("places %d and %d: %s and %s, want twins in the order of the base", i, i+1, a.Passage.ID, b.Passage.ID)
		}
	}
}

func TestSearchRefusesUnusableVectors(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	index := build(t, harbour(t), e, nil)
	spoilt := func(at int, x float64) []float32 {
		v := e.vector("crane")
		v[at] = float32(x)
		return v
	}
	tests := []struct {
		name   string
		vector []float32
	}{
		{"none", nil},
		{"too short", e.vector("crane")[1:]},
		{"too long", append(e.vector("crane"), 0)},
		{"not a number", spoilt(3, math.NaN())},
		{"infinite", spoilt(3, math.Inf(-1))},
		{"no direction", make([]float32, e.dim)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if hits, err := index.Search(t.Context(), tt.vector, "crane", text.EN); err == nil || hits != nil {
				t.Errorf("Search = %d hits, %v, want none and an error", len(hits), err)
			}
		})
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	base := baseOf(t,
		part{"all", "a", text.EN, "A", []string{"This stands in all three languages."}},
		part{"all", "a", text.RU, "А", []string{"Это есть на всех трёх языках."}},
		part{"all", "a", text.ZH, "甲", []string{"这里三种语言都有内容。"}},
		part{"some", "b", text.EN, "B", []string{"This stands in English and Chinese."}},
		part{"some", "b", text.ZH, "乙", []string{"这里只有英文和中文的内容。"}},
		part{"one", "c", text.RU, "В", []string{"Это есть только по-русски, и больше нигде."}},
		part{"uk", "d", text.UK, "Г", []string{"Це є українською та російською мовами."}},
		part{"uk", "d", text.RU, "Г", []string{"Это есть по-украински и по-русски тоже."}},
		part{"fr", "e", "fr", "D", []string{"Ceci est seulement en langue française."}},
	)
	index := build(t, base, newWordEmbedder(), nil)
	tests := []struct {
		asker text.Lang
		want  string
	}{
		{text.EN, "all#a.1@en fr#e.1@fr one#c.1@ru some#b.1@en uk#d.1@ru"},
		{text.RU, "all#a.1@ru fr#e.1@fr one#c.1@ru some#b.1@en uk#d.1@ru"},
		{text.UK, "all#a.1@en fr#e.1@fr one#c.1@ru some#b.1@en uk#d.1@uk"},
		{text.ZH, "all#a.1@zh fr#e.1@fr one#c.1@ru some#b.1@zh uk#d.1@ru"},
		{text.ZHHant, "all#a.1@zh fr#e.1@fr one#c.1@ru some#b.1@zh uk#d.1@ru"},
		{text.Other, "all#a.1@en fr#e.1@fr one#c.1@ru some#b.1@en uk#d.1@ru"},
	}
	for _, tt := range tests {
		t.Run(string(tt.asker), func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, id := range index.Visible(tt.asker) {
				got = append(got, string(id))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("visible passages differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSearchShowsEachSectionOnce asks in each language: every section is found in one language, whatever the question's
// words are.
func TestSearchShowsEachSectionOnce(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	index := build(t, harbour(t), e, nil)
	const question = "cranes краны 起重机 ferry паром 渡船 ледокол"
	for _, asker := range []text.Lang{text.EN, text.RU, text.UK, text.ZH, text.ZHHant, text.Other} {
		languages := map[knowledge.SectionID]text.Lang{}
		for _, h := range find(t, index, e, question, asker) {
			if lang, seen := languages[h.Passage.Section]; seen && lang != h.Passage.Lang {
				t.Errorf("asked in %s: %s is shown in %s and %s", asker, h.Passage.Section, lang, h.Passage.Lang)
			}
			languages[h.Passage.Section] = h.Passage.Lang
		}
		if len(languages) != 3 || languages["harbour#ice"] != text.RU {
			t.Errorf("asked in %s: sections %v, want three, with the ice in Russian", asker, languages)
		}
	}
}

func TestSearchEmptyBase(t *testing.T) {
	t.Parallel()
	none, err := knowledge.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	e := newWordEmbedder()
	if hits := find(t, build(t, none, e, nil), e, "Which cranes are blue?", text.EN); len(hits) != 0 {
		t.Errorf("%d hits in no documents", len(hits))
	}
}
