package factcheck

import (
	"slices"
	"strings"
	"unicode/utf8"

	"amur/internal/text"
	"amur/rag"
)

// passage is a passage taken apart: what it says, without who says so.
type passage struct {
	body      string // the text, in which what names its source is white space: places are those of the text
	folded    string // of body
	values    []text.Value
	told      []text.Value // the dates of its source: "wrote in 2024"
	countries []string
}

// passage takes a hit apart.
func (c *Checker) passage(h rag.Hit) *passage {
	whole := h.Passage.Text
	published := map[string]bool{}
	for _, s := range c.answerer.Cite(1, h, text.Span{}).Sources {
		if year, _, _ := strings.Cut(s.Published, "-"); year != "" {
			published[year] = true
		}
	}
	all := values(whole, h.Passage.Lang)
	p := &passage{body: whole}
	for _, clause := range clauses(whole) {
		if !c.cues.has(c.cues.fold(clause.In(whole)), telling) {
			continue
		}
		inside := slices.DeleteFunc(slices.Clone(all), func(v text.Value) bool { return v.Start < clause.Start || v.End > clause.End })
		if len(inside) != 1 || inside[0].Kind != text.Year || !published[inside[0].Number] {
			continue
		}
		p.told = append(p.told, inside[0])
		p.body = p.body[:clause.Start] + strings.Repeat(" ", clause.End-clause.Start) + p.body[clause.End:]
	}
	for _, v := range all {
		if !slices.Contains(p.told, v) {
			p.values = append(p.values, v)
		}
	}
	p.folded = c.cues.fold(p.body)
	p.countries = c.named(p.folded)
	return p
}

// withoutTold leaves out of a claim's dates those of the passage's source.
func (p *passage) withoutTold(dates []text.Value) []text.Value {
	return slices.DeleteFunc(slices.Clone(dates), func(v text.Value) bool { return slices.ContainsFunc(p.told, v.Equal) })
}

// clauses cuts a text at its commas.
func clauses(s string) []text.Span {
	var out []text.Span
	start := 0
	for i, r := range s {
		if strings.ContainsRune(",，;；", r) {
			out = append(out, text.Span{Start: start, End: i})
			start = i + utf8.RuneLen(r)
		}
	}
	return append(out, text.Span{Start: start, End: len(s)})
}

// named lists the countries that a folded text names, each once.
func (c *Checker) named(s string) []string {
	var out []string
	for _, m := range c.countries.Mentions(s) {
		if !slices.Contains(out, m.Country) {
			out = append(out, m.Country)
		}
	}
	return out
}

// values finds the values of a text. A bare number that may be a year is one.
func values(s string, lang text.Lang) []text.Value {
	all := text.Values(s, lang)
	for i, v := range all {
		if (v.Kind == text.Number || v.Kind == text.Ordinal) && len(v.Number) == 4 && (v.Number[:2] == "19" || v.Number[:2] == "20") {
			all[i].Kind = text.Year
		}
	}
	return all
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

// samePeriod tells whether a claim with these dates speaks of the period that a passage with those speaks of: it names the same, none less
// exactly; the sentence before it may name them too.
func (one claim) samePeriod(mine, theirs []text.Value) bool {
	within := func(a, b []text.Value) bool {
		return !slices.ContainsFunc(a, func(v text.Value) bool { return !slices.ContainsFunc(b, v.Equal) })
	}
	all := mine
	if one.before != nil {
		all = slices.Concat(mine, dates(one.before.values))
	}
	return within(mine, theirs) && within(theirs, all)
}
