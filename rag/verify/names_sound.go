package verify

import "strings"

// sound reduces a word in Latin or Cyrillic letters to the consonants that both scripts have for it, so that a name and its
// transcription come out alike, whichever of the usual transcriptions it is (for Chinese names pinyin and Palladius):
// hissing sounds are one, so are g and h, voiced ends stay, vowels are left out but for one at the beginning.
func sound(word string) string {
	var b strings.Builder
	letters := []rune(word)
	for i := 0; i < len(letters); {
		class, size := soundAt(letters, i)
		i += size
		for _, r := range class {
			if r == 'a' && b.Len() > 0 {
				continue
			}
			if s := b.String(); s != "" && rune(s[len(s)-1]) == r {
				continue
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// soundAt gives the sound that begins at letter i and how many letters write it.
func soundAt(letters []rune, i int) (string, int) {
	rest := string(letters[i:min(i+4, len(letters))])
	for _, s := range [...][2]string{
		{"shch", "s"},
		{"tsch", "s"},
		{"sch", "s"},
		{"dzh", "s"},
		{"tch", "s"},
		{"zh", "s"},
		{"sh", "s"},
		{"ch", "s"},
		{"ts", "s"},
		{"tz", "s"},
		{"dz", "s"},
		{"cz", "s"},
		{"kh", "h"},
		{"gh", "h"},
		{"ph", "f"},
		{"th", "t"},
		{"ck", "k"},
		{"ng", "n"},
		{"ci", "s"},
		{"ce", "s"},
		{"cy", "s"},
		{"qu", "kv"},
		{"дж", "s"},
		{"дз", "s"},
		{"тс", "s"},
		{"цз", "s"},
		{"кс", "ks"},
		{"нг", "n"},
		{"тч", "s"},
	} {
		if strings.HasPrefix(rest, s[0]) {
			return s[1], len([]rune(s[0]))
		}
	}
	switch r := letters[i]; r {
	case 'b', 'б':
		return "b", 1
	case 'p', 'п':
		return "p", 1
	case 'v', 'w', 'в':
		return "v", 1
	case 'f', 'ф':
		return "f", 1
	case 'g':
		if i+1 < len(letters) && strings.ContainsRune("eiy", letters[i+1]) {
			return "g", 1
		}
		return "h", 1
	case 'h', 'г', 'х':
		return "h", 1
	case 'k', 'c', 'к':
		return "k", 1
	case 'q', 's', 'z', 'j', 'с', 'з', 'ж', 'ш', 'щ', 'ч', 'ц':
		return "s", 1
	case 'x':
		if i == 0 {
			return "s", 1
		}
		return "ks", 1
	case 'd', 'д':
		return "d", 1
	case 't', 'т':
		return "t", 1
	case 'l', 'л':
		return "l", 1
	case 'r', 'р':
		return "r", 1
	case 'm', 'м':
		return "m", 1
	case 'n', 'н':
		return "n", 1
	case 'ь', 'ъ', '\'':
		return "", 1
	case 'у':
		if i == 0 && len(letters) > 1 && strings.ContainsRune("аеиоуюя", letters[1]) {
			return "v", 1
		}
	}
	return "a", 1
}

// soundsAlike compares two sounds; long ones may differ in one place, since transcriptions and endings do.
func soundsAlike(a, b string) bool {
	const short, middle, long = 2, 3, 5
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == "" || a == "a" {
		return false
	}
	i := sharedSounds(a, b)
	switch {
	case i == len(a) && len(a) == len(b):
		return len(a) >= short || a == b
	case i == len(a) && len(a) >= middle: // an ending: Миллером
		return true
	case len(a) < long:
		return false
	case len(a) == len(b):
		return sharedSounds(a[i+1:], b[i+1:]) == len(a)-i-1
	}
	return sharedSounds(a[i:], b[i+1:]) == len(a)-i
}

// sharedSounds counts the sounds at the beginning that are alike; a soft g may be either of two.
func sharedSounds(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) {
		x, y := a[i], b[i]
		if x != y && (x != 'g' || y != 's' && y != 'h') && (y != 'g' || x != 's' && x != 'h') {
			break
		}
		i++
	}
	return i
}
