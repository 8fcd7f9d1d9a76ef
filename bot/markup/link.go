package markup

import (
	"net/url"
	"strings"
)

// Label returns foreign text as the text of a link.
func Label(s string) string { return Escape(strings.NewReplacer("[", "(", "]", ")").Replace(s)) }

// Link returns label, which is a Label, leading to an address, without a preview of it. What is no address of the web, or a very
// long one, gives the label alone.
func Link(label, address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return label
	}
	written := strings.NewReplacer(
		"(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\\", "%5C", "`", "%60", "|", "%7C", "*", "%2A", "@", "%40", "[", "%5B", "]", "%5D",
	).Replace(u.String())
	if len(written) > longestAddress || strings.ContainsFunc(written, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return label
	}
	return "[" + label + "](<" + written + ">)"
}

const longestAddress = 500

// Unlinked returns markup with the text of each Link in its place.
func Unlinked(s string) string {
	var b strings.Builder
	for {
		at := strings.Index(s, "](<")
		if at < 0 {
			return b.String() + s
		}
		end := strings.Index(s[at:], ">)")
		open := strings.LastIndexByte(s[:at], '[')
		if end < 0 || open < 0 {
			b.WriteString(s[:at+1])
			s = s[at+1:]
			continue
		}
		b.WriteString(s[:open] + s[open+1:at])
		s = s[at+end+2:]
	}
}
