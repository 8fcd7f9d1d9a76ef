package rag

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/countries.txt
var countriesText string

// gazetteer finds the countries that a text names, in any of the four languages, by one list: this is what compares a
// question with passages across languages.
type gazetteer struct {
	stems   map[rune][]stem
	chinese []stem // longest first
	letters map[rune]string
}

type stem struct {
	text, code string
	whole      bool // matches a whole word only
}

// country is an ISO 3166-1 alpha-2 code, or EU.
type country = string

const (
	russia country = "RU"
	china  country = "CN"
)

func newGazetteer() (*gazetteer, error) {
	g := &gazetteer{stems: map[rune][]stem{}, letters: countryLetters()}
	for line := range strings.Lines(countriesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		const columns = 5
		fields := strings.Split(line, "|")
		if len(fields) != columns {
			return nil, fmt.Errorf("countries.txt: %q has %d columns, not %d", line, len(fields), columns)
		}
		for i, names := range fields[1:] {
			for name := range strings.SplitSeq(names, ",") {
				g.add(i == columns-2, strings.TrimSpace(name), fields[0])
			}
		}
	}
	slices.SortStableFunc(g.chinese, func(a, b stem) int { return len(b.text) - len(a.text) })
	return g, nil
}

func (g *gazetteer) add(chinese bool, name, code string) {
	text, whole := strings.CutSuffix(name, "$")
	switch first, _ := utf8.DecodeRuneInString(text); {
	case text == "":
	case chinese:
		if utf8.RuneCountInString(text) > 1 {
			g.chinese = append(g.chinese, stem{text, code, whole})
		}
	default:
		text = strings.ReplaceAll(text, "ё", "е")
		g.stems[first] = append(g.stems[first], stem{text, code, whole})
	}
}

// countryLetters are one-letter Chinese abbreviations, read only where two different ones stand side by side (中俄).
func countryLetters() map[rune]country {
	return map[rune]country{
		'中': china, '华': china, '俄': russia, '美': "US", '日': "JP", '韩': "KR", '朝': "KP", '印': "IN", '英': "GB", '法': "FR",
		'德': "DE", '越': "VN", '蒙': "MN", '欧': "EU", '澳': "AU", '泰': "TH", '伊': "IR", '乌': "UA", '哈': "KZ", '菲': "PH", '巴': "PK",
	}
}

// find returns the countries that a folded text names. original is the same text before its letters were made small: "us" is
// a country only where it is written in capitals.
func (g *gazetteer) find(folded, original string) map[country]bool {
	out := map[country]bool{}
	inWord := false
	for i, r := range folded {
		starts := !inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		if !inWord || !starts {
			continue
		}
		for _, s := range g.stems[r] {
			if s.matches(folded[i:]) && (s.text != "us" || hasWord(original, "US")) {
				out[s.code] = true
			}
		}
	}
	g.findChinese(folded, out)
	return out
}

func (s stem) matches(rest string) bool {
	after, ok := strings.CutPrefix(rest, s.text)
	if !ok || !s.whole {
		return ok
	}
	next, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

func (g *gazetteer) findChinese(s string, out map[country]bool) {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return
	}
	for _, name := range g.chinese {
		if strings.Contains(s, name.text) {
			out[name.code] = true
			s = strings.ReplaceAll(s, name.text, "\x00")
		}
	}
	var last rune
	for _, r := range s {
		a, b := g.letters[last], g.letters[r]
		if a != "" && b != "" && a != b {
			out[a], out[b] = true, true
		}
		if r == '俄' {
			out[russia] = true
		}
		if r == '华' && strings.ContainsRune("对在驻访来", last) {
			out[china] = true
		}
		last = r
	}
}

func hasWord(s, word string) bool {
	return slices.Contains(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }), word)
}
