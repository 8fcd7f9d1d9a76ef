package verify

import (
	"math"

	"amur/internal/text"
)

// cover says how far sentences of passages answer a claim: word by word where they are of its language, token by token where
// there is an embedder.
type cover struct {
	claim *sentence
	stems []float64 // 0 to 1: how far each word of the claim stands in the sentences
	near  []float64 // how near each of its tokens is to the nearest of theirs; nil without an embedder
	same  bool      // some sentence is of the claim's language
	from  text.Lang // of the sentence, of the best one of several
}

// coverOf measures what one sentence answers.
func coverOf(claim *sentence, own states, u *unit, st states) *cover {
	c := &cover{claim: claim, same: sameLanguage(claim.lang, u.lang), from: u.lang, stems: make([]float64, len(claim.words))}
	if own != nil && st != nil {
		c.near = own.near(st)
	}
	stems := stemsOf(u.sentence, u.heading)
	for i := range claim.words {
		c.stems[i] = wordAnswered(stems, claim.words, i)
	}
	return c
}

// stemsOf returns the stems of sentences, and the pairs of Chinese characters that stand side by side.
func stemsOf(sentences ...*sentence) map[string]bool {
	stems := map[string]bool{}
	for _, s := range sentences {
		for i, w := range s.words {
			stems[w.stem] = true
			if i > 0 && adjacentHan(s.words[i-1], w) {
				stems[s.words[i-1].folded+w.folded] = true
			}
		}
	}
	return stems
}

// wordAnswered tells how far a word stands among stems. A Chinese character counts whole beside a neighbour that stands beside it
// in the passage too, and little alone.
func wordAnswered(stems map[string]bool, words []word, i int) float64 {
	const alone = 0.4
	w := words[i]
	if !stems[w.stem] {
		return 0
	}
	if r := []rune(w.folded); len(r) != 1 || !isHan(r[0]) {
		return 1
	}
	if i > 0 && adjacentHan(words[i-1], w) && stems[words[i-1].folded+w.folded] ||
		i+1 < len(words) && adjacentHan(w, words[i+1]) && stems[w.folded+words[i+1].folded] {
		return 1
	}
	return alone
}

func adjacentHan(a, b word) bool {
	if a.End != b.Start {
		return false
	}
	return isHan([]rune(a.folded)[0]) && isHan([]rune(b.folded)[0])
}

func sameLanguage(a, b text.Lang) bool {
	simple := func(l text.Lang) text.Lang {
		if l == text.ZHHant {
			return text.ZH
		}
		return l
	}
	return simple(a) == simple(b)
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

// join takes the better of two sentences for each word and token.
func (c *cover) join(other *cover) *cover {
	out := &cover{claim: c.claim, same: c.same || other.same, from: c.from}
	out.stems = better(c.stems, other.stems)
	out.near = better(c.near, other.near)
	return out
}

func better(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range out {
		out[i] = max(a[i], b[i])
	}
	return out
}

// mean is how much of the claim is answered, 0 to 1: by the tokens where there are any, else by the words.
func (c *cover) mean() float64 {
	if len(c.near) > 0 {
		return mean(c.near)
	}
	return mean(c.words())
}

// words tells how far the words with content stand in the sentences. Values and names have checks of their own.
func (c *cover) words() []float64 {
	var out []float64
	for i, w := range c.claim.words {
		if !w.plain && !within(w.Span, c.claim) {
			out = append(out, c.stems[i])
		}
	}
	return out
}

// held is near for the tokens of each word in turn, without the marks between them. Those of values and names, which other
// checks found in the passages, count as answered; and, if stems, those of words that stand in the sentences.
func (c *cover) held(stems bool) []float64 {
	var out []float64
	for i, r := range c.claim.tokens {
		answered := within(c.claim.words[i].Span, c.claim) || stems && c.same && c.stems[i] >= 1
		for k := r.Start; k < min(r.End, len(c.near)); k++ {
			if answered {
				out = append(out, 1)
			} else {
				out = append(out, c.near[k])
			}
		}
	}
	return out
}

// wholes tells how far each word with content is answered: whole when it stands in the sentences or is part of a value or name,
// else as its tokens are.
func (c *cover) wholes() []float64 {
	var out []float64
	for i, r := range c.claim.tokens {
		switch w := c.claim.words[i]; {
		case w.plain:
		case within(w.Span, c.claim), c.stems[i] >= 1:
			out = append(out, 1)
		case r.Start < len(c.near):
			out = append(out, mean(c.near[r.Start:min(r.End, len(c.near))]))
		}
	}
	return out
}

// core is how near the words with content beside values and names are on the whole, where none of them stands in the sentences;
// else 1. It is what is left to say of two countries that nearly every passage names.
func (c *cover) core() float64 {
	var near []float64
	for i, r := range c.claim.tokens {
		switch w := c.claim.words[i]; {
		case w.plain, within(w.Span, c.claim):
		case c.stems[i] >= 1:
			return 1
		case r.Start < len(c.near):
			near = append(near, mean(c.near[r.Start:min(r.End, len(c.near))]))
		}
	}
	return mean(near)
}

// added returns the longest part of the claim that does not stand in the sentences, cut at words; empty for a few.
func (c *cover) added() string {
	const long = 3
	if !c.same {
		return ""
	}
	best, n := text.Span{}, 0
	most, end := 0, 0
	var run text.Span
	for i, w := range c.claim.words {
		switch {
		case w.plain:
			continue
		case within(w.Span, c.claim) || c.stems[i] >= 1:
			n = 0
			continue
		case n == 0:
			run.Start = w.Start
		}
		n, end = n+1, w.End
		if n > most {
			most, best = n, text.Span{Start: run.Start, End: end}
		}
	}
	if most < long {
		return ""
	}
	return best.In(c.claim.text)
}

func mean(x []float64) float64 {
	if len(x) == 0 {
		return 1
	}
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// worst is the least mean of n values in a row.
func worst(x []float64, n int) float64 {
	n = min(n, len(x))
	if n == 0 {
		return 1
	}
	least := math.Inf(1)
	for i := range len(x) - n + 1 {
		least = min(least, mean(x[i:i+n]))
	}
	return least
}

// lack is the greatest sum of what values in a row lack to level, with what others have beyond it taken off.
func lack(x []float64, level float64) float64 {
	var most, sum float64
	for _, v := range x {
		sum = max(0, sum+level-v)
		most = max(most, sum)
	}
	return most
}

// tail is the last n values.
func tail(x []float64, n int) []float64 { return x[max(0, len(x)-n):] }
