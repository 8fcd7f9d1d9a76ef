package verify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"amur/internal/text"
)

// findKnown finds the names of the lists and the countries, by offsets of the folded text: from left to right the longest.
func (n *namer) findKnown(f *folded) []mention {
	countries := n.countries.Mentions(f.text)
	var out []mention
	end, next, at := 0, 0, 0 // of the last name; of countries; of f.words
	for i := 0; i < len(f.text); {
		r, size := utf8.DecodeRuneInString(f.text[i:])
		if i < end {
			i += size
			continue
		}
		for at < len(f.words) && f.words[at].Start < i {
			at++
		}
		var best mention
		if at < len(f.words) && f.words[at].Start == i {
			best = n.aliasAt(f, at)
		}
		if isHan(r) || best.End == 0 && at < len(f.words) && f.words[at].Start == i {
			if m := n.hanAt(f, i, r); m.End > best.End {
				best = m
			}
		}
		for next < len(countries) && countries[next].Start < i {
			next++
		}
		if next < len(countries) && countries[next].Start == i && countries[next].End > best.End && n.isCountry(f, countries[next].Span) {
			best = mention{Span: countries[next].Span, key: countries[next].Country, known: true}
		}
		if key := moneySign(r); best.End == 0 && key != "" {
			best = mention{Span: text.Span{Start: i, End: i + size}, key: key, known: true, needless: true}
		}
		if best.End > i {
			out = append(out, best)
			end = best.End
		}
		i += size
	}
	return out
}

// isCountry tells the country from the pronoun "us", and names from words that are spelled like them.
func (n *namer) isCountry(f *folded, p text.Span) bool {
	if p.In(f.text) != "us" {
		return true
	}
	return f.upper(p.Start) && f.upper(p.Start+1)
}

// aliasAt gives the longest name in letters that begins with a word.
func (n *namer) aliasAt(f *folded, at int) mention {
	for _, a := range n.list.aliases[f.words[at].form] {
		end, ok := a.matches(f, at)
		if ok {
			return mention{Span: text.Span{Start: f.words[at].Start, End: end}, key: a.key, known: true, needless: a.needless}
		}
	}
	return mention{}
}

// matches tells whether the words from at on are the alias, and where it ends.
func (a *alias) matches(f *folded, at int) (int, bool) {
	if at+len(a.words) > len(f.words) {
		return 0, false
	}
	for i, w := range a.words {
		has := f.words[at+i]
		if w.shouted && !has.shouted && !single(has) || w.capital && !has.capital || !slices.Contains(w.forms, has.form) {
			return 0, false
		}
		if i > 0 && !joint(f.text[f.words[at+i-1].End:has.Start]) {
			return 0, false
		}
	}
	if a.quoted && !afterQuote(f.text[:f.words[at].Start]) {
		return 0, false
	}
	return f.words[at+len(a.words)-1].End, true
}

// single tells a letter alone, which cannot be shouted.
func single(w nameWord) bool { return utf8.RuneCountInString(w.form) == 1 }

// joint tells whether words with this between them may belong to one name.
func joint(between string) bool {
	const most = 6
	between = strings.TrimPrefix(between, "'s")
	return len(between) <= most && !strings.ContainsFunc(between, func(r rune) bool { return !strings.ContainsRune(" \u00a0-.,'/&\"«»“”", r) })
}

// tight is joint without the marks that end one name of a list.
func tight(between string) bool {
	return joint(between) && !strings.ContainsAny(between, ",/\"«»“”")
}

func afterQuote(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("«\"“„'", r)
}

// hanAt gives the longest name in Chinese characters that begins at an offset.
func (n *namer) hanAt(f *folded, i int, r rune) mention {
	for _, a := range n.list.han[r] {
		end := i + len(a.text)
		if strings.HasPrefix(f.text[i:], a.text) && !f.splits(end) && !strings.ContainsRune(a.not, runeAt(f.text, end)) {
			return mention{Span: text.Span{Start: i, End: end}, key: a.key, known: true, needless: a.needless}
		}
	}
	return mention{}
}

// splits tells whether an offset stands inside a word of letters or a number.
func (f *folded) splits(at int) bool {
	if at <= 0 || at >= len(f.text) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(f.text[:at])
	a, okA := scriptOf(before)
	b, okB := scriptOf(runeAt(f.text, at))
	return okA && okB && a == b
}

// moneySign gives the key of the currency that a sign stands for.
func moneySign(r rune) string {
	switch r {
	case '$':
		return "dollar"
	case '€':
		return "euro"
	case '₽':
		return "ruble"
	}
	return ""
}
