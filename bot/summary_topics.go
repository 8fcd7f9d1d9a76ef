package bot

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/text"
	"amur/knowledge"
)

// What Discord takes (https://docs.discord.com/developers/interactions/application-commands#autocomplete).
const (
	mostChoices = 25
	choiceRoom  = 100
)

// completeTopic offers sections by their headings and by the questions that they answer.
func (b *Bot) completeTopic(_ context.Context, r Request) ([]discord.Choice, error) {
	typed := strings.ToLower(strings.TrimSpace(r.Option("topic")))
	var begins, holds []discord.Choice
	for _, section := range sectionsFor(r.Edition.Base, r.Locale.Lang()) {
		if utf8.RuneCountInString(string(section.ID)) > choiceRoom {
			continue
		}
		for _, name := range append([]string{section.Heading}, section.Asks...) {
			name = b.written(r.Locale, name)
			folded := strings.ToLower(name)
			choice := discord.Choice{Name: markup.Clip(name, choiceRoom), Value: string(section.ID)}
			if strings.HasPrefix(folded, typed) {
				begins = append(begins, choice)
				break
			}
			if hasWords(folded, typed) || strings.Contains(string(section.ID), typed) {
				holds = append(holds, choice)
				break
			}
		}
	}
	out := append(begins, holds...)
	return out[:min(mostChoices, len(out))], nil
}

// hasWords reports whether a text holds the beginning of each typed word, wherever it stands.
func hasWords(s, typed string) bool {
	words := text.Words(typed)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
}

// sectionsFor returns the sections of the documents, each once, in the best language for a reader.
func sectionsFor(base *knowledge.Base, reader text.Lang) []knowledge.Section {
	var out []knowledge.Section
	seen := map[knowledge.SectionID]bool{}
	for _, doc := range base.Documents() {
		for _, s := range doc.Sections {
			if seen[s.ID] {
				continue
			}
			seen[s.ID] = true
			if best, ok := sectionIn(base, s.ID, reader); ok {
				s = best
			}
			out = append(out, s)
		}
	}
	return out
}

// topicOf is what a pin of these lines is about: the heading of the first section that they cite.
func (b *Bot) topicOf(l phrase.Locale, base *knowledge.Base, section string) string {
	if s, ok := sectionIn(base, knowledge.SectionID(section), l.Lang()); ok {
		return b.written(l, s.Heading)
	}
	return section
}
