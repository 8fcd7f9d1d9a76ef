package verify

import (
	"slices"

	"amur/internal/text"
)

// sentence is a text taken apart once, for all checks.
type sentence struct {
	text   string
	lang   text.Lang
	words  []word
	values []text.Value
	names  []mention
	tokens []tokenRange // of each word, once it was embedded
}

// tokenRange is the tokens of a word, from Start up to End. Where one token reaches over several words, it is of each of them.
type tokenRange struct{ Start, End int }

// word is a word of a sentence. In Chinese it is what the segmentation gives; each checker may look at the text itself.
type word struct {
	text.Span

	folded string // lower case, NFKC, ё as е, simplified Chinese
	stem   string // what inflected forms share
	plain  bool   // a function word: carries no content of its own
}

// mention is a proper name in a sentence.
type mention struct {
	text.Span

	key      string // the same for all names of one thing, in every language
	known    bool   // stands in the glossary or another list
	needless bool   // only describes: a claim may have it though its evidence has not
}

// wordsWithin returns the words before a place.
func (s *sentence) wordsWithin(end int) []word {
	n, _ := slices.BinarySearchFunc(s.words, end, func(w word, end int) int { return w.End - end - 1 })
	return s.words[:n]
}
