package bot

import (
	"slices"
	"strings"
	"unicode"
)

// words are the words of a text in small letters. Chinese, which has no spaces, gives pairs of characters.
func words(s string) [][]rune {
	var out [][]rune
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		runes := []rune(word)
		if !slices.ContainsFunc(runes, isHan) || len(runes) < 2 {
			out = append(out, runes)
			continue
		}
		for i := range runes[1:] {
			out = append(out, runes[i:i+2])
		}
	}
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// alike is the part of the wanted words that a text has, long words counting for more: whole, as a beginning, or with a slip of
// the finger.
func alike(wanted, has [][]rune) float64 {
	sum, length := 0.0, 0
	for _, w := range wanted {
		best := 0.0
		for _, h := range has {
			if best = max(best, alikeWord(w, h)); best == 1 {
				break
			}
		}
		sum += best * float64(len(w))
		length += len(w)
	}
	if length == 0 {
		return 0
	}
	return sum / float64(length)
}

// alikeWord is 1 for the same word, less for a word that begins so and for one with slips, and 0 for others.
func alikeWord(typed, word []rune) float64 {
	switch allowed := slipsAllowed(len(typed)); {
	case slices.Equal(typed, word):
		return 1
	case len(word) > len(typed) && slices.Equal(typed, word[:len(typed)]) && !isHan(typed[0]):
		return 0.9
	case allowed > 0 && max(len(typed)-len(word), len(word)-len(typed)) <= allowed && slips(typed, word) <= allowed:
		return 0.8
	}
	return 0
}

// slipsAllowed is how many slips a word of so many letters may have.
func slipsAllowed(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// slips counts the letters that are wrong, missing, too many or swapped with their neighbour between two words (optimal string
// alignment).
func slips(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
