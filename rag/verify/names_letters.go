package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lacksUnlisted tells whether the evidence lacks a name that no list has. There is no telling, and so no lack, where a page of it
// is Chinese and the name is in letters or the other way round, nor where the name is likely to be translated and a page is in
// the other script.
func (n *namer) lacksUnlisted(m mention, pages []*folded) bool {
	first, _ := utf8.DecodeRuneInString(m.key)
	kind, letters := scriptOf(unicode.ToLower(first))
	if address, ok := strings.CutPrefix(m.key, "@"); ok {
		return !slices.ContainsFunc(pages, func(p *folded) bool { return strings.Contains(p.text, address) })
	}
	telling := len(pages) > 0
	for _, p := range pages {
		if letters && p.hasName(m.key) || !letters && strings.Contains(p.text, strings.TrimLeft(m.key, "《·")) {
			return false
		}
		han := strings.ContainsFunc(p.text, isHan)
		if han == letters || letters && !p.writes(kind) && n.capitals.translates(m.key) {
			telling = false
		}
	}
	return telling
}

// writes tells whether a page has a word of small letters in a script.
func (f *folded) writes(kind script) bool {
	return slices.ContainsFunc(f.words, func(w nameWord) bool { return w.script == kind && !w.capital })
}

// hasName tells whether the page has a name: all words of it, its last one without a first name of another, or its
// abbreviation or what it abbreviates.
func (f *folded) hasName(key string) bool {
	parts := strings.Fields(key)
	all := true
	for _, part := range parts {
		if !f.hasWord(part) && !f.spellsOut(part) {
			all = false
			break
		}
	}
	return all || f.hasSurname(parts) || f.abbreviates(parts)
}

func (f *folded) hasWord(part string) bool {
	return slices.ContainsFunc(f.words, func(w nameWord) bool { return wordsAlike(strings.ToLower(part), w.form) })
}

// hasSurname tells whether the last of two or three words stands in the page without a word of a name before it, or in the other
// script with any: first names are often translated (Jan, Ян).
func (f *folded) hasSurname(parts []string) bool {
	const most = 3
	if len(parts) < 2 || len(parts) > most {
		return false
	}
	first, _ := utf8.DecodeRuneInString(parts[len(parts)-1])
	kind, _ := scriptOf(unicode.ToLower(first))
	for i, w := range f.words {
		if !w.capital || !wordsAlike(strings.ToLower(parts[len(parts)-1]), w.form) {
			continue
		}
		if w.script != kind || i == 0 || !f.words[i-1].capital || f.begins(f.words[i-1].Start) || !joint(f.text[f.words[i-1].End:w.Start]) {
			return true
		}
	}
	return false
}

// spellsOut tells whether the first letters of words that follow each other make up an abbreviation; small words may be left
// out of it.
func (f *folded) spellsOut(part string) bool {
	if strings.ToUpper(part) != part {
		return false
	}
	letters := []rune(strings.ToLower(part))
	const least, most = 2, 8
	if len(letters) < least || len(letters) > most {
		return false
	}
	for i := range f.words {
		at := 0
		for _, w := range f.words[i:] {
			r, _ := utf8.DecodeRuneInString(w.form)
			switch {
			case r == letters[at]:
				at++
			case at == 0 || len(w.form) > len("для"):
				at = -1
			}
			if at < 0 || at == len(letters) {
				break
			}
		}
		if at == len(letters) {
			return true
		}
	}
	return false
}

// abbreviates tells whether the page has an abbreviation of the words.
func (f *folded) abbreviates(parts []string) bool {
	if len(parts) < 2 {
		return false
	}
	var initials strings.Builder
	for _, part := range parts {
		r, _ := utf8.DecodeRuneInString(part)
		initials.WriteRune(unicode.ToLower(r))
	}
	for _, w := range f.words {
		if w.shouted && w.form == initials.String() {
			return true
		}
	}
	return false
}

// alike compares two names that no list has, by their words.
func (n *namer) alike(a, b string) bool {
	if a == b {
		return true
	}
	f, g := n.fold(a), n.fold(b)
	return f.hasName(b) || g.hasName(a)
}

// wordsAlike compares two words of names: forms of one word in one script, or words that sound alike across Latin and
// Cyrillic.
func wordsAlike(a, b string) bool {
	if a == b {
		return true
	}
	ra, _ := utf8.DecodeRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	sa, okA := scriptOf(ra)
	sb, okB := scriptOf(rb)
	switch {
	case !okA || !okB || sa == digits || sb == digits:
		return false
	case sa != sb:
		return soundsAlike(sound(a), sound(b)) || soundsAlike(sound(placeOf(a)), sound(placeOf(b)))
	}
	shared := 0
	x, y := []rune(a), []rune(b)
	for shared < len(x) && shared < len(y) && x[shared] == y[shared] {
		shared++
	}
	const least = 3
	return shared >= least && isEnding(string(x[shared:]), sa) && isEnding(string(y[shared:]), sa)
}

// isEnding tells whether what is left of a word may be an ending.
func isEnding(s string, kind script) bool {
	const (
		english = " s es n an ian i ish "
		slavic  = "  а у ом ем е и ов ев ой ою ей ею им их ую ая яя ое ее ие ого его ому ему ами ах ам ями ях ям ью я ю ь й ия ии ией ию ови ом ский ского ском скому ские ских ская ской скую ское ським ска ске ски ской ською ським ських ським "
	)
	if s == "" {
		return true
	}
	if kind == latin {
		return strings.Contains(english, " "+s+" ")
	}
	return strings.Contains(slavic, " "+s+" ")
}

// placeOf leaves out the ending of an adjective that is made from the name of a place: Илийский.
func placeOf(word string) string {
	if at := strings.LastIndex(word, "ск"); at > len("ил") && isEnding(word[at:], cyrillic) {
		return word[:at]
	}
	return word
}
