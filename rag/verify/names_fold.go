package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"amur/internal/text"
)

// folded is a text in one manner of writing, with the way back: small letters, NFKC, Latin letters without their marks, е for
// ё, simplified characters one by one, one kind of dash, apostrophe and middle dot.
type folded struct {
	source string
	text   string
	starts []int32 // for each byte of text: where its character starts in source
	ends   []int32
	words  []nameWord
}

// nameWord is a run of letters or of digits; in Chinese characters there are none.
type nameWord struct {
	text.Span // in folded.text

	form    string // its letters; Ukrainian and Russian ones that sound alike are one
	capital bool   // begins with a capital letter
	shouted bool   // more than one letter, all capital
	mixed   bool   // a capital letter inside, but not shouted
	script  script
}

type script int

const (
	digits script = iota
	latin
	cyrillic
)

// fold folds and cuts a text.
func (n *namer) fold(s string) *folded {
	if n.chinese.ToSimplified(s) == s {
		return foldText(s, nil)
	}
	return foldText(s, n.chinese.ToSimplified)
}

// foldText folds and cuts a text; simplified is for each Chinese character, nil for a text that needs none of it.
func foldText(s string, simplified func(string) string) *folded {
	f := &folded{source: s}
	var b strings.Builder
	b.Grow(len(s))
	write := func(r rune, from, to int) {
		for range utf8.RuneLen(r) {
			f.starts, f.ends = append(f.starts, int32(from)), append(f.ends, int32(to))
		}
		b.WriteRune(r)
	}
	var it norm.Iter
	it.InitString(norm.NFKC, s)
	for !it.Done() {
		from := it.Pos()
		segment := it.Next()
		for len(segment) > 0 {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			if simplified != nil && isHan(r) {
				r, _ = utf8.DecodeRuneInString(simplified(string(r)))
			}
			if r = foldRune(r); r > 0 {
				write(r, from, it.Pos())
			}
		}
	}
	f.text = b.String()
	f.cut()
	return f
}

// foldRune is one character in the folded manner; 0 for one that is left out.
func foldRune(r rune) rune {
	switch r {
	case 'ё', 'Ё':
		return 'е'
	case '’', 'ʼ', '‘', '`', '´', '′':
		return '\''
	case '–', '—', '−', '‐', '‑', '―', '－', '～':
		return '-'
	case '\u2022', '\u30fb', '\u2027', '\u22c5':
		return '·'
	case '\u0301', '\u00ad', '\u200b':
		return 0
	}
	r = unicode.ToLower(r)
	if r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) {
		if base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r))); base != utf8.RuneError {
			return base
		}
	}
	return r
}

// sourceSpan gives the span of the source text for one of the folded text.
func (f *folded) sourceSpan(p text.Span) text.Span {
	if p.Start >= p.End {
		return text.Span{}
	}
	return text.Span{Start: int(f.starts[p.Start]), End: int(f.ends[p.End-1])}
}

// upper tells whether the character at an offset of the folded text is a capital letter in the source.
func (f *folded) upper(at int) bool {
	r, _ := utf8.DecodeRuneInString(f.source[f.starts[at]:])
	return unicode.IsUpper(r)
}

// cut finds the words. An apostrophe inside a word is part of it and leaves no trace; an English possessive is none of it.
func (f *folded) cut() {
	for i := 0; i < len(f.text); {
		r, size := utf8.DecodeRuneInString(f.text[i:])
		kind, ok := scriptOf(r)
		if !ok {
			i += size
			continue
		}
		end := i + size
		for end < len(f.text) {
			r, size := utf8.DecodeRuneInString(f.text[end:])
			next, ok := scriptOf(r)
			if r == '\'' && kind != digits && !possessive(f.text[end:]) {
				_, ok = scriptOf(runeAt(f.text, end+1))
				next = kind
			}
			if !ok || next != kind {
				break
			}
			end += size
		}
		f.words = append(f.words, f.word(i, end, kind))
		i = end
		if possessive(f.text[i:]) {
			i += len("'s")
		}
	}
}

func runeAt(s string, at int) rune {
	if at >= len(s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return r
}

// possessive tells whether s begins with 's at the end of a word.
func possessive(s string) bool {
	rest, ok := strings.CutPrefix(s, "'s")
	if !ok {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLetter(r) || isHan(r)
}

func (f *folded) word(start, end int, kind script) nameWord {
	w := nameWord{Span: text.Span{Start: start, End: end}, form: nameForm(f.text[start:end]), script: kind}
	letters, capitals := 0, 0
	for i := range f.text[start:end] {
		letters++
		if f.upper(start + i) {
			capitals++
		}
	}
	w.capital = f.upper(start)
	w.shouted = letters > 1 && capitals == letters
	w.mixed = !w.shouted && (capitals > 1 || capitals == 1 && !w.capital)
	return w
}

func scriptOf(r rune) (script, bool) {
	switch {
	case unicode.IsDigit(r):
		return digits, true
	case unicode.Is(unicode.Latin, r):
		return latin, true
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic, true
	}
	return 0, false
}

// nameForm writes a word so that Russian and Ukrainian forms of a name look alike: Путин and Путін, Пекин and Пекін.
func nameForm(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'і', 'ї', 'ы':
			return 'и'
		case 'є', 'э':
			return 'е'
		case 'ґ':
			return 'г'
		case 'ъ', '\'':
			return -1
		}
		return r
	}, s)
}
