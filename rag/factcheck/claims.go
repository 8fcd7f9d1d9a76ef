package factcheck

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
	"amur/rag/verify"
)

const (
	longestMessage = 8000 // bytes of a message that are read; Discord's own limit is 4,000 characters
	mostClaims     = 20   // claims of a message that are compared
	longestClaim   = 600  // bytes; what is longer is no sentence
)

// claim is a sentence of a message that states something.
type claim struct {
	sentence  string // of the message, verbatim
	text      string // without markup, interjections and traditional characters
	folded    string
	lang      text.Lang // of the text: never zh-Hant
	asked     text.Lang // of the writer
	values    []text.Value
	countries []string
	before    *carried // the sentence before it, for one that does not name its subject
	next      bool     // it follows right on the claim before it
}

// carried is a claim that the documents carry, and the passages that do.
type carried struct {
	claim

	evidence []verify.Evidence
}

// claims takes the claims out of a message, in order.
func (c *Checker) claims(message string, fallback text.Lang) []claim {
	for end := longestMessage; len(message) > longestMessage; end-- { // cut between characters
		if utf8.RuneStart(message[end]) {
			message = message[:end]
		}
	}
	masked := c.forms.masked(message)
	whole := text.Detect(c.forms.plain(masked), fallback)
	said := c.quotations(masked)
	if mocks(lastSign(masked)) && strings.HasSuffix(strings.TrimSpace(masked), "/s") {
		return nil // the mark is of all that stands before it
	}
	var out []claim
	follows := false
	for _, at := range sentences(masked) {
		if len(out) == mostClaims {
			break
		}
		if overlaps(said, at) {
			follows = false
			continue
		}
		if one, ok := c.claim(at.In(masked), whole); ok {
			one.sentence, one.next = at.In(message), follows
			out = append(out, one)
			follows = true
		} else {
			follows = false
		}
	}
	return out
}

// sentences cuts a message into sentences. A picture ends one before a capital letter, since many write them in the place of a stop.
func sentences(s string) []text.Span {
	var out []text.Span
	for _, at := range text.Sentences(s) {
		start, picture := at.Start, false
		for i, r := range at.In(s) {
			switch {
			case isPicture(r):
				picture = true
			case picture && unicode.IsUpper(r):
				out = append(out, text.Span{Start: start, End: at.Start + i})
				start, picture = at.Start+i, false
			case !unicode.IsSpace(r) && !unicode.Is(unicode.Variation_Selector, r):
				picture = false
			}
		}
		out = append(out, text.Span{Start: start, End: at.End})
	}
	return out
}

// lastSign is the end of a message.
func lastSign(s string) string {
	s = strings.TrimSpace(s)
	return s[max(0, len(s)-len("/s")):]
}

// claim makes a claim of a sentence, unless it states nothing.
func (c *Checker) claim(sentence string, whole text.Lang) (claim, bool) {
	plain := c.forms.plain(sentence)
	if mocks(sentence) || len(plain) > longestClaim || strings.ContainsAny(plain, "?？") {
		return claim{}, false
	}
	folded := c.cues.fold(plain)
	if c.cues.has(folded, greeting, order, asking, sarcasm, opinion, supposed, reported) {
		return claim{}, false
	}
	out := claim{asked: text.Detect(plain, whole)}
	out.lang = out.asked
	if out.asked == text.ZHHant {
		plain, out.lang = c.cues.chinese.ToSimplified(plain), text.ZH
	}
	out.text = c.bare(plain)
	out.folded = c.cues.fold(out.text)
	out.values, out.countries = values(out.text, out.lang), c.named(out.folded)
	return out, !isFragment(out.text)
}

// bare takes interjections off the beginning and the end of a sentence, which say nothing of its subject.
func (c *Checker) bare(s string) string {
	const most = 4 // interjections
	for range most {
		folded := c.cues.fold(s)
		if len(folded) != len(s) { // places in the one are not places in the other
			return s
		}
		if at := c.cues.classes[lead].FindStringIndex(folded); at != nil && at[1] < len(s) {
			s = strings.TrimSpace(s[at[1]:])
			continue
		}
		at := c.cues.classes[trail].FindStringIndex(folded)
		if at == nil || at[0] == 0 {
			return s
		}
		s = strings.TrimSpace(s[:at[0]])
	}
	return s
}

// quotations are the places of a message that stand in quotation marks and are longer than a name.
func (c *Checker) quotations(s string) []text.Span {
	const fewWords, fewHan = 6, 10
	var out []text.Span
	for _, at := range c.forms.quoted.FindAllStringIndex(s, -1) {
		words, han := count(s[at[0]:at[1]])
		if words >= fewWords || han >= fewHan {
			out = append(out, text.Span{Start: at[0], End: at[1]})
		}
	}
	return out
}

func overlaps(spans []text.Span, at text.Span) bool {
	for _, s := range spans {
		if s.Start < at.End && at.Start < s.End {
			return true
		}
	}
	return false
}

// isFragment tells whether a sentence is too short to state anything.
func isFragment(s string) bool {
	const fewestWords, fewestHan = 3, 5
	words, han := count(s)
	return words < fewestWords && han < fewestHan
}

// count counts words in letters and Chinese characters.
func count(s string) (words, han int) {
	for _, w := range text.Words(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Han, r) {
			han++
		} else {
			words++
		}
	}
	return words, han
}
