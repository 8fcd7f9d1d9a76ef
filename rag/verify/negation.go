package verify

import (
	"slices"
	"strings"
)

// negation reports whether one of claim and span says that something is so and the other that it is not, and the words of
// the claim or the span where it shows. Each negation of one looks for its answer in the other: a negation of the same, an
// opposite, or any that nothing else answers. What stays without one clashes when the other affirms the very thing; whether
// the other speaks of it at all is for the check of support.
func (c *clashes) negation(claim, span *sentence) (detail string, clash bool) {
	if claim.text == span.text {
		return "", false
	}
	a, b := c.read(claim), c.read(span)
	mine, theirs := a.denials(), b.denials()
	answered, theirsAnswered := settle(a, b, mine, theirs)
	for i, d := range mine {
		if !answered[i] && a.clashes(d, b) {
			return a.phrase(d.cue), true
		}
	}
	for i, d := range theirs {
		if !theirsAnswered[i] && b.clashes(d, a) {
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
	refuted := make([]bool, len(mine)) // the very word that is denied is affirmed
	for i, d := range mine {
		refuted[i] = !d.soft && a.affirms(d, b)
		for j, e := range theirs {
			if d.double == e.double && (!refuted[i] || e.soft || a.sameFirst(d, b, e)) && a.sameTarget(d, b, e) {
				answered[i], theirsAnswered[j] = true, true
			}
		}
	}
	affirmed, theirsAffirmed := a.allAffirmed(mine, b), b.allAffirmed(theirs, a)
	for i, d := range mine {
		for j, e := range theirs {
			if !answered[i] && !theirsAnswered[j] && mayAnswer(d, e, affirmed[i], theirsAffirmed[j]) {
				answered[i], theirsAnswered[j] = true, true
			}
		}
	}
	return answered, theirsAnswered
}

// allAffirmed tells of each negation whether the other sentence says plainly what it denies.
func (r *reading) allAffirmed(denials []denial, other *reading) []bool {
	out := make([]bool, len(denials))
	for i, d := range denials {
		out[i] = r.affirmed(d, other)
	}
	return out
}

// mayAnswer reports whether two negations of different words may say the same; affirmed and theirs tell whether the other
// sentence says plainly what each of them denies.
func mayAnswer(d, e denial, affirmed, theirs bool) bool {
	if d.double != e.double {
		return false
	}
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
			if (x < r.lead(d) || y < other.lead(e)) && r.alike(i, other, j) {
				return true
			}
		}
	}
	return false
}

// sameFirst reports whether two negations deny the same word first.
func (r *reading) sameFirst(d denial, other *reading, e denial) bool {
	return len(d.targets) > 0 && len(e.targets) > 0 && r.alike(d.targets[0], other, e.targets[0])
}

// lead is how many of the words behind a cue it may be that it denies: one, but in Chinese the object may stand before the
// verb.
func (r *reading) lead(d denial) int {
	if r.tokens[d.cue].han {
		return 3
	}
	return 1
}

// affirmed reports whether the other sentence says plainly what a negation denies, and not its opposite.
func (r *reading) affirmed(d denial, other *reading) bool {
	same, opposite := -1, -1
	for rank, i := range r.nearest(d) {
		for j := range other.tokens {
			switch {
			case r.contrary(i, other, j) && other.underDenial(j):
				same = max(same, r.context(i, other, j))
			case r.contrary(i, other, j):
				opposite = max(opposite, r.context(i, other, j))
			case rank > 0 && other.softened(j) || r.mutual(i, other, j):
			case (r.alike(i, other, j) || r.sameTrend(i, other, j)) && !other.underDenial(j):
				same = max(same, r.context(i, other, j))
			}
		}
	}
	return same >= 0 && same >= opposite
}

// affirms reports whether the other sentence says the very word that a negation denies.
func (r *reading) affirms(d denial, other *reading) bool {
	return len(d.targets) > 0 && r.affirmed(denial{cue: d.cue, targets: d.targets[:1]}, other)
}

// softened reports whether something in the clause of a token says nearly no.
func (r *reading) softened(j int) bool {
	for i := range r.tokens {
		if r.tokens[i].clause == r.tokens[j].clause {
			if _, ok := r.kind(i, nearConcept, softConcept, contrastConcept); ok {
				return true
			}
		}
	}
	return false
}

// mutual reports whether two tokens share no more than a concept as wide as cooperation.
func (r *reading) mutual(i int, other *reading, j int) bool {
	_, mine := r.kind(i, equalConcept)
	_, theirs := other.kind(j, equalConcept)
	return mine && theirs && len(r.tokens[i].marks) == 1 && !sameStem(r.tokens[i].text, other.tokens[j].text)
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
		return e.cue != j && slices.Contains(e.targets, j) || e.cue != j && !r.partial(e.cue) && r.tokens[e.cue].clause == r.tokens[j].clause
	})
}

// partial tells cues that deny only what follows: without, no.
func (r *reading) partial(cue int) bool {
	switch r.tokens[cue].text {
	case "without", "без":
		return true
	}
	return false
}

// clashes reports whether a negation that nothing answers stands against what the other sentence affirms.
func (r *reading) clashes(d denial, other *reading) bool {
	affirmed := r.affirmed(d, other)
	switch {
	case d.double:
		return r.deniesDenial(d, other)
	case d.aside:
		return r.setAside(d, other)
	case len(other.denials()) == 0 && r.takenBack(d):
		return false // no veto without support: each veto with support
	case d.soft:
		return affirmed && d.bare && !r.echoed(d, other)
	}
	return affirmed
}

// deniesDenial reports whether the other sentence says plainly what a double negation takes back: did not reject, rejected.
func (r *reading) deniesDenial(d denial, other *reading) bool {
	if r.affirms(d, other) {
		return true
	}
	theirs := other.denials()
	return slices.ContainsFunc(theirs, func(e denial) bool {
		return e.soft && (r.lang != other.lang && len(theirs) == 1 || r.sameTarget(denial{targets: d.targets[1:]}, other, e))
	})
}

// setAside reports whether the other sentence says what this one sets aside; where it is set aside only in passing, whether the
// other sets aside something in turn.
func (r *reading) setAside(d denial, other *reading) bool {
	if len(d.targets) == 0 || d.targets[0] < d.cue || !r.affirms(d, other) {
		return false
	}
	_, passing := r.kind(d.cue, contrastConcept)
	return !passing || len(other.denials()) > 0
}

// takenBack reports whether another negation of the sentence, such as without or lacked, turns this one into its contrary.
func (r *reading) takenBack(d denial) bool {
	for _, e := range r.denials() {
		if e.cue != d.cue && (e.soft || r.partial(e.cue) || d.soft || r.partial(d.cue)) {
			return true
		}
	}
	return false
}

// echoed reports whether the other sentence has anything of a negation, beside the very word that is denied.
func (r *reading) echoed(d denial, other *reading) bool {
	for j := range other.tokens {
		if len(d.targets) > 0 && r.alike(d.targets[0], other, j) {
			continue
		}
		if _, ok := other.kind(j, notConcept, nearConcept, softConcept, contrastConcept); ok {
			return true
		}
		if m, ok := other.kind(j, actConcept, plainConcept, compareConcept); ok && m.pole == "-" {
			return true
		}
	}
	return false
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
