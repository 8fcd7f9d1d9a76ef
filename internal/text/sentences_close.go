package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	terminators = ".!?。！？…‼⁇⁈⁉．｡"
	closing     = "”’»›)]}」』》〉）】］｝〗"
)

// close returns where the sentence that ends about offset end really ends:
// back before opening marks that the annex left with it, and forward over
// closing marks, emphasis and footnote markers.
func (c *cutter) close(end int) int {
	s := c.s
	at := end
	for at > c.start {
		r, n := utf8.DecodeLastRuneInString(s[c.start:at])
		if strings.ContainsRune(terminators, r) {
			break
		}
		if end-at > reach || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return end
		}
		at -= n
	}
	if at == c.start {
		return end
	}
	for at < len(s) {
		n := c.closer(at)
		if n == 0 {
			break
		}
		at += n
	}
	return at
}

// closer returns the length of what stands at offset at, right after the end of
// a sentence, if that still belongs to the sentence; else 0.
func (c *cutter) closer(at int) int {
	s := c.s
	r, n := utf8.DecodeRuneInString(s[at:])
	switch {
	case strings.ContainsRune(terminators, r), strings.ContainsRune(closing, r), unicode.Is(unicode.Mn, r), r == '\ufe0f', r == '\u200d':
		return n
	case r == '"' || r == '\'':
		if strings.Count(s[max(c.start, at-reach):at], string(r))%2 == 1 {
			return n
		}
	case unicode.Is(unicode.No, r): // a superscript as footnote marker
		return n
	case strings.ContainsRune("*_`~", r):
		run := len(s[at:]) - len(strings.TrimLeft(s[at:], "*_`~"))
		if rest, _ := utf8.DecodeRuneInString(s[at+run:]); at+run == len(s) || unicode.IsSpace(rest) || rest == '[' || strings.ContainsRune(closing, rest) {
			return run
		}
	case r == '[':
		return marker(s[at:])
	}
	return 0
}

// marker returns the length of the footnote marker that s begins with: "[^id]",
// "[12]" or "[1, 2]".
func marker(s string) int {
	end := strings.IndexByte(s, ']')
	if end < 2 || end > 64 {
		return 0
	}
	inner := s[1:end]
	if inner[0] == '^' && !strings.ContainsAny(inner, " \t\n[") || strings.Trim(inner, "0123456789,– -") == "" {
		return end + 1
	}
	return 0
}
