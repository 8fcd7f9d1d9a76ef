package phrase

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"amur/bot/markup"
)

// Fill is what goes into a gap of a phrase.
type Fill struct {
	name   string
	value  string
	number int
	counts bool
}

// Text fills a gap with text from elsewhere: a title, a name, a figure. It is escaped.
func Text(name, value string) Fill { return Fill{name: name, value: markup.Escape(value)} }

// Markup fills a gap with what the bot made itself: a time, a link, a command, escaped text.
func Markup(name, value string) Fill { return Fill{name: name, value: value} }

// Count fills a gap with a number, and chooses among the forms that it names.
func Count(name string, n int) Fill {
	return Fill{name: name, value: strconv.Itoa(n), number: n, counts: true}
}

// filled returns what stands in a gap, "name" or "name|form|form…".
func filled(l Locale, gap string, fill []Fill) string {
	name, forms, choose := strings.Cut(gap, "|")
	for _, f := range fill {
		switch {
		case f.name != name:
		case choose && f.counts:
			return strings.ReplaceAll(form(l, f.number, strings.Split(forms, "|")), "#", f.value)
		case !choose:
			return f.value
		}
	}
	return "{" + gap + "}"
}

// form chooses among the forms of a word by the plural rules of the Unicode CLDR; the last serves where there are too few.
func form(l Locale, n int, forms []string) string {
	at := 0
	switch plural.Cardinal.MatchPlural(language.Make(string(l)), n, 0, 0, 0, 0) {
	case plural.Few:
		at = 1
	case plural.Many:
		at = 2
	case plural.Other:
		at = len(forms) - 1
	}
	return forms[min(at, len(forms)-1)]
}
