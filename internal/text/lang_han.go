package text

import (
	_ "embed"
	"unicode/utf8"
)

// The characters that exist in one form of written Chinese only, sorted, three
// bytes each, drawn from OpenCC's character tables (see data/README.md). What
// both forms use (后, 里, 干, 台, 著) is in neither.
var (
	//go:embed data/han_traditional.txt
	traditionalOnly string
	//go:embed data/han_simplified.txt
	simplifiedOnly string
)

// hanLang tells Chinese from Japanese and Korean by their own letters, and
// traditional from simplified by the majority of distinguishing characters.
func hanLang(s string, t wordTally, fallback Lang) Lang {
	traditional, simplified := 0, 0
	for _, r := range s {
		switch {
		case r < 0x4e00 || r > 0x9fff:
		case inSorted(traditionalOnly, r):
			traditional++
		case inSorted(simplifiedOnly, r):
			simplified++
		}
	}
	// A Chinese text may borrow a の; from one kana in five letters on it is
	// Japanese, from one in eight if nothing else speaks for Chinese.
	letters := t.kana + t.han
	if t.kana*5 >= letters || t.kana*8 >= letters && simplified == 0 {
		return Other
	}
	if traditional > simplified || traditional == simplified && fallback == ZHHant {
		return ZHHant
	}
	return ZH
}

// inSorted reports whether a sorted string of three-byte characters has r.
func inSorted(set string, r rune) bool {
	lo, hi := 0, len(set)/3
	for lo < hi {
		mid := (lo + hi) / 2
		switch c, _ := utf8.DecodeRuneInString(set[3*mid:]); {
		case c == r:
			return true
		case c < r:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return false
}
