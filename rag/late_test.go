package rag_test

import (
	"math"
	"testing"

	"amur/rag"
)

// TestLate compares packed tokens with the plain arithmetic: signs of the passage's states less the centre, states of the
// question less theirs and of unit length.
func TestLate(t *testing.T) {
	t.Parallel()
	const dim = 16
	state := func(seed int) []float32 {
		v := make([]float32, dim)
		for d := range v {
			v[d] = float32(math.Sin(float64(seed*dim + d)))
		}
		return v
	}
	centre := state(99)
	question, passage := [][]float32{state(1), state(2)}, [][]float32{state(3), state(4), state(5)}
	var want float64
	for _, q := range question {
		var square float64
		for d := range q {
			square += float64(q[d]-centre[d]) * float64(q[d]-centre[d])
		}
		best := math.Inf(-1)
		for _, p := range passage {
			var sum float64
			for d := range q {
				x := float64(q[d]-centre[d]) / math.Sqrt(square*dim)
				if p[d] <= centre[d] {
					x = -x
				}
				sum += x
			}
			best = max(best, sum)
		}
		want += best / float64(len(question))
	}
	if got := rag.Late(question, centre, passage, centre); math.Abs(got-want) > 1e-6 {
		t.Errorf("late interaction = %v, want %v", got, want)
	}
}

func TestLateEdges(t *testing.T) {
	t.Parallel()
	centre := make([]float32, 16)
	some := [][]float32{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}
	tests := []struct {
		name              string
		question, passage [][]float32
		centre            []float32
	}{
		{"no question tokens", nil, some, centre},
		{"no passage tokens", some, nil, centre},
		{"a token like the centre", [][]float32{centre}, some, centre},
		{"fewer components than a byte has bits", [][]float32{{1, 2, 3, 4}}, [][]float32{{1, 2, 3, 4}}, make([]float32, 4)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := rag.Late(tt.question, tt.centre, tt.passage, tt.centre); got != 0 {
				t.Errorf("late interaction = %v, want 0", got)
			}
		})
	}
}
