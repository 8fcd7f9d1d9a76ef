package factcheck

import (
	"slices"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// sure is how well a passage must carry a claim that another passage seems to turn round.
const sure = 0.85

// matched finds the passages that carry a claim. Where one says the opposite, another must carry it very well.
func (c *Checker) matched(one claim, read []reading) (Finding, bool) {
	const asGood = 0.1 // less support than the best passage that another carrying passage may have
	var carrying []reading
	best, turned := 0.0, false
	for _, r := range read {
		switch {
		case r.verdict.Reason.Kind == verify.Negation || r.verdict.Reason.Kind == verify.Direction:
			turned = true
		case r.verdict.OK && c.carries(one, r):
			carrying = append(carrying, r)
			best = max(best, r.verdict.Support)
		}
	}
	if len(carrying) == 0 || turned && best < sure {
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

// carries asks more than the check of package verify does, which looks at sentences that were written from the passage.
func (c *Checker) carries(one claim, r reading) bool {
	said := one.values
	switch {
	case !among(one.countries, r.countries):
		return false // the heading may have it, but of what else
	case c.cues.has(one.folded, negated) != c.cues.has(r.folded, negated):
		return false
	case c.cues.has(r.folded, hedge) && !c.cues.has(one.folded, hedge):
		return false
	case c.cues.has(one.folded, absolute) && !c.cues.has(r.folded, absolute):
		return false
	}
	if slices.ContainsFunc(said, isMeasure) && !c.samePlaceAndTime(one, said, r) {
		return false
	}
	return true
}

// samePlaceAndTime tells whether a claim that gives a figure gives it for the period and the countries of the passage.
func (c *Checker) samePlaceAndTime(one claim, said []text.Value, r reading) bool {
	return samePeriod(r.withoutTold(dates(said)), dates(r.values)) && sameCountries(one.countries, r.countries)
}

// sameCountries tells whether a claim names all countries of the passage, or leaves them to be understood.
func sameCountries(claim, passage []string) bool { return len(claim) == 0 || among(passage, claim) }

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
