package verify

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// polesClash reports whether a claim has the opposite of what the evidence says of the same thing, and at which token of the
// claim. Where the evidence has both poles, what stands around them decides which one is meant.
func polesClash(claim, span *reading) (at int, clash bool) {
	const most = 60 // forms that are compared; an honest sentence has a dozen
	seen := 0
	for i := range claim.tokens {
		for _, m := range claim.tokens[i].marks {
			if seen++; seen > most {
				return 0, false
			}
			if claim.opposite(i, m, span) {
				return i, true
			}
		}
	}
	return 0, false
}

// opposite reports whether the span says the opposite of token i of the claim, and of nothing else nearer to it.
func (r *reading) opposite(i int, m mark, span *reading) bool {
	kind := r.lex.concepts[m.concept].kind
	switch kind {
	case plainConcept, actConcept, orderConcept, compareConcept, flowConcept:
	default:
		return false
	}
	if r.negated(i) || r.lex.concepts[m.concept].name == "give" {
		return false
	}
	const most = 60
	least := 0 // what must stand around both
	if r.lang == span.lang {
		least = 1
	}
	same, against, where, weighed := -1, -1, 0, 0
	for j := range span.tokens {
		for _, n := range span.tokens[j].marks {
			if n.concept != m.concept && !(r.lex.quantity(m) && r.lex.quantity(n)) {
				continue
			}
			if weighed++; weighed > most {
				break
			}
			score, sign := r.weigh(i, m, span, j, n)
			switch {
			case sign > 0:
				same = max(same, score)
			case sign < 0 && score > against:
				against, where = score, j
			}
		}
	}
	if against < least || same >= 0 && (kind == orderConcept || against < same+2) {
		return false
	}
	return !r.meant(m, span, where, against) && !r.turnedTwice(i, m, span, where)
}

// weigh compares a mark of the claim with one of the span: sign is 1 when they say the same, -1 when they say the opposite,
// 0 when they have nothing to do with one another; score is how much stands around both.
func (r *reading) weigh(i int, m mark, span *reading, j int, n mark) (score, sign int) {
	kind := r.lex.concepts[m.concept].kind
	if n.concept != m.concept {
		if m.pole == n.pole {
			return r.context(i, span, j), 1 // more of it: it rose
		}
		return 0, 0
	}
	agrees := n.pole == m.pole
	switch {
	case kind == orderConcept:
		turned, ok := r.order(i, span, j)
		if !ok {
			return 0, 0
		}
		agrees = agrees != turned
	case kind == compareConcept && r.fromOtherEnd(i, span, j):
		agrees = !agrees // more in 2018 than in 2022: less in 2022 than in 2018
	case (kind == flowConcept || kind == compareConcept) && r.hasFact(i) && span.hasFact(j):
		agrees = true // compared by roles
	case span.negated(j):
		agrees = true // compared by negations
	}
	if agrees {
		return r.context(i, span, j), 1
	}
	return r.context(i, span, j), -1
}

// fromOtherEnd reports whether two comparisons hold the same two numbers against one another, each the other way round.
func (r *reading) fromOtherEnd(i int, span *reading, j int) bool {
	mine, mineRest := r.numbers(i)
	theirs, theirRest := span.numbers(j)
	return overlap(mine, theirRest) && overlap(mineRest, theirs) && !overlap(mine, theirs)
}

// numbers are those behind a word of comparison and those before it.
func (r *reading) numbers(i int) (behind, before []string) {
	const width = 12
	for j := max(0, i-width); j < min(len(r.tokens), i+width+1); j++ {
		switch t, _, _ := strings.Cut(r.tokens[j].text, "-"); { // 2022-м
		case !isNumber(t):
		case j > i:
			behind = append(behind, plainNumber(t))
		default:
			before = append(before, plainNumber(t))
		}
	}
	return behind, before
}

// meant reports whether another token of the claim says what token j of the span does, and fits it no less.
func (r *reading) meant(m mark, span *reading, j, score int) bool {
	for i := range r.tokens {
		for _, n := range r.tokens[i].marks {
			if n.concept == m.concept && n.pole != m.pole && r.context(i, span, j) >= score {
				return true
			}
		}
	}
	return false
}

// turnedTwice reports whether two opposites cancel one another: distrust grew, trust fell.
func (r *reading) turnedTwice(i int, m mark, span *reading, j int) bool {
	const width = 6
	for a := max(0, i-width); a <= i+width && a < len(r.tokens); a++ {
		for b := max(0, j-width); b <= j+width && b < len(span.tokens); b++ {
			for _, p := range r.tokens[a].marks {
				for _, q := range span.tokens[b].marks {
					if a == i && b == j {
						continue
					}
					related := p.concept == q.concept || r.lex.quantity(p) && r.lex.quantity(q)
					if related && p.pole != q.pole && r.lex.quantity(p) != r.lex.quantity(m) {
						return true
					}
				}
			}
		}
	}
	return false
}

