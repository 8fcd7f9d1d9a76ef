package text

import "strings"

// candidate is a language written in Cyrillic that detection weighs.
type candidate int

const (
	russian candidate = iota
	ukrainian
	belarusian
	bulgarian
	serbian
	candidates
)

// fit is how well words fit each candidate. A language that is none of them
// (Kazakh, Mongolian, …) scores zero: it wins when all others are ruled out.
type fit [candidates]int

// cyrillicLang weighs the Cyrillic words of a text. Letters and function words
// are two votes of the same ballot: a letter speaks against every language
// whose alphabet lacks it, a function word for the languages that have it.
// Words inside quotations and names weigh little, so that a Russian question
// about «Пояс і шлях» stays Russian.
func cyrillicLang(words []word, fallback Lang) Lang {
	var f fit
	for _, w := range words {
		if w.script == cyrillic {
			f.letters(w)
			f.functionWord(w)
			f.endings(w)
		}
	}
	ours, others := max(f[russian], f[ukrainian]), max(0, f[belarusian], f[bulgarian], f[serbian])
	switch {
	case others > ours:
		return Other
	case f[russian] > f[ukrainian]:
		return RU
	case f[ukrainian] > f[russian]:
		return UK
	case fallback == UK:
		return UK
	}
	return RU
}

// letters counts against each candidate the letters that it does not have.
func (f *fit) letters(w word) {
	weight, strange := 3, 6
	switch w.place {
	case opening:
		weight = 2
	case name:
		weight, strange = 1, 2
	case quoted:
		weight, strange = 1, 1
	}
	var lacking [candidates]bool
	var before rune
	for _, r := range w.text {
		for c := range candidates {
			if !c.has(r) {
				lacking[c] = true
			}
		}
		switch {
		// In Russian the hard sign stands before е, ё, ю, я only; in Bulgarian it is a vowel.
		case before == 'ъ' && !strings.ContainsRune("еёюя", r):
			lacking[russian] = true
		// Ukrainian writes no soft sign after a hushing consonant.
		case r == 'ь' && strings.ContainsRune("жчшщ", before):
			lacking[ukrainian] = true
		}
		before = r
	}
	if lacking[russian] && lacking[ukrainian] { // no slip of the keyboard between the two
		weight = strange
	}
	for c, lacks := range lacking {
		if lacks {
			f[c] -= weight
		}
	}
}

// has reports whether a candidate's alphabet has a lower-case letter.
func (c candidate) has(r rune) bool {
	switch {
	case r == '\'':
		return c == ukrainian || c == belarusian
	case r < 'а' || r > 'я':
		switch r {
		case 'ё':
			return c == russian || c == belarusian
		case 'і':
			return c == ukrainian || c == belarusian
		case 'ї', 'є', 'ґ':
			return c == ukrainian
		case 'ў':
			return c == belarusian
		case 'ђ', 'ј', 'љ', 'њ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ':
			return c == serbian
		case 'ѝ':
			return c == bulgarian
		}
		return false
	}
	switch r {
	case 'ы', 'э':
		return c == russian || c == belarusian
	case 'ъ':
		return c == russian || c == bulgarian
	case 'и':
		return c != belarusian
	case 'щ':
		return c != belarusian && c != serbian
	case 'й', 'ь', 'ю', 'я':
		return c != serbian
	}
	return true
}

// functionWord counts a word for each language that lists it. A word that
// Russian and Ukrainian share says only that the text is one of the two.
func (f *fit) functionWord(w word) {
	if w.langs == "" {
		return
	}
	var weight [candidates]int
	for tag := range strings.FieldsSeq(w.langs) {
		lang, question := strings.CutSuffix(tag, "?")
		n := 3
		if question {
			n = 4
		}
		switch lang {
		case "ru":
			weight[russian] = n
		case "uk":
			weight[ukrainian] = n
		case "be":
			weight[belarusian] = n
		case "bg":
			weight[bulgarian] = n
		case "sr":
			weight[serbian] = n
		}
	}
	shared := weight[russian] > 0 && weight[ukrainian] > 0
	for c, n := range weight {
		if n > 0 && (shared || w.place == quoted) {
			n = 1
		}
		f[c] += n
	}
}

// endings counts word forms that only one of Russian and Ukrainian has. They
// weigh less than function words: names and loans may carry them too.
func (f *fit) endings(w word) {
	if w.langs != "" || w.place == name || w.place == quoted || len(w.text) < 8 {
		return
	}
	switch t := w.text; {
	case hasAny(t, "ськ", "цьк", "зьк", "ння", "нню", "ття", "ттю", "лля", "ччя", "ювал", "ював", "ував", "увати", "ювати"):
		f[ukrainian] += 2
	case hasEnding(t, "ский", "ского", "скому", "ская", "ское", "ские", "ских", "ской", "ским", "скими", "скую", "ском",
		"ние", "ния", "нию", "нии", "нием", "ает", "яет", "ует", "еет", "ают", "яют", "овать", "ешь", "ишь", "ия", "ии", "ию", "ие", "ией"):
		f[russian] += 2
	case hasEnding(t, "ости", "асти", "ести"): // области, части: Ukrainian has -сті
		f[russian]++
	// Infinitives, instrumentals, and plurals where Russian has -ы.
	case hasEnding(t, "ою", "ею", "ти", "ни", "ди", "ри"):
		f[ukrainian]++
	case hasEnding(t, "ов", "ев", "ой", "еть"):
		f[russian]++
	}
}

func hasAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func hasEnding(s string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
