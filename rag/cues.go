package rag

import (
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"
)

//go:embed data/cues.yaml
var cuesText []byte

// cues recognises what kind of answer a question wants, by general word classes.
type cues struct {
	quantity, now, summary, whole *regexp.Regexp
}

func newCues() (cues, error) {
	var lists map[string]map[string][]string
	if err := yaml.Unmarshal(cuesText, &lists); err != nil {
		return cues{}, fmt.Errorf("cues.yaml: %w", err)
	}
	var c cues
	for name, re := range map[string]**regexp.Regexp{"quantity": &c.quantity, "now": &c.now, "summary": &c.summary, "whole": &c.whole} {
		var err error
		if *re, err = compileCues(lists[name]); err != nil {
			return cues{}, err
		}
	}
	return c, nil
}

func compileCues(byLang map[string][]string) (*regexp.Regexp, error) {
	var spaced, chinese []string
	for _, lang := range slices.Sorted(maps.Keys(byLang)) { // in order: of two patterns that match, the first one does
		for _, p := range byLang[lang] {
			if lang == "zh" {
				chinese = append(chinese, p)
			} else {
				spaced = append(spaced, strings.ReplaceAll(p, "L", `\pL*`))
			}
		}
	}
	re, err := regexp.Compile(`(?:^|[^\pL\pN])(?:` + strings.Join(spaced, "|") + `)(?:$|[^\pL\pN])|` + strings.Join(chinese, "|"))
	if err != nil {
		return nil, fmt.Errorf("cues.yaml: %w", err)
	}
	return re, nil
}

// foldText makes texts comparable: NFKC, small letters, one apostrophe, ё as е, simplified characters.
func foldText(s string, simplified func(string) string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("’", "'", "ʼ", "'", "ё", "е").Replace(s)
	if simplified != nil {
		s = simplified(s)
	}
	return s
}
