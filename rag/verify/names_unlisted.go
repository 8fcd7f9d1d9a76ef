package verify

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

//go:embed data/capitals.txt
var capitalsText string

// capitals tells words that their capital letters do not make names.
type capitals struct {
	words map[string]bool
	stems map[string]bool
}

func newCapitals() *capitals {
	c := &capitals{words: map[string]bool{}, stems: map[string]bool{}}
	for line := range strings.Lines(capitalsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			if stem, ok := strings.CutSuffix(word, "*"); ok {
				c.stems[nameForm(stem)] = true
			} else {
				c.words[nameForm(word)] = true
			}
		}
	}
	return c
}

// has tells whether a word is ordinary; its longest endings are those of adjectives.
func (c *capitals) has(form string) bool {
	if c.words[form] {
		return true
	}
	const ending = 4
	end := len(form)
	for i := 0; i <= ending && end > 0; i++ {
		if c.stems[form[:end]] {
			return true
		}
		_, size := utf8.DecodeLastRuneInString(form[:end])
		end -= size
	}
	return false
}

// findUnlisted adds the names that no list has to those found, by offsets of the folded text. The key of such a name is its
// words, each in small letters unless it is an abbreviation; that of a Chinese one is what distinguishes it.
func (n *namer) findUnlisted(f *folded, found []mention) []mention {
	taken := found
	free := func(p text.Span) bool {
		for len(taken) > 0 && taken[0].End <= p.Start {
			taken = taken[1:]
		}
		return len(taken) == 0 || taken[0].Start >= p.End
	}
	var run []nameWord
	flush := func() {
		if m, ok := n.unlisted(run); ok {
			found = append(found, m)
		}
		run = nil
	}
	chinese := strings.ContainsFunc(f.text, isHan)
	for i, w := range f.words {
		if len(run) > 0 && !joint(f.text[run[len(run)-1].End:w.Start]) {
			flush()
		}
		switch {
		case !free(w.Span) || w.script == digits || !w.capital && !w.mixed:
			flush()
		case chinese && w.script == latin && utf8.RuneCountInString(w.form) < 2:
			flush()
		case len(run) == 0 && f.begins(w.Start) && !w.mixed && !w.shouted && !(i+1 < len(f.words) && f.words[i+1].mixed):
			// what begins a sentence has a capital letter in any case
		default:
			run = append(run, w)
		}
	}
	flush()
	return n.findHan(f, found)
}

// unlisted makes a mention of a run of words with capital letters.
func (n *namer) unlisted(run []nameWord) (mention, bool) {
	const longest = 12
	var parts []string
	var span text.Span
	for _, w := range run[:min(len(run), longest)] {
		if n.capitals.has(w.form) || utf8.RuneCountInString(w.form) < 2 {
			continue
		}
		form := w.form
		if w.shouted {
			form = strings.ToUpper(form)
		}
		if len(parts) == 0 {
			span.Start = w.Start
		}
		span.End = w.End
		parts = append(parts, form)
	}
	if len(parts) == 0 {
		return mention{}, false
	}
	return mention{Span: span, key: strings.Join(parts, " ")}, true
}

// begins tells whether a sentence, or a quotation of more than a few words, begins at an offset.
func (f *folded) begins(at int) bool {
	before := strings.TrimRight(f.text[:at], " \u00a0\t")
	quoted := strings.TrimRight(before, "«\"“„'(")
	if quoted != before {
		const most = 60 // a longer quotation is none of a name
		rest := f.text[at:]
		if end := strings.IndexAny(rest, "»\"”"); end >= 0 && end < most && quoted != "" {
			before = quoted
			return strings.HasSuffix(before, ":")
		}
		before = quoted
	}
	before = strings.TrimSpace(before)
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?:;…*#>|", r) && !f.initial(before)
}

// initial tells whether a text ends with an initial or an abbreviation of two letters: "J.", "U.S.", "St.".
func (f *folded) initial(before string) bool {
	word := strings.TrimRight(before, ".")
	if len(before)-len(word) != 1 {
		return false
	}
	start := strings.LastIndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) + 1
	const most = 2
	return start < len(word) && utf8.RuneCountInString(word[start:]) <= most && f.upper(start)
}
