package knowledge

import "strings"

// scanHeading reads "## Heading {#id}".
func scanHeading(line string) (heading, id string, ok bool) {
	rest, ok := strings.CutPrefix(line, "##")
	if !ok || rest == "" || rest[0] != ' ' && rest[0] != '\t' {
		return "", "", false
	}
	rest, ok = strings.CutSuffix(rest, "}")
	at := strings.LastIndex(rest, "{#")
	if !ok || at < 0 {
		return "", "", false
	}
	return strings.TrimSpace(rest[:at]), rest[at+2:], true
}

// scanDefinition reads "[^name]: content".
func scanDefinition(line string) (name, content string, ok bool) {
	rest, ok := strings.CutPrefix(line, "[^")
	if !ok {
		return "", "", false
	}
	name, content, ok = strings.Cut(rest, "]:")
	if strings.ContainsAny(name, "[]") {
		return "", "", false
	}
	return name, strings.TrimSpace(content), ok
}

// scanListItem gives what follows "- ", "* ", "+ ", "1. " or "1) " at the start of a line.
func scanListItem(line string) (content string, ok bool) {
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	rest := line[digits:]
	if digits > 3 || rest == "" {
		return "", false
	}
	if digits > 0 && !strings.ContainsRune(".)", rune(rest[0])) || digits == 0 && !strings.ContainsRune("-*+", rune(rest[0])) {
		return "", false
	}
	content = strings.TrimLeft(rest[1:], " \t")
	return content, len(content) < len(rest)-1
}

// isForeignBlock tells whether a line begins a quotation, a table or code, or is a rule or the line under a heading.
func isForeignBlock(line string) bool {
	for _, start := range []string{">", "|", "```", "~~~"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	first := line[:1] // of a rule: one character over and over
	if !strings.Contains("-=*_", first) || strings.Trim(line, first+" \t") != "" {
		return false
	}
	return first == "=" || strings.Count(line, first) > 1
}

// scanMarker reads "[^name]" at the start of s and gives its length.
func scanMarker(s string) (name string, size int, ok bool) {
	rest, ok := strings.CutPrefix(s, "[^")
	if !ok {
		return "", 0, false
	}
	end := strings.IndexAny(rest, "[]\n")
	if end < 0 || rest[end] != ']' {
		return "", 0, false
	}
	return rest[:end], len("[^") + end + 1, true
}

// scanLink reads "[words](target)" at the start of s and gives the lengths of the words and of the whole.
func scanLink(s string) (target string, words, size int, ok bool) {
	end := strings.IndexAny(s[1:], "[]")
	if end < 1 || !strings.HasPrefix(s[1+end:], "](") {
		return "", 0, 0, false
	}
	rest := s[1+end+2:]
	last := strings.IndexAny(rest, "() \t\n")
	if last < 0 || rest[last] != ')' {
		return "", 0, 0, false
	}
	return rest[:last], end, 1 + end + 2 + last + 1, true
}

// scanEntity gives an HTML entity such as "&amp;" at the start of s, or "".
func scanEntity(s string) string {
	end := strings.IndexByte(s, ';')
	if end < 2 || end > 32 {
		return ""
	}
	for i, c := range s[1:end] {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		digit := c >= '0' && c <= '9'
		if !letter && (!digit || i == 0) && (c != '#' || i != 0) {
			return ""
		}
	}
	return s[:end+1]
}

// isTag tells whether s begins with an HTML tag or comment.
func isTag(s string) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	c := s[1]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' || c == '!' || c == '?'
}
