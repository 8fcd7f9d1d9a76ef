package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normalise makes strings comparable: Unicode NFKC, lower case, straight quotes and apostrophes, one dash, and one
// space for every run of white space. A space at an end stays, because it asks for the end of a word.
func normalise(s string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(straight(r))
	}
	return b.String()
}

func straight(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', 'ʹ':
		return '\''
	case '“', '”', '„', '‟':
		return '"'
	case '−': // the minus sign is a symbol to Unicode, a dash to a reader
		return '-'
	}
	if unicode.Is(unicode.Pd, r) {
		return '-'
	}
	return r
}

// missing returns the groups of which no string stands in the normalised text.
func missing(normalised string, groups [][]string) [][]string {
	var out [][]string
	for _, group := range groups {
		if len(found(normalised, group)) == 0 {
			out = append(out, group)
		}
	}
	return out
}

// found returns the strings that stand in the normalised text.
func found(normalised string, list []string) []string {
	var out []string
	for _, s := range list {
		if strings.Contains(normalised, normalise(s)) {
			out = append(out, s)
		}
	}
	return out
}
