package eval

import (
	"bytes"
	_ "embed" // the words
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

//go:embed data/attack.yaml
var attackWords []byte

// tongue is what the rules know of a language. data/attack.yaml says what each list is for.
type tongue struct {
	Numbers       [][]string  `yaml:"numbers"`
	Months        monthForms  `yaml:"months"`
	Centuries     []string    `yaml:"centuries"`
	Units         [][]string  `yaml:"units"`
	Opposites     [][2]string `yaml:"opposites"`
	Replaced      [][2]string `yaml:"replaced"`
	Spared        []string    `yaml:"spared"`
	Homonyms      []string    `yaml:"homonyms"`
	Removals      [][]string  `yaml:"removals"`
	Insertions    [][2]string `yaml:"insertions"`
	Negators      []string    `yaml:"negators"`
	Exceptions    []string    `yaml:"exceptions"`
	Auxiliaries   []string    `yaml:"auxiliaries"`
	Subordinators []string    `yaml:"subordinators"`
	Verbs         [][3]string `yaml:"verbs"`
	Participles   []string    `yaml:"participles"`
	Attributions  []string    `yaml:"attributions"`
	Moved         string      `yaml:"moved"`
	Additions     []string    `yaml:"additions"`
	Prefixes      []string    `yaml:"prefixes"`
	Given         [][]string  `yaml:"given"`
	Names         []nameClass `yaml:"names"`

	lang         text.Lang
	attributions []*regexp.Regexp
	forms        map[string][]form // by the text of the form
	longest      int               // form, in bytes
}

// monthForms are rows of twelve months; one row may be written without its brackets.
type monthForms [][]string

// UnmarshalYAML reads one row or several.
func (m *monthForms) UnmarshalYAML(data []byte) error {
	var row []string
	if err := yaml.Unmarshal(data, &row); err == nil {
		*m = monthForms{row}
		return nil
	}
	return yaml.Unmarshal(data, (*[][]string)(m))
}

// nameClass holds names of one kind of thing. Those of a group can stand for each other in any sentence; those of
// different groups of a class have their forms in the same order.
type nameClass struct {
	Class  string       `yaml:"class"`
	Groups [][]nameItem `yaml:"groups"`
}

type nameItem struct {
	Key   string `yaml:"key"` // the same in every language; parts of a compound are joined by "+"
	Of    string `yaml:"of"`  // the country that a city may stand for
	Forms string `yaml:"forms"`
}

// form is one form of a name: the place of the name in the lists, and of the form in the name.
type form struct {
	class, group, item, at int
}

// tongues reads the words, by language.
func tongues() (map[text.Lang]*tongue, error) {
	var all map[text.Lang]*tongue
	if err := yaml.NewDecoder(bytes.NewReader(attackWords), yaml.Strict()).Decode(&all); err != nil {
		return nil, fmt.Errorf("words of the attacks: %w", err)
	}
	for lang, t := range all {
		t.lang = lang
		t.forms = map[string][]form{}
		for _, pattern := range t.Attributions {
			re, err := regexp.Compile(pattern)
			if err != nil {
				return nil, fmt.Errorf("words of the attacks: %s: %w", lang, err)
			}
			t.attributions = append(t.attributions, re)
		}
		for c, class := range t.Names {
			for g, group := range class.Groups {
				for i, item := range group {
					for at, f := range strings.Split(item.Forms, "|") {
						t.forms[f] = append(t.forms[f], form{c, g, i, at})
						t.longest = max(t.longest, len(f))
					}
				}
			}
		}
	}
	return all, nil
}

func (t *tongue) item(f form) nameItem { return t.Names[f.class].Groups[f.group][f.item] }

// word gives one form of a name.
func (n nameItem) word(at int) string { return strings.Split(n.Forms, "|")[at] }

// mention is a name in a sentence.
type mention struct {
	text.Span
	key string
	as  []form // what the form may be
}

// mentions finds the names of a sentence, the longest at each place, in order.
func (t *tongue) mentions(s string) []mention {
	var found []mention
	for at := 0; at < len(s); {
		best := 0
		if t.bounded(s, at) {
			for end := min(len(s), at+t.longest); end > at; end-- {
				if _, ok := t.forms[s[at:end]]; ok && t.bounded(s, end) {
					best = end
					break
				}
			}
		}
		if best == 0 {
			_, size := utf8.DecodeRuneInString(s[at:])
			at += size
			continue
		}
		as := t.forms[s[at:best]]
		found = append(found, mention{text.Span{Start: at, End: best}, t.item(as[0]).Key, as})
		at = best
	}
	return found
}

// bounded tells whether a word may begin or end at a place: anywhere in Chinese, else not inside letters or digits.
func (t *tongue) bounded(s string, at int) bool {
	if t.lang == text.ZH || at == 0 || at == len(s) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return !(wordRune(before) && wordRune(after))
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// find gives the first place of a word in s from a byte on, whether its first letter is written small or capital;
// false when there is none.
func (t *tongue) find(s, word string, from int) (text.Span, bool) {
	for _, w := range []string{word, capital(word)} {
		for at := from; at < len(s); {
			i := strings.Index(s[at:], w)
			if i < 0 {
				break
			}
			span := text.Span{Start: at + i, End: at + i + len(w)}
			if t.bounded(s, span.Start) && t.bounded(s, span.End) {
				return span, true
			}
			at = span.End
		}
	}
	return text.Span{}, false
}

// has tells whether one of the words is in s.
func (t *tongue) has(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		_, ok := t.find(s, w, 0)
		return ok
	})
}

// put replaces a span of s. The new word is capital where the old one was; a name ("the United States") only where it
// begins the sentence.
func put(s string, span text.Span, word string) string {
	old, _ := utf8.DecodeRuneInString(s[span.Start:])
	name := strings.ContainsFunc(word, unicode.IsUpper)
	if unicode.IsUpper(old) && (span.Start == 0 || !name) {
		word = capital(word)
	}
	return s[:span.Start] + word + s[span.End:]
}

// spared gives the places of phrases that no rule may take apart.
func (t *tongue) spared(s string) []text.Span {
	var spans []text.Span
	for _, phrase := range t.Spared {
		if span, ok := t.find(s, phrase, 0); ok {
			spans = append(spans, span)
		}
	}
	return spans
}

// overlaps tells whether a span shares bytes with one of the others.
func overlaps(span text.Span, others []text.Span) bool {
	return slices.ContainsFunc(others, func(o text.Span) bool { return span.Start < o.End && o.Start < span.End })
}

// capital gives the word with a capital first letter.
func capital(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}

// parts cuts a sentence into what it says and what stands around that: who said it, and the full stop.
func (t *tongue) parts(s string) (before, body, after string, groups map[string]string) {
	for _, re := range t.attributions {
		m := re.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		groups = map[string]string{}
		for i, name := range re.SubexpNames() {
			if name != "" && m[2*i] >= 0 {
				groups[name] = s[m[2*i]:m[2*i+1]]
			}
		}
		at := re.SubexpIndex("body")
		return s[:m[2*at]], groups["body"], s[m[2*at+1]:], groups
	}
	body = strings.TrimRight(s, ".。")
	return "", body, s[len(body):], nil
}

// stop is the full stop.
func (t *tongue) stop() string {
	if t.lang == text.ZH {
		return "。"
	}
	return "."
}
