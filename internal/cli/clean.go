package cli

import (
	"strings"
	"unicode"
)

// clean makes foreign text fit for a line of a terminal: white space becomes plain spaces, and what could steer the
// terminal, turn the direction of its text or hide some of it is taken out.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case steers(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// steers reports whether a character does something else to a terminal than show itself: control characters of both
// sets, marks that turn the direction of writing (Bidi_Control), line and paragraph separators, the byte order mark and
// the invisible tag characters.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff' || r >= 0xe0000 && r <= 0xe007f
}
