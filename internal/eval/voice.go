package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/rag"
)

// ownVoice returns the normalised words of the reply that are the bot's own: quotations, headings and names of
// sources taken out. Text in quotation marks counts as a quotation only when a retrieved passage holds it.
func ownVoice(a rag.Answer) string {
	own := normalise(a.Text)
	lent := borrowed(a)
	slices.SortStableFunc(lent, func(x, y string) int { return len(y) - len(x) }) // the longer first: it may hold the shorter
	for _, s := range lent {
		own = strings.ReplaceAll(own, s, " ")
	}
	return withoutMarked(own, retrievedText(a))
}

// shortName is the length in letters below which a name is not taken out: it could stand inside another word.
const shortName = 5

// borrowed lists, normalised, what the reply may show in the words of the documents.
func borrowed(a rag.Answer) []string {
	var list []string
	quote := func(s string) {
		if s = strings.TrimSpace(normalise(s)); s != "" {
			list = append(list, s)
		}
	}
	name := func(s string) {
		if utf8.RuneCountInString(s) >= shortName {
			quote(s)
		}
	}
	sources := func(views []rag.SourceView) {
		for _, v := range views {
			name(v.Title)
			name(v.Publisher)
			name(v.Section)
			name(v.URL)
		}
	}
	for _, c := range a.Citations {
		quote(c.Quote)
		name(c.Heading)
		name(c.Title)
		sources(c.Sources)
	}
	for _, n := range a.Nearest {
		quote(n.Quote)
		name(n.Heading)
	}
	for _, r := range a.Retrieved {
		name(r.Heading)
		sources(r.Sources)
	}
	for _, c := range a.Claims {
		if a.Mode == rag.ModeQuotes && c.Support == 1 { // a rendering of a quotation, perhaps in traditional characters
			quote(c.Text)
		}
	}
	return list
}

func retrievedText(a rag.Answer) string {
	var b strings.Builder
	for _, r := range a.Retrieved {
		b.WriteString(normalise(r.Text))
		b.WriteByte('\n')
	}
	return b.String()
}

// withoutMarked takes out what stands in quotation marks and in the evidence.
func withoutMarked(s, evidence string) string {
	var b strings.Builder
	for {
		start, closing := opening(s)
		if start < 0 {
			break
		}
		_, width := utf8.DecodeRuneInString(s[start:])
		inner, rest, closed := strings.Cut(s[start+width:], closing)
		if closed && strings.TrimSpace(inner) != "" && strings.Contains(evidence, strings.TrimSpace(inner)) {
			b.WriteString(s[:start])
			b.WriteByte(' ')
			s = rest
			continue
		}
		b.WriteString(s[:start+width])
		s = s[start+width:]
	}
	b.WriteString(s)
	return b.String()
}

// opening finds the first opening quotation mark and the mark that closes it; -1 when there is none.
func opening(s string) (start int, closing string) {
	for i, r := range s {
		switch r {
		case '"':
			return i, `"`
		case '«':
			return i, "»"
		case '「':
			return i, "」"
		case '『':
			return i, "』"
		case '《':
			return i, "》"
		}
	}
	return -1, ""
}

func hasLetters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
