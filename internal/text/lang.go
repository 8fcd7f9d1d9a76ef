package text

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lang names the language of a text. The values are those of the JSON contract.
type Lang string

// The languages that amur answers in, or knows to tell apart.
const (
	EN     Lang = "en"
	RU     Lang = "ru"
	UK     Lang = "uk"
	ZH     Lang = "zh"      // Chinese in simplified characters, or in characters common to both
	ZHHant Lang = "zh-Hant" // Chinese in traditional characters
	Other  Lang = "other"   // any other language
)

// Detect returns the language of a question.
//
// The script of the running words comes first, so that a Russian question full
// of Latin names stays Russian. Cyrillic is then weighed between Russian and
// Ukrainian by letters and function words, and is Other when another Cyrillic
// language fits better; Latin is English unless another language is plain;
// Chinese characters beside kana or Hangul are Other.
//
// fallback is what the caller knows beforehand (language of the conversation,
// locale of the member, a flag; "" for nothing). It decides ties, texts of
// names alone, and texts without words. Where it does not fit the script, the
// answer is Russian for Cyrillic, simplified for Chinese and English otherwise.
func Detect(s string, fallback Lang) Lang {
	return detect(s, fallback, lexicon)
}

func detect(s string, fallback Lang, lexicon string) Lang {
	if !utf8.ValidString(s) || !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	t := tally(s, lexicon)
	switch t.running() {
	case cyrillic:
		return cyrillicLang(t.words, fallback)
	case han:
		return hanLang(s, t, fallback)
	case latin:
		return latinLang(t.words, fallback)
	case foreign:
		return Other
	}
	if fallback != "" {
		return fallback
	}
	return EN
}