// hasFact reports whether the sentence says between whom token i runs.
func (r *reading) hasFact(i int) bool {
	return slices.ContainsFunc(r.facts(), func(f fact) bool { return f.at == i })
}

// context is how much stands around both tokens: actors, numbers, concepts and words.
func (r *reading) context(i int, span *reading, j int) int {
	const width = 5
	score := 0
	for a := max(0, i-width); a <= i+width && a < len(r.tokens); a++ {
		if a == i {
			continue
		}
		for b := max(0, j-width); b <= j+width && b < len(span.tokens); b++ {
			if b != j && r.alike(a, span, b) {
				score++
				break
			}
		}
	}
	return score
}

// alike reports whether two tokens name the same: an actor, a number, a concept, or a word with the same stem.
func (r *reading) alike(a int, span *reading, b int) bool {
	s, t := &r.tokens[a], &span.tokens[b]
	if s.punct || t.punct {
		return false
	}
	if s.actor != "" || t.actor != "" {
		return s.actor == t.actor
	}
	for _, m := range s.marks {
		for _, n := range t.marks {
			if m == n && r.lex.hasContent(m) {
				return true
			}
		}
	}
	if s.han && t.han && len(s.marks) == 0 && a+1 < len(r.tokens) && b+1 < len(span.tokens) {
		return s.text == t.text && r.tokens[a+1].text == span.tokens[b+1].text // one character is no word
	}
	return sameStem(s.text, t.text)
}

// sameStem reports whether two words are likely forms of one: they share all but an ending.
func sameStem(a, b string) bool {
	const enough = 4
	if a == b {
		return utf8.RuneCountInString(a) >= enough || isHanStart(a) || a[0] >= '0' && a[0] <= '9'
	}
	shared := 0
	for i, r := range a {
		if !strings.HasPrefix(b[min(i, len(b)):], string(r)) {
			break
		}
		shared++
	}
	longest := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	return shared >= enough && longest-shared <= max(2, shared/2)
}

// order compares two words for before or after: by what they stand before. turned says that the two name the order from
// opposite ends; ok is false when they speak of different things.
func (r *reading) order(i int, span *reading, j int) (turned, ok bool) {
	if !r.orders(i) || !span.orders(j) {
		return false, false
	}
	mine, mineRest := r.anchored(i)
	theirs, theirRest := span.anchored(j)
	if r.shares(mine, span, theirs) {
		return false, true
	}
	if r.shares(mine, span, theirRest) && r.shares(mineRest, span, theirs) {
		return true, true
	}
	return false, false
}

// orders reports whether a word for before or after governs anything: not накануне alone, not 后 in 后苏联.
func (r *reading) orders(i int) bool {
	next := i+1 < len(r.tokens) && r.tokens[i+1].clause == r.tokens[i].clause
	if r.tokens[i].han {
		return !next || r.tokens[i+1].actor == ""
	}
	starts := i == 0 || r.tokens[i-1].clause != r.tokens[i].clause
	adverb := r.tokens[i].text == "накануне" || r.tokens[i].text == "напередодні"
	return next && (!starts || !adverb)
}

// anchored splits the tokens of a sentence into those that a word for before or after governs and the rest.
func (r *reading) anchored(i int) (governed, rest []int) {
	const width = 7
	for j := range r.tokens {
		inside := j > i && j <= i+width
		if r.tokens[i].han {
			inside = j < i && j >= i-width-4
		}
		if inside && r.tokens[j].clause == r.tokens[i].clause {
			governed = append(governed, j)
		} else if j != i {
			rest = append(rest, j)
		}
	}
	return governed, rest
}

// shares reports whether two groups of tokens have a thing in common; an actor only when neither sentence names it twice.
func (r *reading) shares(mine []int, span *reading, theirs []int) bool {
	for _, a := range mine {
		if actor := r.tokens[a].actor; actor != "" && (!r.once(actor) || !span.once(actor)) {
			continue
		}
		for _, b := range theirs {
			if r.alike(a, span, b) {
				return true
			}
		}
	}
	return false
}

// once reports whether an actor is named no more than once.
func (r *reading) once(actor string) bool {
	n := 0
	for _, a := range r.roles {
		if a.actor == actor {
			n++
		}
	}
	return n <= 1
}
