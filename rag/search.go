package rag

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"amur/internal/text"
	"amur/knowledge"
)

// candidates is how many passages the dense side hands to the fusion, a group.
const candidates = 200

// Hit is a passage found for a question, with its scores.
type Hit struct {
	Passage   knowledge.Passage
	Dense     float64 // cosine of question and passage
	Lexical   float64 // BM25
	Paragraph float64 // cosine of question and the passage's paragraph
	Score     float64 // the fused score that orders hits

	at int // number in the index
}

// Weights say how scores are fused: Dense + Lexical·b/(10+max b) + Paragraph·p, where b is BM25 and p the cosine of the
// paragraph. The lexical side is damped by its own best score, so that it needs no statistics of the base and adds
// little where it knows little (across languages, in Chinese).
type Weights struct {
	Lexical   float64
	Paragraph float64
}

// DefaultWeights were chosen on the development questions; docs/adr has the table.
func DefaultWeights() Weights { return Weights{Lexical: 0.1, Paragraph: 0.4} }

// lexicalDamping keeps a single weak match from counting as much as a strong one.
const lexicalDamping = 10

// search returns the passages that an asker may be shown, best first; ties are in passage order.
func (ix *Index) search(ctx context.Context, vector []float32, words string, asker text.Lang, w Weights) ([]Hit, error) {
	found := map[int]bool{}
	lexical := map[int]float64{}
	analysed := map[text.Lang]bool{}
	visible := ix.visible(asker)
	for _, g := range visible {
		results, err := g.vectors.QueryEmbedding(ctx, vector, min(candidates, g.vectors.Count()), nil, nil)
		if err != nil {
			return nil, fmt.Errorf("search vectors: %w", err)
		}
		for _, r := range results {
			at, err := strconv.Atoi(r.ID)
			if err != nil {
				return nil, fmt.Errorf("search vectors: %w", err)
			}
			found[at] = true
		}
		if t := ix.terms[g.lang]; !analysed[g.lang] {
			analysed[g.lang] = true
			t.scores(t.query(words), lexical)
		}
	}
	for _, at := range bestLexical(lexical, visible, ix.groupOf) {
		found[at] = true
	}
	return ix.fuse(vector, found, lexical, w), nil
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
			c = dot(vector, ix.vectors[at])
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
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.at, b.at))
	})
	return hits
}

func dot(a, b []float32) float64 {
	var sum float64
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}
