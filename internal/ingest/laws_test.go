package ingest_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"amur/knowledge"
)

// checkLaws holds a document against what is true of every document that was read.
func checkLaws(t testing.TB, doc knowledge.Document) {
	t.Helper()
	if doc.ID == "" || doc.Title == "" || doc.Lang == "" || len(doc.Sections) == 0 {
		t.Errorf("document %q has title %q, language %q and %d sections; want all", doc.ID, doc.Title, doc.Lang, len(doc.Sections))
	}
	seen := map[knowledge.SectionID]bool{}
	for _, s := range doc.Sections {
		if seen[s.ID] {
			t.Errorf("section id %q comes twice", s.ID)
		}
		seen[s.ID] = true
		if !strings.HasPrefix(string(s.ID), string(doc.ID)+"#") || strings.HasSuffix(string(s.ID), "#") {
			t.Errorf("section id %q is not made of document %q and a heading", s.ID, doc.ID)
		}
		if strings.TrimSpace(s.Text) == "" || strings.TrimSpace(s.Heading) == "" {
			t.Errorf("section %q has heading %q and text %q; want both", s.ID, s.Heading, s.Text)
		}
		if !utf8.ValidString(s.Text) || !utf8.ValidString(s.Heading) || !utf8.ValidString(string(s.ID)) {
			t.Errorf("section %q is not UTF-8", s.ID)
		}
		for _, sentence := range s.Sentences {
			for _, ref := range sentence.Refs {
				if _, ok := doc.Sources[ref.Source]; !ok || ref.Section != s.Heading {
					t.Errorf("section %q: sentence rests on %+v", s.ID, ref)
				}
			}
		}
	}
	if _, err := knowledge.New([]knowledge.Document{doc}); err != nil {
		t.Errorf("knowledge.New = %v", err)
	}
}
