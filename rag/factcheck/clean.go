package factcheck

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The forms of a Discord message that say nothing of their own
// (https://support.discord.com/hc/en-us/articles/210298617 and https://discord.com/developers/docs/reference#message-formatting).
const (
	codeForm    = "(?s)```.*?(?:```|$)|``.+?``"
	quoteForm   = `(?ms)^[ \t]*>>> .*|(?-s)^[ \t]*> ?.*$`
	struckForm  = `(?s)~~.+?~~`
	linkForm    = `\[([^\]\n]{1,200})\]\(<?[^)\s]+>?\)`
	foreignForm = `<(?:@[!&]?|#|a?:\w+:|t:|/[^>]{1,40}:|id:)[^>\n]{0,60}>|<?(?i:https?://|www\.)[^\s>）)]+>?|@everyone|@here|:[a-z0-9_+-]{2,32}:`
	listForm    = `^\s*(?:#{1,3}\s+|-#\s+|[-*•+]\s+|\d{1,2}[.)]\s+)`
	marksForm   = "[*_`|]{2,3}|[*`]"
)

// forms are the compiled forms.
type forms struct{ code, quote, struck, link, foreign, list, marks, quoted *regexp.Regexp }

func newForms() forms {
	return forms{
		code: regexp.MustCompile(codeForm), quote: regexp.MustCompile(quoteForm), struck: regexp.MustCompile(struckForm),
		link: regexp.MustCompile(linkForm), foreign: regexp.MustCompile(foreignForm), list: regexp.MustCompile(listForm),
		marks:  regexp.MustCompile(marksForm),
		quoted: regexp.MustCompile(`"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|「[^」\n]*」|『[^』\n]*』|‘[^’\n]{12,}’`),
	}
}

// masked is a message in which code, block quotations and struck text are white space: what is left stands where it stood.
func (f forms) masked(message string) string {
	for _, re := range []*regexp.Regexp{f.code, f.quote, f.struck} {
		message = re.ReplaceAllStringFunc(message, blank)
	}
	return message
}

// blank is white space of the length of s that ends a sentence.
func blank(s string) string {
	const paragraph = 2 // line feeds that end a sentence
	n := min(len(s), paragraph)
	return strings.Repeat("\n", n) + strings.Repeat(" ", len(s)-n)
}

// plain is a sentence without links, mentions, markup, emoji and invisible characters.
func (f forms) plain(s string) string {
	s = f.link.ReplaceAllString(s, "$1")
	s = f.foreign.ReplaceAllString(s, " ")
	s = f.list.ReplaceAllString(s, "")
	s = f.marks.ReplaceAllString(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || isPicture(r):
			return ' '
		case r == '’' || r == 'ʼ' || r == '‘':
			return '\''
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
			return -1
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isPicture tells whether a character is an emoji or another picture, which has no words to compare.
func isPicture(r rune) bool {
	const emoji, last = 0x1F000, 0x1FFFF
	return r >= emoji && r <= last || unicode.Is(unicode.So, r) && r != '°' && r != '№' || unicode.Is(unicode.Me, r) || unicode.Is(unicode.Co, r)
}

// mocks tells whether a sentence has a picture or mark that says it is not meant so.
func mocks(s string) bool {
	return strings.ContainsAny(s, "🙄🤡😂🤣🙃😏🤪🤦😆") || strings.HasSuffix(strings.TrimSpace(s), "/s")
}
