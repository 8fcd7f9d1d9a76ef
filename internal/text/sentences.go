package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// reach bounds how far around a boundary a rule looks, in bytes, so that a
// hostile text costs time in proportion to its length.
const reach = 400

// Sentences cuts s into sentences, in order. A span has no white space at its
// ends; together the spans cover all of s but white space.
//
// The boundaries are those of Unicode Standard Annex #29, corrected where it
// has no dictionary: abbreviations, initials and numbered items keep what
// follows them, opening quotation marks and brackets go to the next sentence,
// closing marks and footnote markers stay with theirs, a hard-wrapped line
// runs on, and "… " before a capital letter ends a sentence.
func Sentences(s string) []Span {
	c := cutter{s: s}
	it := sentences.FromString(s)
	last := 0
	for it.Next() {
		c.within(last, it.End())
		c.boundary(it.End())
		last = it.End()
	}
	c.emit(len(s))
	return c.spans
}

// cutter collects sentences; start is where the present one begins.
type cutter struct {
	s     string
	start int
	spans []Span
	block block
}

// within considers boundaries that the annex does not see between two of its
// own: behind an ellipsis, and before a footnote marker.
func (c *cutter) within(from, to int) {
	var before rune
	for i, r := range c.s[from:to] {
		switch {
		case r == '[' && strings.ContainsRune(terminators+closing, before):
			c.boundary(from + i)
		case unicode.IsUpper(r) && before == ' ' && strings.HasSuffix(c.s[from:from+i], "… "):
			c.boundary(from + i)
		}
		before = r
	}
}

// boundary considers a boundary at offset b.
func (c *cutter) boundary(b int) {
	if b <= c.start || b >= len(c.s) {
		return
	}
	before := strings.TrimRightFunc(c.s[c.start:b], unicode.IsSpace)
	if before == "" {
		c.start = b
		return
	}
	end := c.start + len(before)
	after := skipSpace(c.s, end)
	if after == len(c.s) {
		return
	}
	if strings.ContainsAny(c.s[end:after], "\n\r\u2028\u2029\u0085") {
		if !c.runsOn(end, after) {
			c.emit(end)
		}
		return
	}
	end = c.close(end)
	after = skipSpace(c.s, end)
	if end > c.start && after < len(c.s) && !c.joined(end, after) {
		c.emit(end)
	}
}

// emit ends the present sentence at end.
func (c *cutter) emit(end int) {
	start := skipSpace(c.s, c.start)
	trimmed := strings.TrimRightFunc(c.s[min(start, end):end], unicode.IsSpace)
	if trimmed != "" {
		c.spans = append(c.spans, Span{start, start + len(trimmed)})
	}
	c.start = max(c.start, end)
}

func skipSpace(s string, at int) int {
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += n
	}
	return at
}
