package verify

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Endings of Russian and Ukrainian nouns and adjectives as nameForm writes them, by the ending of the dictionary form. They
// are generous: what matters is that no form of a name is missed and that no other name has it.
const (
	endingsHard      = " а у ом ем е и ов ев им ам ами ах ови еви ин"
	endingsSoft      = "ь я ю ем ею е и ью ей ям ями ях ом"
	endingsY         = "й я ю ем е и ев ям ями ях"
	endingsA         = "а и е у ой ою ей ею ам ами ах ои"
	endingsYa        = "я и е ю ей ею ям ями ях ь й"
	endingsO         = "о а у ом е и ам ами ах ови"
	endingsE         = "е я ю ем и ей ям ями ях"
	endingsPlural    = "и ов ев ей ам ами ах ям ями ях"
	endingsAdjective = "ий ой ого его ому ему им ом ем ая яя ое ее ие их ими ую юю ою ею а я е у и ей ои"
)

// inflected gives the forms that a word of a name may take: those of its paradigm for Cyrillic letters, itself and the
// plural for others. word is folded; shouted tells an acronym.
func inflected(word string, shouted bool) []string {
	r, _ := utf8.DecodeRuneInString(word)
	if kind, _ := scriptOf(r); kind != cyrillic {
		return []string{nameForm(word)}
	}
	letters := []rune(word)
	if shouted && len(letters) > 1 {
		return declined(nameForm(word), " а у ом е")
	}
	forms := paradigm(nameForm(word))
	if swapped, ok := openVowel(letters); ok { // Харків, Харкова; Київ, Києва
		for _, vowel := range []string{"о", "е"} {
			forms = append(forms, paradigm(nameForm(strings.Replace(swapped, "*", vowel, 1)))...)
		}
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// paradigm gives the forms of a word whose last letters tell how it is declined.
func paradigm(word string) []string {
	letters := []rune(word)
	last := len(letters) - 1
	if last < 1 {
		return []string{word}
	}
	stem := string(letters[:last])
	short := string(letters[:max(last-1, 0)])
	forms := []string{word}
	long := last >= 3 // a shorter word in a vowel is a Chinese syllable and keeps its form
	switch letters[last] {
	case 'й':
		forms = append(forms, declined(stem, endingsY)...)
		if before := letters[last-1]; long && (before == 'и' || before == 'о') {
			forms = append(forms, declined(short, endingsAdjective)...)
		}
	case 'ь':
		forms = append(forms, declined(stem, endingsSoft)...)
	case 'а':
		if long {
			forms = append(forms, declined(stem, endingsA)...)
		}
	case 'я':
		if long {
			forms = append(forms, declined(stem, endingsYa)...)
			if letters[last-1] == 'а' || letters[last-1] == 'я' {
				forms = append(forms, declined(short, endingsAdjective)...)
			}
		}
	case 'е':
		if long {
			forms = append(forms, declined(stem, endingsE)...)
			if strings.ContainsRune("оеи", letters[last-1]) {
				forms = append(forms, declined(short, endingsAdjective)...)
			}
		}
	case 'о':
		if long {
			forms = append(forms, declined(stem, endingsO)...)
		}
	case 'и':
		if long {
			forms = append(forms, declined(stem, endingsPlural)...)
			forms = append(forms, stem)
		}
	case 'у', 'ю':
	default:
		forms = append(forms, declined(word, endingsHard)...)
	}
	return forms
}

// declined puts each of the endings behind a stem.
func declined(stem, endings string) []string {
	var forms []string
	for ending := range strings.SplitSeq(endings, " ") {
		forms = append(forms, stem+ending)
	}
	return forms
}

// openVowel marks with * the Ukrainian і of a last syllable that gives way to о or е when the syllable opens.
func openVowel(letters []rune) (string, bool) {
	const least = 4
	for i := len(letters) - 1; i >= max(len(letters)-3, 1) && len(letters) >= least; i-- {
		if (letters[i] == 'і' || letters[i] == 'ї') && i < len(letters)-1 {
			return string(letters[:i]) + "*" + string(letters[i+1:]), true
		}
	}
	return "", false
}

// adjectives gives the forms of the adjective of a place with one Cyrillic word for a name: Шанхай, шанхайский.
func adjectives(word string) []string {
	form := nameForm(word)
	r, _ := utf8.DecodeRuneInString(form)
	if kind, _ := scriptOf(r); kind != cyrillic {
		return nil
	}
	letters := []rune(form)
	last := len(letters) - 1
	const least = 3
	if last < least || strings.ContainsRune("оуею", letters[last]) {
		return nil
	}
	stems := []string{form + "ск"}
	switch {
	case strings.HasSuffix(form, "ск"):
		stems = []string{form}
	case strings.ContainsRune("аяьи", letters[last]):
		stems = []string{string(letters[:last]) + "ск", form + "ск"}
	}
	var forms []string
	for _, stem := range stems {
		forms = append(forms, declined(stem, endingsAdjective)...)
	}
	return forms
}
