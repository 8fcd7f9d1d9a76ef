package text

import (
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
)

// Words returns the words of s in order, as written, by the word boundaries of
// Unicode Standard Annex #29. White space, punctuation and symbols are left
// out. Each Chinese character is a word of its own: the annex does not segment
// scripts without spaces.
func Words(s string) []string {
	var out []string
	for it := words.FromString(s); it.Next(); {
		for _, r := range it.Value() {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				out = append(out, it.Value())
				break
			}
		}
	}
	return out
}
