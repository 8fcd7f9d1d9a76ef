package verify

import "amur/internal/text"

// What follows was fitted on pairs written by hand (docs/adr/0006-verification.md): logistic regression on how well the words and
// tokens of a claim are answered, the least of them above all. A claim of which most is answered and one part is not has an
// addition; one of which little is answered cites the wrong passage.

// Of the mean a claim needs at least this: below it the passage speaks of something else.
const (
	floorSame  = 0.56 // tokens, passages in the claim's language
	floorBare  = 0.70 // the same for a claim that shares no word, value or name with them
	floorWords = 0.12 // words, where there are no tokens
	floorCore  = 0.45 // of what a claim says of its names and values

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
	case c.same && c.core() < floorCore:
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
	case c.same && len(c.claim.values)+len(c.claim.names) == 0 && mean(c.words()) < floorWords:
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
		return across{0.36, 2.14}
	case isChinese(claim):
		return across{0.40, 1.72}
	}
	return across{0.44, 1.12}
}

func isChinese(l text.Lang) bool { return l == text.ZH || l == text.ZHHant }

// weigh is above zero for a claim no part of which lacks an answer. A rewording is answered about as well everywhere; an
// addition is a part that lacks an answer within a claim that on the whole has one, so that the whole counts against it.
func (c *cover) weigh() float64 {
	held := c.held(false)
	switch {
	case !c.same:
		return acrossOf(c.claim.lang, c.from).offset - 4.90*min(lack(held, 0.4), 4) + 1.51*mean(tail(held, 6))
	case len(c.near) == 0:
		return 1.24 + byWords(c.words())
	}
	var missing float64
	for _, x := range c.words() {
		missing += 1 - x
	}
	return c.offset() - 10.56*mean(held) + 4.46*worst(held, 9) + 4.14*worst(c.held(true), 5) + 10.42*worst(c.wholes(), 4) + 0.78*min(missing, 8)
}

// byWords weighs the words alone.
func byWords(x []float64) float64 {
	var lost float64
	for _, v := range x {
		lost += 1 - v
	}
	return -3.13*mean(x) + 0.54*min(lost, 8) - 0.21*worst(x, 3) - 1.43*min(lack(x, 0.5), 4) + 3.47*mean(tail(x, 3))
}

// offset differs by language, so that true paraphrases are dropped as seldom in each.
func (c *cover) offset() float64 {
	switch c.claim.lang {
	case text.RU, text.UK:
		return -5.82
	case text.ZH, text.ZHHant:
		return -5.46
	}
	return -5.70
}
