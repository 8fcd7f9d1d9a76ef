package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/text"
	"amur/knowledge"
)

// suggestion is a question that the documents answer, with how well it fits what is typed.
type suggestion struct {
	question string
	score    int
}

// completeQuestion offers questions that the documents answer, in the language that is typed.
func (b *Bot) completeQuestion(ctx context.Context, r Request) ([]discord.Choice, error) {
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	typed := r.Option("question")
	lang := text.Detect(typed, fallbackLanguage(r.Settings, r.Channel, r.Locale))
	var found []suggestion
	words := b.folded(typed)
	for _, q := range questionsIn(r.Edition.Base, lang, hidden) {
		if score := closeness(words, b.folded(q)); score > 0 || len(words) == 0 {
			found = append(found, suggestion{question: q, score: score})
		}
	}
	slices.SortStableFunc(found, func(a, c suggestion) int { return cmp.Compare(c.score, a.score) })
	var out []discord.Choice
	for _, s := range found[:min(len(found), mostChoices)] {
		q := b.written(phrase.ForLang(lang), s.question)
		if utf8.RuneCountInString(q) <= choiceRoom {
			out = append(out, discord.Choice{Name: q, Value: q})
		}
	}
	return out, nil
}

// questionsIn are the questions that the sections of a language answer, headings that ask among them, the first of every section
// before the second. A section of which something is hidden is left out.
func questionsIn(base *knowledge.Base, lang text.Lang, hidden map[string]bool) []string {
	if lang == text.ZHHant {
		lang = text.ZH
	}
	if lang == text.UK || lang == text.Other {
		lang = text.EN // there are no documents in it
	}
	withheld := map[knowledge.SectionID]bool{}
	if len(hidden) > 0 {
		for _, p := range base.Passages() {
			if hidden[p.Hash] {
				withheld[p.Section] = true
			}
		}
	}
	var rounds [][]string
	for _, doc := range base.Documents() {
		if doc.Lang != lang {
			continue
		}
		for _, section := range doc.Sections {
			if withheld[section.ID] {
				continue
			}
			for i, q := range section.Asks {
				if i == len(rounds) {
					rounds = append(rounds, nil)
				}
				rounds[i] = append(rounds[i], q)
			}
		}
	}
	return slices.Concat(rounds...)
}

// folded cuts a text into the words that are compared: small letters, simplified characters, each of these by itself.
func (b *Bot) folded(s string) []string {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		s = b.chinese.ToSimplified(s)
	}
	return text.Words(strings.ReplaceAll(strings.ToLower(s), "ё", "е"))
}

// closeness says how well a question fits what is typed, of which the last word may not be whole: 0 where a word is missing, more where the
// words come in the same order, most where the question begins with them.
func closeness(typed, question []string) int {
	if len(typed) == 0 {
		return 0
	}
	score, from := 1, 0
	for i, word := range typed {
		at := slices.IndexFunc(question, func(w string) bool {
			return w == word || strings.HasPrefix(w, word) && (i == len(typed)-1 || utf8.RuneCountInString(word) > 3)
		})
		switch {
		case at < 0:
			return 0
		case at == i:
			score += 3
		case at >= from:
			score++
		}
		from = at
	}
	return score
}
