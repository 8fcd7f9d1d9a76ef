package verify

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
	"amur/knowledge"
)

//go:embed data/names.txt
var namesText string

// thing is what names are of: a person, a place, an organisation.
type thing struct {
	category string
	of       []string // keys of what it stands for besides: the country of a city, the president for an office
	needless bool     // a description: nobody has to repeat it
}

// Categories of things that are treated in a way of their own; the others are only names.
const (
	aCountry     = "country"
	aCapital     = "capital"
	aCity        = "city"
	aPlace       = "place"
	aWater       = "water"
	aPerson      = "person"
	aCurrency    = "currency"
	anOffice     = "office"
	aDescription = "description"
)

// alias is one form of a name.
type alias struct {
	key      string
	words    []aliasWord
	quoted   bool // an ordinary word, which is a name in quotation marks only
	needless bool // of small letters: a description
}

type aliasWord struct {
	forms   []string
	capital bool
	shouted bool // so short that all its letters have to be capital
}

// hanAlias is a form in Chinese characters, as it stands in a folded text.
type hanAlias struct {
	text, key string
	not       string // characters that make other words of it when they follow
	needless  bool
}

// nameList is all names that are known.
type nameList struct {
	things  map[string]thing
	aliases map[string][]*alias // by each form of their first word, those of more words first
	han     map[rune][]hanAlias // by their first character, the longest first
	keys    map[string]string   // of the forms as they stand in the lists
}

// newNameList reads the glossary and the embedded list.
func newNameList(glossary []knowledge.Term) (*nameList, error) {
	l := &nameList{
		things: map[string]thing{}, aliases: map[string][]*alias{}, han: map[rune][]hanAlias{}, keys: map[string]string{},
	}
	for _, term := range glossary {
		l.things[term.ID] = thing{category: term.Category, needless: !term.IsName()}
		for _, lang := range []text.Lang{text.EN, text.RU, text.UK, text.ZH} {
			for _, name := range term.Names(lang) {
				l.add(term.ID, name)
			}
		}
	}
	var lines [][]string
	for line := range strings.Lines(namesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		const columns = 6
		fields := strings.Split(line, "|")
		if len(fields) != columns {
			return nil, fmt.Errorf("names.txt: %q has %d columns, not %d", line, len(fields), columns)
		}
		lines = append(lines, fields)
		l.addLine(fields)
	}
	if err := l.resolve(lines); err != nil {
		return nil, err
	}
	for _, list := range l.aliases {
		slices.SortStableFunc(list, func(a, b *alias) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	for _, list := range l.han {
		slices.SortStableFunc(list, func(a, b hanAlias) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return l, nil
}

// addLine adds the names of a line of the list; what it stands for is resolved when all names are known.
func (l *nameList) addLine(fields []string) {
	first, _, _ := strings.Cut(fields[2], ",")
	key, known := l.keys[first]
	if !known {
		key = first
		l.things[key] = thing{category: fields[0], needless: fields[0] == aDescription}
	}
	for _, names := range fields[2:] {
		for name := range strings.SplitSeq(names, ",") {
			if name = strings.TrimSpace(name); name != "" {
				l.add(key, name)
			}
		}
	}
}

func (l *nameList) resolve(lines [][]string) error {
	for _, fields := range lines {
		first, _, _ := strings.Cut(fields[2], ",")
		key := l.keys[first]
		t := l.things[key]
		for name := range strings.SplitSeq(fields[1], ",") {
			switch other, known := l.keys[name]; {
			case name == "":
			case known:
				t.of = append(t.of, other)
			case len(name) == len("CN"):
				t.of = append(t.of, name)
			default:
				return fmt.Errorf("names.txt: %q stands for %q, which is in no list", first, name)
			}
		}
		l.things[key] = t
	}
	return nil
}

// add adds a form of a name. The first thing to claim a form keeps it.
func (l *nameList) add(key, name string) {
	if _, taken := l.keys[name]; taken {
		return
	}
	l.keys[name] = key
	name, needless := strings.CutPrefix(name, "~")
	name, not, _ := strings.Cut(name, "!")
	f := foldText(name, nil)
	if strings.ContainsFunc(f.text, isHan) {
		r, _ := utf8.DecodeRuneInString(f.text)
		l.han[r] = append(l.han[r], hanAlias{f.text, key, not, needless})
		return
	}
	if len(f.words) == 0 {
		return
	}
	category := l.things[key].category
	a := &alias{key: key, quoted: strings.HasPrefix(name, "«") && len(f.words) == 1}
	a.needless = needless || !strings.ContainsFunc(name, unicode.IsUpper) && !lowered(category)
	for i, w := range f.words {
		const short = 4
		aw := aliasWord{
			forms: inflected(f.text[w.Start:w.End], w.shouted), capital: w.capital && (i == 0 || category == aPerson),
			shouted: w.shouted && utf8.RuneCountInString(w.form) <= short,
		}
		a.words = append(a.words, aw)
	}
	l.index(a)
	if len(a.words) == 1 && a.words[0].capital && !a.words[0].shouted && lowered(category) {
		if forms := adjectives(f.text); forms != nil {
			l.index(&alias{key: key, words: []aliasWord{{forms: forms}}})
		}
	}
}

// lowered tells the categories whose names are names in small letters too, as adjectives or by themselves.
func lowered(category string) bool {
	return category == aCapital || category == aCity || category == aPlace || category == aWater || category == aCountry || category == aCurrency
}

func (l *nameList) index(a *alias) {
	for _, form := range a.words[0].forms {
		l.aliases[form] = append(l.aliases[form], a)
	}
}

// implied gives the things of these keys with all that they stand for. An office stands for all who may hold it only where
// none of them is named.
func (l *nameList) implied(keys map[string]bool) map[string]bool {
	out := make(map[string]bool, len(keys))
	var add func(key string)
	add = func(key string) {
		if out[key] {
			return
		}
		out[key] = true
		t := l.things[key]
		held := t.category == anOffice && slices.ContainsFunc(t.of, func(other string) bool {
			return keys[other] && l.things[other].category == aPerson
		})
		for _, other := range t.of {
			if !held || l.things[other].category != aPerson {
				add(other)
			}
		}
	}
	for key := range keys {
		add(key)
	}
	return out
}
