package factcheck

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// covers tells whether each clause of a claim shares something with the passage, and whether what it counts is what the passage counts.
// Across languages words cannot be compared, and it says yes.
func (c *Checker) covers(one claim, r reading) bool {
	if one.lang != r.hit.Passage.Lang {
		return true
	}
	const (
		fewest = 2    // words of a clause that says something of its own
		copied = 0.88 // support of what is nearly the passage's own wording: a word that is new in it was put there for another
	)
	whole := c.cues.fold(r.hit.Passage.Text)
	have := contents(whole+" "+c.cues.fold(r.hit.Passage.Heading), one.lang)
	for _, v := range one.values {
		if v.Kind != text.Number || v.Number == "1" || v.Number == "2" {
			continue
		}
		if w := c.counted(one.text[v.End:], one.lang); w != "" && !shares(have, w) && !strings.Contains(whole, w) {
			return false
		}
	}
	fresh := slices.DeleteFunc(contents(c.bareWords(one), one.lang), func(w string) bool { return shares(have, w) })
	if r.verdict.Support >= copied && weight(fresh) > 0 {
		return false
	}
	for _, clause := range parts(one.folded) {
		words := contents(clause, one.lang)
		if weight(words) >= fewest && !slices.ContainsFunc(words, func(w string) bool { return shares(have, w) }) && !c.speaks(clause, one, r) {
			return false
		}
	}
	return true
}

// bareWords is the folded text of a claim without its values and names.
func (c *Checker) bareWords(one claim) string {
	words := []byte(one.text)
	blank := func(at text.Span) {
		for i := at.Start; i < at.End; i++ {
			words[i] = ' '
		}
	}
	for _, m := range c.check.Mentions(one.text, one.lang) {
		blank(m.Span)
	}
	for _, v := range one.values {
		blank(v.Span)
	}
	return c.cues.fold(string(words))
}

// weight counts words; two Chinese characters are one.
func weight(words []string) int {
	n := 0
	for _, w := range words {
		n += 2
		if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Han, r) {
			n--
		}
	}
	return n / 2
}

// speaks tells whether a clause has a name or a value of the passage, in whatever form.
func (c *Checker) speaks(clause string, one claim, r reading) bool {
	for _, v := range values(clause, one.lang) {
		if slices.ContainsFunc(r.values, v.Equal) || slices.ContainsFunc(r.told, v.Equal) {
			return true
		}
	}
	theirs := c.check.Mentions(r.hit.Passage.Text, r.hit.Passage.Lang)
	for _, m := range c.check.Mentions(clause, one.lang) {
		for _, t := range theirs {
			if c.check.SameName(m, t) {
				return true
			}
		}
	}
	return false
}

// counted is the word right behind a number, if it has content; in Chinese its first character.
func (c *Checker) counted(after string, lang text.Lang) string {
	const reach = 40 // bytes
	for end := min(len(after), reach); end > 0; end-- {
		if end == len(after) || utf8.RuneStart(after[end]) {
			after = after[:end]
			break
		}
	}
	after = strings.TrimLeft(after, " ")
	first, size := utf8.DecodeRuneInString(after)
	switch {
	case !unicode.IsLetter(first):
		return ""
	case unicode.Is(unicode.Han, first):
		return after[:size]
	}
	word := text.Words(c.cues.fold(after))[0]
	if text.FunctionWord(word, lang) {
		return ""
	}
	return word
}

// parts cuts a sentence into clauses.
func parts(folded string) []string {
	out := []string{folded}
	for _, cut := range []string{",", "，", ";", "；", ":", "：", " — ", " – ", " and ", " but ", " и ", " но ", " а ", " та ", " і ", " але ", "、", "并", "但"} {
		var next []string
		for _, part := range out {
			next = append(next, strings.Split(part, cut)...)
		}
		out = next
	}
	return out
}

// contents are the words of a folded text that carry content; in Chinese its characters.
func contents(folded string, lang text.Lang) []string {
	var out []string
	for _, w := range text.Words(folded) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsDigit(r) && !text.FunctionWord(w, lang) && (utf8.RuneCountInString(w) > 2 || unicode.Is(unicode.Han, r)) {
			out = append(out, w)
		}
	}
	return out
}

// shares tells whether a word stands among others, in this or another form: the beginning is the same.
func shares(have []string, w string) bool {
	return slices.ContainsFunc(have, func(h string) bool { return alike(h, w) })
}

func alike(a, b string) bool {
	const least, part = 4, 0.45 // letters that must be the same, and their share of the shorter word
	if a == b {
		return true
	}
	n, short := 0, min(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	x, y := []rune(a), []rune(b)
	for n < short && x[n] == y[n] {
		n++
	}
	return n >= least && float64(n) >= part*float64(short)
}
