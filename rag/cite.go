package rag

import (
	"cmp"
	"slices"

	"amur/internal/text"
	"amur/knowledge"
)

// cite makes the n-th citation from a hit: the whole passage, with its place and its sources.
func (ix *Index) cite(n int, h Hit) Citation {
	p := h.Passage
	c := Citation{
		N: n, Passage: p.ID, Document: p.Document, Title: p.Title, Section: p.Section, Heading: p.Heading, Lang: p.Lang,
		Quote: p.Text, Start: p.Start, End: p.End, AsOf: p.AsOf, Sources: ix.sources(p),
	}
	if len(c.Sources) > 0 {
		c.URL = c.Sources[0].URL
	}
	return c
}

// citeSpan cites a part of a hit in an answer and returns its number; isNew says that no claim had cited it before.
func (ix *Index) citeSpan(a *Answer, h Hit, span text.Span) (n int, isNew bool) {
	c := ix.cite(len(a.Citations)+1, h)
	c.Quote, c.Start, c.End = span.In(c.Quote), c.Start+span.Start, c.Start+span.End
	for _, old := range a.Citations {
		if old.Passage == c.Passage && old.Start == c.Start && old.End == c.End {
			return old.N, false
		}
	}
	a.Citations = append(a.Citations, c)
	return c.N, true
}

func (ix *Index) retrieved(h Hit) Retrieved {
	p := h.Passage
	return Retrieved{
		Passage: p.ID, Document: p.Document, Section: p.Section, Heading: p.Heading, Lang: p.Lang,
		Text: p.Text, Sources: ix.sources(p), Score: h.Score,
	}
}

// sources resolves a passage's references; never nil.
func (ix *Index) sources(p knowledge.Passage) []SourceView {
	out := []SourceView{}
	doc, ok := ix.base.Document(p.Document, p.Lang)
	if !ok {
		return out
	}
	for _, ref := range p.Refs {
		out = append(out, ViewSource(doc.Sources[ref.Source], ref.Section))
	}
	return out
}

// ViewSource shows a source with the section of it that something rests on.
func ViewSource(s knowledge.Source, section string) SourceView {
	return SourceView{
		Title: s.Title, Publisher: s.Publisher, URL: s.URL, Published: s.Published,
		Section: section, Kind: s.Kind, Archived: s.Archived,
	}
}

// nearest picks the best passage of each of the best three sections among the passages that the answer carries.
func nearest(hits []Hit) []Nearest {
	out := []Nearest{}
	for _, h := range hits[:min(shownPassages, len(hits))] {
		p := h.Passage
		if slices.ContainsFunc(out, func(n Nearest) bool { return n.Section == p.Section }) {
			continue
		}
		out = append(out, Nearest{
			Section: p.Section, Heading: p.Heading, Lang: p.Lang, Passage: p.ID,
			Quote: p.Text, Start: p.Start, End: p.End, AsOf: p.AsOf,
		})
		if len(out) == 3 {
			break
		}
	}
	return out
}

// inReadingOrder sorts hits as they stand in the base.
func inReadingOrder(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.at, b.at) })
}
