package eval

import (
	"bytes"
	_ "embed" // the pairs written by hand
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"amur/internal/text"
)

//go:embed testdata/pairs-dev.yaml
var pairsByHand []byte

// Paraphrases gives true claims in other words than their passages, written by hand for the built-in documents. Its error is
// a fault of the build.
func Paraphrases() ([]Pair, error) {
	pairs, err := ReadPairs(bytes.NewReader(pairsByHand))
	if err != nil {
		return nil, fmt.Errorf("pairs written by hand: %w", err)
	}
	return slices.DeleteFunc(pairs, func(p Pair) bool { return p.Kind != Paraphrase }), nil
}

// ReadPairs reads pairs from YAML, in their order. It is strict: an unknown field, an unknown kind or language, a doubled
// id, an empty text, or a claim that is its passage is an error. The error names everything that is wrong, each with its
// line and what to do.
func ReadPairs(r io.Reader) ([]Pair, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("read pairs: more than %d bytes; split the file", maxFile)
	}
	items, err := sequence(data, "pairs")
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	pairs := make([]Pair, 0, len(items))
	lines := make(map[string]int, len(items))
	var wrong []error
	for _, item := range items {
		line := item.GetToken().Position.Line
		report := func(p Pair, err error) {
			name := p.ID
			if name == "" {
				name = "pair without id"
			}
			wrong = append(wrong, fmt.Errorf("read pairs: line %d: %s: %w", line, name, err))
		}
		var p Pair
		if err := yaml.NodeToValue(item, &p, yaml.Strict()); err != nil {
			report(p, plain(err))
			continue
		}
		for _, err := range p.problems() {
			report(p, err)
		}
		if first, seen := lines[p.ID]; seen && p.ID != "" {
			report(p, fmt.Errorf("the id stands already at line %d; give it another", first))
		} else {
			lines[p.ID] = line
		}
		pairs = append(pairs, p)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return pairs, nil
}

// problems says everything that is wrong with a pair.
func (p Pair) problems() []error {
	var wrong []error
	report := func(bad bool, format string, args ...any) {
		if bad {
			wrong = append(wrong, fmt.Errorf(format, args...))
		}
	}
	report(p.ID == "", "give it an id")
	report(!slices.Contains(writtenKinds(), p.Kind), "unknown kind %q; use one of %v", p.Kind, writtenKinds())
	report(strings.TrimSpace(p.Passage) == "", "the passage is empty")
	report(strings.TrimSpace(p.Claim) == "", "the claim is empty")
	report(!slices.Contains(storedLanguages(), p.PassageLang), "unknown passage_lang %q; use one of %v", p.PassageLang, storedLanguages())
	report(!slices.Contains(languages(), p.ClaimLang), "unknown claim_lang %q; use one of %v", p.ClaimLang, languages())
	report(p.Claim == p.Passage && p.Claim != "", "the claim is the passage, word for word; write it in other words, or change what is to be caught")
	return wrong
}

// storedLanguages are those of passages.
func storedLanguages() []text.Lang { return []text.Lang{text.EN, text.RU, text.ZH} }
