package text

import (
	_ "embed"
	"strings"
)

// lexicon holds function words: one word a line, sorted by bytes, followed by
// the languages that have it ("кто ru?", "хто uk? be?"). A question mark sets
// off interrogatives, which carry the frame of a question. The sorted text is
// searched as it stands, so nothing has to be built when a program starts.
//
//go:embed data/words.txt
var lexicon string

// findWord returns the languages listed for a lower-case word in a lexicon,
// separated by spaces, or "" when the word is not in it.
func findWord(lexicon, word string) string {
	lo, hi := 0, len(lexicon)
	for lo < hi {
		mid := (lo + hi) / 2
		start := strings.LastIndexByte(lexicon[lo:mid], '\n') + 1 + lo
		end := strings.IndexByte(lexicon[start:hi], '\n')
		if end < 0 {
			end = hi
		} else {
			end += start
		}
		key, langs, _ := strings.Cut(lexicon[start:end], " ")
		switch strings.Compare(word, key) {
		case 0:
			return langs
		case -1:
			hi = start
		default:
			lo = min(end+1, hi)
		}
	}
	return ""
}

// isFunctionWord reports whether a lower-case word is a function word of lang.
func isFunctionWord(word string, lang Lang) bool {
	for tag := range strings.FieldsSeq(findWord(lexicon, word)) {
		if strings.TrimSuffix(tag, "?") == string(lang) {
			return true
		}
	}
	return false
}
