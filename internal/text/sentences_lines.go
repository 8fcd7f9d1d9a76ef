package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a run of lines between blank lines, headings and list items.
type block struct {
	end     int
	wrapped bool // the lines were filled up to a right margin
}

// runsOn reports whether the sentence that a line end at offset end interrupts
// goes on at offset after: in hard-wrapped text, or before a small letter.
func (c *cutter) runsOn(end, after int) bool {
	s := c.s
	if blankLine(s[end:after]) || startsBlock(s[after:]) {
		return false
	}
	from := max(0, end-reach)
	line := s[from+strings.LastIndexByte(s[from:end], '\n')+1 : end]
	if t := strings.TrimLeft(line, " \t"); strings.HasPrefix(t, "#") || strings.HasPrefix(t, "|") {
		return false
	}
	if after >= c.block.end {
		c.block = blockAround(s, end, after)
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, closing+`"'*_`))
	if strings.ContainsRune(terminators, last) {
		return c.block.wrapped && c.joined(end, after)
	}
	next, _ := utf8.DecodeRuneInString(s[after:])
	return c.block.wrapped || unicode.IsLower(next) && last != ':' && last != ';'
}

// blankLine reports whether white space holds more than one line end.
func blankLine(space string) bool {
	if strings.ContainsAny(space, "\u2029\f") {
		return true
	}
	n := strings.Count(space, "\n") + strings.Count(space, "\u2028") + strings.Count(space, "\u0085")
	return max(n, strings.Count(space, "\r")) > 1
}

// startsBlock reports whether a line begins a heading, a list item, a quotation
// or a row of a table.
func startsBlock(line string) bool {
	switch r, n := utf8.DecodeRuneInString(line); {
	case r == '#' || r == '>' || r == '|' || r == '•' || r == '·' || r == '‣' || r == '◦':
		return true
	case r == '-' || r == '*' || r == '+' || r == '–' || r == '—':
		return strings.HasPrefix(line[n:], " ")
	case unicode.IsDigit(r):
		rest := strings.TrimLeft(line, "0123456789")
		return len(line)-len(rest) <= 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") || strings.HasPrefix(rest, "、"))
	}
	return false
}

// blockAround measures the block that holds the line end at offset end. Text is
// wrapped when each line but the last had no room for the first word of the
// next (greedy filling), at a margin between 40 and 120 columns.
func blockAround(s string, end, after int) block {
	type line struct{ width, first int }
	var lines []line
	start := strings.LastIndexByte(s[:end], '\n') + 1
	at := start
	final := ""
	for at < len(s) {
		text, _, _ := strings.Cut(s[at:], "\n")
		trimmed := strings.TrimSpace(text)
		if trimmed == "" || at > start && startsBlock(strings.TrimLeft(text, " \t")) {
			break
		}
		word, _, _ := strings.Cut(trimmed, " ")
		first := columns(word)
		if r, _ := utf8.DecodeRuneInString(word); r >= 0x2e80 {
			first = 2
		}
		lines = append(lines, line{columns(trimmed), first})
		final = trimmed
		at = min(len(s), at+len(text)+1)
	}
	b := block{end: max(at, after+1)}
	margin := 0
	for _, l := range lines {
		margin = max(margin, l.width)
	}
	if len(lines) < 2 || margin < 40 || margin > 120 {
		return b
	}
	for i, l := range lines[:len(lines)-1] {
		space := 1
		if lines[i+1].first == 2 {
			space = 0
		}
		if l.width+space+lines[i+1].first <= margin {
			return b
		}
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(final, closing+`"'*_`))
	b.wrapped = len(lines) > 2 || lines[0].width >= 60 && strings.ContainsRune(terminators, last)
	return b
}

// columns returns the width of s on a terminal, wide characters counting two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}
