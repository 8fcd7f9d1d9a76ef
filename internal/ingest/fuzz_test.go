package ingest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"amur/internal/ingest"
)

// fuzz feeds the cases of a format, and whatever the fuzzer makes of them, to File: it may refuse, never panic, and what
// it returns obeys the laws.
func fuzz(f *testing.F, extension string, more ...string) {
	f.Helper()
	files, err := filepath.Glob("testdata/pages/*" + extension + ".case")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		page, _, _ := strings.Cut(string(data), parting)
		f.Add([]byte(page))
	}
	for _, text := range append(more, russianText, chineseText, "\xFF\xFEa\x00", "\xC0\xE1\xE2 \xE3\xE4\xE5", "a\x00b\x00") {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ingest.File("page"+extension, data)
		if err != nil {
			if doc.ID != "" || doc.Sections != nil {
				t.Errorf("File = %+v beside %v, want nothing", doc, err)
			}
			return
		}
		checkLaws(t, doc)
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, ".txt", "A\n===\n\nb", "More on:\n\na\n\nb\n\nMore on:\n\na\n\nb\n\nThe end is near, as they say.", "• a\n• b", "- ", "1. A\n\nb")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, ".html", "<p>a<p>b<table><tr><td>c", "<dl><dd>a<dt>b<dd>c</dl>", "<h1>a</h1><h1>b</h1>c", "<article><p>a</article><sup>[1]</sup>",
		`<meta charset="utf-16"><p>a`, `<script type="application/ld+json">{"@context":"https://schema.org"}</script><p>a`)
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, ".md", "---\ntitle: a\n---\nb", "---\n---\n", "---\nid: a\nsources: {b: c}\n---\n", "[^1]: a\n\nb[^1]", "| a |\n|---|\n| b |", "# a {#b}\nc",
		"<div>\n\na\n\n</div>", "> - 1. a")
}

// FuzzPDF runs the real engine: one for all inputs of a process, an instance for each.
func FuzzPDF(f *testing.F) {
	whole := report()
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(drawPDF("", nil))
	f.Add(drawPDF("/Encrypt << /Filter /Standard >>", []textAt{{72, 700, 10, false, ferries}}))
	f.Add(bytes.ReplaceAll(whole, []byte("/Count 4"), []byte("/Count 2147483647")))
	f.Add(bytes.ReplaceAll(whole, []byte("/Kids ["), []byte("/Kids [2 0 R ")))
	f.Add([]byte("%PDF-1.4\n"))
	var engine ingest.Engine
	f.Cleanup(engine.Close)
	if _, err := engine.File(f.Context(), "page.pdf", whole); err != nil { // starts the engine, outside the time of an input
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := engine.File(t.Context(), "page.pdf", data)
		if err != nil {
			if doc.ID != "" || doc.Sections != nil {
				t.Errorf("File = %+v beside %v, want nothing", doc, err)
			}
			return
		}
		checkLaws(t, doc)
	})
}
