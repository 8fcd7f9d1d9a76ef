package factcheck

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"amur/internal/text"
)

//go:embed data/cues.txt
var cuesText string

// class is a class of words that tell how a sentence is meant.
type class string

// The classes, as data/cues.txt explains them.
const (
	opinion   class = "opinion"
	sarcasm   class = "sarcasm"
	supposed  class = "supposed"
	reported  class = "reported"
	order     class = "order"
	asking    class = "asking"
	greeting  class = "greeting"
	lead      class = "lead"
	trail     class = "trail"
	relative  class = "relative"
	recurring class = "recurring"
	single    class = "single"
	first     class = "first"
	hedge     class = "hedge"
	intent    class = "intent"
	absolute  class = "absolute"
	only      class = "only"
	most      class = "most"
	utmost    class = "utmost"
	negated   class = "not"
	less      class = "less"
	more      class = "more"
	cause     class = "cause"
	despite   class = "despite"
	before    class = "before"
	asOf      class = "asof"
	about     class = "about"
	atLeast   class = "atleast"
	atMost    class = "atmost"
	telling   class = "telling"
	since     class = "since"
	trade     class = "trade"
	exports   class = "exports"
	imports   class = "imports"
	surplus   class = "surplus"
	deficit   class = "deficit"
	oil       class = "oil"
	gas       class = "gas"
	energy    class = "energy"
	arms      class = "arms"
	cargo     class = "cargo"
	cost      class = "cost"
	area      class = "area"
	people    class = "people"
)

// cues finds the words of classes in sentences. It is immutable and safe for concurrent use.
type cues struct {
	chinese text.Converter
	classes map[class]*regexp.Regexp
}

func newCues() (*cues, error) {
	phrases := map[class][]string{}
	var current class
	for line := range strings.Lines(cuesText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			current = class(strings.Trim(line, "[]"))
		default:
			for p := range strings.SplitSeq(line, "|") {
				phrases[current] = append(phrases[current], strings.TrimSpace(p))
			}
		}
	}
	c := &cues{classes: map[class]*regexp.Regexp{}}
	for name, list := range phrases {
		form := formOf(list)
		switch name { // what is taken off stands at an end
		case lead:
			form = `^[\s,.:;!…—–-]*(?:` + form + `)[\s,，.:：;!…—–-]*`
		case trail:
			form = `[\s,，.;!…—–-]*(?:` + form + `)[\s.!…。！]*$`
		}
		re, err := regexp.Compile(form)
		if err != nil {
			return nil, fmt.Errorf("cues.txt: class %q: %w", name, err)
		}
		c.classes[name] = re
	}
	return c, nil
}

// formOf writes a list of phrases as one regular expression. Phrases with letters that are parted by spaces stand between word
// boundaries, Chinese ones anywhere.
func formOf(list []string) string {
	const start, end = `(?:^|[^\pL\pN'])`, `(?:$|[^\pL\pN'])`
	var spaced, anywhere []string
	for _, p := range list {
		form := strings.ReplaceAll(regexp.QuoteMeta(strings.Trim(p, "^$")), `\*`, `[\pL']*`)
		form = strings.ReplaceAll(form, " ", `\s+`)
		han := strings.ContainsFunc(p, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		switch {
		case strings.HasPrefix(p, "^") && han:
			anywhere = append(anywhere, `^[^\pL\pN]*`+form)
		case strings.HasPrefix(p, "^"):
			anywhere = append(anywhere, `^[^\pL\pN]*`+form+end)
		case strings.HasSuffix(p, "$"):
			anywhere = append(anywhere, form+`[^\pL\pN]*$`)
		case han:
			anywhere = append(anywhere, form)
		default:
			spaced = append(spaced, form)
		}
	}
	if len(spaced) > 0 {
		anywhere = append(anywhere, start+`(?:`+strings.Join(spaced, "|")+`)`+end)
	}
	return strings.Join(anywhere, "|")
}

// fold makes a plain sentence comparable with the lists. It keeps the places of characters in nearly every text.
func (c *cues) fold(s string) string {
	return c.chinese.ToSimplified(strings.ReplaceAll(strings.ToLower(s), "ё", "е"))
}

// count counts the words of a class in a folded sentence. They are told apart by the spaces between them, which are doubled so that
// each word has its own.
func (c *cues) count(folded string, name class) int {
	return len(c.classes[name].FindAllStringIndex(strings.ReplaceAll(folded, " ", "  "), -1))
}

// has tells whether a folded sentence has a word of one of the classes.
func (c *cues) has(folded string, classes ...class) bool {
	for _, name := range classes {
		if c.classes[name].MatchString(folded) {
			return true
		}
	}
	return false
}
