package cli

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"
)

// wrap breaks text into lines of at most first cells, those behind the first line of at most rest: at spaces and beside
// wide characters (Chinese has no spaces). What cannot be broken, such as an address, has a line of its own, however
// long, so that it can be copied whole.
func wrap(s string, first, rest int) []string {
	width := first
	var lines []string
	var current strings.Builder
	used := 0
	end := func() {
		lines = append(lines, strings.TrimRight(current.String(), " "))
		current.Reset()
		used, width = 0, rest
	}
	for _, piece := range breakable(s) {
		bare := strings.TrimRight(piece, " ")
		if used > 0 && used+runewidth.StringWidth(bare) > width {
			end()
		}
		if used == 0 && bare == "" {
			continue
		}
		current.WriteString(piece)
		used += runewidth.StringWidth(piece)
	}
	if used > 0 || len(lines) == 0 {
		end()
	}
	return lines
}

// breakable cuts text where a line may end, between what a reader sees as characters.
func breakable(s string) []string {
	var out []string
	var last string
	start, at := 0, 0
	for c := graphemes.FromString(s); c.Next(); {
		if at > start && mayBreak(last, c.Value(), s[at:]) {
			out = append(out, s[start:at])
			start = at
		}
		last = c.Value()
		at += len(last)
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// mayBreak reports whether a line may end between two characters; rest begins with the second. The number of a citation
// stays with its sentence, a number with its unit, closing punctuation with what it closes, opening punctuation with what
// it opens.
func mayBreak(last, next, rest string) bool {
	const opening, closing = "（《〈“‘「『【", "，。、；：？！）》〉”’」』】…—·,.;:!?)]%"
	switch {
	case next == " ":
		return false
	case last == " ":
		return !startsWithMark(rest)
	case strings.Contains(opening, last), strings.Contains(closing, next), "0" <= last && last <= "9":
		return false
	}
	return wide(last) || wide(next)
}

func wide(character string) bool {
	r, _ := utf8.DecodeRuneInString(character)
	return runewidth.RuneWidth(r) == 2
}

// startsWithMark reports whether s begins with the number of a citation, such as "[12]".
func startsWithMark(s string) bool {
	digits, ok := strings.CutPrefix(s, "[")
	number, _, closed := strings.Cut(digits, "]")
	return ok && closed && number != "" && strings.Trim(number, "0123456789") == ""
}
