package verify

import (
	"math"

	"amur/internal/text"
)

// cover says how far sentences of passages answer a claim: word by word where they are of its language, token by token where
// there is an embedder.
type cover struct {
	claim *sentence
	atoms []text.Span // of the claim: its words with content, in Chinese its characters
	words []float64   // 0 to 1: how far each atom is answered
	near  []float64   // the same for its tokens; nil without an embedder
	same  bool        // some sentence is of the claim's language
	from  text.Lang   // of the sentence, of the best one of several
}

// coverOf measures what one sentence answers.
func coverOf(claim *sentence, own states, u *unit, st states) *cover {
	c := &cover{claim: claim, same: sameLanguage(claim.lang, u.lang), from: u.lang}
	if own != nil && st != nil {
		c.near = own.near(st)
	}
	stems := map[string]bool{}
	for _, s := range []*sentence{u.sentence, u.heading} {
		for i, w := range s.words {
			stems[w.stem] = true
			if i > 0 && adjacentHan(s.words[i-1], w) {
				stems[s.words[i-1].folded+w.folded] = true
			}
		}
	}
	for i, w := range claim.words {
		if w.plain || within(w.Span, claim) {
			continue
		}
		c.atoms = append(c.atoms, w.Span)
		c.words = append(c.words, wordAnswered(stems, claim.words, i))
	}
	return c
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
	out := &cover{claim: c.claim, atoms: c.atoms, same: c.same || other.same, from: c.from}
	out.words = make([]float64, len(c.words))
	for i := range out.words {
		out.words[i] = max(c.words[i], other.words[i])
	}
	out.near = make([]float64, len(c.near))
	for i := range out.near {
		out.near[i] = max(c.near[i], other.near[i])
	}
	return out
}

// mean is how much of the claim is answered, 0 to 1: by the tokens where there are any, else by the words.
func (c *cover) mean() float64 {
	if len(c.near) > 0 {
		return mean(c.near)
	}
	return mean(c.words)
}

// added returns the part of the claim that is answered least, cut at words.
func (c *cover) added() string {
	const long = 3
	best, from, to := 0, 0, 0
	for i := 0; i < len(c.words); i++ {
		j := i
		for j < len(c.words) && c.words[j] < 1 {
			j++
		}
		if j-i > best {
			best, from, to = j-i, i, j-1
		}
		i = j
	}
	if c.same && best >= long {
		return c.claim.text[c.atoms[from].Start:c.atoms[to].End]
	}
	return ""
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
