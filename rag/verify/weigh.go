package verify

import "amur/internal/text"

// What follows was fitted on pairs written by hand (docs/adr/0006-verification.md): logistic regression on how well the words and
// tokens of a claim are answered, the least of them above all. A claim of which most is answered and one part is not has an
// addition; one of which little is answered cites the wrong passage.

// Of the mean a claim needs at least this: below it the passage speaks of something else.
const (
	floorSame  = 0.57 // tokens, passages in the claim's language
	floorBare  = 0.70 // the same for a claim that shares no word, value or name with them
	floorWords = 0.12 // words, where there are no tokens

	anchors = 2 // values and names that a claim needs where its words cannot be compared
)

// reason is why the claim is not answered well enough; zero when it is.
func (c *cover) reason() Reason {
	switch {
	case len(c.near) == 0 && !c.same:
		if len(c.claim.values)+len(c.claim.names) < anchors {
			return Reason{Kind: Support}
		}
		return Reason{}
	case c.mean() < c.floor():
		return Reason{Kind: Support}
	case c.weigh() < 0:
		return Reason{Addition, c.added()}
	}
	return Reason{}
}

func (c *cover) floor() float64 {
	switch {
	case len(c.near) == 0 && len(c.claim.values)+len(c.claim.names) >= anchors:
		return 0
	case len(c.near) == 0:
		return floorWords
	case c.same && len(c.claim.values)+len(c.claim.names) == 0 && mean(c.words) < floorWords:
		return floorBare
	case c.same:
		return floorSame
	}
	return acrossOf(c.claim.lang, c.from).floor
}

// across says what is asked of a claim in another language than its passage. Between Chinese and the others tokens meet less
// well, and least where the passage is the Chinese one, whose tokens each say more.
type across struct {
	floor, offset float64
}

func acrossOf(claim, passage text.Lang) across {
	switch {
	case isChinese(passage):
		return across{0.38, -5.5}
	case isChinese(claim):
		return across{0.45, -6.3}
	}
	return across{0.48, -7.45}
}

func isChinese(l text.Lang) bool { return l == text.ZH || l == text.ZHHant }

// weigh is above zero for a claim no part of which lacks an answer.
func (c *cover) weigh() float64 {
	switch {
	case !c.same:
		return acrossOf(c.claim.lang, c.from).offset + 7.31*worst(c.near, 5) - 1.05*min(lack(c.near, 0.4), 4) + 9.38*mean(tail(c.near, 6))
	case len(c.near) == 0:
		return 1.24 + c.byWords(-3.13, 0.54, -0.21, -1.43, 3.47)
	}
	x := c.near
	tokens := -5.91*mean(x) + 4.83*worst(x, 5) + 3.08*worst(x, 9) - 4.53*min(lack(x, 0.4), 4) + 7.35*mean(tail(x, 6))
	return c.offset() + tokens + c.byWords(-3.15, 0.38, -0.77, -1.21, 2.03)
}

// byWords adds up how the words are answered.
func (c *cover) byWords(share, missing, least, gap, end float64) float64 {
	var lost float64
	for _, x := range c.words {
		lost += 1 - x
	}
	return share*mean(c.words) + missing*min(lost, 8) + least*worst(c.words, 3) + gap*min(lack(c.words, 0.5), 4) + end*mean(tail(c.words, 3))
}

// offset differs by language, so that true paraphrases are dropped as seldom in each: tokens of Chinese are more alike than
// those of Russian.
func (c *cover) offset() float64 {
	switch c.claim.lang {
	case text.RU, text.UK:
		return -1.75
	case text.ZH, text.ZHHant:
		return -3.35
	}
	return -2.62
}
