// Package gazetteer finds the countries that a text names, in English, Russian, Ukrainian and Chinese, by one list: this is
// what compares texts across languages.
package gazetteer

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

//go:embed countries.txt
var countriesText string

// Country is an ISO 3166-1 alpha-2 code, or EU.
type Country = string

const (
	russia Country = "RU"
	china  Country = "CN"
)

// Mention is a place in a text that names a country, its people, or its capital.
type Mention struct {
	text.Span

	Country Country
}

// Gazetteer is the list of countries. It is immutable and safe for concurrent use.
type Gazetteer struct {
	stems   map[rune][]stem // by their first letter, the longest first
	chinese map[rune][]stem
	letters map[rune]Country
	other   map[string]bool // words of two characters in which a letter is no country
}

type stem struct {
	text    string
	country Country
	whole   bool // matches a whole word only
}

// New reads the embedded list; its error is a fault of the build.
func New() (*Gazetteer, error) {
	g := &Gazetteer{stems: map[rune][]stem{}, chinese: map[rune][]stem{}, letters: countryLetters(), other: map[string]bool{}}
	for _, word := range otherWords() {
		g.other[word] = true
	}
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
	for _, stems := range []map[rune][]stem{g.stems, g.chinese} {
		for _, list := range stems {
			slices.SortStableFunc(list, func(a, b stem) int { return cmp.Compare(len(b.text), len(a.text)) })
		}
	}
	return g, nil
}

func (g *Gazetteer) add(chinese bool, name string, country Country) {
	text, whole := strings.CutSuffix(name, "$")
	switch first, size := utf8.DecodeRuneInString(text); {
	case text == "":
	case chinese:
		if len(text) > size { // one character alone is in letters
			g.chinese[first] = append(g.chinese[first], stem{text, country, whole})
		}
	default:
		text = strings.ReplaceAll(text, "ё", "е")
		g.stems[first] = append(g.stems[first], stem{text, country, whole})
	}
}

// countryLetters are one-letter Chinese abbreviations, read only where two different ones stand side by side (中俄).
func countryLetters() map[rune]Country {
	return map[rune]Country{
		'中': china, '华': china, '俄': russia, '美': "US", '日': "JP", '韩': "KR", '朝': "KP", '印': "IN", '英': "GB", '法': "FR",
		'德': "DE", '越': "VN", '蒙': "MN", '欧': "EU", '澳': "AU", '泰': "TH", '伊': "IR", '乌': "UA", '哈': "KZ", '菲': "PH", '巴': "PK",
	}
}

// otherWords are words that begin or end with a letter of countryLetters and name no country: in 中俄日益 there is no Japan.
func otherWords() []string {
	return []string{
		"日益", "日渐", "日趋", "日前", "日常", "日后", "日内", "日期", "日程", "日报", "日元", "日起", "日在", "今日", "近日", "当日", "越来", "越发",
		"越多", "越大", "越是", "越过", "跨越", "超越", "优越", "美元", "美好", "美丽", "法律", "法院", "法规", "法案", "法定", "法令", "法制", "法治", "法人", "方法", "办法", "欧元",
		"欧亚", "朝着", "朝向", "中央", "中心", "中间", "中期", "中等", "中共", "中立", "中断", "中止", "中东", "中亚", "中部", "其中", "当中", "集中", "华人", "华夏", "英雄", "英文", "英语",
		"印象", "印发", "印刷", "印太", "德行", "道德", "泰然", "巴黎",
	}
}

// Find returns the countries that a folded text names: lower case, е for ё, simplified Chinese. original is the same text
// before its letters were made small: "us" is a country only where it is written in capitals.
func (g *Gazetteer) Find(folded, original string) map[Country]bool {
	out := map[Country]bool{}
	for _, m := range g.Mentions(folded) {
		if m.In(folded) != "us" || hasWord(original, "US") {
			out[m.Country] = true
		}
	}
	return out
}

// Mentions returns where a folded text names countries, in order, without overlap, whole words in scripts that have words.
// The word "us" is among them: only the caller knows whether it was written in capitals.
func (g *Gazetteer) Mentions(folded string) []Mention {
	var out []Mention
	inWord, end := false, 0
	var last rune // a letter of countryLetters, where it stands right before i
	for i, r := range folded {
		starts := !inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		if i < end {
			last = 0
			continue
		}
		if unicode.Is(unicode.Han, r) {
			inWord = false
			out, end, last = g.chineseAt(folded, i, last, out)
			continue
		}
		last = 0
		if !inWord || !starts {
			continue
		}
		for _, s := range g.stems[r] {
			if s.matches(folded[i:]) {
				end = wordEnd(folded, i+len(s.text))
				out = append(out, Mention{text.Span{Start: i, End: end}, s.country})
				break
			}
		}
	}
	return out
}

func (s stem) matches(rest string) bool {
	after, ok := strings.CutPrefix(rest, s.text)
	return ok && (!s.whole || wordEnd(after, 0) == 0)
}

// wordEnd returns where the word ends that s has at offset at.
func wordEnd(s string, at int) int {
	for i, r := range s[at:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.Is(unicode.Han, r) {
			return at + i
		}
	}
	return len(s)
}

// chineseAt looks for a name at offset i; last is the letter before it that no name covers. It returns the mentions, the end
// of the name and the letter at i for the next call.
func (g *Gazetteer) chineseAt(s string, i int, last rune, out []Mention) ([]Mention, int, rune) {
	r, size := utf8.DecodeRuneInString(s[i:])
	for _, name := range g.chinese[r] {
		if strings.HasPrefix(s[i:], name.text) {
			end := i + len(name.text)
			return append(out, Mention{text.Span{Start: i, End: end}, name.country}), end, 0
		}
	}
	if next, length := utf8.DecodeRuneInString(s[i+size:]); g.other[string([]rune{r, next})] {
		return out, i + size + length, 0
	}
	at := func(from, to int, c Country) {
		if len(out) == 0 || out[len(out)-1].Start < from {
			out = append(out, Mention{text.Span{Start: from, End: to}, c})
		}
	}
	a, b := g.letters[last], g.letters[r]
	switch {
	case a != "" && b != "" && a != b:
		at(i-utf8.RuneLen(last), i, a)
		at(i, i+size, b)
	case r == '俄':
		at(i, i+size, russia)
	case r == '华' && strings.ContainsRune("对在驻访来", last):
		at(i, i+size, china)
	}
	return out, i + size, r
}

func hasWord(s, word string) bool {
	return slices.Contains(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }), word)
}
