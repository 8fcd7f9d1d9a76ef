package bot

import (
	"slices"
	"strconv"

	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// pinSources numbers what the lines of a pin rest on. Lines that rest on one section by the same sources share a number.
type pinSources struct {
	bot    *Bot
	locale phrase.Locale
	now    *comparison
	base   *knowledge.Base
	seen   map[string]int
	lines  []string
}

func newPinSources(b *Bot, l phrase.Locale, base *knowledge.Base) *pinSources {
	return &pinSources{bot: b, locale: l, now: compareWith(base, nil), base: base, seen: map[string]int{}}
}

// of returns the numbers of citations.
func (s *pinSources) of(cites []store.PinCite) []int {
	var out []int
	for _, cite := range cites {
		c := s.citation(cite)
		name := s.bot.sourceLine(s.locale, c)
		n, ok := s.seen[name]
		if !ok {
			n = len(s.lines) + 1
			s.seen[name] = n
			s.lines = append(s.lines, strconv.Itoa(n)+" "+name)
		}
		if len(out) == 0 || out[len(out)-1] != n {
			out = append(out, n)
		}
	}
	return out
}

// citation is a citation with what the documents say now of its passage. Of a passage that is gone only the place is told.
func (s *pinSources) citation(cite store.PinCite) rag.Citation {
	at := placeOf(cite)
	if p, ok := s.now.standing(cite); ok {
		return citationOf(s.base, p, text.Span{End: len(p.Text)})
	}
	if p, ok := likeAll(s.now.now.at(at)); ok { // whatever stood there rested on the same
		c := citationOf(s.base, p, text.Span{})
		c.Quote, c.Start, c.End = cite.Quote, 0, 0
		return c
	}
	c := rag.Citation{Passage: knowledge.PassageID(cite.Passage), Section: at.section, Lang: at.lang, Quote: cite.Quote}
	if section, err := s.base.Section(at.section, at.lang); err == nil {
		c.Heading = section.Heading
	}
	if others := s.now.now.at(at); len(others) > 0 {
		c.Document, c.Title = others[0].Document, others[0].Title
	}
	if c.Heading == "" {
		c.Heading = string(at.section)
	}
	return c
}

// likeAll returns a passage of a section whose passages all rest on the same sources, if it has any.
func likeAll(passages []knowledge.Passage) (knowledge.Passage, bool) {
	for _, p := range passages {
		if !slices.Equal(p.Refs, passages[0].Refs) {
			return knowledge.Passage{}, false
		}
	}
	if len(passages) == 0 {
		return knowledge.Passage{}, false
	}
	return passages[0], true
}

// citationOf cites a part of a passage.
func citationOf(base *knowledge.Base, p knowledge.Passage, span text.Span) rag.Citation {
	c := rag.Citation{
		Passage: p.ID, Document: p.Document, Title: p.Title, Section: p.Section, Heading: p.Heading, Lang: p.Lang,
		Quote: span.In(p.Text), Start: p.Start + span.Start, End: p.Start + span.End, AsOf: p.AsOf,
	}
	if doc, ok := base.Document(p.Document, p.Lang); ok {
		for _, ref := range p.Refs {
			c.Sources = append(c.Sources, rag.ViewSource(doc.Sources[ref.Source], ref.Section))
		}
	}
	if len(c.Sources) > 0 {
		c.URL = c.Sources[0].URL
	}
	return c
}

// pinCite is what a pin keeps of a part of a passage.
func pinCite(p knowledge.Passage, span text.Span) store.PinCite {
	return store.PinCite{
		Passage: string(p.ID), Hash: p.Hash, Section: string(p.Section),
		Quote: span.In(p.Text), Start: span.Start, End: span.End,
	}
}

// wholly cites a passage from end to end.
func wholly(p knowledge.Passage) store.PinCite { return pinCite(p, text.Span{End: len(p.Text)}) }
