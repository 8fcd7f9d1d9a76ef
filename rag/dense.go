package rag

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
)

// dense returns the passages of a group that are nearest to a vector, in any order. Of equally near ones at the end of
// the row the first in the base are taken.
func (ix *Index) dense(ctx context.Context, g *group, vector []float32) ([]int, error) {
	// One more than is wanted shows whether the row ends amid equals, of which the store returns any.
	results, err := g.vectors.QueryEmbedding(ctx, vector, min(candidates+1, g.vectors.Count()), nil, nil)
	if err == nil {
		err = ctx.Err() // a store that was stopped returns what it has
	}
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	if n := len(results); n > candidates {
		if results[n-1].Similarity == results[n-2].Similarity {
			return ix.exhaustive(g, vector), nil
		}
		results = results[:candidates]
	}
	out := make([]int, len(results))
	for i, r := range results {
		if out[i], err = strconv.Atoi(r.ID); err != nil {
			return nil, fmt.Errorf("search vectors: %w", err)
		}
	}
	return out, nil
}

// exhaustive does the work of dense without the store.
func (ix *Index) exhaustive(g *group, vector []float32) []int {
	cosines := make(map[int]float64, len(g.passages))
	for _, at := range g.passages {
		cosines[at] = dot(vector, ix.entries[at].vector)
	}
	out := slices.Clone(g.passages)
	slices.SortFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(cosines[b], cosines[a]), cmp.Compare(a, b))
	})
	return out[:min(candidates, len(out))]
}

// comparable says why a question's vector cannot be compared with the passages of the index.
func (ix *Index) comparable(vector []float32) error {
	if dim := ix.cache.dim; len(ix.passages) > 0 && len(vector) != dim {
		return fmt.Errorf("the model returned a vector of %d components where the index has %d: build the index again", len(vector), dim)
	}
	return usable(vector)
}
