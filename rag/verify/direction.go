package verify

import (
	"fmt"
	"strings"
	"unicode"

	"amur/internal/text"
	"amur/rag/gazetteer"
)

// clashes tells where a claim turns round what its evidence says. It is safe for concurrent use.
type clashes struct {
	lexicon   *lexicon
	gazetteer *gazetteer.Gazetteer
	chinese   text.Converter
}

// newClashes reads the lists that come with the package; its error is a fault of the build.
func newClashes() (*clashes, error) {
	lexicon, err := newLexicon()
	if err != nil {
		return nil, err
	}
	countries, err := gazetteer.New()
	if err != nil {
		return nil, fmt.Errorf("clashes: %w", err)
	}
	return &clashes{lexicon: lexicon, gazetteer: countries}, nil
}

// direction reports whether a claim has more for less, to for from, or who for whom, against the part of the evidence that
// matches it best, and the words of the claim that do so.
func (c *clashes) direction(claim, span *sentence) (detail string, clash bool) {
	if claim.text == span.text {
		return "", false
	}
	a, b := c.read(claim), c.read(span)
	if at, ok := rolesClash(a, b); ok {
		return a.tokens[at].text, true
	}
	if at, ok := polesClash(a, b); ok {
		return a.tokens[at].text, true
	}
	return "", false
}

// fold makes small letters, ё to е, one apostrophe, and simplified characters.
func (c *clashes) fold(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		s = c.chinese.ToSimplified(s)
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ё', 'Ё':
			return 'е'
		case '’', 'ʼ', '‘', '`':
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
}
