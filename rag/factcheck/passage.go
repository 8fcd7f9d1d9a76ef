package factcheck

import (
	"slices"
	"strings"

	"amur/internal/text"
	"amur/rag"
)

// passage is a passage taken apart: what it says, without who says so.
type passage struct {
	folded    string
	values    []text.Value // without the dates of its sources
	told      []text.Value // the dates of its sources: "wrote in 2024"
	countries []string
}

// passage takes a hit apart.
func (c *Checker) passage(h rag.Hit) *passage {
	p := &passage{folded: c.cues.fold(h.Passage.Text), countries: c.named(h.Passage.Text)}
	tells := c.cues.has(p.folded, telling)
	published := map[string]bool{}
	for _, s := range c.answerer.Cite(1, h, text.Span{}).Sources {
		if year, _, _ := strings.Cut(s.Published, "-"); year != "" {
			published[year] = true
		}
	}
	for _, v := range text.Values(h.Passage.Text, h.Passage.Lang) {
		if tells && v.Kind == text.Year && published[v.Number] {
			p.told = append(p.told, v)
			continue
		}
		p.values = append(p.values, v)
	}
	return p
}

// named lists the countries that a text names, each once.
func (c *Checker) named(s string) []string {
	var out []string
	for _, m := range c.countries.Mentions(s) {
		if !slices.Contains(out, m.Country) {
			out = append(out, m.Country)
		}
	}
	return out
}

// isDated tells whether a value says when.
func isDated(v text.Value) bool {
	switch v.Kind {
	case text.Year, text.Date, text.Period, text.Decade, text.Century:
		return true
	}
	return false
}

// isMeasure tells whether a value says how much of something there was in a period.
func isMeasure(v text.Value) bool {
	switch v.Kind {
	case text.Money, text.Percent, text.Quantity:
		return true
	case text.Number:
		return !v.Small()
	}
	return false
}

// dates are the values of a text that say when.
func dates(values []text.Value) []text.Value {
	var out []text.Value
	for _, v := range values {
		if isDated(v) {
			out = append(out, v)
		}
	}
	return out
}

// samePeriod tells whether two texts name the same dates, none more exactly than the other.
func samePeriod(a, b []text.Value) bool {
	within := func(a, b []text.Value) bool {
		for _, v := range a {
			if !slices.ContainsFunc(b, v.Equal) {
				return false
			}
		}
		return true
	}
	return within(a, b) && within(b, a)
}
