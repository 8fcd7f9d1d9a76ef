package verify

import (
	"slices"
	"strings"
)

// negation reports whether one of claim and span says that something is so and the other that it is not, and the words of
// the claim or the span where it shows. Each negation of one looks for its answer in the other: a negation of the same, an
// opposite, or any that nothing else answers. What stays without one clashes when the other affirms the very thing, or has
// nothing negative about it.
func (c *clashes) negation(claim, span *sentence) (detail string, clash bool) {
	if claim.text == span.text {
		return "", false
	}
	a, b := c.read(claim), c.read(span)
	mine, theirs := a.denials(), b.denials()
	answered, theirsAnswered := settle(a, b, mine, theirs)
	for i, d := range mine {
		if !answered[i] && a.clashes(d, b, len(mine), true) {
			return a.phrase(d.cue), true
		}
	}
	for i, d := range theirs {
		if !theirsAnswered[i] && b.clashes(d, a, len(theirs), false) {
			return b.phrase(d.cue), true
		}
	}
	if j, ok := b.doubted(); ok && len(mine) == 0 && !a.hedged() {
		return b.phrase(j), true
	}
	return "", false
}

// phrase is a token with its neighbours, to show.
func (r *reading) phrase(i int) string {
	gap := " "
	if r.tokens[i].han {
		gap = ""
	}
	var words []string
	for _, t := range r.tokens[max(0, i-1):min(len(r.tokens), i+2)] {
		words = append(words, t.text)
	}
	return strings.Join(words, gap)
}

// settle pairs the negations of two sentences: those of the same first, then any that are left, but for two of which each
// denies what the other sentence affirms (not A but B; not B but A).
func settle(a, b *reading, mine, theirs []denial) (answered, theirsAnswered []bool) {
	answered, theirsAnswered = make([]bool, len(mine)), make([]bool, len(theirs))
	for i, d := range mine {
		for j, e := range theirs {
			if d.double == e.double && a.sameTarget(d, b, e) {
				answered[i], theirsAnswered[j] = true, true
			}
		}
	}
	for i, d := range mine {
		for j, e := range theirs {
			if !answered[i] && !theirsAnswered[j] && a.mayAnswer(d, b, e) {
				answered[i], theirsAnswered[j] = true, true
			}
		}
	}
	return answered, theirsAnswered
}

// mayAnswer reports whether two negations of different words may say the same.
func (r *reading) mayAnswer(d denial, other *reading, e denial) bool {
	if d.double != e.double {
		return false
	}
	affirmed, theirs := r.affirmed(d, other), other.affirmed(e, r)
	switch {
	case d.soft == e.soft:
		return !affirmed || !theirs
	case d.soft:
		return !theirs
	}
	return !affirmed
}

// sameTarget reports whether two negations deny the same: the nearest word of one is among those of the other.
func (r *reading) sameTarget(d denial, other *reading, e denial) bool {
	for x, i := range d.targets {
		for y, j := range e.targets {
			if (x == 0 || y == 0) && r.alike(i, other, j) {
				return true
			}
		}
	}
	return false
}

// affirmed reports whether the other sentence says plainly what a negation denies, and not its opposite.
func (r *reading) affirmed(d denial, other *reading) bool {
	same, opposite := -1, -1
	for _, i := range r.nearest(d) {
		for j := range other.tokens {
			switch {
			case r.contrary(i, other, j):
				opposite = max(opposite, r.context(i, other, j))
			case (r.alike(i, other, j) || r.sameTrend(i, other, j)) && !other.underDenial(j):
				same = max(same, r.context(i, other, j))
			}
		}
	}
	return same >= 0 && same >= opposite
}

// nearest are the words that a negation denies first of all.
func (r *reading) nearest(d denial) []int {
	most := 2
	if r.tokens[d.cue].han {
		most = 4
	}
	return d.targets[:min(most, len(d.targets))]
}

