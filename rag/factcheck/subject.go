package factcheck

import (
	"strings"

	"amur/internal/text"
)

// sameSubject tells whether a claim that gives a figure and a passage measure the same thing, as far as the words of a few fields tell:
// exports are a part of trade, and oil a part of either, and names and meaning alone do not tell them apart.
func (c *Checker) sameSubject(one claim, r reading) bool {
	flowsOf := func(folded string) string {
		var out []string
		for _, what := range []class{exports, imports, surplus, deficit} {
			if c.cues.has(folded, what) {
				out = append(out, string(what))
			}
		}
		if len(out) == 0 && c.cues.has(folded, trade) {
			out = append(out, string(trade))
		}
		return strings.Join(out, " ")
	}
	mine, theirs := c.unnamed(one.text, one.lang), c.unnamed(r.body, r.hit.Passage.Lang)
	if one.before != nil {
		mine = c.unnamed(one.before.text, one.before.lang) + " " + mine
	}
	if flowsOf(mine) != flowsOf(theirs) {
		return false
	}
	named := false // something else than a country says of what
	for _, m := range c.check.Mentions(one.text, one.lang) {
		named = named || !m.Actor
	}
	for _, what := range []class{oil, gas, energy, arms, cargo, cost, area, people} {
		a, b := c.cues.has(mine, what), c.cues.has(theirs, what)
		if a && !b || b && !a && !named {
			return false
		}
	}
	return true
}

// unnamed is a folded text without the names of things in it: the World Trade Organization is no trade.
func (c *Checker) unnamed(s string, lang text.Lang) string {
	var b strings.Builder
	last := 0
	for _, m := range c.check.Mentions(s, lang) {
		if m.Actor || m.Start < last {
			continue
		}
		b.WriteString(s[last:m.Start] + " ")
		last = m.End
	}
	b.WriteString(s[last:])
	return c.cues.fold(b.String())
}
