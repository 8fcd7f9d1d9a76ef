package verify

import (
	"slices"
	"strconv"
)

// rolesClash reports whether a claim has it the other way round who acts on whom, and at which token of the claim.
func rolesClash(claim, span *reading) (at int, clash bool) {
	said, known := claim.facts(), span.facts()
	for _, f := range said {
		against := false
		for _, g := range known {
			if agree(f, g) {
				against = false
				break
			}
			against = against || opposed(f, g)
		}
		if against {
			return f.at, true
		}
	}
	if at, ok := swapped(claim, span, said, known); ok {
		return at, true
	}
	return misplaced(claim, span)
}

// misplaced reports whether an actor of the claim stands where the span has another: among the same words, while the span
// tells something else of that actor.
func misplaced(claim, span *reading) (at int, clash bool) {
	const lead = 2
	if len(claim.roles) > maxFacts || len(span.roles) > maxFacts {
		return 0, false
	}
	for _, a := range claim.roles {
		if sideless(a) {
			continue
		}
		same, other := -1, -1
		for _, b := range span.roles {
			score := claim.around(a.at, span, b.at)
			switch {
			case slices.Contains(span.group(&b), a.actor) || slices.Contains(claim.group(&a), b.actor):
				same = max(same, score)
			case b.role == a.role:
				other = max(other, score)
			}
		}
		if same >= 0 && other >= same+lead || same < 0 && other > lead && claim.lang == span.lang && !span.names(a.actor) {
			return a.at, true
		}
	}
	return 0, false
}

// names reports whether a sentence names an actor.
func (r *reading) names(actor string) bool {
	return slices.ContainsFunc(r.roles, func(a actorRole) bool { return a.actor == actor })
}

// around is how many words with content stand around both tokens, in their clauses.
func (r *reading) around(i int, span *reading, j int) int {
	const width = 5
	score := 0
	for a := max(0, i-width); a <= i+width && a < len(r.tokens); a++ {
		if r.tokens[a].clause != r.tokens[i].clause || r.tokens[a].actor != "" || r.isLightAt(a) || isDay(r.tokens[a].text) {
			continue
		}
		for b := max(0, j-width); b <= j+width && b < len(span.tokens); b++ {
			if span.tokens[b].clause == span.tokens[j].clause && r.alike(a, span, b) {
				score++
				break
			}
		}
	}
	return score
}

// agree reports whether two facts of one family run the same way.
func agree(f, g fact) bool {
	if f.mark.concept != g.mark.concept && (f.kind != flowConcept || g.kind != flowConcept) {
		return false
	}
	return (overlap(f.from, g.from) && !overlap(f.from, g.to)) || (overlap(f.to, g.to) && !overlap(f.to, g.from))
}

// opposed reports whether two facts of one concept run against one another.
func opposed(f, g fact) bool {
	if f.mark.concept != g.mark.concept || f.kind == actConcept && f.mark.pole != g.mark.pole {
		return false
	}
	if f.mark.concept == g.mark.concept && f.kind == flowConcept && f.mark.pole != g.mark.pole && (partial(f) || partial(g)) && f.weak {
		return false
	}
	if f.kind != flowConcept && (len(f.from) == 0 || len(f.to) == 0 || len(g.from) == 0 || len(g.to) == 0) {
		return false
	}
	return turned(f.from, g.to, f.to, g.from) || turned(f.to, g.from, f.from, g.to)
}

// partial reports whether a fact lacks a side.
func partial(f fact) bool { return len(f.from) == 0 || len(f.to) == 0 }

// turned reports whether one side of a fact stands on the other side of the other fact, and nothing else speaks for either.
func turned(a, b, otherA, otherB []string) bool {
	return overlap(a, b) && (overlap(otherA, otherB) || len(otherA) == 0 || len(otherB) == 0)
}

// swapped reports whether two actors have exchanged their places in the grammar, whatever it is that they do.
func swapped(claim, span *reading, said, known []fact) (at int, clash bool) {
	for _, f := range said {
		for _, g := range known {
			if agree(f, g) {
				return 0, false
			}
		}
	}
	const enough = 12
	if len(claim.roles) > enough || len(span.roles) > enough {
		return 0, false
	}
	for i, a := range claim.roles {
		for _, b := range claim.roles[i+1:] {
			if a.actor == b.actor || a.group == b.group || a.role == b.role || sideless(a) || sideless(b) {
				continue
			}
			if claim.only(a) && claim.only(b) && span.has(a.actor, b.role) && span.has(b.actor, a.role) &&
				!span.has(a.actor, a.role) && !span.has(b.actor, b.role) {
				return a.at, true
			}
		}
	}
	return 0, false
}

// sideless reports whether an actor is only near what happens: it is beside somebody, or the place.
func sideless(a actorRole) bool { return a.role == asBeside || a.role == asPlace }

// only reports whether an actor is named once.
func (r *reading) only(a actorRole) bool {
	n := 0
	for _, b := range r.roles {
		if b.actor == a.actor {
			n++
		}
	}
	return n == 1
}

// has reports whether an actor stands in a role.
func (r *reading) has(actor string, want role) bool {
	return slices.ContainsFunc(r.roles, func(a actorRole) bool { return a.actor == actor && a.role == want })
}

// isDay tells a number that may be part of a date, which stands beside anybody.
func isDay(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && (n <= 31 || n >= 1800 && n <= 2100)
}
