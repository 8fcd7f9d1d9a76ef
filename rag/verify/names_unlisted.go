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

// capitals knows words by what their capital letters mean.
type capitals struct {
	ordinary   wordList // makes no name
	translated wordList // makes names that other languages put into words of their own
}

type wordList struct {
	words, stems map[string]bool
}

func newCapitals() *capitals {
	ordinary, translated, _ := strings.Cut(capitalsText, "\n[translated]\n")
	return &capitals{newWordList(ordinary), newWordList(translated)}
}

func newWordList(s string) wordList {
	l := wordList{map[string]bool{}, map[string]bool{}}
	for line := range strings.Lines(s) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			if stem, ok := strings.CutSuffix(word, "*"); ok {
				l.stems[nameForm(stem)] = true
			} else {
				l.words[nameForm(word)] = true
			}
		}
	}
	return l
}

// has tells whether a word is in the list; the longest endings behind a stem are those of adjectives.
func (l wordList) has(form string) bool {
	if l.words[form] {
		return true
	}
	const ending = 4
	end := len(form)
	for i := 0; i <= ending && end > 0; i++ {
		if l.stems[form[:end]] {
			return true
		}
		_, size := utf8.DecodeLastRuneInString(form[:end])
		end -= size
	}
	return false
}

// translates tells whether a name is one that another language is likely to put into words of its own.
func (c *capitals) translates(key string) bool {
	for part := range strings.FieldsSeq(key) {
		if c.translated.has(strings.ToLower(part)) || adjective(part) {
			return true
		}
	}
	return false
}

// adjective tells a Russian or Ukrainian adjective that is not made from the name of a place.
func adjective(word string) bool {
	if strings.Contains(word, "ск") || utf8.RuneCountInString(word) < len("новая")/2 {
		return false
	}
	for _, ending := range []string{"ная", "ное", "ние", "ний", "ного", "ной", "ному", "ную", "них", "ними", "вая", "вий", "вого", "вой", "вое", "вих"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// findUnlisted adds the names that no list has to those found, by offsets of the folded text. The key of such a name is its
// words, each in small letters unless it is an abbreviation; that of a Chinese one is what distinguishes it.
func (n *namer) findUnlisted(f *folded, lang text.Lang, found []mention) []mention {
	taken := found
	free := func(p text.Span) bool {
		for len(taken) > 0 && taken[0].End <= p.Start {
			taken = taken[1:]
		}
		return len(taken) == 0 || taken[0].Start >= p.End
	}
	var run []nameWord
	flush := func() {
		if m, ok := n.unlisted(f, lang, run); ok {
			found = append(found, m)
		}
		run = nil
	}
	chinese := strings.ContainsFunc(f.text, isHan)
	for i, w := range f.words {
		if len(run) > 0 && !tight(f.text[run[len(run)-1].End:w.Start]) {
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
	return f.findAddresses(n.findHan(f, found))
}

// unlisted makes a mention of a run of words with capital letters.
func (n *namer) unlisted(f *folded, lang text.Lang, run []nameWord) (mention, bool) {
	const longest = 12
	var parts []string
	var span text.Span
	for _, w := range run[:min(len(run), longest)] {
		if n.capitals.ordinary.has(w.form) || utf8.RuneCountInString(w.form) < 2 || f.opens(w.Start) && isPlain(w.form, lang) {
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
		rest := f.text[at:min(at+most, len(f.text))]
		if quoted != "" && strings.ContainsAny(rest, "»\"”") {
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

// opens tells whether a sentence or a quotation begins at an offset.
func (f *folded) opens(at int) bool {
	return f.begins(at) || afterQuote(f.text[:at])
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
