package rag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pattern of a word list is a row of words in which * stands for any beginning or ending (alone: for any word), ".." for
// a few words between, ^ for the beginning of a clause and $ for its end; "(a|b)" stands for a or b, either of which may
// be nothing. Each Chinese character is a word.
const (
	gapWords      = 4
	gapCharacters = 10
)

// lexicon holds the patterns of all word lists by the first letters of their first word.
type lexicon map[string][]pattern

type pattern struct {
	class string
	gap   int // how many words ".." covers at the most
	first *step
}

// step is one word of a pattern, and what may come after it; a step without a word is the end.
type step struct {
	word string
	next []*step
}

// firstLetters is the length of a lexicon's keys, in bytes of the first word; shorter first words are keyed whole, and
// those that may begin with anything have the key "".
const firstLetters = 4

const clauseEnd = "¶"

func (l lexicon) add(class string, gap int, source string) {
	for _, first := range compile(source) {
		if first.word != "" {
			l.index(pattern{class: class, gap: gap, first: first}, first)
		}
	}
}

func (l lexicon) index(p pattern, s *step) {
	if s.word == "^" {
		for _, next := range s.next {
			l.index(p, next)
		}
		return
	}
	key, _, _ := strings.Cut(s.word, "*")
	key = key[:min(firstLetters, len(key))]
	l[key] = append(l[key], p)
}

// compile returns the first steps of a pattern.
func compile(source string) []*step {
	after := []*step{{}}
	for source != "" {
		before, group, tail := lastGroup(source)
		after = row(tail, after)
		if group != "" {
			after = either(group, after)
		}
		source = before
	}
	return after
}

// lastGroup cuts a pattern before and after its last group. Letters that touch the group become part of its choices.
func lastGroup(s string) (before, group, after string) {
	open, shut := strings.LastIndexByte(s, '('), strings.LastIndexByte(s, ')')
	if open < 0 || shut < open {
		return "", "", s
	}
	before, group, after = s[:open], s[open+1:shut], s[shut+1:]
	prefix := before[len(strings.TrimRightFunc(before, partOfWord)):]
	suffix := after[:len(after)-len(strings.TrimLeftFunc(after, partOfWord))]
	choices := strings.Split(group, "|")
	for i, c := range choices {
		choices[i] = prefix + c + suffix
	}
	return strings.TrimSuffix(before, prefix), strings.Join(choices, "|"), strings.TrimPrefix(after, suffix)
}

// either returns the first steps of the choices of a group, each of which leads to the steps after it.
func either(group string, after []*step) []*step {
	var first []*step
	for choice := range strings.SplitSeq(group, "|") {
		first = append(first, row(choice, after)...)
	}
	return first
}

// row returns the first step of a row of words that leads to the steps after it.
func row(source string, after []*step) []*step {
	source = strings.TrimSpace(source)
	if source == "" {
		return after
	}
	w := []string{source} // the commonest row is one word
	if strings.ContainsFunc(source, func(r rune) bool { return !partOfWord(r) }) {
		w = words(source)
	}
	steps, next := make([]step, len(w)), make([]*step, len(w))
	for i := len(w) - 1; i >= 0; i-- {
		steps[i] = step{word: w[i], next: after}
		next[i] = &steps[i]
		after = next[i : i+1]
	}
	return after
}

// classes is a set of names of word lists.
type classes map[string]bool

// sentence is the words of a sentence, clauseEnd where one of its clauses ends.
type sentence []string

// classes returns the classes of which a pattern stands in the sentence.
func (s sentence) classes(l lexicon) classes {
	found := classes{}
	for at := range s {
		s.each(l, at, func(p pattern) {
			if !found[p.class] && s.match(p.first, p.gap, at) >= 0 {
				found[p.class] = true
			}
		})
	}
	return found
}

// longest returns how many words the longest pattern of the given classes covers from the given word on, and its class;
// 0 for none.
func (s sentence) longest(l lexicon, at int, among classes) (length int, class string) {
	s.each(l, at, func(p pattern) {
		if !among[p.class] {
			return
		}
		if n := s.match(p.first, p.gap, at) - at; n > length {
			length, class = n, p.class
		}
	})
	return length, class
}

// each calls f for every pattern whose first word may be the given one.
func (s sentence) each(l lexicon, at int, f func(pattern)) {
	for n := range min(firstLetters, len(s[at])) + 1 {
		for _, p := range l[s[at][:n]] {
			f(p)
		}
	}
}

// match returns where the longest match that begins at the given word ends; -1 for none.
func (s sentence) match(p *step, gap, at int) int {
	far := 0
	switch p.word {
	case "":
		return at
	case "^":
		if at > 0 && s[at-1] != clauseEnd {
			return -1
		}
	case "$":
		if at < len(s) && s[at] != clauseEnd {
			return -1
		}
	case "..":
		far = gap
	default:
		if at >= len(s) || !matchWord(p.word, s[at]) {
			return -1
		}
		at++
	}
	end := -1
	for skip := range min(far, len(s)-at) + 1 {
		for _, next := range p.next {
			end = max(end, s.match(next, gap, at+skip))
		}
	}
	return end
}

func matchWord(part, word string) bool {
	if stem, ok := strings.CutSuffix(part, "*"); ok {
		return strings.HasPrefix(word, stem) && word != clauseEnd
	}
	if ending, ok := strings.CutPrefix(part, "*"); ok {
		return strings.HasSuffix(word, ending)
	}
	return part == word
}

// words cuts a plain text into words; each Chinese character is one, and so are the signs of patterns.
func words(s string) []string {
	out := make([]string, 0, 2+len(s)/8)
	start := 0
	flush := func(end int) {
		if start < end {
			out = append(out, s[start:end])
		}
	}
	for i, r := range s {
		if partOfWord(r) {
			continue
		}
		flush(i)
		start = i + utf8.RuneLen(r)
		switch {
		case unicode.Is(unicode.Han, r), r == '^', r == '$':
			out = append(out, s[i:start])
		case strings.ContainsRune(",;:，；：、()\"«»“”「」—", r) && len(out) > 0 && out[len(out)-1] != clauseEnd:
			out = append(out, clauseEnd)
		}
	}
	flush(len(s))
	return out
}

// partOfWord reports whether a sign joins others to a word: letters but Chinese characters, digits, and signs of patterns.
func partOfWord(r rune) bool {
	switch {
	case r < unicode.MaxASCII:
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '@' || r == '*' || r == '-' || r == '.'
	case 'а' <= r && r <= 'ґ': // Cyrillic, the commonest
		return true
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
}
