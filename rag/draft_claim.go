package rag

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// draftedSentence is a sentence of a model with the passages that it cites.
type draftedSentence struct {
	text   string // without marks and markup
	marks  []int  // numbers of passages that were given, ascending
	kind   DropKind
	reason string // why it was refused; empty when it was not
	mended bool   // it was written anew after a refusal
}

// key is the same for a sentence that is said again: with the same citations, in whatever case and with whatever stop.
func (s *draftedSentence) key() string {
	return fmt.Sprint(strings.ToLower(strings.TrimRight(s.text, ".!?。！？ ")), s.marks)
}

func (s *draftedSentence) refuse(kind DropKind, reason string) { s.kind, s.reason = kind, reason }

// The forms in which models write what they cite and what they must not write.
const (
	// [2], [1, 2], [1][2], [1-3], 【2】, [passage 2], [^2]: one or two digits, so that a year in brackets stays.
	markForm = `[\[［【]\s*\^?(?:\p{L}{1,12}\.?\s)?\s*#?(\d{1,2}(?:\s*[,，、;–-]\s*\d{1,2})*)\s*[\]］】]`
	// Links, mentions, code, pictures and HTML have no place in a claim: links come from citations alone.
	foreignForm = `(?i)\w+://|\bwww\.|\]\(|\b(?:discord\.gg|t\.me)\b|@everyone|@here|<[@#!&:/a-z]|` + "```" +
		`|\b[a-z0-9][a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b` // an address without its scheme
)

// claimForms are the compiled forms.
type claimForms struct{ marks, leading, ended, numbers, foreign, lead, quoted *regexp.Regexp }

func newClaimForms() claimForms {
	return claimForms{
		marks: regexp.MustCompile(markForm), leading: regexp.MustCompile(`^(?:` + markForm + `\s?)*` + markForm),
		ended:   regexp.MustCompile(`[.!?…。！？]["”»」』’)）]?\s*((?:` + markForm + `\s?)*` + markForm + `)`),
		quoted:  regexp.MustCompile(`"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|《[^》]*》`),
		numbers: regexp.MustCompile(`\d+|[–-]`),
		foreign: regexp.MustCompile(foreignForm),
		lead:    regexp.MustCompile(`^(?:#{1,6}\s+|[-*•+]\s+|\d{1,2}[.)]\s+|\d{1,2}、\s*|[（(]\d{1,2}[)）]\s*|[①-⑳]\s*|>\s*|(?i:answer|ответ|відповідь|回答|答案)\s*[:：]\s*)+`),
	}
}

// read takes a sentence of a model apart; given is how many passages the model was shown. Numbers beyond them are passed
// over.
func (f claimForms) read(sentence string, given int) draftedSentence {
	words, marks := f.takeMarks(withoutInvisible(sentence))
	marks = slices.DeleteFunc(marks, func(n int) bool { return n < 1 || n > given })
	slices.Sort(marks)
	return draftedSentence{text: f.withoutMarkup(words), marks: slices.Compact(marks)}
}

// takeMarks parts a sentence from the numbers that it cites.
func (f claimForms) takeMarks(s string) (words string, marks []int) {
	for _, m := range f.marks.FindAllStringSubmatch(s, -1) {
		through := false // the last token was a dash: a range
		for _, token := range f.numbers.FindAllString(m[1], -1) {
			n, err := strconv.Atoi(token)
			if err != nil {
				through = true
				continue
			}
			for from := len(marks); through && from > 0 && marks[len(marks)-1]+1 < n; {
				marks = append(marks, marks[len(marks)-1]+1)
			}
			marks, through = append(marks, n), false
		}
	}
	words = f.marks.ReplaceAllString(s, "")
	return spaceBeforeStop(strings.Join(strings.Fields(words), " ")), marks
}

// leadingMarks is the length of the marks that a text begins with.
func (f claimForms) leadingMarks(s string) int { return len(f.leading.FindString(s)) }

// spaceBeforeStop closes the gap that a mark before the full stop leaves.
func spaceBeforeStop(s string) string {
	return strings.NewReplacer(" .", ".", " ,", ",", " ;", ";", " 。", "。", " ，", "，").Replace(s)
}

// withoutMarkup takes list marks, headings and emphasis off.
func (f claimForms) withoutMarkup(s string) string {
	s = f.lead.ReplaceAllString(strings.TrimSpace(s), "")
	s = strings.NewReplacer("**", "", "__", "", "`", "", "~~", "", "||", "").Replace(s)
	return strings.TrimSpace(strings.Trim(s, "*_ "))
}

// isForeign reports whether a sentence holds a link, a mention or code.
func (f claimForms) isForeign(s string) bool { return f.foreign.MatchString(s) }

// unquoted is a sentence without what it quotes.
func (f claimForms) unquoted(s string) string { return f.quoted.ReplaceAllString(s, " ") }

// withoutInvisible takes out control and format characters (zero width, direction), which hide words from readers.
func withoutInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}
