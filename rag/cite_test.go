package rag_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/knowledge"
	"amur/rag"
)

func TestViewSource(t *testing.T) {
	t.Parallel()
	source := knowledge.Source{
		Key: "log", Title: "The log", Publisher: "The Harbour", URL: "https://example.org/log", Published: "2024-05",
		Kind: "government", Archived: "https://example.org/kept/log",
	}
	want := rag.SourceView{
		Title: "The log", Publisher: "The Harbour", URL: "https://example.org/log", Published: "2024-05", Section: "Page 1",
		Kind: "government", Archived: "https://example.org/kept/log",
	}
	if diff := cmp.Diff(want, rag.ViewSource(source, "Page 1")); diff != "" {
		t.Errorf("the source differs (-want +got):\n%s", diff)
	}
}
