package look

import (
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Markdown draws Discord's Markdown as HTML.
func Markdown(s string) template.HTML {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(block(line))
	}
	return template.HTML(b.String()) //nolint:gosec // inline escapes all text, block adds only tags
}

// block draws a line.
func block(line string) string {
	for _, b := range []struct{ mark, open, end string }{
		{"### ", "<h3>", "</h3>"},
		{"## ", "<h2>", "</h2>"},
		{"# ", "<h1>", "</h1>"},
		{"-# ", `<div class="sub">`, "</div>"},
		{"> ", "<blockquote>", "</blockquote>"},
		{"- ", "<div>• ", "</div>"},
	} {
		if rest, ok := strings.CutPrefix(line, b.mark); ok {
			return b.open + inline(rest) + b.end
		}
	}
	return "<div>" + inline(line) + "</div>"
}

// inline draws the text of a line: what stands first is drawn, the rest likewise.
func inline(s string) string {
	var b strings.Builder
	for s != "" {
		drawn, rest := one(s)
		b.WriteString(drawn)
		s = rest
	}
	return b.String()
}

// one draws the first piece of s and returns what follows it.
func one(s string) (drawn, rest string) {
	if len(s) > 1 && s[0] == '\\' && strings.ContainsRune("\\*_~`|<>#[]()-:@.!+", rune(s[1])) {
		return html.EscapeString(s[1:2]), s[2:]
	}
	for _, p := range []struct{ mark, tag string }{{"**", "b"}, {"__", "u"}, {"*", "i"}, {"`", "code"}} {
		if rest, ok := strings.CutPrefix(s, p.mark); ok {
			if end := closing(rest, p.mark); end > 0 {
				return "<" + p.tag + ">" + inline(rest[:end]) + "</" + p.tag + ">", rest[end+len(p.mark):]
			}
		}
	}
	if m := regexp.MustCompile(`^\[((?:[^\[\]\\]|\\.)+)\]\(<?(https?://[^\s)>]+)>?\)`).FindStringSubmatch(s); m != nil {
		return `<a href="` + html.EscapeString(m[2]) + `">` + inline(m[1]) + "</a>", s[len(m[0]):]
	}
	if m := regexp.MustCompile(`^<t:(\d+)(?::([a-zA-Z]))?>`).FindStringSubmatch(s); m != nil {
		return `<span class="time">` + moment(m[1], m[2]) + "</span>", s[len(m[0]):]
	}
	if m := regexp.MustCompile(`^<(?:@[!&]?|#)\d+>|^</([^:>]+):\d+>`).FindStringSubmatch(s); m != nil {
		name := "#channel"
		switch {
		case m[1] != "":
			name = "/" + m[1]
		case strings.HasPrefix(m[0], "<@&"):
			name = "@role"
		case strings.HasPrefix(m[0], "<@"):
			name = "@member"
		}
		return `<span class="mention">` + html.EscapeString(name) + "</span>", s[len(m[0]):]
	}
	if m := regexp.MustCompile(`^<?https://discord\.com/channels/\d+/\d+/\d+>?`).FindString(s); m != "" {
		return `<span class="mention">#channel › message</span>`, s[len(m):]
	}
	if m := regexp.MustCompile(`^<?(https?://[^\s<>]+)>?`).FindStringSubmatch(s); m != nil {
		return `<a href="` + html.EscapeString(m[1]) + `">` + html.EscapeString(m[1]) + "</a>", s[len(m[0]):]
	}
	for i := range s {
		if i > 0 {
			return html.EscapeString(s[:i]), s[i:]
		}
	}
	return html.EscapeString(s), ""
}

// closing finds the mark that ends a span, past escaped characters.
func closing(s, mark string) int {
	for i := 0; i+len(mark) <= len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if s[i:i+len(mark)] == mark {
			return i
		}
	}
	return -1
}

// moment draws a time; those that Discord draws from now on as words that need no clock.
func moment(unix, style string) string {
	seconds, err := strconv.ParseInt(unix, 10, 64)
	if err != nil {
		return html.EscapeString(unix)
	}
	at := time.Unix(seconds, 0).UTC()
	switch style {
	case "d", "D":
		return at.Format("2 January 2006")
	case "R":
		return "in a while"
	}
	return at.Format("2 January 2006 15:04")
}
