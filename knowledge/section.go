package knowledge

import (
	"slices"
	"strings"
	"unicode"

	"amur/internal/text"
)

// NewSection makes a section of foreign text that was cut into paragraphs already. Its id is doc#slug. Paragraphs are
// kept as they are but for the white space around them and bytes that are not UTF-8; empty ones are left out. They
// are joined by a blank line and cut into sentences, and every sentence rests on refs.
//
// NewSection keeps refs; the caller must not change it afterwards.
func NewSection(doc DocumentID, slug, heading string, lang text.Lang, paragraphs []string, refs []Ref) Section {
	section := Section{
		ID:      SectionID(string(doc) + "#" + slug),
		Lang:    lang,
		Heading: heading,
	}
	refs = slices.Clip(refs)
	var b strings.Builder
	for _, paragraph := range paragraphs {
		paragraph = strings.TrimSpace(strings.ToValidUTF8(paragraph, "\uFFFD"))
		if paragraph == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		base := b.Len()
		b.WriteString(paragraph)
		section.Paragraphs = append(section.Paragraphs, text.Span{Start: base, End: b.Len()})
		for _, span := range text.Sentences(paragraph) {
			span = trim(paragraph, span)
			if span.Start < span.End {
				span.Start, span.End = base+span.Start, base+span.End
				section.Sentences = append(section.Sentences, Sentence{Span: span, Refs: refs})
			}
		}
	}
	section.Text = b.String()
	return section
}

// trim takes the white space at both ends off a span of s.
func trim(s string, span text.Span) text.Span {
	part := s[span.Start:span.End]
	span.Start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	span.End -= len(part) - len(strings.TrimRightFunc(part, unicode.IsSpace))
	span.End = max(span.Start, span.End)
	return span
}
