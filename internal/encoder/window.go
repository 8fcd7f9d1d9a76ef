package encoder

import (
	"context"
	"fmt"
	"math"
)

const (
	maxWindow   = 512 // tokens of one window, control pieces included
	groupPanels = 16  // panels that are worth unpacking the weights for
)

// windows cuts each text into windows the model can take, and returns them in order with the number of each text's windows.
func (e *Encoder) windows(ctx context.Context, prefix string, texts []string) (windows []window, counts []int, err error) {
	size := e.model.positions - len(e.frame.before) - len(e.frame.after)
	for _, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		pieces := e.tokenizer.encode(prefix + text)
		n := 0
		for n == 0 || len(pieces) > 0 {
			part := pieces[:min(size, len(pieces))]
			pieces = pieces[len(part):]
			ids := make([]int32, 0, len(part)+2)
			ids = append(append(append(ids, e.frame.before...), part...), e.frame.after...)
			if len(ids) == 0 {
				ids = append(ids, 0) // an empty text and a model without control pieces
			}
			windows = append(windows, window{ids: ids, vector: make([]float32, e.model.width)})
			n++
		}
		counts = append(counts, n)
	}
	return windows, counts, nil
}

// group puts windows together until there are enough tokens to share the cost of unpacking the weights.
func group(windows []window) [][]window {
	var groups [][]window
	panels := 0
	for i, w := range windows {
		if i == 0 || panels+w.panels() > groupPanels {
			groups, panels = append(groups, nil), 0
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], w)
		panels += w.panels()
	}
	return groups
}

// join averages the windows of each text by their numbers of tokens.
func (e *Encoder) join(windows []window, counts []int) ([][]float32, error) {
	vectors := make([][]float32, 0, len(counts))
	for _, n := range counts {
		v := windows[0].vector
		if n > 1 {
			v = make([]float32, e.model.width)
			for _, w := range windows[:n] {
				tokens := float32(len(w.ids) - len(e.frame.before) - len(e.frame.after))
				for i, x := range w.vector {
					v[i] += tokens * x
				}
			}
			normalise(v)
		}
		if !finite(v) {
			return nil, fmt.Errorf("%w: its vectors are zero or not numbers: convert the model again, or choose another", ErrModel)
		}
		vectors, windows = append(vectors, v), windows[n:]
	}
	return vectors, nil
}

// finite reports whether every number of a normalised vector is one.
func finite(v []float32) bool {
	for _, x := range v {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return false
		}
	}
	return true
}