// sameTrend reports whether two tokens both say more or both less.
func (r *reading) sameTrend(i int, other *reading, j int) bool {
	for _, m := range r.tokens[i].marks {
		for _, n := range other.tokens[j].marks {
			if m.pole == n.pole && r.lex.quantity(m) && r.lex.quantity(n) {
				return true
			}
		}
	}
	return false
}

// underDenial reports whether a token stands in a clause that is negated as a whole, or behind a word like without.
func (r *reading) underDenial(j int) bool {
	return slices.ContainsFunc(r.denials(), func(e denial) bool {
		return slices.Contains(e.targets, j) || !r.partial(e.cue) && r.tokens[e.cue].clause == r.tokens[j].clause
	})
}

// partial tells cues that deny only what follows: without, no.
func (r *reading) partial(cue int) bool {
	switch r.tokens[cue].text {
	case "without", "no", "без":
		return true
	}
	return false
}

// clashes reports whether a negation that nothing answers stands against the other sentence. all is how many negations its
// own sentence has.
func (r *reading) clashes(d denial, other *reading, all int, isClaim bool) bool {
	affirmed := r.affirmed(d, other)
	switch {
	case d.double:
		return r.deniesDenial(d, other)
	case all%2 == 0 && len(other.denials()) == 0:
		return false // no veto without support: each veto with support
	case d.soft:
		return affirmed && d.bare && !other.negative()
	case affirmed:
		return true
	case r.contradicted(d, other) || other.negative():
		return false // did not rise: fell
	}
	return isClaim || r.whole(d)
}

// deniesDenial reports whether the other sentence says plainly what a double negation takes back: did not reject, rejected.
func (r *reading) deniesDenial(d denial, other *reading) bool {
	if r.affirmed(denial{cue: d.cue, targets: d.targets[:1]}, other) {
		return true
	}
	theirs := other.denials()
	return slices.ContainsFunc(theirs, func(e denial) bool {
		return e.soft && (r.lang != other.lang && len(theirs) == 1 || r.sameTarget(denial{targets: d.targets[1:]}, other, e))
	})
}

// negative reports whether a sentence has anything of a negation.
func (r *reading) negative() bool {
	for i := range r.tokens {
		if _, ok := r.kind(i, notConcept, nearConcept, softConcept); ok {
			return true
		}
		if m, ok := r.kind(i, actConcept, plainConcept, compareConcept); ok && m.pole == "-" {
			return true
		}
	}
	return false
}

// contradicted reports whether the other sentence has the opposite of what a negation denies, so that both say the same.
func (r *reading) contradicted(d denial, other *reading) bool {
	for _, i := range r.nearest(d) {
		for j := range other.tokens {
			if r.contrary(i, other, j) {
				return true
			}
		}
	}
	return false
}

// whole reports whether a negation governs all that its sentence says, so that nobody can repeat the sentence without it.
func (r *reading) whole(d denial) bool {
	outside := 0
	for i, t := range r.tokens {
		if t.clause != r.tokens[d.cue].clause && !t.punct && !r.isLightAt(i) {
			outside++
		}
	}
	const source = 9 // as the Council wrote in 2024
	return outside <= source
}

// contrary reports whether two tokens stand for opposite poles.
func (r *reading) contrary(i int, other *reading, j int) bool {
	for _, m := range r.tokens[i].marks {
		for _, n := range other.tokens[j].marks {
			if m.concept == n.concept && m.pole != n.pole && r.lex.concepts[m.concept].kind != doubtConcept {
				return true
			}
		}
	}
	return false
}

// doubted finds where a sentence leaves open whether it is so.
func (r *reading) doubted() (at int, ok bool) {
	for i := range r.tokens {
		if m, ok := r.kind(i, doubtConcept); ok && m.pole == "+" {
			return i, true
		}
	}
	return 0, false
}

// hedged reports whether a sentence leaves anything open.
func (r *reading) hedged() bool {
	for i := range r.tokens {
		if _, ok := r.kind(i, doubtConcept, nearConcept, softConcept); ok {
			return true
		}
	}
	return false
}
