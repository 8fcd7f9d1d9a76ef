package factcheck

import (
	"slices"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// How well a passage must carry a claim, within a language and across.
const (
	fairSame, fairAcross = 0.65, 0.52
	sureSame, sureAcross = 0.80, 0.62
	// the same for a claim with the passage's own figure or date in it
	figureSame, figureAcross = 0.70, 0.58
	dateSame, dateAcross     = 0.74, 0.60
	nameSame                 = 0.80
)

// floor is the support that is asked of a claim beside a passage.
func floor(claim, passage text.Lang, same, across float64) float64 {
	if claim == passage {
		return same
	}
	return across
}

// matched finds the passages that carry a claim. Where one says the opposite, another must carry it very well.
func (c *Checker) matched(one claim, read []reading) (Finding, bool) {
	const asGood = 0.1 // less support than the best passage that another carrying passage may have
	var carrying []reading
	best, turned, opposite := 0.0, false, 0.0
	for _, r := range read {
		switch {
		case r.verdict.Reason.Kind == verify.Negation || r.verdict.Reason.Kind == verify.Direction:
			if len(carrying) == 0 {
				return Finding{}, false
			}
			turned = true
		case !r.verdict.OK:
		case !c.agree(one, r):
			opposite = max(opposite, r.verdict.Support)
		case r.verdict.Support >= floor(one.lang, r.hit.Passage.Lang, fairSame, fairAcross) && c.carries(one, r):
			carrying = append(carrying, r)
			best = max(best, r.verdict.Support)
		}
	}
	if len(carrying) == 0 || turned && best < floor(one.lang, carrying[0].hit.Passage.Lang, sureSame, sureAcross) || opposite > best {
		return Finding{}, false
	}
	f := Finding{Sentence: one.sentence, Verdict: StateMedia, Period: c.period(one)}
	for _, r := range carrying {
		if r.verdict.Support < best-asGood {
			continue
		}
		cited := c.answerer.Cite(len(f.Citations)+1, r.hit, r.verdict.Spans[0])
		f.Citations = append(f.Citations, cited)
		if !onlyStateMedia(cited) {
			f.Verdict = Matches
		}
	}
	return f, true
}

// agree tells whether a claim and a passage deny and lessen alike, and name who acts in the same order, as far as single words tell. A claim
// in other words may name them in another order.
func (c *Checker) agree(one claim, r reading) bool {
	same := func(what class) bool { return c.cues.has(one.folded, what) == c.cues.has(r.folded, what) }
	lessens := c.cues.has(one.folded, less) && !c.cues.has(r.folded, less)
	if one.lang == r.hit.Passage.Lang && c.cues.count(one.folded, negated) > c.cues.count(r.folded, negated) {
		return false
	}
	return same(negated) && !lessens && (r.verdict.Support < sureSame || c.inOrder(one, r))
}

// carries asks more than the check of package verify does, which looks at sentences that were written from the passage.
func (c *Checker) carries(one claim, r reading) bool {
	if !c.agree(one, r) || !among(one.countries, r.countries) { // the heading may name them, but of what else
		return false
	}
	figures := slices.ContainsFunc(one.values, isMeasure)
	for _, what := range []class{absolute, only, most, utmost, cause, before} { // what a claim may leave out, and not add
		if what == only && figures {
			continue // "only 147 billion" is how somebody finds it
		}
		if c.cues.has(one.folded, what) && !c.cues.has(r.folded, what) {
			return false
		}
	}
	for _, what := range []class{hedge, intent} { // what it may add, and not leave out
		if c.cues.has(r.folded, what) && !c.cues.has(one.folded, what) {
			return false
		}
	}
	switch {
	case c.cues.has(r.folded, despite) && c.cues.has(one.folded, cause) && !c.cues.has(one.folded, despite),
		!c.covers(one, r):
		return false
	}
	return !figures || c.samePlaceAndTime(one, one.values, r) && c.sameSubject(one, r)
}

// samePlaceAndTime tells whether a claim that gives a figure gives it for the period and the countries of the passage.
func (c *Checker) samePlaceAndTime(one claim, said []text.Value, r reading) bool {
	return one.samePeriod(r.withoutTold(dates(said)), dates(r.values)) && one.sameCountries(r.countries)
}

// sameCountries tells whether a claim names all countries of the passage, or leaves them to be understood.
func (one claim) sameCountries(passage []string) bool {
	all := one.countries
	if one.before != nil {
		all = slices.Concat(all, one.before.countries)
	}
	return len(all) == 0 || among(passage, all)
}

// common tells whether two lists share a country.
func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(country string) bool { return slices.Contains(b, country) })
}

// among tells whether all of some countries are among others.
func among(some, others []string) bool {
	return !slices.ContainsFunc(some, func(country string) bool { return !slices.Contains(others, country) })
}

// period is the date that a claim names, if it names one.
func (c *Checker) period(one claim) string {
	if said := dates(one.values); len(said) == 1 {
		if said[0].Kind == text.Year {
			return said[0].Number
		}
		return said[0].In(one.text)
	}
	return ""
}

// onlyStateMedia tells whether all sources of a citation are state media.
func onlyStateMedia(c rag.Citation) bool {
	return len(c.Sources) > 0 && !slices.ContainsFunc(c.Sources, func(s rag.SourceView) bool { return s.Kind != "state media" })
}
