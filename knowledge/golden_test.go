package knowledge_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/knowledge"
)

const dashes = "----------\n"

// golden runs a case for every file of a folder: input, a row of dashes, what is expected. The flag -update writes
// the latter anew.
func golden(t *testing.T, folder string, run func(input string) string) {
	t.Helper()
	update := flag.Lookup("update") != nil && flag.Lookup("update").Value.String() == "true"
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/%s: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			input, want, found := strings.Cut(string(data), dashes)
			if !found {
				t.Fatalf("%s has no row of dashes", file)
			}
			got := run(input)
			if update {
				if err := os.WriteFile(file, []byte(input+dashes+got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the expected part of golden files anew")
	m.Run()
}

func TestParse(t *testing.T) {
	t.Parallel()
	golden(t, "parse", func(input string) string {
		document, err := knowledge.Parse("docs/x.md", []byte(input))
		if err != nil {
			if document.ID != "" || document.Sections != nil {
				return "a broken document is not zero\n"
			}
			return err.Error() + "\n"
		}
		return describe(document)
	})
}

func TestSplit(t *testing.T) {
	t.Parallel()
	golden(t, "split", func(input string) string {
		head, body, _ := strings.Cut(input, "\n\n")
		refs := []knowledge.Ref{{Source: "s"}}
		section := knowledge.NewSection("doc", "part", "Part", text.Lang(head), strings.Split(body, "\n\n"), refs)
		base, err := knowledge.New([]knowledge.Document{{ID: "doc", Lang: text.Lang(head), Title: "Doc", Sections: []knowledge.Section{section}}})
		if err != nil {
			return err.Error() + "\n"
		}
		var b strings.Builder
		for _, p := range base.Passages() {
			fmt.Fprintf(&b, "%s [%d:%d] paragraph %d\n  %q\n", p.ID, p.Start, p.End, p.Paragraph, p.Text)
		}
		return b.String()
	})
}

// describe writes a document down for people to read in a diff.
func describe(d knowledge.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %q updated %s licence %q\n", d.ID, d.Lang, d.Title, d.Updated, d.Licence)
	for _, key := range slices.Sorted(maps.Keys(d.Sources)) {
		s := d.Sources[key]
		fmt.Fprintf(&b, "source %s (line %d): %q %q %s %s %q %s\n", s.Key, s.Line, s.Title, s.Publisher, s.URL, s.Published, s.Kind, s.Country)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n%s (line %d): %q\n", s.ID, s.Line, s.Heading)
		for _, ask := range s.Asks {
			fmt.Fprintf(&b, "  asks %q\n", ask)
		}
		for _, link := range s.Links {
			fmt.Fprintf(&b, "  links to %s in line %d\n", link.Target, link.Line)
		}
		fmt.Fprintf(&b, "  text %q\n  paragraphs %v\n", s.Text, s.Paragraphs)
		for _, sentence := range s.Sentences {
			fmt.Fprintf(&b, "  line %d %q", sentence.Line, s.Text[sentence.Start:sentence.End])
			for _, ref := range sentence.Refs {
				fmt.Fprintf(&b, " <%s|%s>", ref.Source, ref.Section)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
