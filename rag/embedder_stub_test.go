package rag_test

import (
	"context"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
	"sync/atomic"

	"amur/internal/text"
)

// wordEmbedder is an embedder without a model: a text is the sum of directions that its words' hashes give, so texts
// with the same words are near each other. It counts the passages.
type wordEmbedder struct {
	name     string
	dim      int
	passages atomic.Int64                     // passages embedded so far
	spoil    func([][]float32) [][]float32    // what a broken model would return instead; nil for a sound one
	after    func()                           // called when vectors are ready; nil for nothing
	fail     error                            // returned instead of vectors
	same     func(text string) (string, bool) // text to embed instead, for equal vectors of unequal texts
}

func newWordEmbedder() *wordEmbedder { return &wordEmbedder{name: "words", dim: 32} }

func (e *wordEmbedder) Model() string { return e.name }

func (e *wordEmbedder) EmbedQueries(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, texts)
}

func (e *wordEmbedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	e.passages.Add(int64(len(texts)))
	return e.embed(ctx, texts)
}

func (e *wordEmbedder) embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if e.fail != nil {
		return nil, e.fail
	}
	out := make([][]float32, len(texts))
	for i, s := range texts {
		if e.same != nil {
			if other, ok := e.same(s); ok {
				s = other
			}
		}
		out[i] = e.vector(s)
	}
	if e.after != nil {
		e.after()
	}
	if e.spoil != nil {
		out = e.spoil(out)
	}
	return out, nil
}

func (e *wordEmbedder) vector(s string) []float32 {
	sum := make([]float64, e.dim)
	for _, w := range append(text.Words(strings.ToLower(s)), "") {
		h := fnv.New64a()
		_, _ = h.Write([]byte(w))
		random := rand.New(rand.NewPCG(h.Sum64(), 1))
		for i := range sum {
			sum[i] += random.NormFloat64()
		}
	}
	var square float64
	for _, x := range sum {
		square += x * x
	}
	out := make([]float32, e.dim)
	for i, x := range sum {
		out[i] = float32(x / math.Sqrt(square))
	}
	return out
}
