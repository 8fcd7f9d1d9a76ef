package text

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numerals holds the words that numbers and dates are made of, sorted, each
// with its meanings: n40 a cardinal, o40 an ordinal, s6 or S6 a power of ten
// (S: also alone, "миллион"), d90 a decade, f1/3 a fraction, m5 a month, u:km a
// unit, c:USD a currency, A:cubic an attribute of a unit, % and P, p for percent
// and percentage points, Q, H, D, C for quarter, half-year, decade, century,
// N for "number", b for both.
//
//go:embed data/numerals.txt
var numerals string

type tokenKind int

const (
	signToken  tokenKind = iota // a punctuation mark or symbol
	wordToken                   // a word, or a Chinese unit
	digitToken                  // a number in digits
	hanToken                    // a run of Chinese numerals
	dateToken                   // a date in digits
)

type token struct {
	Span

	kind    tokenKind
	text    string // lower case
	tags    string // meanings of a word
	num     decimal
	spaced  bool // white space before
	upper   bool // begins with a capital letter
	plain   bool // digits without separators
	ordinal bool // 4th, 4-го
	ymd     [3]int
}

// tag returns the argument of the first meaning of class c.
func (t token) tag(c byte) (string, bool) {
	if t.kind != wordToken {
		return "", false
	}
	for rest := t.tags; rest != ""; {
		var tag string
		tag, rest, _ = strings.Cut(rest, " ")
		if tag[0] == c {
			return strings.TrimPrefix(tag[1:], ":"), true
		}
	}
	return "", false
}

func (t token) is(c byte) bool {
	_, ok := t.tag(c)
	return ok
}

// scan cuts s into tokens.
func scan(s string, lang Lang) []token {
	toks := make([]token, 0, len(s)/5+4)
	spaced := true
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			spaced = true
			i += n
			continue
		}
		t := token{Span: Span{i, i + n}, spaced: spaced}
		spaced = false
		switch {
		case '0' <= r && r <= '9':
			t.scanDigits(s, lang)
		case '０' <= r && r <= '９':
			t.scanWide(s)
		case strings.ContainsRune(hanNumerals, r) && !prefixesUnit(s, i):
			t.scanNumerals(s)
		case unicode.Is(unicode.Han, r):
			t.kind = wordToken
			t.End, t.tags = hanUnit(s, i)
			t.text = s[t.Start:t.End]
		case unicode.IsLetter(r):
			t.scanWord(s, r)
		default:
			t.text = s[i : i+n]
		}
		i = t.End
		toks = append(toks, t)
	}
	return toks
}

func (t *token) scanWord(s string, first rune) {
	t.kind = wordToken
	t.upper = unicode.IsUpper(first)
	sc := scriptOf(first)
	if sc != latin && sc != cyrillic {
		return
	}
	t.End = t.Start + max(wordLen(s[t.Start:], sc), utf8.RuneLen(first))
	digits := 0
	for t.End+digits < len(s) && '0' <= s[t.End+digits] && s[t.End+digits] <= '9' {
		digits++
	}
	t.End += digits // G20, m3
	t.text = fold(s[t.Start:t.End])
	t.tags = findWord(numerals, t.text)
}

func isDigit(s string, i int) bool { return i >= 0 && i < len(s) && '0' <= s[i] && s[i] <= '9' }

// digitsAt returns how many digits stand at s[i:].
func digitsAt(s string, i int) int {
	n := 0
	for isDigit(s, i+n) {
		n++
	}
	return n
}

// scanDigits reads a number in digits with its separators, or a whole date.
func (t *token) scanDigits(s string, lang Lang) {
	i := t.Start
	if y, m, d, end := numericDate(s, i); end > 0 {
		t.kind, t.ymd, t.End = dateToken, [3]int{y, m, d}, end
		return
	}
	t.kind = digitToken
	first := digitsAt(s, i)
	at := i + first
	var text strings.Builder
	text.WriteString(s[i:at])
	t.plain = true
	comma := byte(',')
	if lang == RU || lang == UK {
		comma = '.'
	}
	// Groups of three: 4,184 in English and Chinese, 4.184.000 in Russian, 4 184 anywhere.
	for groups := 0; first <= 3; groups++ {
		n := separator(s, at, comma)
		if n == 0 || digitsAt(s, at+n) != 3 {
			break
		}
		if s[at] == '.' && separator(s, at+n+3, '.') == 0 && groups == 0 {
			break // one full stop is a decimal point
		}
		text.WriteString(s[at+n : at+n+3])
		at += n + 3
		t.plain = false
	}
	// Decimals: a full stop, and a comma in Russian and Ukrainian.
	if at < len(s) && (s[at] == '.' || s[at] == ',' && comma == '.') {
		if n := digitsAt(s, at+1); n > 0 {
			text.WriteString("." + s[at+1:at+1+n])
			at += 1 + n
			t.plain = false
		}
	}
	t.End = at
	var ok bool
	if t.num, ok = parseDecimal(text.String()); !ok {
		t.kind = wordToken // an identifier
		return
	}
	t.scanOrdinal(s)
}

