package eval

import (
	"cmp"
	"slices"

	"amur/internal/text"
)

// CurveRates are the shares of false refusals at which a curve is read.
func CurveRates() []float64 { return []float64{0.02, 0.05, 0.08, 0.12} }

// CurvePoint is what one threshold would refuse.
type CurvePoint struct {
	Limit     float64            // the share of false refusals that was allowed
	Threshold float64            // refused is what scores above
	False     Rate               // ordinary questions with sections that would be refused
	FalseBy   map[text.Lang]Rate // the same by language
	Near      Rate               // unanswerable questions near the topic that would be refused
	Off       Rate               // those off the topic
}

// Curve reads the trade between the two errors of refusing. The score of a result says how strongly it asks to be
// refused, the higher the more; false leaves the result out. For each limit the lowest threshold is taken at which at
// most that share of the ordinary questions with sections is refused; equal scores are never parted. What is refused by
// other means than the score (the outcome) plays no part.
func Curve(results []Result, score func(Result) (float64, bool), limits []float64) []CurvePoint {
	var scored []scoredResult
	for _, r := range results {
		unmarked := r.Question.Kind == Unanswerable && r.Question.part() == "unmarked"
		if !r.Question.ordinary() && r.Question.Kind != Unanswerable || unmarked {
			continue
		}
		if s, ok := score(r); ok {
			scored = append(scored, scoredResult{r.Question, s})
		}
	}
	points := make([]CurvePoint, 0, len(limits))
	for _, limit := range limits {
		points = append(points, pointAt(scored, limit))
	}
	return points
}

type scoredResult struct {
	question Question
	score    float64
}

func pointAt(scored []scoredResult, limit float64) CurvePoint {
	p := CurvePoint{Limit: limit, Threshold: threshold(scored, limit), FalseBy: map[text.Lang]Rate{}}
	for _, s := range scored {
		refused := Rate{Total: 1}
		if s.score > p.Threshold {
			refused.Passed = 1
		}
		switch {
		case s.question.ordinary():
			p.False = p.False.plus(refused)
			p.FalseBy[s.question.Lang] = p.FalseBy[s.question.Lang].plus(refused)
		case s.question.part() == "near":
			p.Near = p.Near.plus(refused)
		default:
			p.Off = p.Off.plus(refused)
		}
	}
	return p
}

// threshold is the highest score of an ordinary question that may not be refused any more.
func threshold(scored []scoredResult, limit float64) float64 {
	var scores []float64
	for _, s := range scored {
		if s.question.ordinary() {
			scores = append(scores, s.score)
		}
	}
	if len(scores) == 0 {
		return 0
	}
	slices.SortFunc(scores, func(x, y float64) int { return cmp.Compare(y, x) })
	allowed := 0
	for allowed < len(scores) && float64(allowed+1)/float64(len(scores)) <= limit {
		allowed++
	}
	if allowed == len(scores) {
		return scores[len(scores)-1]
	}
	return scores[allowed]
}

func (r Rate) plus(other Rate) Rate { return Rate{r.Passed + other.Passed, r.Total + other.Total} }
