package verify

import (
	"slices"
	"strings"

	"amur/internal/text"
)

// misplaced returns a value of the claim that the passage has, but of something else: the words around it stand in the passage
// around another value of its kind ("exports of 8 billion" where 8 billion are the imports). Words are compared within a
// language; across languages names and other values alone tell.
func (c *Checker) misplaced(claim *sentence, u *unit) (text.Value, bool) {
	if len(u.have) > maxPlaces || len(claim.values) > maxPlaces {
		return text.Value{}, false
	}
	for _, v := range claim.values {
		if v.Small() && v.Kind != text.Ordinal {
			continue
		}
		own, rivals := places(seen{v, claim}, u)
		if len(own) != 1 || len(rivals) == 0 {
			continue
		}
		around := c.anchors(claim, v, u.sentence)
		for _, r := range rivals {
			level := -decisive
			if r.said {
				if !sameLanguage(claim.lang, u.lang) || apart(u.sentence, own[0].Span, r.Span) < reachable {
					continue
				}
				level = -swapping
			}
			if votes(around, own[0].Value, r.Value, u.sentence) < level {
				return v, true
			}
		}
	}
	return text.Value{}, false
}

// borrowed returns a value of the claim that only another sentence has than the one that says all the rest, which has a value of
// that kind itself: the claim put one for the other. more is how much of the claim the other sentences answer besides.
func borrowed(claim *sentence, best *unit, more float64) (text.Value, bool) {
	const nothing = 0.03 // of the claim: the value's own tokens
	if more > nothing {
		return text.Value{}, false
	}
	for _, v := range claim.values {
		own, rivals := places(seen{v, claim}, best)
		if len(own) > 0 || v.Small() || composed(v, best.have) {
			continue
		}
		for _, r := range rivals {
			if !r.said {
				return v, true
			}
		}
	}
	return text.Value{}, false
}

const (
	maxPlaces = 24  // values of a sentence among which one may be misplaced
	reachable = 5   // words from a value within which others say what it is of
	decisive  = 0.6 // what votes for another value must outweigh those for this one by
	swapping  = 1.2 // the same where the claim has the other value too
)

// place is a value of a passage, and whether the claim says it too.
type place struct {
	text.Value

	said bool
}

// places parts the values of a sentence into those that say v and those of its kind that do not.
func places(v seen, u *unit) (own, rivals []place) {
	for _, h := range u.have[:min(len(u.have), maxPlaces)] {
		switch {
		case answered(v, []seen{h}):
			own = append(own, place{h.Value, true})
		case isDated(h.Value) && isDated(v.Value), h.Kind == v.Kind && h.Unit == v.Unit:
			said := slices.ContainsFunc(v.in.values, func(o text.Value) bool { return answered(seen{o, v.in}, []seen{h}) })
			rivals = append(rivals, place{h.Value, said})
		}
	}
	return own, rivals
}

// anchor is something near a value of the claim that stands in the passage too.
type anchor struct {
	weight float64
	at     []text.Span // in the passage
}

// anchors finds what stands near v in the claim and also in the passage.
func (c *Checker) anchors(claim *sentence, v text.Value, passage *sentence) []anchor {
	var out []anchor
	add := func(at text.Span, weight float64, where []text.Span) {
		if d := apart(claim, v.Span, at); d <= reachable && len(where) > 0 {
			out = append(out, anchor{weight / float64(1+d), where})
		}
	}
	for _, other := range claim.values {
		if other.Span == v.Span {
			continue
		}
		var where []text.Span
		for _, h := range passage.values {
			if says(h, other) {
				where = append(where, h.Span)
			}
		}
		add(other.Span, 1, where)
	}
	for _, m := range claim.names {
		var where []text.Span
		for _, n := range passage.names {
			if c.parser.namer.same(m, n) {
				where = append(where, n.Span)
			}
		}
		add(m.Span, 1, where)
	}
	if !sameLanguage(claim.lang, passage.lang) {
		return out
	}
	for i, w := range claim.words {
		if w.plain || within(w.Span, claim) {
			continue
		}
		var where []text.Span
		for j, p := range passage.words {
			if p.stem == w.stem && (!isHan([]rune(w.folded)[0]) || sameNeighbour(claim.words, i, passage.words, j)) && !within(p.Span, passage) {
				where = append(where, p.Span)
			}
		}
		add(w.Span, 1, where)
	}
	return out
}

// sameNeighbour tells whether two Chinese characters stand beside the same other one.
func sameNeighbour(a []word, i int, b []word, j int) bool {
	return i > 0 && j > 0 && a[i-1].folded == b[j-1].folded || i+1 < len(a) && j+1 < len(b) && a[i+1].folded == b[j+1].folded
}

// votes weighs the anchors: above zero for those that stand nearer to own, below for those nearer to rival.
func votes(around []anchor, own, rival text.Value, passage *sentence) float64 {
	var sum float64
	for _, a := range around {
		mine, other := nearest(passage, own, a.at), nearest(passage, rival, a.at)
		switch {
		case mine+1 < other:
			sum += a.weight
		case other+1 < mine:
			sum -= a.weight
		}
	}
	return sum
}

// nearest is how far a value stands from the nearest of some places. The date that begins a sentence is near to all of it.
func nearest(s *sentence, v text.Value, at []text.Span) int {
	const frame, few = 2, 2
	least := len(s.words) + 1
	for _, p := range at {
		least = min(least, apart(s, v.Span, p))
	}
	if before, _ := slices.BinarySearchFunc(s.words, v.Start, func(w word, at int) int { return w.Start - at }); isDated(v) && before < few {
		least = min(least, frame)
	}
	return least
}

// apart counts the words between two places of a sentence; the end of a clause counts for three.
func apart(s *sentence, a, b text.Span) int {
	if a.Start > b.Start {
		a, b = b, a
	}
	if a.End >= b.Start {
		return 0
	}
	n := 0
	from, _ := slices.BinarySearchFunc(s.words, a.End, func(w word, at int) int { return w.Start - at })
	for _, w := range s.words[from:] {
		if w.Start >= b.Start {
			break
		}
		if !w.plain {
			n++
		}
	}
	return n + 3*len(strings.FieldsFunc(s.text[a.End:b.Start], func(r rune) bool { return !strings.ContainsRune(",;，；、:：—–", r) }))
}
