package rag

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

//go:embed data/hunch.bin
var hunchWeights []byte

// hunch is a second opinion on messages that the word lists let through: a softmax regression over the vector of the
// question. It knows one embedding model only, and says nothing about vectors of another.
type hunch struct {
	model   string
	weights [][]float32 // by hunchOutcomes; the last of each is the bias
}

// hunchSure is how probable an outcome must be. On messages that the regression was not trained with, 0.6 costs fewer
// than one ordinary question in a hundred.
const hunchSure = 0.6

// hunchOutcomes are the outcomes that the regression tells apart, in the order of its weights. The empty one is an
// ordinary question.
func hunchOutcomes() []Outcome { return []Outcome{Care, Positions, Refused, Smalltalk, ""} }

var errHunch = errors.New("weights of the router are damaged")

// readHunch reads the name of the model, a line end, and for each outcome as many 32-bit floats, little endian, as the
// model has dimensions, and one more.
func readHunch(data []byte) (hunch, error) {
	model, raw, ok := bytes.Cut(data, []byte("\n"))
	n := len(hunchOutcomes())
	if !ok || len(raw) == 0 || len(raw)%(4*n) != 0 {
		return hunch{}, errHunch
	}
	all := make([]float32, len(raw)/4)
	if _, err := binary.Decode(raw, binary.LittleEndian, all); err != nil {
		return hunch{}, fmt.Errorf("%w: %w", errHunch, err)
	}
	h := hunch{model: string(model)}
	for width := len(all) / n; len(all) > 0; all = all[width:] {
		h.weights = append(h.weights, all[:width])
	}
	return h, nil
}

// outcome returns what a question most probably is; false when that is not sure, or an ordinary question. A missed order
// to the bot does no harm, so orders are left to the word lists.
func (h hunch) outcome(model string, vector []float32) (Outcome, bool) {
	if model != h.model || len(h.weights) == 0 || len(vector)+1 != len(h.weights[0]) {
		return "", false
	}
	var sum float64
	best, most := Outcome(""), 0.0
	for i, o := range hunchOutcomes() {
		w := h.weights[i]
		z := float64(w[len(vector)])
		for j, v := range vector {
			z += float64(w[j]) * float64(v)
		}
		p := math.Exp(z)
		sum += p
		if p > most {
			best, most = o, p
		}
	}
	if best == "" || best == Refused || most <= hunchSure*sum {
		return "", false
	}
	return best, true
}
