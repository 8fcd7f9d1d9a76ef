package verify

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/directions.txt data/negations.txt data/actors.txt
var clashData embed.FS

// conceptKind says how a concept can be turned round; see data/directions.txt.
type conceptKind string

const (
	plainConcept    conceptKind = "plain"
	actConcept      conceptKind = "act"
	flowConcept     conceptKind = "flow"
	compareConcept  conceptKind = "compare"
	orderConcept    conceptKind = "order"
	equalConcept    conceptKind = "equal"
	topicConcept    conceptKind = "topic"
	notConcept      conceptKind = "not"
	softConcept     conceptKind = "soft"
	contrastConcept conceptKind = "contrast"
	nearConcept     conceptKind = "near"
	blindConcept    conceptKind = "blind"
	doubtConcept    conceptKind = "doubt"
)

type concept struct {
	name string
	kind conceptKind
}

// mark is what a form stands for: a pole of a concept, or an actor.
type mark struct {
	concept int // in lexicon.concepts; -1 for an actor
	pole    string
}

const actorMark = -1

// gap stands in a phrase for some words that do not matter.
const gap = ".."

// lexicon knows the words of all four languages that tell direction and negation.
type lexicon struct {
	concepts []concept
	exact    map[string][]mark
	prefix   map[string][]mark
	phrases  map[string][]phrase // by their first part, with its star
	chinese  map[rune][]chineseForm
	longest  int // of the prefixes, in bytes
}

// phrase is a form of several words.
type phrase struct {
	rest  []string // the parts behind the first
	marks []mark
}

type chineseForm struct {
	text  string
	marks []mark
}

// newLexicon reads the embedded lists; its error is a fault of the build.
func newLexicon() (*lexicon, error) {
	l := &lexicon{
		exact: map[string][]mark{}, prefix: map[string][]mark{}, phrases: map[string][]phrase{}, chinese: map[rune][]chineseForm{},
	}
	for _, file := range []string{"directions.txt", "negations.txt", "actors.txt"} {
		data, err := clashData.ReadFile("data/" + file)
		if err != nil {
			return nil, fmt.Errorf("clashes: %w", err)
		}
		for line := range strings.Lines(string(data)) {
			if err := l.line(strings.TrimSpace(line)); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	for _, forms := range l.chinese {
		slices.SortStableFunc(forms, func(a, b chineseForm) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	for _, phrases := range l.phrases {
		slices.SortStableFunc(phrases, func(a, b phrase) int { return cmp.Compare(len(b.rest), len(a.rest)) })
	}
	return l, nil
}

func (l *lexicon) line(line string) error {
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	if actor, names, ok := strings.Cut(line, " | "); ok {
		l.add(names, mark{actorMark, actor})
		return nil
	}
	head, rest, _ := strings.Cut(line, " ")
	switch kind := conceptKind(rest); kind {
	case plainConcept, actConcept, flowConcept, compareConcept, orderConcept, equalConcept, topicConcept,
		notConcept, softConcept, contrastConcept, nearConcept, blindConcept, doubtConcept:
		l.concepts = append(l.concepts, concept{head, kind})
		return nil
	}
	if len(l.concepts) == 0 || len(head) != 1 {
		return fmt.Errorf("%q stands in no concept", line)
	}
	l.add(rest, mark{len(l.concepts) - 1, head})
	return nil
}

func (l *lexicon) add(forms string, m mark) {
	for form := range strings.FieldsSeq(forms) {
		first, _ := utf8.DecodeRuneInString(form)
		parts := strings.Split(form, "_")
		stem, starred := strings.CutSuffix(form, "*")
		switch {
		case unicode.Is(unicode.Han, first):
			l.addChinese(form, m)
		case len(parts) > 1:
			l.addPhrase(parts, m)
			l.longest = max(l.longest, len(parts[0]))
		case starred:
			l.prefix[stem] = append(l.prefix[stem], m)
			l.longest = max(l.longest, len(stem))
		default:
			l.exact[form] = append(l.exact[form], m)
		}
	}
}

func (l *lexicon) addPhrase(parts []string, m mark) {
	known := l.phrases[parts[0]]
	for i := range known {
		if slices.Equal(known[i].rest, parts[1:]) {
			known[i].marks = append(known[i].marks, m)
			return
		}
	}
	l.phrases[parts[0]] = append(known, phrase{parts[1:], []mark{m}})
}

func (l *lexicon) addChinese(form string, m mark) {
	first, _ := utf8.DecodeRuneInString(form)
	forms := l.chinese[first]
	for i := range forms {
		if forms[i].text == form {
			forms[i].marks = append(forms[i].marks, m)
			return
		}
	}
	l.chinese[first] = append(forms, chineseForm{form, []mark{m}})
}

// hasContent reports whether a mark stands for a thing or a doing, and not for a negation or a doubt.
func (l *lexicon) hasContent(m mark) bool {
	switch l.concepts[m.concept].kind {
	case notConcept, softConcept, contrastConcept, nearConcept, blindConcept, doubtConcept:
		return false
	}
	return true
}

// quantity reports whether a mark says that there is more or less of something.
func (l *lexicon) quantity(m mark) bool {
	if m.concept < 0 {
		return false
	}
	switch l.concepts[m.concept].name {
	case "rise", "more", "strong", "often":
		return true
	}
	return false
}

// lookup finds what the words from the first on stand for, and how many of them the form takes. Longer phrases win over
// shorter ones, whole words over beginnings.
func (l *lexicon) lookup(words []token) (marks []mark, taken int) {
	w := words[0].text
	if p, ok := l.phraseAt(w, words[1:]); ok {
		return p.marks, p.taken()
	}
	marks = l.exact[w]
	for end := min(len(w), l.longest); end > 0; end-- {
		if !utf8.RuneStart(byteAt(w, end)) {
			continue
		}
		p, ok := l.phraseAt(w[:end]+"*", words[1:])
		if ok {
			return p.marks, p.taken()
		}
		if found := l.prefix[w[:end]]; len(found) > 0 && (len(marks) == 0 || end == len(w)) {
			return slices.Concat(marks, found), 1
		}
	}
	return marks, 1
}

func (l *lexicon) phraseAt(first string, words []token) (phrase, bool) {
	for _, p := range l.phrases[first] {
		if p.matches(words) {
			return p, true
		}
	}
	return phrase{}, false
}

// taken is how many words a phrase takes; where others may stand between its own, only the first.
func (p phrase) taken() int {
	if p.rest[0] == gap {
		return 1
	}
	return 1 + len(p.rest)
}

func (p phrase) matches(words []token) bool {
	if p.rest[0] == gap {
		const far = 5
		for i := range words[:min(len(words), far)] {
			if words[i].punct {
				return false
			}
			if (phrase{rest: p.rest[1:]}).matches(words[i:]) {
				return i+1 == len(words) || !isNumber(words[i+1].text) // declined from 5 to 3
			}
		}
		return false
	}
	if len(words) < len(p.rest) {
		return false
	}
	for i, part := range p.rest {
		stem, starred := strings.CutSuffix(part, "*")
		if words[i].text != part && (!starred || !strings.HasPrefix(words[i].text, stem)) {
			return false
		}
	}
	return true
}

// chineseAt finds the longest form at the start of s.
func (l *lexicon) chineseAt(s string) (chineseForm, bool) {
	first, _ := utf8.DecodeRuneInString(s)
	for _, form := range l.chinese[first] {
		if strings.HasPrefix(s, form.text) {
			return form, true
		}
	}
	return chineseForm{}, false
}

func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
