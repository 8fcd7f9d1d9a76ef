package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"

	"amur/internal/text"
)

// maxText is how much of a text is read, in bytes. An honest claim is a sentence and an honest passage a few; what stands
// behind the limit carries nothing.
const maxText = 16 << 10

// parser takes texts apart.
type parser struct {
	chinese text.Converter
	namer   *namer
}

// parse takes a text apart for all checks.
func (p *parser) parse(s string, lang text.Lang) *sentence {
	s = clipped(s)
	if lang == "" {
		lang = text.Detect(s, "")
	}
	out := &sentence{text: s, lang: lang}
	out.values = readValues(s, lang)
	out.names = slices.DeleteFunc(p.namer.find(s, lang), func(m mention) bool { return dates(m.Span, out.values) }) // Feb. 2022
	for it := words.FromString(s); it.Next(); {
		w := it.Value()
		if !hasLetter(w) {
			continue
		}
		folded := p.fold(w)
		out.words = append(out.words, word{
			Span:   text.Span{Start: it.Start(), End: it.End()},
			folded: folded,
			stem:   stemOf(folded, lang),
			plain:  isPlain(folded, lang),
		})
	}
	return out
}

// dates tells whether a span is part of a date.
func dates(p text.Span, values []text.Value) bool {
	return slices.ContainsFunc(values, func(v text.Value) bool { return v.Kind == text.Date && v.Start <= p.Start && p.End <= v.End })
}

// clipped is the part of s within maxText, cut between characters.
func clipped(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// embeddedPart is the beginning of a text that is embedded: time grows with the square of it.
func embeddedPart(s string) string {
	const most = 1500
	if len(s) <= most {
		return s
	}
	for end := most; end > 0; end-- {
		if utf8.RuneStart(s[end]) {
			return s[:end]
		}
	}
	return ""
}

// fold makes words comparable: NFKC, small letters, ё as е, simplified characters, one apostrophe.
func (p *parser) fold(w string) string {
	w = strings.ToLower(norm.NFKC.String(w))
	w = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'").Replace(w)
	return p.chinese.ToSimplified(w)
}

// stemOf is what the inflected forms of a word share. Ukrainian has no stemmer of its own here; its endings are much like the
// Russian ones.
func stemOf(folded string, lang text.Lang) string {
	first, _ := utf8.DecodeRuneInString(folded)
	switch {
	case unicode.Is(unicode.Cyrillic, first):
		env := snowballstem.NewEnv(folded)
		russian.Stem(env)
		return env.Current()
	case unicode.Is(unicode.Latin, first):
		env := snowballstem.NewEnv(strings.TrimSuffix(folded, "'s"))
		english.Stem(env)
		return env.Current()
	}
	return folded
}

// isPlain tells whether a word carries no content: a function word of its own script's language.
func isPlain(folded string, lang text.Lang) bool {
	first, _ := utf8.DecodeRuneInString(folded)
	switch {
	case unicode.Is(unicode.Latin, first):
		lang = text.EN
	case unicode.Is(unicode.Cyrillic, first) && lang != text.UK:
		lang = text.RU
	case isHan(first):
		lang = text.ZH
	}
	return text.FunctionWord(folded, lang)
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
