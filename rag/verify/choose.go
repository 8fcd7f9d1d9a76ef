package verify

import (
	"slices"

	"amur/internal/text"
)

// option is a sentence that may carry the claim.
type option struct {
	unit  *unit
	cover *cover
	bears []bool // which of the claim's values and names it has
}

// choose finds the sentences that carry the claim, the best first, and what they answer together: sentences are added while
// they answer much that the ones before do not, or have a value or name that those lack.
func (c *Checker) choose(claim *sentence, own states, units []*unit) ([]*unit, *cover) {
	const enough = 0.04 // of the claim: less is chance
	options := make([]option, len(units))
	best := 0
	for i, u := range units {
		options[i] = option{u, coverOf(claim, own, u, c.shelf.seen(u.kept)), c.bears(claim, u)}
		if options[i].worth() > options[best].worth() {
			best = i
		}
	}
	chosen, all, borne := []*unit{units[best]}, options[best].cover, slices.Clone(options[best].bears)
	for {
		next, most := -1, enough
		for i, o := range options {
			if slices.Contains(chosen, o.unit) {
				continue
			}
			if gain := all.join(o.cover).mean() - all.mean() + o.brings(borne); gain > most {
				next, most = i, gain
			}
		}
		if next < 0 {
			return chosen, all
		}
		o := options[next]
		chosen, all = append(chosen, o.unit), all.join(o.cover)
		for i, b := range o.bears {
			borne[i] = borne[i] || b
		}
	}
}

// bears tells for each value and then each name of the claim whether a sentence has it.
func (c *Checker) bears(claim *sentence, u *unit) []bool {
	var out []bool
	for _, v := range claim.values {
		out = append(out, answered(seen{v, claim}, u.have))
	}
	for _, m := range claim.names {
		out = append(out, slices.ContainsFunc(u.names, func(n mention) bool { return c.parser.namer.same(m, n) }))
	}
	return out
}

// worth ranks sentences: by what they answer, and by how many values and names they have.
func (o option) worth() float64 {
	if len(o.bears) == 0 {
		return o.cover.mean()
	}
	n := 0.0
	for _, b := range o.bears {
		if b {
			n++
		}
	}
	return o.cover.mean() + n/float64(len(o.bears))/2
}

// brings counts the values and names that a sentence adds to those that others bear.
func (o option) brings(borne []bool) float64 {
	n := 0.0
	for i, b := range o.bears {
		if b && !borne[i] {
			n++
		}
	}
	return n
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
