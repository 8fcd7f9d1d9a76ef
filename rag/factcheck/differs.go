package factcheck

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// mayDiffer tells whether a claim can be set against the documents: none of them carries it, and it speaks of a day that they know.
func (c *Checker) mayDiffer(one claim, read []reading) bool {
	carried := func(r reading) bool { return r.verdict.OK && among(one.countries, r.countries) }
	return !slices.ContainsFunc(read, carried) && !c.cues.has(one.folded, relative) && !c.tooNew(one.values)
}

// differing finds a passage that carries the claim once one value of it is exchanged for the passage's own.
func (c *Checker) differing(ctx context.Context, one claim, read []reading) (Finding, bool, error) {
	said := one.values
	if one.before == nil && len(c.check.Mentions(one.text, one.lang)) == 0 {
		return Finding{}, false, nil // of what, only the context tells
	}
	const clear = 0.06 // how much better than another value the best one must fit
	var best difference
	rival := 0.0
	for _, r := range read {
		if r.verdict.Reason.Kind != verify.Number && r.verdict.Reason.Kind != verify.Date {
			continue
		}
		for i, v := range said {
			for _, h := range r.values {
				if !c.comparable(one, said, i, h, r) {
					continue
				}
				support, err := c.substituted(ctx, one, v, h, r)
				if err != nil {
					return Finding{}, false, err
				}
				switch {
				case support > best.support:
					if best.support > 0 && !h.Equal(best.theirs) {
						rival = max(rival, best.support)
					}
					best = difference{support, i, h, r}
				case support > 0 && !h.Equal(best.theirs):
					rival = max(rival, support)
				}
			}
		}
	}
	if best.support-rival < clear {
		return Finding{}, false, nil
	}
	return Finding{
		Sentence: one.sentence, Verdict: Differs, Given: written(one, said[best.at]), Documents: best.theirs.In(best.hit.Passage.Text),
		Period:    c.beside(said, best.at),
		Citations: []rag.Citation{c.answerer.Cite(1, best.hit, text.Span{})},
	}, true, nil
}

// difference is a value of a passage that stands where the claim has another.
type difference struct {
	support float64
	at      int // of the claim's value
	theirs  text.Value
	reading
}

// comparable tells whether a passage's value may stand where the claim's i-th stands: of one kind and unit, for the same period, and
// farther apart than rounding explains.
func (c *Checker) comparable(one claim, said []text.Value, i int, h text.Value, r reading) bool {
	v := said[i]
	others := slices.Delete(slices.Clone(said), i, i+1)
	if !sameSort(v, h) || v.Equal(h) || slices.ContainsFunc(r.values, v.Equal) || slices.ContainsFunc(others, func(o text.Value) bool { return o.Kind == h.Kind && o.Equal(h) }) {
		return false
	}
	if !one.sameCountries(r.countries) && (v.Kind != text.Number && isMeasure(v) || !common(one.countries, r.countries)) {
		return false
	}
	left := slices.DeleteFunc(slices.Clone(r.values), func(o text.Value) bool { return o.Span == h.Span })
	if !one.samePeriod(r.withoutTold(dates(others)), dates(left)) {
		return false
	}
	if isDated(v) {
		return apart(v, h) && c.happenedOnce(one, others) && c.sameSubject(one, r) && c.dates(one, v, h, left, r)
	}
	if isMeasure(v) && v.Kind != text.Number && c.standing[r.hit.Passage.Lang][v.Key()] > 0 {
		return false // another passage has it, of whatever
	}
	if len(r.told) > 0 && len(dates(left)) == 0 && !slices.ContainsFunc(others, r.told[0].Equal) {
		return false // it held when the source was written
	}
	return c.beyondRounding(one, v, h, r)
}

// happenedOnce tells whether a date is of something that there was once: neither a figure of a series nor one of many meetings.
func (c *Checker) happenedOnce(one claim, others []text.Value) bool {
	figures := func(v text.Value) bool { return isMeasure(v) || v.Kind == text.Fraction }
	if slices.ContainsFunc(others, figures) {
		return false
	}
	again := c.cues.has(one.folded, recurring) && !c.cues.has(one.folded, first)
	return c.cues.has(one.folded, single) && !c.cues.has(one.folded, asOf) && !again
}

