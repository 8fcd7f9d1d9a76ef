package factcheck

import (
	"slices"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// matched finds the passages that carry a claim. Where one says the opposite, none does.
func (c *Checker) matched(one claim, read []reading) (Finding, bool) {
	f := Finding{Sentence: one.sentence, Verdict: StateMedia}
	for _, r := range read {
		switch {
		case r.verdict.Reason.Kind == verify.Negation || r.verdict.Reason.Kind == verify.Direction:
			return Finding{}, false
		case !r.verdict.OK || !c.carries(one, r):
			continue
		}
		cited := c.answerer.Cite(len(f.Citations)+1, r.hit, r.verdict.Spans[0])
		f.Citations = append(f.Citations, cited)
		if !onlyStateMedia(cited) {
			f.Verdict = Matches
		}
	}
	if len(f.Citations) == 0 {
		return Finding{}, false
	}
	f.Period = c.period(one)
	return f, true
}

// carries asks more than the check of package verify does, which looks at sentences that were written from the passage.
func (c *Checker) carries(one claim, r reading) bool {
	said := text.Values(one.text, one.lang)
	switch {
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
	if !samePeriod(dates(said), dates(r.values)) {
		return false
	}
	return sameCountries(c.named(one.text), r.countries)
}

// sameCountries tells whether a claim names all countries of the passage, or leaves them to be understood.
func sameCountries(claim, passage []string) bool {
	if len(claim) == 0 {
		return true
	}
	return !slices.ContainsFunc(passage, func(country string) bool { return !slices.Contains(claim, country) })
}

// period is the date that a claim names, if it names one.
func (c *Checker) period(one claim) string {
	if said := dates(text.Values(one.text, one.lang)); len(said) == 1 {
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
