package rag

import (
	"context"
	"math"
	"regexp"

	"amur/internal/text"
	"amur/rag/gazetteer"
)

// judge decides whether the passages that were found answer a question. It weighs five features, each a number that
// means the same for every base and language:
//
//   - top: the best cosine, in deviations from what the bank's questions reach against the same base;
//   - late: the late interaction of the question with the three best passages, measured likewise;
//   - miss: a country or year of the question that the best passages lack;
//   - now: the question speaks of the present;
//   - foreign: the passages are in another language than the question, where all that is near is less near.
//
// Where a question asks for a number, top and late look only at passages that hold one. Since top and late are measured
// against the base itself, one set of coefficients serves all bases; docs/adr has how they were fitted.
//
// A judge is safe for concurrent use.
type judge struct {
	cues       cues
	gazetteer  *gazetteer.Gazetteer
	year       *regexp.Regexp
	simplified func(string) string
}

// newJudge reads the judge's lists. simplified turns traditional Chinese into simplified; nil leaves it as it is.
func newJudge(simplified func(string) string) (*judge, error) {
	c, err := newCues()
	if err != nil {
		return nil, err
	}
	g, err := gazetteer.New()
	if err != nil {
		return nil, err
	}
	return &judge{cues: c, gazetteer: g, year: regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`), simplified: simplified}, nil
}

const (
	bestForLate      = 3  // passages that late looks at
	bestForCountries = 10 // passages one of which must name the question's countries
	bestForYears     = 5  // passages that must have the question's years
)

// features of a question against a base.
type features struct {
	top, late          float64 // as they are, not yet measured by the bank
	miss, now, foreign bool
}

// features measures a question; hits are in their final order.
func (j *judge) features(ix *Index, q asked, hits []Hit) features {
	folded := foldText(q.text, j.simplified)
	evidence := hits
	if j.cues.quantity.MatchString(folded) {
		if numbered := withNumbers(hits); len(numbered) > 0 {
			evidence = numbered
		}
	}
	f := features{
		now: j.cues.now.MatchString(folded), miss: j.misses(q.text, folded, hits),
		foreign: len(hits) > 0 && !sameReader(hits[0].Passage.Lang, q.lang),
	}
	for _, h := range evidence {
		f.top = max(f.top, h.Dense)
	}
	var packed []signs
	for _, h := range evidence[:min(bestForLate, len(evidence))] {
		packed = append(packed, ix.entries[h.at].signs)
	}
	f.late = late(q.tokens, packed...)
	return f
}

// withNumbers keeps the hits that hold a number other than a year or date.
func withNumbers(hits []Hit) []Hit {
	var out []Hit
	for _, h := range hits {
		for _, v := range text.Values(h.Passage.Text, h.Passage.Lang) {
			if v.Kind != text.Date {
				out = append(out, h)
				break
			}
		}
	}
	return out
}

// misses reports whether no single one of the best passages names all countries of the question, or a year of it stands
// in none of them.
func (j *judge) misses(original, folded string, hits []Hit) bool {
	wanted := j.gazetteer.Find(folded, original)
	named := len(wanted) == 0
	for _, h := range hits[:min(bestForCountries, len(hits))] {
		if named {
			break
		}
		passage := embeddedText(h.Passage)
		named = covers(j.gazetteer.Find(foldText(passage, j.simplified), passage), wanted)
	}
	years := j.years(folded)
	for _, h := range hits[:min(bestForYears, len(hits))] {
		for year := range j.years(h.Passage.Text) {
			delete(years, year)
		}
	}
	return !named || len(years) > 0
}

func (j *judge) years(s string) map[string]bool {
	out := map[string]bool{}
	for len(s) > 0 {
		m := j.year.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		out[s[m[2]:m[3]]] = true
		s = s[m[3]:]
	}
	return out
}

func covers(have, want map[gazetteer.Country]bool) bool {
	for c := range want {
		if !have[c] {
			return false
		}
	}
	return true
}

// null is the yardstick of a language: mean and deviation of top and of late over the bank's questions.
type null [4]float64

// measured is what the coefficients weigh.
type measured struct{ top, late, miss, now, foreign float64 }

func (n null) measure(f features) measured {
	return measured{
		top:  standard(f.top, n[0], max(n[1], leastTopDeviation)),
		late: standard(f.late, n[2], max(n[3], leastLateDeviation)),
		miss: oneIf(f.miss), now: oneIf(f.now), foreign: oneIf(f.foreign),
	}
}

func oneIf(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// Least deviations of top and of late: a base of a few sentences scores alike for all questions, and an accident of it must
// not count as many deviations.
const (
	leastTopDeviation  = 0.015
	leastLateDeviation = 0.030
)

func standard(x, mean, deviation float64) float64 { return (x - mean) / deviation }

// support weighs the features: the higher, the likelier do the passages answer the question; below zero it is refused.
// What misses a country or a year of the question answers another question, however near it is. The coefficients of the
// others were fitted by logistic regression on the development questions over two bases at once; docs/adr has the curve.
func (m measured) support(tokens bool) float64 {
	switch {
	case m.miss > 0:
		return missing
	case !tokens:
		return 1.347*m.top - 1.940*m.now + 0.700*m.foreign - 1.483
	}
	return 0.478*m.top + 0.884*m.late - 1.832*m.now + 0.700*m.foreign - 1.590
}

// missing is the support of passages that lack a country or a year of the question.
const missing = -10

// measureNull scores the bank's questions against the base, each by the passages that its asker would be shown.
func (ix *Index) measureNull(ctx context.Context, questions bank, off embeddedBank) (map[text.Lang]null, error) {
	j, err := newJudge(nil)
	if err != nil {
		return nil, err
	}
	out := make(map[text.Lang]null, len(off))
	for lang, texts := range off {
		var tops, lates []float64
		for i, e := range texts {
			q := ix.prepare(questions[lang][i], lang, e)
			hits, err := ix.search(ctx, q, DefaultWeights(), nil)
			if err != nil {
				return nil, err
			}
			f := j.features(ix, q, hits)
			tops, lates = append(tops, f.top), append(lates, f.late)
		}
		var n null
		n[0], n[1] = meanDeviation(tops)
		n[2], n[3] = meanDeviation(lates)
		out[lang] = n
	}
	return out, nil
}

func meanDeviation(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		deviation += (v - mean) * (v - mean) / float64(len(values))
	}
	return mean, math.Sqrt(deviation)
}
