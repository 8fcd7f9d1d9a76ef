package rag

import (
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// exampleSections are where the example questions of small talk come from: subjects that hurt nobody.
func exampleSections() []knowledge.SectionID {
	return []knowledge.SectionID{"trade#volume", "history#border"}
}

// exampleLine leads in one question of each example section, in the answer's language where the documents have it;
// empty for a base without them.
func (a *Answerer) exampleLine(lang text.Lang) string {
	var examples []string
	for _, id := range exampleSections() {
		for _, l := range preference(lang) {
			section, err := a.index.base.Section(id, l)
			if err != nil || len(section.Asks) == 0 {
				continue
			}
			example := section.Asks[0]
			if isRendered(lang, l) {
				example = a.chinese.ToTraditional(example)
			}
			examples = append(examples, example)
			break
		}
	}
	if len(examples) == 0 {
		return ""
	}
	return phrasesIn(lang).examples + " " + strings.Join(examples, " ")
}
