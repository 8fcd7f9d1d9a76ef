package markup

import (
	"strings"
	"unicode"
)

// marksKept is how many marks may stand above or below one letter; no language needs more, and piles of them cover other lines.
const marksKept = 3

// Escape returns foreign text so that Discord shows it as it is: no mention, link, markup or invisible mark of it takes effect. It
// becomes a single line.
func Escape(s string) string {
	var b strings.Builder
	opening, numbered := true, false // nothing but digits and spaces so far; a digit among them
	s = visible(s)
	for i, r := range s {
		if isMarkup(r) || opening && beginsList(s[i:], numbered) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		switch {
		case r >= '0' && r <= '9':
			numbered = true
		case r != ' ':
			opening = false
		}
	}
	return b.String()
}

// visible leaves out what shows nothing, and marks that pile up over a letter; white space becomes spaces.
func visible(s string) string {
	marks := 0 // in a row
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.In(r, unicode.Zl, unicode.Zp):
			marks = 0
			return ' '
		case isInvisible(r):
			return -1
		case !unicode.In(r, unicode.Mn, unicode.Me):
			marks = 0
			return r
		}
		if marks++; marks > marksKept {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// beginsList reports whether s, which stands at the beginning of a line or after a number there, makes that line an item of a list: a
// dash, or the full stop of "1.", before a space. What follows the end of s may be one.
func beginsList(s string, numbered bool) bool {
	if numbered != (s[0] == '.') || strings.IndexByte("-+.", s[0]) < 0 {
		return false
	}
	return len(s) == 1 || s[1] == ' '
}

// isMarkup reports whether Discord gives a character a meaning wherever it stands. The slash is one of them because of addresses,
// and of invitations, which work without a scheme.
func isMarkup(r rune) bool { return strings.ContainsRune("\\*_~`|<>#[]@/", r) }

// isInvisible reports whether a character shows nothing: controls, marks of direction, joiners.
func isInvisible(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// Unescape takes away the backslashes that Escape has set.
func Unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (isMarkup(rune(s[i+1])) || strings.IndexByte("-+.", s[i+1]) >= 0) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Bare returns foreign text as a single line without addresses, invitations and mentions; it still has to be escaped.
func Bare(s string) string {
	s = strings.Map(func(r rune) rune {
		if isInvisible(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = strings.NewReplacer("@everyone", "", "@here", "").Replace(withoutTags(s))
	var b strings.Builder
	for len(s) > 0 {
		end := asciiRun(s)
		if end == 0 {
			end = strings.IndexFunc(s, func(r rune) bool { return isVisibleASCII(r) })
			if end < 0 {
				end = len(s)
			}
			b.WriteString(s[:end])
		} else {
			b.WriteString(withoutAddress(s[:end]))
		}
		s = s[end:]
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// withoutTags takes out what Discord writes in angle brackets: mentions, channels, emoji, commands, times, addresses.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(s, "<")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed || tag == "" || strings.ContainsAny(tag[:1], " =0123456789") {
			b.WriteString("<")
			s = rest
			continue
		}
		b.WriteString(" ")
		s = after
	}
}

func isVisibleASCII(r rune) bool { return r > ' ' && r < unicode.MaxASCII }

// asciiRun is the length of the visible ASCII that s begins with.
func asciiRun(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return !isVisibleASCII(r) })
	if end < 0 {
		return len(s)
	}
	return end
}

// withoutAddress cuts an address off a word.
func withoutAddress(word string) string {
	at := strings.Index(word, "://")
	if at >= 0 {
		for at > 0 && isLetter(word[at-1]) {
			at--
		}
		return word[:at]
	}
	if lower := strings.ToLower(word); strings.Contains(lower, "www.") || strings.Contains(lower, "discord.gg") || strings.Contains(lower, "t.me/") ||
		hasDomainAndPath(lower) {
		return ""
	}
	return word
}

// hasDomainAndPath reports whether a word looks like example.com/path.
func hasDomainAndPath(word string) bool {
	domain, _, path := strings.Cut(word, "/")
	dot := strings.LastIndexByte(domain, '.')
	if !path || dot < 1 || len(domain)-dot < 3 {
		return false
	}
	return strings.IndexFunc(domain[dot+1:], func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
