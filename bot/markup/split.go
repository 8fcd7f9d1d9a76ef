package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Room is how much text fits somewhere. Zero fields are no limit.
type Room struct {
	Runes int // code points
	Bytes int // of UTF-8
}

// Plain is the room of a message of plain text.
func Plain() Room { return Room{Runes: 2000} }

// V2 is the room of the Text Displays of a message together, twelve bytes for each of them taken off. The limit of bytes is not
// documented; requests beyond it were seen to fail (https://github.com/discord/discord-api-docs/issues/8554).
func V2(displays int) Room { return Room{Runes: 4000, Bytes: 10170 - 12*displays} }

// Fits reports whether s fits.
func (r Room) Fits(s string) bool {
	return (r.Runes == 0 || utf8.RuneCountInString(s) <= r.Runes) && (r.Bytes == 0 || len(s) <= r.Bytes)
}

// Without is the room that is left beside s.
func (r Room) Without(s string) Room {
	if r.Runes > 0 {
		r.Runes = max(1, r.Runes-utf8.RuneCountInString(s))
	}
	if r.Bytes > 0 {
		r.Bytes = max(utf8.UTFMax, r.Bytes-len(s))
	}
	return r
}

// How good a place is for cutting, best last.
const (
	cutAnywhere = iota
	cutSpace
	cutSentence
	cutLine
	cutParagraph
)

// Split cuts markup into parts that fit: between paragraphs where that leaves no small parts, else between lines, at the end of a
// sentence (with the numbers of its citations), at a space, and only in a word without end anywhere. Links, times and escaped
// characters stay whole, unless one alone does not fit. White space at the cuts is left out. Nothing gives no part.
func Split(s string, room Room) []string {
	var parts []string
	for s = strings.TrimSpace(s); s != ""; {
		if room.Fits(s) {
			return append(parts, s)
		}
		at := cut(s, room)
		if part := strings.TrimSpace(s[:at]); part != "" {
			parts = append(parts, part)
		}
		s = strings.TrimSpace(s[at:])
	}
	return parts
}

// cut finds where to cut s, which does not fit.
func cut(s string, room Room) int {
	var best [cutParagraph + 1]int // the last place of each quality that leaves a part that fits
	end, runes := 0, 0
	for end < len(s) {
		n := atom(s[end:])
		count := utf8.RuneCountInString(s[end : end+n])
		if room.Runes > 0 && runes+count > room.Runes || room.Bytes > 0 && end+n > room.Bytes {
			break
		}
		end, runes = end+n, runes+count
		best[quality(s, end)] = end
	}
	if end == 0 { // a link that does not fit
		return inAtom(s, room)
	}
	for q := cutParagraph; q > cutAnywhere; q-- {
		if best[q] > end/2 {
			return best[q]
		}
	}
	for q := cutSentence; q > cutAnywhere; q-- {
		if best[q] > 0 {
			return best[q]
		}
	}
	return end
}

// inAtom is how much of an atom fits, at least a code point.
func inAtom(s string, room Room) int {
	end := 0
	for i, r := range s {
		size := utf8.RuneLen(r)
		if i > 0 && !room.Fits(s[:i+size]) {
			break
		}
		end = i + size
	}
	return end
}

// atom is the length of what must not be cut at the beginning of s: an escaped character, a link, a time, or a code point.
func atom(s string) int {
	switch s[0] {
	case '\\':
		_, n := utf8.DecodeRuneInString(s[1:])
		return 1 + n
	case '[':
		label := inBrackets(s)
		if label > 0 && strings.HasPrefix(s[label:], "(<") {
			if end := strings.Index(s[label:], ">)"); end > 0 && !strings.ContainsAny(s[label:label+end], " \n") {
				return label + end + 2
			}
		}
	case '<':
		if end := strings.IndexAny(s[1:], "> \n"); end > 0 && s[1+end] == '>' {
			return end + 2
		}
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// inBrackets is the length of [label], 0 where it does not end on its line.
func inBrackets(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\n', '[':
			return 0
		case ']':
			return i + 1
		}
	}
	return 0
}

// quality says how good it is to cut before s[at:].
func quality(s string, at int) int {
	before, after := s[:at], s[at:]
	next, _ := utf8.DecodeRuneInString(after)
	switch last, _ := utf8.DecodeLastRuneInString(before); {
	case strings.HasSuffix(before, "\n\n"):
		return cutParagraph
	case last == '\n':
		return cutLine
	case after == "" || unicode.IsSpace(next):
		return cutAnywhere // the space goes with what is before it
	case unicode.IsSpace(last):
		if endsSentence(strings.TrimRightFunc(before, unicode.IsSpace), true) && next != '[' {
			return cutSentence
		}
		return cutSpace
	case endsSentence(before, false) && next != '[':
		return cutSentence
	}
	return cutAnywhere
}

// endsSentence reports whether s ends with a stop, closing marks and the numbers of citations after it. Where no space follows, the
// stop has to be a Chinese one.
func endsSentence(s string, spaced bool) bool {
	for strings.HasSuffix(s, "]") {
		open := strings.LastIndexByte(s, '[')
		if open < 0 || !isNumber(s[open+1:len(s)-1]) {
			return false
		}
		s = strings.TrimRight(s[:open], " ")
	}
	s = strings.TrimRight(s, "\"'”’»」』）*_")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？", last) || spaced && strings.ContainsRune(".!?…", last)
}

func isNumber(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
