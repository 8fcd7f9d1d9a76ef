package rag

import (
	"context"
	"math"
	"math/bits"
)

// tokenEmbedder is what some embedders are besides: they give the states of tokens, so that question and passage can be
// compared token by token (late interaction: Khattab and Zaharia 2020, "ColBERT"). tokens[i] holds a row of the vector's
// length for each token of texts[i].
type tokenEmbedder interface {
	EmbedQueryTokens(ctx context.Context, texts []string) (vectors [][]float32, tokens [][][]float32, err error)
	EmbedPassageTokens(ctx context.Context, texts []string) (vectors [][]float32, tokens [][][]float32, err error)
}

// signs are the tokens of a passage in one bit a component: whether the token's state, less the centre, is above zero.
// A token takes dim/8 bytes.
type signs []byte

// packSigns keeps the signs of states less centre.
func packSigns(states [][]float32, centre []float32) signs {
	width := len(centre) / 8
	out := make(signs, len(states)*width)
	for i, state := range states {
		for d := range width * 8 {
			if state[d] > centre[d] {
				out[i*width+d/8] |= 1 << (d % 8)
			}
		}
	}
	return out
}

// tokenTable holds one token of a question, ready to be compared with packed tokens: for each byte of signs and each of
// its values what those eight components add to the product.
type tokenTable []float32

const byteValues = 256

// newTokenTables prepares the tokens of a question: less centre, of unit length.
func newTokenTables(states [][]float32, centre []float32) []tokenTable {
	out := make([]tokenTable, 0, len(states))
	for _, state := range states {
		v := make([]float32, len(centre))
		var square float64
		for d := range v {
			v[d] = state[d] - centre[d]
			square += float64(v[d]) * float64(v[d])
		}
		if square == 0 {
			continue
		}
		scale := float32(1 / math.Sqrt(square*float64(len(v))))
		table := make(tokenTable, len(v)/8*byteValues)
		for b := range len(v) / 8 {
			fillByte(table[b*byteValues:(b+1)*byteValues], v[b*8:b*8+8], scale)
		}
		out = append(out, table)
	}
	return out
}

// fillByte sets sums[value] to the sum of scaled components, each added where its bit is set in value, else taken off.
func fillByte(sums, components []float32, scale float32) {
	sums[0] = 0
	for _, x := range components {
		sums[0] -= scale * x
	}
	for value := 1; value < byteValues; value++ {
		lowest := bits.TrailingZeros(uint(value))
		sums[value] = sums[value&(value-1)] + 2*scale*components[lowest]
	}
}

// best is the greatest product of the token with any token of the passages; 0 where they have none.
func (t tokenTable) best(passages ...signs) float64 {
	width := len(t) / byteValues
	if width == 0 {
		return 0 // vectors too short to be packed
	}
	found, best := false, float32(0)
	for _, p := range passages {
		for ; len(p) >= width; p = p[width:] {
			var sum float32
			for b, value := range p[:width] {
				sum += t[b*byteValues+int(value)]
			}
			if !found || sum > best {
				found, best = true, sum
			}
		}
	}
	return float64(best)
}

// late is the mean over a question's tokens of the best product with a token of the passages; 0 without tokens.
func late(question []tokenTable, passages ...signs) float64 {
	if len(question) == 0 {
		return 0
	}
	var sum float64
	for _, t := range question {
		sum += t.best(passages...)
	}
	return sum / float64(len(question))
}

// meanState is the mean of all rows; empty for none.
func meanState(texts [][][]float32) []float32 {
	var sum []float64
	n := 0
	for _, rows := range texts {
		for _, row := range rows {
			if sum == nil {
				sum = make([]float64, len(row))
			}
			for d, x := range row {
				sum[d] += float64(x)
			}
			n++
		}
	}
	out := make([]float32, len(sum))
	for d, x := range sum {
		out[d] = float32(x / float64(n))
	}
	return out
}
