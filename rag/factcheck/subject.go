package factcheck

import "strings"

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
	mine := one.folded
	if one.before != nil {
		mine = one.before.folded + " " + mine
	}
	if flowsOf(mine) != flowsOf(r.folded) {
		return false
	}
	named := false // something else than a country says of what
	for _, m := range c.check.Mentions(one.text, one.lang) {
		named = named || !m.Actor
	}
	for _, what := range []class{oil, gas, energy, arms, cargo, cost, area, people} {
		a, b := c.cues.has(mine, what), c.cues.has(r.folded, what)
		if a && !b || b && !a && !named {
			return false
		}
	}
	return true
}
