package knowledge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"amur/internal/text"
)

// Only gives the base restricted to the sentences that rest on at least one of the sources. Sections are written anew
// from what is left of them, so nothing else can be found or shown; what is left without a sentence goes. Passages of
// unchanged text keep their hash; their numbers and offsets may differ. The error names sources that no document has.
func (b *Base) Only(sources ...SourceKey) (*Base, error) {
	known := map[SourceKey]bool{}
	for _, d := range b.documents {
		for key := range d.Sources {
			known[key] = true
		}
	}
	for _, key := range sources {
		if !known[key] {
			return nil, fmt.Errorf("restrict the base: no document has the source %q; there are %q", key, slices.Sorted(maps.Keys(known)))
		}
	}
	var kept []Document
	for _, d := range b.documents {
		all := d.Sections
		d.Sections = nil
		for i := range all {
			if s := all[i].only(sources); len(s.Sentences) > 0 {
				d.Sections = append(d.Sections, s)
			}
		}
		if len(d.Sections) > 0 {
			kept = append(kept, d)
		}
	}
	return New(kept)
}

// only writes the section anew from the sentences that rest on the sources, with the white space that stood before
// them.
func (s *Section) only(sources []SourceKey) Section {
	kept := *s
	kept.Paragraphs, kept.Sentences = nil, nil
	var b strings.Builder
	for i, sentences := range s.byParagraph() {
		start := -1
		before := s.Paragraphs[i].Start
		for _, sentence := range sentences {
			gap := s.Text[before:sentence.Start]
			before = sentence.End
			if !slices.ContainsFunc(sentence.Refs, func(r Ref) bool { return slices.Contains(sources, r.Source) }) {
				continue
			}
			switch {
			case start >= 0:
				b.WriteString(gap)
			case b.Len() > 0:
				b.WriteString("\n\n")
			}
			at := b.Len()
			if start < 0 {
				start = at
			}
			b.WriteString(s.Text[sentence.Start:sentence.End])
			sentence.Span = text.Span{Start: at, End: b.Len()}
			kept.Sentences = append(kept.Sentences, sentence)
		}
		if start >= 0 {
			kept.Paragraphs = append(kept.Paragraphs, text.Span{Start: start, End: b.Len()})
		}
	}
	kept.Text = b.String()
	return kept
}