// separator returns the length of a separator of thousands at s[at:], or 0.
func separator(s string, at int, mark byte) int {
	if at >= len(s) {
		return 0
	}
	if s[at] == mark || s[at] == ' ' || s[at] == '\'' {
		return 1
	}
	switch r, n := utf8.DecodeRuneInString(s[at:]); r {
	case '\u00a0', '\u202f', '\u2009', '’':
		return n
	case '，':
		if mark == ',' {
			return n
		}
	}
	return 0
}

// scanOrdinal takes in the ending of an ordinal in digits: 4th, 4-го, 42-я.
func (t *token) scanOrdinal(s string) {
	rest := s[t.End:]
	hyphen := 0
	if strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "‑") {
		_, hyphen = utf8.DecodeRuneInString(rest)
	}
	r, _ := utf8.DecodeRuneInString(rest[hyphen:])
	sc := scriptOf(r)
	if sc != latin && sc != cyrillic {
		return
	}
	n := wordLen(rest[hyphen:], sc)
	switch fold(rest[hyphen : hyphen+n]) {
	case "st", "nd", "rd", "th":
		if hyphen > 0 {
			return
		}
	case "й", "я", "ю", "го", "му", "ый", "ий", "ая", "ое", "ой", "ого", "ому", "ом", "ва", "та", "га", "ша", "ту", "те", "ті":
		if hyphen == 0 {
			return
		}
	case "е", "х", "м", "і", "ми", "ые", "ых", "их", "s":
		// the nineties as well as an ordinal: the parser sees to it
		if hyphen == 0 && r != 's' || !t.plain {
			return
		}
		t.text = "decade"
	default:
		return
	}
	t.ordinal = true
	t.End += hyphen + n
}

// scanWide reads full-width digits.
func (t *token) scanWide(s string) {
	t.kind = digitToken
	t.plain = true
	var digits strings.Builder
	at := t.Start
	for _, r := range s[t.Start:] {
		switch {
		case '０' <= r && r <= '９':
			digits.WriteByte(byte(r - '０' + '0'))
		case r == '．' && t.plain && digits.Len() > 0:
			digits.WriteByte('.')
			t.plain = false
		default:
			r = -1
		}
		if r < 0 {
			break
		}
		at += utf8.RuneLen(r)
	}
	t.End = at
	var ok bool
	if t.num, ok = parseDecimal(strings.TrimSuffix(digits.String(), ".")); !ok {
		t.kind = wordToken
	}
}

// numericDate reads 2022-02-24, 2022/02/24 or 24.02.2022.
func numericDate(s string, i int) (year, month, day, end int) {
	three := [3]int{}
	lens := [3]int{}
	at := i
	var mark byte
	for k := range three {
		n := digitsAt(s, at)
		if n == 0 || n > 4 {
			return 0, 0, 0, 0
		}
		for _, c := range s[at : at+n] {
			three[k] = three[k]*10 + int(c-'0')
		}
		lens[k] = n
		at += n
		if k == 2 {
			break
		}
		if at >= len(s) || k == 1 && s[at] != mark || strings.IndexByte("-/.", s[at]) < 0 {
			return 0, 0, 0, 0
		}
		mark = s[at]
		at++
	}
	switch {
	case lens[0] == 4 && mark != '.' && lens[1] <= 2 && lens[2] <= 2:
		year, month, day = three[0], three[1], three[2]
	case lens[2] == 4 && lens[0] <= 2 && lens[1] <= 2 && mark == '.':
		year, month, day = three[2], three[1], three[0]
	default:
		return 0, 0, 0, 0
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || year == 0 {
		return 0, 0, 0, 0
	}
	return year, month, day, at
}
