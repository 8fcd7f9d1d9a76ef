package verify

import (
	"strings"

	"amur/internal/text"
)

// Embedding is nearly all the time of a check, and grows with the tokens. Of a long claim about one sentence of its own
// language only what does not stand in it is embedded, with the words around.
const (
	longClaim = 40   // tokens from which on that is done
	beside    = 2    // words on each side that go with a word
	spared    = 0.85 // how near tokens that were not embedded count as
)

// excerpt is what of a claim is embedded.
type excerpt struct {
	text  string
	words []word // their places are in text
	of    []int  // which words of the claim they are
}

// excerptOf takes from a claim the words with content that do not stand in the sentence, and those around them. ok is false for
// a claim that is to be embedded whole.
func excerptOf(claim *sentence, units []*unit) (e excerpt, ok bool) {
	if len(units) != 1 || !sameLanguage(claim.lang, units[0].lang) || len(claim.tokens) < len(claim.words) ||
		claim.tokens[len(claim.tokens)-1].End <= longClaim {
		return excerpt{}, false
	}
	stems := stemsOf(units[0].sentence, units[0].heading)
	wanted := make([]bool, len(claim.words))
	for i, w := range claim.words {
		if w.plain || within(w.Span, claim) || wordAnswered(stems, claim.words, i) >= 1 {
			continue
		}
		for k := max(0, i-beside); k <= min(i+beside, len(wanted)-1); k++ {
			wanted[k] = true
		}
	}
	var b strings.Builder
	last := -1
	for i, w := range claim.words {
		switch {
		case !wanted[i]:
			continue
		case last >= 0 && last == i-1:
			b.WriteString(claim.text[claim.words[last].End:w.Start])
		case last >= 0:
			b.WriteString(" … ")
		}
		last = i
		e.words = append(e.words, word{Span: text.Span{Start: b.Len(), End: b.Len() + w.End - w.Start}})
		e.of = append(e.of, i)
		b.WriteString(w.In(claim.text))
	}
	e.text = b.String()
	return e, true
}

// spread puts the states of an excerpt where its words stand in the claim. Tokens that were not embedded have none.
func (e excerpt) spread(st states, at []tokenRange, claim *sentence) states {
	out := make(states, claim.tokens[len(claim.tokens)-1].End)
	for k, i := range e.of {
		to, from := claim.tokens[i], at[k]
		for d := 0; to.Start+d < to.End && from.Start+d < len(st); d++ {
			out[to.Start+d] = st[from.Start+d]
		}
	}
	return out
}
