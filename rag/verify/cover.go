package verify

import (
	"strings"

	"amur/internal/text"
)

const (
	enough = 0.35 // of the weight of a claim's words must be answered
	run    = 3    // so many unanswered words in a row are an addition
)

// cover says which words of a claim the passages answer.
type cover struct {
	claim    *sentence
	words    []word // with content
	answered []bool
}

func newCover(claim *sentence, passages, headings []*sentence) *cover {
	stems := map[string]bool{}
	for _, s := range append(passages[:len(passages):len(passages)], headings...) {
		for _, w := range s.words {
			stems[w.stem] = true
		}
	}
	c := &cover{claim: claim}
	for _, w := range claim.words {
		if w.plain {
			continue
		}
		c.words = append(c.words, w)
		c.answered = append(c.answered, stems[w.stem] || within(w.Span, claim))
	}
	return c
}

// within tells whether a word is part of a value or a name, which have checks of their own.
func within(w text.Span, s *sentence) bool {
	for _, v := range s.values {
		if v.Start <= w.Start && w.End <= v.End {
			return true
		}
	}
	for _, m := range s.names {
		if m.Start <= w.Start && w.End <= m.End {
			return true
		}
	}
	return false
}

// support is the share of the claim's words that are answered; 1 for a claim without words.
func (c *cover) support() float64 {
	n := 0
	for _, a := range c.answered {
		if a {
			n++
		}
	}
	if n == len(c.answered) {
		return 1
	}
	return float64(n) / float64(len(c.answered))
}

// addition returns the longest run of words that nothing answers.
func (c *cover) addition() (string, bool) {
	for i := 0; i < len(c.words); i++ {
		j := i
		for j < len(c.words) && !c.answered[j] {
			j++
		}
		if j-i >= run {
			return strings.TrimSpace(c.claim.text[c.words[i].Start:c.words[j-1].End]), true
		}
		i = j
	}
	return "", false
}
