package rag

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"amur/internal/text"
	"amur/knowledge"
)

const (
	candidates = 200 // passages that the dense side and the lexical side each hand to the fusion, a group
	compared   = 20  // best passages that are compared with the question token by token
)

// Hit is a passage found for a question, with its scores.
type Hit struct {
	Passage   knowledge.Passage
	Dense     float64 // cosine of question and passage
	Lexical   float64 // BM25
	Paragraph float64 // cosine of question and the passage's paragraph
	Late      float64 // mean over the question's tokens of the best product with the passage's; 0 where not compared
	Score     float64 // the fused score that orders hits

	at int // number in the index
}

// Weights say how scores are fused: Dense + Lexical·b/(10+max b) + Paragraph·p + Late·l, where b is BM25, p the cosine of
// the paragraph and l the late interaction. The lexical side is damped by its own best score, so that it needs no
// statistics of the base and adds little where it knows little (across languages, in Chinese).
type Weights struct {
	Lexical   float64
	Paragraph float64
	Late      float64
}

// DefaultWeights were chosen on the development questions; docs/adr has the table.
func DefaultWeights() Weights { return Weights{Lexical: 0.1, Paragraph: 0.8, Late: 0.3} }

// lexicalDamping keeps a single weak match from counting as much as a strong one.
const lexicalDamping = 10

// asked is a question made ready for searching.
type asked struct {
	text   string // whole: a follow-up with what it leans on
	lang   text.Lang
	vector []float32
	tokens []tokenTable // nil where the embedder gives no token states
}

// prepare makes an embedded question ready for searching.
func (ix *Index) prepare(words string, lang text.Lang, q embedded) asked {
	out := asked{text: words, lang: lang, vector: q.vector}
	if centre := ix.centres[bankLanguage(lang)]; len(centre) > 0 && len(centre) == len(q.vector) {
		out.tokens = newTokenTables(q.tokens, centre)
	}
	return out
}

// search returns the passages that an asker may be shown, best first; ties are in passage order.
func (ix *Index) search(ctx context.Context, q asked, w Weights, s speller) ([]Hit, error) {
	if err := ix.comparable(q.vector); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	found := map[int]bool{}
	lexical := map[int]float64{}
	analysed := map[text.Lang]bool{}
	visible := ix.visible(q.lang)
	for _, g := range visible {
		near, err := ix.dense(ctx, g, q.vector)
		if err != nil {
			return nil, err
		}
		for _, at := range near {
			found[at] = true
		}
		if t := ix.terms[g.lang]; !analysed[g.lang] {
			analysed[g.lang] = true
			t.scores(t.repaired(q.text, s), lexical)
		}
	}
	for _, at := range bestLexical(lexical, visible, ix.groupOf) {
		found[at] = true
	}
	hits := ix.fuse(q.vector, found, lexical, w)
	ix.compare(q, hits, w)
	return hits, nil
}

// bestLexical picks the visible passages with the best lexical scores.
func bestLexical(lexical map[int]float64, visible []*group, groupOf []*group) []int {
	var out []int
	for at := range lexical {
		if slices.Contains(visible, groupOf[at]) {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(lexical[b], lexical[a]), cmp.Compare(a, b))
	})
	return out[:min(candidates, len(out))]
}

func (ix *Index) fuse(vector []float32, found map[int]bool, lexical map[int]float64, w Weights) []Hit {
	best := 0.0
	for at := range found {
		best = max(best, lexical[at])
	}
	cosines := map[int]float64{}
	cosine := func(at int) float64 {
		c, ok := cosines[at]
		if !ok {
			c = dot(vector, ix.entries[at].vector)
			cosines[at] = c
		}
		return c
	}
	hits := make([]Hit, 0, len(found))
	for at := range found {
		p := ix.paragraphs[ix.paragraphOf[at]]
		sum := 0.0
		for _, other := range p.passages {
			sum += cosine(other)
		}
		h := Hit{Passage: ix.passages[at], Dense: cosine(at), Lexical: lexical[at], Paragraph: sum / p.norm, at: at}
		h.Score = h.Dense + w.Lexical*h.Lexical/(lexicalDamping+best) + w.Paragraph*h.Paragraph
		hits = append(hits, h)
	}
	slices.SortFunc(hits, byScore)
	return hits
}

// compare adds the late interaction to the best hits and orders them anew among themselves.
func (ix *Index) compare(q asked, hits []Hit, w Weights) {
	best := hits[:min(compared, len(hits))]
	for i := range best {
		best[i].Late = late(q.tokens, ix.entries[best[i].at].signs)
		best[i].Score += w.Late * best[i].Late
	}
	slices.SortFunc(best, byScore)
}

// byScore orders the better hit first, equal ones as they stand in the base.
func byScore(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.at, b.at))
}

func dot(a, b []float32) float64 {
	var sum float64
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}
