package ingest

import (
	"path"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// sourceKey is the key of the only source of a document of an operator's own: the file itself.
const sourceKey knowledge.SourceKey = "file"

// voteBytes is how much of a document's text has a say in its language.
const voteBytes = 256 << 10

// document gives a page its ids, its language and its source. taken holds the ids of the documents beside it.
func document(p page, name string, taken names) knowledge.Document {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if p.title == "" {
		p.title = path.Base(stem)
	}
	id := knowledge.DocumentID(taken.take(slug(stem), "document"))
	sections := p.sections()
	lang := vote(sections)
	d := knowledge.Document{
		ID:      id,
		Lang:    lang,
		Title:   p.title,
		Updated: p.updated,
		Licence: p.licence,
		Path:    name,
		Sources: map[knowledge.SourceKey]knowledge.Source{
			sourceKey: {Key: sourceKey, Title: p.title, Publisher: p.publisher, URL: p.url, Published: p.published},
		},
	}
	slugs := names{}
	for _, s := range sections {
		refs := []knowledge.Ref{{Source: sourceKey, Section: s.heading}}
		section := knowledge.NewSection(id, slugs.take(slug(s.heading), "section"), s.heading, lang, s.paragraphs, refs)
		section.Line = s.line
		d.Sections = append(d.Sections, section)
	}
	return d
}

// vote finds the language that most of the text is in, paragraph by paragraph.
func vote(sections []section) text.Lang {
	votes := map[text.Lang]int{}
	seen := 0
	best := text.Lang("")
	for _, s := range sections {
		for _, paragraph := range s.paragraphs {
			if seen > voteBytes {
				break
			}
			part := paragraph[:len(strings.ToValidUTF8(paragraph[:min(len(paragraph), voteBytes)], ""))]
			seen += len(part)
			votes[text.Detect(part, best)] += columns(part)
			best = most(votes)
		}
	}
	return best
}

// most returns the language with the most votes; of equals the first by name.
func most(votes map[text.Lang]int) text.Lang {
	var best text.Lang
	for lang, n := range votes {
		if n > votes[best] || n == votes[best] && (best == "" || lang < best) {
			best = lang
		}
	}
	return best
}
