package verify

import "amur/internal/text"

// Clashes opens the checks for negation and direction to tests.
type Clashes struct{ c *clashes }

// NewClashes is newClashes.
func NewClashes() (*Clashes, error) {
	c, err := newClashes()
	return &Clashes{c}, err
}

// Negation is clashes.negation on two texts.
func (c *Clashes) Negation(claim, span string) (string, bool) {
	return c.c.negation(plainSentence(claim), plainSentence(span))
}

// Direction is clashes.direction on two texts.
func (c *Clashes) Direction(claim, span string) (string, bool) {
	return c.c.direction(plainSentence(claim), plainSentence(span))
}

func plainSentence(s string) *sentence {
	return &sentence{text: s, lang: text.Detect(s, "")}
}
