package ingest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/ingest"
	"amur/knowledge"
)

// parting divides a case into the page and what is expected of it.
const parting = "----- expected\n"

func TestPages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/pages/*.case")
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v; want cases", files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".case")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			input, want, ok := strings.Cut(string(data), parting)
			if !ok {
				t.Fatalf("%s has no line %q", file, strings.TrimSpace(parting))
			}
			doc, err := ingest.File(name, []byte(input))
			if err != nil {
				t.Fatalf("File(%q) = %v", name, err)
			}
			got := render(doc)
			if flag.Lookup("update") != nil && flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(file, []byte(input+parting+got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("File(%q) differs from what is expected (-want +got):\n%s", name, diff)
			}
			checkLaws(t, doc)
		})
	}
}

// TestMain registers -update, which rewrites what the cases expect.
func TestMain(m *testing.M) {
	flag.Bool("update", false, "rewrite what the cases expect")
	flag.Parse()
	os.Exit(m.Run())
}

// render shows a document on lines that a person can compare.
func render(doc knowledge.Document) string {
	var b strings.Builder
	source := doc.Sources["file"]
	for _, field := range [][2]string{
		{"title", doc.Title},
		{"lang", string(doc.Lang)},
		{"url", source.URL},
		{"published", source.Published},
		{"publisher", source.Publisher},
		{"licence", doc.Licence},
	} {
		if field[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
		}
	}
	for _, s := range doc.Sections {
		fmt.Fprintf(&b, "\n# %s (line %d): %s\n", s.ID, s.Line, s.Heading)
		for _, p := range s.Paragraphs {
			fmt.Fprintln(&b, p.In(s.Text))
		}
	}
	return b.String()
}
