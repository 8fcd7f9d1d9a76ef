package knowledge

import (
	"fmt"
	"slices"
	"strings"

	"amur/internal/text"
)

// Check finds what breaks the rules for writing documents, beyond what Parse and New refuse: the same sections and
// values in every language of the base, sentences that stand on their own and are short, each with a footnote of its
// own, no unused source, no dead link. The problems are sorted by file and line; nil means that there are none.
func Check(b *Base) []Problem {
	var c checker
	for i := range b.documents {
		c.document(b, &b.documents[i])
	}
	c.languages(b)
	return inOrder(c.problems)
}

// checker collects the problems of a base.
type checker struct{ problems []Problem }

func (c *checker) report(d *Document, line int, format string, args ...any) {
	c.problems = append(c.problems, Problem{File: d.Path, Line: line, Message: fmt.Sprintf(format, args...)})
}

// sourceKinds are what the outlet of a source may be.
func sourceKinds() []string {
	return []string{
		"government", "state media", "press", "trade press", "research", "encyclopedia", "company",
		"international organisation", "treaty text", "pollster",
	}
}

func (c *checker) document(b *Base, d *Document) {
	used := map[SourceKey]bool{}
	for i := range d.Sections {
		s := &d.Sections[i]
		for _, link := range s.Links {
			if _, err := b.Section(link.Target, d.Lang); err != nil {
				c.report(d, link.Line, "dead link: there is no section %q in language %q; link to one that is there", link.Target, d.Lang)
			}
		}
		for _, sentence := range s.Sentences {
			c.sentence(d, s.Text[sentence.Start:sentence.End], sentence)
			for _, ref := range sentence.Refs {
				used[ref.Source] = true
			}
		}
	}
	for key, source := range d.Sources {
		if !used[key] {
			c.report(d, source.Line, "source %q is used nowhere: cite it or take it out", key)
		}
		if !slices.Contains(sourceKinds(), source.Kind) {
			c.report(d, source.Line, "source %q: kind %q: write one of %q", key, source.Kind, sourceKinds())
		}
	}
}

func (c *checker) sentence(d *Document, words string, sentence Sentence) {
	if len(sentence.Refs) == 0 {
		c.report(d, sentence.Line, "%q has no source: end it with a footnote", brief(words))
	}
	if spans := text.Sentences(words); len(spans) > 1 {
		first := strings.TrimSpace(words[spans[0].Start:spans[0].End])
		c.report(d, sentence.Line, "%q has no footnote of its own: end each sentence with one", brief(first))
	}
	if size, limit, unit := length(words, d.Lang); size > limit {
		c.report(d, sentence.Line, "%q has %d %s, more than %d: make two sentences of it", brief(words), size, unit, limit)
	}
	if pronoun := leadingPronoun(words, d.Lang); pronoun != "" {
		c.report(d, sentence.Line, "%q begins with %q: name what is meant, the sentence must stand on its own", brief(words), pronoun)
	}
}

// brief gives the beginning of a sentence, enough to find it by.
func brief(s string) string {
	const most = 48
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}

// languages compares the documents of one id across the languages of the base.
func (c *checker) languages(b *Base) {
	var langs []text.Lang
	byID := map[DocumentID][]*Document{}
	for i := range b.documents {
		d := &b.documents[i]
		if !slices.Contains(langs, d.Lang) {
			langs = append(langs, d.Lang)
		}
		byID[d.ID] = append(byID[d.ID], d)
	}
	for _, same := range byID {
		for _, lang := range langs {
			if !slices.ContainsFunc(same, func(d *Document) bool { return d.Lang == lang }) {
				c.report(same[0], 0, "document %q is missing in language %q: write it there too", same[0].ID, lang)
			}
		}
		for _, here := range same {
			for _, there := range same {
				if here != there {
					c.compare(here, there)
				}
			}
		}
	}
}

// compare reports what stands here and is missing there.
func (c *checker) compare(here, there *Document) {
	for i := range here.Sections {
		s := &here.Sections[i]
		other := slices.IndexFunc(there.Sections, func(t Section) bool { return t.ID == s.ID })
		if other < 0 {
			c.report(here, s.Line, "section %q is missing in %s: write it there or take it out here", s.ID, there.Path)
			continue
		}
		t := &there.Sections[other]
		if len(s.Asks) > 0 && len(t.Asks) == 0 {
			c.report(there, t.Line, "section %q has questions in %s but none here: write %s under the heading", s.ID, here.Path, asksForm)
		}
		values := text.Values(t.Text, t.Lang)
		for _, sentence := range s.Sentences {
			words := s.Text[sentence.Start:sentence.End]
			for _, v := range sectionValues(words, s.Lang) {
				if !has(values, v) {
					c.report(here, sentence.Line, "%q (%s) is missing in section %q of %s: say it there or take it out here",
						v.In(words), v.Key(), t.ID, there.Path)
				}
			}
		}
	}
}
