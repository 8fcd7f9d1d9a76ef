package rag

import (
	"math"

	"amur/internal/text"
)

// verdict says what to do with a question after its passages were found.
type verdict int

const (
	refuses   verdict = iota // the documents do not answer it
	comesNear                // the middle band: something near was found, not an answer
	answers
)

// null is what questions about other subjects score against a base: the yardstick for a question's own score.
type null struct {
	mean, deviation float64 // of the best cosine
}

const nullValues = 2

func (n null) values() [nullValues]float64 { return [nullValues]float64{n.mean, n.deviation} }

func nullOf(v [nullValues]float64) null { return null{v[0], v[1]} }

// measureNull scores the bank of off-topic questions against the passages that their askers would be shown.
func (ix *Index) measureNull(bank map[text.Lang][][]float32) map[text.Lang]null {
	out := make(map[text.Lang]null, len(bank))
	for lang, questions := range bank {
		visible := ix.visible(lang)
		var sum, square float64
		for _, q := range questions {
			best := math.Inf(-1)
			for _, g := range visible {
				for _, at := range g.passages {
					best = max(best, dot(q, ix.vectors[at]))
				}
			}
			sum += best
			square += best * best
		}
		n := float64(len(questions))
		mean := sum / n
		out[lang] = null{mean: mean, deviation: math.Sqrt(max(1e-9, square/n-mean*mean))}
	}
	return out
}

func (a *Answerer) judge(_ Question, _ []float32, hits []Hit, _ text.Lang) verdict {
	if len(hits) == 0 {
		return refuses
	}
	return answers
}
