package text

import (
	"strings"
	"unicode/utf8"
)

// latinLang tells English from other languages written in Latin script by
// function words and by letters that English does not have. English wins ties;
// a text of names alone (abbreviations, capitalised words) is the fallback.
func latinLang(words []word, fallback Lang) Lang {
	english, accented, total, names := 0, 0, 0, 0
	others := make(map[string]int, 4)
	for _, w := range words {
		if w.script != latin {
			continue
		}
		total++
		switch {
		case w.place == name || w.place == quoted:
			names++
			continue
		case w.place == opening && w.langs == "":
			names++
		}
		inEnglish := false
		for tag := range strings.FieldsSeq(w.langs) {
			if strings.TrimSuffix(tag, "?") == string(EN) {
				inEnglish = true
			}
		}
		if inEnglish {
			english++
			if !strings.Contains(w.langs, " ") {
				english++
			}
		}
		for tag := range strings.FieldsSeq(w.langs) {
			switch lang := strings.TrimSuffix(tag, "?"); {
			case lang == string(EN):
			case inEnglish || w.place == opening && total < len(words):
				others[lang]++
			default:
				others[lang] += 2
			}
		}
		if w.place == running && !ascii(w.text) {
			accented++
		}
	}
	best := 0
	for _, n := range others {
		best = max(best, n)
	}
	switch {
	case best+accented >= 2 && best+accented > english:
		return Other
	case english == 0 && names == total && fallback != "":
		return fallback
	}
	return EN
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