// dates tells whether a passage's date is of what it tells, not of the day on which it was so, nor the end of a span of years; and for
// what lasts since then, that the claim's is the earlier one.
func (c *Checker) dates(one claim, v, h text.Value, left []text.Value, r reading) bool {
	span := func(o text.Value) bool {
		return o.Kind == text.Quantity && (o.Unit == "year" || o.Unit == "month" || o.Unit == "day")
	}
	if c.cues.has(c.around(r.body, h), asOf) || slices.ContainsFunc(left, span) {
		return false
	}
	return !c.cues.has(c.around(one.text, v), since) || yearOf(v) < yearOf(h)
}

// substituted is how well the passage carries the claim with its own value; 0 when not well enough.
func (c *Checker) substituted(ctx context.Context, one claim, v, h text.Value, r reading) (float64, error) {
	words, ok := rewritten(one, v, h, r)
	if !ok {
		return 0, nil
	}
	verdict, err := c.verify(ctx, one, words, r.hit)
	if err != nil {
		return 0, err
	}
	needed := floor(one.lang, r.hit.Passage.Lang, figureSame, figureAcross)
	if isDated(v) {
		needed = floor(one.lang, r.hit.Passage.Lang, dateSame, dateAcross)
	}
	if !verdict.OK || verdict.Support < needed {
		return 0, nil
	}
	changed := one
	changed.text, changed.folded, changed.values = words, c.cues.fold(words), values(words, one.lang)
	r.verdict = verdict
	if !c.carries(changed, r) {
		return 0, nil
	}
	return verdict.Support, nil
}

// rewritten is the claim with the passage's value in the place of its own.
func rewritten(one claim, v, h text.Value, r reading) (string, bool) {
	own := h.In(r.hit.Passage.Text)
	for _, form := range []string{own, h.Number + " " + h.Unit, h.Number} {
		words := one.text[:v.Start] + strings.TrimSpace(form) + one.text[v.End:]
		for _, w := range values(words, one.lang) {
			if w.Start <= v.Start && v.Start < w.End && w.Equal(h) {
				return words, true
			}
		}
	}
	return "", false
}

// sameSort tells whether two values are of one kind and unit.
func sameSort(v, h text.Value) bool {
	switch v.Kind {
	case text.Year, text.Decade, text.Date:
		return h.Kind == text.Year || h.Kind == text.Decade || h.Kind == text.Date
	case text.Money, text.Percent, text.Quantity, text.Number, text.Ordinal:
		return h.Kind == v.Kind && h.Unit == v.Unit
	}
	return false
}

// apart tells whether two dates exclude each other: another year, or another month of one year.
func apart(v, h text.Value) bool {
	a, b := yearOf(v), yearOf(h)
	switch {
	case a == 0 || b == 0:
		return false
	case v.Kind == text.Decade || h.Kind == text.Decade:
		return a/10 != b/10
	case a != b:
		return true
	}
	return v.Month > 0 && h.Month > 0 && v.Month != h.Month
}

// yearOf is the year of a date, the first of a decade; 0 where none is named.
func yearOf(v text.Value) int {
	if v.Kind == text.Date {
		return v.Year
	}
	n := 0
	for _, r := range v.Number {
		if r < '0' || r > '9' || n > 9999 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// tooNew tells whether a claim names a date after the newest of the documents.
func (c *Checker) tooNew(said []text.Value) bool {
	return slices.ContainsFunc(said, func(v text.Value) bool {
		if !isDated(v) || v.Kind == text.Century || len(c.newest) < len("2006") {
			return false
		}
		date := fmt.Sprintf("%04d", yearOf(v))
		if v.Kind == text.Date && v.Month > 0 {
			date += fmt.Sprintf("-%02d", v.Month)
		}
		n := min(len(date), len(c.newest))
		return date[:n] > c.newest[:n]
	})
}

// written is a value as the message has it.
func written(one claim, v text.Value) string {
	if one.asked != text.ZHHant {
		return v.In(one.text)
	}
	for _, w := range values(one.sentence, one.asked) {
		if w.Equal(v) {
			return w.In(one.sentence)
		}
	}
	return v.In(one.text)
}

// beside is the date that a claim names beside its i-th value, if it names one.
func (c *Checker) beside(said []text.Value, i int) string {
	others := dates(slices.Delete(slices.Clone(said), i, i+1))
	if len(others) != 1 {
		return ""
	}
	if others[0].Kind == text.Date {
		return fmt.Sprintf("%04d-%02d", others[0].Year, others[0].Month)
	}
	return others[0].Number
}
