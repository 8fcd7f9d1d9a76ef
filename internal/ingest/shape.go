package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits within which a line can be a heading. Questions run longer than other headings; a long statement without a
// stop is rather an entry of a list.
const (
	headingColumns   = 100
	headingWords     = 16
	statementColumns = 80
	statementWords   = 12
)

// columns is the width of text on a terminal: letters of East Asia take two columns.
func columns(text string) int {
	n := 0
	for _, r := range text {
		if n++; isWide(r) {
			n++
		}
	}
	return n
}

// isWide reports whether r is written without spaces between words.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFF60
}

// words counts words; two Han letters count as one.
func words(text string) int {
	n, wide := 0, 0
	for field := range strings.FieldsSeq(text) {
		narrow := false
		for _, r := range field {
			if isWide(r) {
				wide++
			} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
				narrow = true
			}
		}
		if narrow {
			n++
		}
	}
	return n + (wide+1)/2
}

// ends returns the last letter or sign of text that is no closing quote or bracket.
func ends(text string) rune {
	text = strings.TrimRight(text, " \"'”’»)]」』）】")
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// isSentence reports whether text ends as a sentence does.
func isSentence(text string) bool {
	return strings.ContainsRune(".!?…。！？", ends(text))
}

// isProse reports whether text reads as running text, not as a label: a sentence of some length, or a long line.
func isProse(text string) bool {
	return columns(text) > headingColumns || isSentence(text) && words(text) >= 5
}

// isShort reports whether text is a line that claims nothing: short and without the stop of a sentence.
func isShort(text string) bool {
	last := ends(strings.TrimRight(text, "!！"))
	return columns(text) <= headingColumns && words(text) <= headingWords && (last == '?' || last == '？' || !isSentence(text))
}

// headingShaped reports whether a line can be a heading, seen without its surroundings.
func headingShaped(text string) bool {
	if !isShort(text) || strings.ContainsRune(",;:，；：、-–—=/", ends(text)) {
		return false
	}
	if ends(text) != '?' && ends(text) != '？' && (columns(text) > statementColumns || words(text) > statementWords) {
		return false
	}
	if strings.Contains(text, "://") || strings.Contains(text, "@") || strings.Count(text, "|") > 1 || isDate(text) {
		return false
	}
	first, letters := rune(0), 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			if letters++; first == 0 {
				first = r
			}
		}
	}
	return letters > 1 && !unicode.IsLower(first)
}

// isDate reports whether a line is a date and nothing else, a month's name aside: "3 May 2024", "12.01.2024 10:15".
func isDate(text string) bool {
	year, numbers, others := false, 0, 0
	for _, field := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) || isWide(r)
	}) {
		switch {
		case strings.Trim(field, "0123456789") != "":
			others++
		case len(field) == 4 && (strings.HasPrefix(field, "19") || strings.HasPrefix(field, "20")):
			year = true
		default:
			numbers++
		}
	}
	return year && numbers > 0 && others <= 2 && words(text) <= 8
}

// bullet returns the text of a list item without its bullet.
func bullet(line string) (string, bool) {
	r, n := utf8.DecodeRuneInString(line)
	if !strings.ContainsRune("•‣◦▪▫●○■□–*+-·⁃∙➢✓", r) {
		return line, false
	}
	rest := strings.TrimLeft(line[n:], " \t\u00A0")
	if rest == "" || len(rest) == len(line)-n && strings.ContainsRune("–*+-·", r) {
		return line, false
	}
	return rest, true
}

// isNumbered reports whether a line begins as an item of a numbered list: "3.", "3)", "(3)".
func isNumbered(line string) bool {
	digits := strings.TrimLeft(strings.TrimPrefix(line, "("), "0123456789")
	n := len(strings.TrimPrefix(line, "(")) - len(digits)
	return n > 0 && n <= 3 && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") "))
}

// isRule reports whether a line is drawn, not written: one sign at least three times over.
func isRule(line string) bool {
	r, n := utf8.DecodeRuneInString(line)
	return len(line) >= 3*n && !unicode.IsLetter(r) && !unicode.IsDigit(r) && strings.Trim(line, string(r)) == ""
}
