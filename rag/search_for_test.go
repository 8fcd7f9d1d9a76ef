package rag_test

import (
	"testing"

	"amur/internal/text"
)

// TestSearchAndCite: a statement finds at most as many passages as are asked for, and citations of them are spans of the section.
func TestSearchAndCite(t *testing.T) {
	t.Parallel()
	base := harbour(t)
	e := newWordEmbedder()
	a := answerer(t, build(t, base, e, nil), e)
	const limit = 2
	for _, n := range []int{-1, 0, limit} {
		hits, err := a.Search(t.Context(), base.Passages()[0].Text, base.Passages()[0].Lang, n)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > max(n, 0) || n == limit && len(hits) == 0 {
			t.Errorf("Search with limit %d found %d", n, len(hits))
		}
		for _, h := range hits {
			section, err := base.Section(h.Passage.Section, h.Passage.Lang)
			if err != nil {
				t.Fatal(err)
			}
			for _, span := range []text.Span{{}, {Start: 1, End: 3}, {Start: -1, End: 2}, {Start: 3, End: 1}, {End: 1 << 20}} {
				if c := a.Cite(1, h, span); section.Text[c.Start:c.End] != c.Quote || c.Quote == "" {
					t.Errorf("Cite of %v: %q is not at %d to %d of the section", span, c.Quote, c.Start, c.End)
				}
			}
		}
	}
}
