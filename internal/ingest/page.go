package ingest

import (
	"strings"
	"unicode"
)

// kind says what a block is.
type kind uint8

const (
	paragraph kind = iota
	heading
	item  // of a list, without its bullet
	row   // of a table
	label // of the page, not of the text: it only parts what stands around it
)

// block is a piece of a page that stands on its own: a paragraph, a heading, an item of a list, a row of a table.
type block struct {
	kind  kind
	level int    // of a heading: 1 is the highest, 0 unknown
	text  string // one line, white space folded
	line  int    // in the file, from 1; 0 unknown
	tight bool   // no blank line parts it from the block before
	links bool   // link text and nothing else
}

// page is a file of any format, cut into blocks.
type page struct {
	title     string
	url       string
	published string // YYYY, YYYY-MM or YYYY-MM-DD
	updated   string // YYYY-MM-DD
	licence   string
	publisher string
	blocks    []block
}

// section is a heading, verbatim, with the paragraphs under it.
type section struct {
	heading    string
	line       int
	paragraphs []string
}

// leadRunes is the longest text under the title that counts as subtitle, byline and caption.
const leadRunes = 600

// sections puts each block under its heading. Text before the first heading belongs to the first section, and so does a
// short lead under the title; without any heading the title heads everything. A heading with nothing under it heads
// nothing.
func (p page) sections() []section {
	var out []section
	var lead []string
	current := section{}
	for _, b := range p.blocks {
		if b.kind != heading {
			current.paragraphs = append(current.paragraphs, b.text)
			continue
		}
		if len(current.paragraphs) > 0 && len(out) == 0 && lead == nil && p.isLead(current) {
			lead = current.paragraphs
		} else if len(current.paragraphs) > 0 {
			out = append(out, current)
		}
		current = section{heading: b.text, line: b.line}
	}
	if len(current.paragraphs) > 0 {
		out = append(out, current)
	}
	if len(out) == 0 && len(lead) == 0 {
		return nil
	}
	if len(out) == 0 {
		out = []section{{}}
	}
	out[0].paragraphs = append(lead, out[0].paragraphs...)
	if out[0].heading == "" {
		out[0].heading = p.title
	}
	return out
}

// isLead reports whether s, the first text of the page, is a lead and no section of its own.
func (p page) isLead(s section) bool {
	if s.heading == "" {
		return true
	}
	n := 0
	for _, text := range s.paragraphs {
		n += len([]rune(text))
	}
	return n <= leadRunes && sameText(s.heading, p.title)
}

// sameText compares two lines without regard to case, white space and punctuation.
func sameText(a, b string) bool {
	return slug(a) == slug(b)
}

// fold makes one line of text: white space becomes one space, and nothing where a line ends between two letters of East
// Asia.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	var last rune
	space, lineEnd := false, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = true
			lineEnd = lineEnd || r == '\n'
			continue
		}
		if space && b.Len() > 0 && !(lineEnd && isWide(last) && isWide(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, space, lineEnd = r, false, false
	}
	return b.String()
}
