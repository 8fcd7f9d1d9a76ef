package knowledge

import (
	"slices"
	"strings"
	"unicode"
)

// copiedWords is the length of a row of words that counts as copied.
const copiedWords = 8

// CheckCopied finds sentences that share eight or more consecutive words with the original, in any document of the
// base. Text in quotation marks and the titles and headings of the document's sources are exempt; the name of an
// organisation, a row of capitalised words, counts as one word.
func CheckCopied(b *Base, original string) []Problem {
	var c checker
	source := wordsOf(original)
	starts := map[string][]int{}
	for i := 0; i+copiedWords <= len(source); i++ {
		key := rowKey(source[i : i+copiedWords])
		starts[key] = append(starts[key], i)
	}
	for i := range b.documents {
		d := &b.documents[i]
		exempt := exemptTitles(d)
		for j := range d.Sections {
			s := &d.Sections[j]
			for _, sentence := range s.Sentences {
				words := wordsOf(outsideQuotes(blank(s.Text[sentence.Start:sentence.End], exempt)))
				if row := copiedRow(words, source, starts); row != "" {
					c.report(d, sentence.Line, "copied from the original: %q; say it in other words, or quote it with its speaker", row)
				}
			}
		}
	}
	return inOrder(c.problems)
}

// word is a word for comparison.
type word struct {
	lower string
	name  bool // capitalised, and not because a sentence begins with it
	stop  bool // a break: no row of words goes across
}

// wordsOf cuts text into words and breaks.
func wordsOf(s string) []word {
	var words []word
	start := true // of a sentence
	for field := range strings.FieldsSeq(s) {
		if field == breakMark {
			words = append(words, word{stop: true})
			continue
		}
		trimmed := strings.TrimFunc(field, func(r rune) bool { return !isWordRune(r) })
		if trimmed != "" {
			first := []rune(trimmed)[0]
			lower := strings.ReplaceAll(strings.ToLower(trimmed), "’", "'")
			words = append(words, word{lower: lower, name: unicode.IsUpper(first) && !start})
		}
		start = strings.HasSuffix(field, ".") || strings.HasSuffix(field, "!") || strings.HasSuffix(field, "?")
	}
	return words
}

// breakMark stands for text that is not compared.
const breakMark = "\x00"

// outsideQuotes puts a break in place of every quotation of one line.
func outsideQuotes(s string) string {
	pairs := map[rune]rune{'"': '"', '“': '”', '«': '»', '「': '」', '『': '』', '„': '“'}
	var b strings.Builder
	var closing rune
	held := "" // of an open quotation, given back when it is not closed
	for _, r := range s {
		switch {
		case closing == 0 && pairs[r] != 0:
			closing, held = pairs[r], string(r)
		case closing == 0:
			b.WriteRune(r)
		case r == closing:
			b.WriteString(" " + breakMark + " ")
			closing, held = 0, ""
		case r == '\n':
			b.WriteString(held + "\n")
			closing, held = 0, ""
		default:
			held += string(r)
		}
	}
	return b.String() + held
}

// exemptTitles are the titles and headings that a document may name word for word.
func exemptTitles(d *Document) []string {
	titles := map[string]bool{}
	for _, source := range d.Sources {
		titles[source.Title], titles[source.Publisher] = true, true
	}
	for i := range d.Sections {
		for _, sentence := range d.Sections[i].Sentences {
			for _, ref := range sentence.Refs {
				titles[ref.Section] = true
			}
		}
	}
	delete(titles, "")
	sorted := make([]string, 0, len(titles))
	for title := range titles {
		sorted = append(sorted, title)
	}
	slices.SortFunc(sorted, func(a, b string) int { return len(b) - len(a) })
	return sorted
}

// blank puts a break in place of every title in s, longer ones first.
func blank(s string, titles []string) string {
	for _, title := range titles {
		if strings.Contains(title, " ") {
			s = strings.ReplaceAll(s, title, " "+breakMark+" ")
		}
	}
	return s
}

func rowKey(words []word) string {
	var b strings.Builder
	for _, w := range words {
		if w.stop {
			b.WriteString(breakMark)
		}
		b.WriteString(w.lower + " ")
	}
	return b.String()
}

// copiedRow gives a row of words that also stands in the source and counts eight or more, or "".
func copiedRow(words, source []word, starts map[string][]int) string {
	for i := 0; i+copiedWords <= len(words); i++ {
		for _, at := range starts[rowKey(words[i:i+copiedWords])] {
			n := 0
			for i+n < len(words) && at+n < len(source) && !words[i+n].stop && words[i+n].lower == source[at+n].lower {
				n++
			}
			if counted(words[i:i+n]) >= copiedWords {
				return spell(words[i : i+n])
			}
		}
	}
	return ""
}

// counted gives the number of words, with a row of names as one; small words inside a name belong to it.
func counted(words []word) int {
	n, after := 0, 0 // words; small words since the last name
	inName := false
	for _, w := range words {
		switch {
		case w.name && inName:
			n -= after
			after = 0
		case w.name:
			n++
			inName, after = true, 0
		case inName && slices.Contains([]string{"of", "the", "for", "and", "on", "in", "to"}, w.lower):
			n++
			after++
		default:
			n++
			inName, after = false, 0
		}
	}
	return n
}

func spell(words []word) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.lower
	}
	return strings.Join(list, " ")
}
