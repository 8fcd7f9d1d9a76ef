package verify

import (
	"slices"

	"amur/internal/text"
)

// choose finds the sentences that carry the claim, the best first, and what they answer together: sentences are added while
// they answer much that the ones before do not, or have a value or name that those lack.
func (c *Checker) choose(claim *sentence, own states, units []*unit) ([]*unit, *cover) {
	const gain = 0.04 // of the claim: less is chance
	covers := make([]*cover, len(units))
	best := 0
	for i, u := range units {
		covers[i] = coverOf(claim, own, u, c.shelf.seen(u.kept))
		if c.worth(claim, u, covers[i]) > c.worth(claim, units[best], covers[best]) {
			best = i
		}
	}
	chosen, all := []*unit{units[best]}, covers[best]
	for len(chosen) < len(units) {
		next, most := -1, gain
		for i, u := range units {
			if slices.Contains(chosen, u) {
				continue
			}
			g := all.join(covers[i]).mean() - all.mean()
			if c.brings(claim, u, chosen) {
				g += 1
			}
			if g > most {
				next, most = i, g
			}
		}
		if next < 0 {
			break
		}
		chosen, all = append(chosen, units[next]), all.join(covers[next])
	}
	return chosen, all
}

// worth ranks sentences: what they answer of the words, the values and the names.
func (c *Checker) worth(claim *sentence, u *unit, cov *cover) float64 {
	n, has := 0, 0
	for _, v := range claim.values {
		n++
		if answered(seen{v, claim}, valuesOf(u.sentence)) {
			has++
		}
	}
	for _, m := range claim.names {
		n++
		if slices.ContainsFunc(u.names, func(o mention) bool { return c.parser.namer.same(m, o) }) {
			has++
		}
	}
	if n == 0 {
		return cov.mean()
	}
	return cov.mean() + float64(has)/float64(n)/2
}

// brings tells whether a sentence has a value or name of the claim that the chosen ones lack.
func (c *Checker) brings(claim *sentence, u *unit, chosen []*unit) bool {
	for _, v := range claim.values {
		if answered(seen{v, claim}, valuesOf(u.sentence)) && !slices.ContainsFunc(chosen, func(o *unit) bool { return answered(seen{v, claim}, valuesOf(o.sentence)) }) {
			return true
		}
	}
	for _, m := range claim.names {
		has := func(o *unit) bool {
			return slices.ContainsFunc(o.names, func(n mention) bool { return c.parser.namer.same(m, n) })
		}
		if has(u) && !slices.ContainsFunc(chosen, has) {
			return true
		}
	}
	return false
}

// spans gives each passage the part from its first to its last chosen sentence.
func spans(chosen []*unit, evidence []Evidence) []text.Span {
	out := make([]text.Span, len(evidence))
	for _, u := range chosen {
		s := &out[u.evidence]
		if s.Start == s.End {
			*s = u.at
			continue
		}
		s.Start, s.End = min(s.Start, u.at.Start), max(s.End, u.at.End)
	}
	return out
}
