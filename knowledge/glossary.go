package knowledge

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

//go:embed data/glossary.yaml
var builtinGlossary []byte

// Term is a name or a set phrase of the subject as each language has it: the main form first, then its aliases. Forms of
// inflection are not listed. English, Russian and Chinese (simplified) have at least one form each.
type Term struct {
	ID       string     `yaml:"id"`
	Category string     `yaml:"category"` // organisation, place, person, document, …
	EN       []string   `yaml:"en"`
	RU       []string   `yaml:"ru"`
	UK       []string   `yaml:"uk"` // may be empty
	ZH       []string   `yaml:"zh"`
	Source   TermSource `yaml:"source"`
}

// TermSource is where the forms of a term were read.
type TermSource struct {
	Title     string `yaml:"title"` // may be empty
	Publisher string `yaml:"publisher"`
	URL       string `yaml:"url"`
}

// Names returns the forms of the term in a language, the main form first; those in simplified characters for all Chinese,
// none for a language that it lacks. The caller must not change them.
func (t Term) Names(lang text.Lang) []string {
	switch lang {
	case text.EN:
		return t.EN
	case text.RU:
		return t.RU
	case text.UK:
		return t.UK
	case text.ZH, text.ZHHant:
		return t.ZH
	default:
		return nil
	}
}

// IsName tells proper names from descriptions such as "secondary sanctions", which a writer may put into other words.
func (t Term) IsName() bool {
	if len(t.EN) == 0 || t.Category == "history" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t.EN[0])
	return !unicode.IsLower(first)
}

// Glossary reads the terms that come with amur, in the order of their file. Its error is a fault of the build.
func Glossary() ([]Term, error) {
	terms, err := parseGlossary(builtinGlossary)
	if err != nil {
		return nil, fmt.Errorf("read the built-in glossary: %w", err)
	}
	return terms, nil
}

// parseGlossary reads a glossary; a key that is not a term's is an error.
func parseGlossary(data []byte) ([]Term, error) {
	var terms []Term
	if err := yaml.UnmarshalWithOptions(data, &terms, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("parse glossary: %w", err)
	}
	seen := make(map[string]bool, len(terms))
	owner := map[string]string{}
	for _, t := range terms {
		if err := t.check(); err != nil {
			return nil, fmt.Errorf("term %q: %w", t.ID, err)
		}
		if seen[t.ID] {
			return nil, fmt.Errorf("term %q: the id stands twice", t.ID)
		}
		seen[t.ID] = true
		for _, name := range slices.Concat(t.EN, t.RU, t.UK, t.ZH) {
			key := strings.ReplaceAll(strings.ToLower(name), "ё", "е")
			if other, taken := owner[key]; taken && other != t.ID {
				return nil, fmt.Errorf("term %q: %q is a name of %q too", t.ID, name, other)
			}
			owner[key] = t.ID
		}
	}
	return terms, nil
}

func (t Term) check() error {
	switch {
	case !isID(t.ID):
		return fmt.Errorf("as an id write %s", idForm)
	case t.Category == "":
		return errors.New("no category")
	case len(t.EN) == 0 || len(t.RU) == 0 || len(t.ZH) == 0:
		return errors.New("give at least one name in en, ru and zh")
	case t.Source.Publisher == "" || t.Source.URL == "":
		return errors.New("give the publisher and url of its source")
	}
	for _, name := range slices.Concat(t.EN, t.RU, t.UK, t.ZH) {
		if name == "" || name != strings.TrimSpace(name) {
			return fmt.Errorf("name %q: write it without white space around", name)
		}
	}
	return nil
}
