package verify

import (
	"strings"
	"unicode/utf8"

	"amur/internal/text"
)

// findHan adds the names in Chinese characters that no list has but that are marked as names: titles in 《》 and foreign names
// with a dot between their parts. Their keys begin with the mark.
func (n *namer) findHan(f *folded, found []mention) []mention {
	covered := func(p text.Span) bool {
		for _, m := range found {
			if m.Start < p.End && p.Start < m.End {
				return true
			}
		}
		return false
	}
	known := len(found)
	for i, r := range f.text {
		var m mention
		switch r {
		case '《':
			m = titleAt(f.text, i)
		case '·':
			m = dottedAt(f.text, i)
		}
		if m.End > 0 && len(found)-known < 50 && !covered(m.Span) {
			found = append(found, m)
		}
	}
	return found
}

// titleAt reads the title whose opening mark stands at i.
func titleAt(s string, i int) mention {
	const most = 90 // bytes, 30 characters
	start := i + len("《")
	end := strings.Index(s[start:], "》")
	if end <= 0 || end > most {
		return mention{}
	}
	return mention{Span: text.Span{Start: start, End: start + end}, key: "《" + s[start:start+end]}
}

// dottedAt reads the two characters on each side of a dot: names have no fixed length, and these are enough to tell them.
func dottedAt(s string, i int) mention {
	start, end := i, i+len("·")
	for range 2 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !isHan(r) {
			return mention{}
		}
		start -= size
	}
	for range 2 {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !isHan(r) {
			return mention{}
		}
		end += size
	}
	return mention{Span: text.Span{Start: start, End: end}, key: "·" + s[i+len("·"):end]}
}
