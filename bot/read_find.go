package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
)

const (
	alikeLeast = 0.6 // of what was typed has to be found in a name
)

// readable lists the languages in which a reader is shown documents, the best first.
func readable(reader text.Lang) []text.Lang {
	switch reader {
	case text.RU:
		return []text.Lang{text.RU, text.EN, text.UK, text.ZH, text.ZHHant}
	case text.UK:
		return []text.Lang{text.UK, text.EN, text.RU, text.ZH, text.ZHHant}
	case text.ZH:
		return []text.Lang{text.ZH, text.ZHHant, text.EN, text.RU, text.UK}
	case text.ZHHant:
		return []text.Lang{text.ZHHant, text.ZH, text.EN, text.RU, text.UK}
	}
	return []text.Lang{text.EN, text.RU, text.UK, text.ZH, text.ZHHant}
}

// sectionIn gives a section in the language that suits a reader best.
func sectionIn(base *knowledge.Base, id knowledge.SectionID, reader text.Lang) (knowledge.Section, bool) {
	for _, lang := range readable(reader) {
		if s, err := base.Section(id, lang); err == nil {
			return s, true
		}
	}
	return knowledge.Section{}, false
}

// section gives a section in the language that suits a reader best.
func (e *Edition) section(id knowledge.SectionID, l phrase.Locale) (knowledge.Section, bool) {
	return sectionIn(e.Base, id, l.Lang())
}

// document gives a document in the language that suits a reader best.
func (e *Edition) document(id knowledge.DocumentID, l phrase.Locale) (knowledge.Document, bool) {
	for _, lang := range readable(l.Lang()) {
		if d, ok := e.Base.Document(id, lang); ok {
			return d, true
		}
	}
	return knowledge.Document{}, false
}

// documents gives every document once, each in the language that suits a reader best, sorted by id.
func (e *Edition) documents(l phrase.Locale) []knowledge.Document {
	ids := map[knowledge.DocumentID]bool{}
	for _, d := range e.Base.Documents() {
		ids[d.ID] = true
	}
	var out []knowledge.Document
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if d, ok := e.document(id, l); ok {
			out = append(out, d)
		}
	}
	return out
}

// written is a text of the documents as a reader writes it: in traditional characters for one who reads those.
func (b *Bot) written(l phrase.Locale, s string) string {
	if l == phrase.TW {
		return b.chinese.ToTraditional(s)
	}
	return s
}

// sectionKey is a short name of a section: ids may be longer than a custom id bears, and may have colons.
func sectionKey(id knowledge.SectionID) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:8])
}

// choiceValue is what stands for a section or document in a choice.
func choiceValue(id string) string {
	if utf8.RuneCountInString(id) <= choiceRoom {
		return id
	}
	return sectionKey(knowledge.SectionID(id))
}

// sectionsOf are the sections of passages, each once, in their order.
func sectionsOf(passages []store.HiddenPassage) []knowledge.SectionID {
	var out []knowledge.SectionID
	for _, p := range passages {
		if id := knowledge.SectionID(p.Section); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// readingPlace is a section, or a whole document where Section is empty, that can be read.
type readingPlace struct {
	Document knowledge.DocumentID
	Section  knowledge.SectionID
	Name     string // as the reader sees it
	Words    string // that it is also found by
}

// id is the id of the section or document.
func (p readingPlace) id() string { return cmp.Or(string(p.Section), string(p.Document)) }

// readingPlaces lists what can be read, in the order of the documents.
func (b *Bot) readingPlaces(e *Edition, l phrase.Locale, whole bool) []readingPlace {
	var out []readingPlace
	for _, d := range e.documents(l) {
		title := b.written(l, d.Title)
		if whole {
			out = append(out, readingPlace{Document: d.ID, Name: title, Words: string(d.ID)})
		}
		for _, s := range d.Sections {
			out = append(out, readingPlace{
				Document: d.ID, Section: s.ID, Name: title + " › " + b.written(l, s.Heading),
				Words: string(s.ID) + " " + strings.Join(s.Asks, " "),
			})
		}
	}
	return out
}

// find returns the places that what was typed may mean, the likeliest first. Nothing typed means all of them.
func (b *Bot) find(places []readingPlace, typed string) []readingPlace {
	for _, p := range places {
		if typed != "" && (typed == p.id() || typed == sectionKey(knowledge.SectionID(p.id()))) {
			return []readingPlace{p}
		}
	}
	wanted := words(b.chinese.ToSimplified(typed))
	if len(wanted) == 0 && strings.TrimSpace(typed) == "" {
		return places
	}
	type found struct {
		readingPlace
		alike float64
	}
	var all []found
	for _, p := range places {
		name := alike(wanted, words(b.chinese.ToSimplified(p.Name)))
		if best := max(name, 0.9*alike(wanted, words(b.chinese.ToSimplified(p.Words)))); best >= alikeLeast {
			all = append(all, found{p, best})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.alike, a.alike) })
	out := make([]readingPlace, len(all))
	for i, f := range all {
		out[i] = f.readingPlace
	}
	return out
}

// choices offers places.
func choices(places []readingPlace) []discord.Choice {
	var out []discord.Choice
	for _, p := range places[:min(len(places), mostChoices)] {
		out = append(out, discord.Choice{Name: markup.Clip(p.Name, 100), Value: choiceValue(p.id())})
	}
	return out
}

// completeRead offers sections and documents.
func (b *Bot) completeRead(_ context.Context, r Request) ([]discord.Choice, error) {
	return choices(b.find(b.readingPlaces(r.Edition, r.Locale, true), r.Option("what"))), nil
}

// completeSection offers sections.
func (b *Bot) completeSection(_ context.Context, r Request) ([]discord.Choice, error) {
	return choices(b.find(b.readingPlaces(r.Edition, r.Locale, false), r.Option("section"))), nil
}
