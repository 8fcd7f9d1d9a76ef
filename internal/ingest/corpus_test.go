package ingest_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"

	"amur/internal/ingest"
	"amur/knowledge"
)

// scrapedPage reads the page that was scraped from a site, which may not be part of the repository.
func scrapedPage(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../../shared/corpus/backgrounder.txt")
	switch {
	case errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "true":
		t.Fatalf("the scraped page is not beside the repository, where CI puts it: %v", err)
	case errors.Is(err, fs.ErrNotExist):
		t.Skip("the scraped page is not beside the repository (shared/corpus/backgrounder.txt)")
	case err != nil:
		t.Fatal(err)
	}
	return string(data)
}

// headings lists the headings of a document.
func headings(doc knowledge.Document) []string {
	var out []string
	for _, s := range doc.Sections {
		out = append(out, s.Heading)
	}
	return out
}

// allText joins the text of all sections.
func allText(doc knowledge.Document) string {
	var b strings.Builder
	for _, s := range doc.Sections {
		b.WriteString(s.Text + "\n\n")
	}
	return b.String()
}

func TestScrapedPage(t *testing.T) {
	t.Parallel()
	source := scrapedPage(t)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(source)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, source string }{
		{"as it is", source},
		{"with carriage returns", strings.ReplaceAll(source, "\n", "\r\n")},
		{"in UTF-16", utf16},
		{"with one button of each pair", strings.Replace(source, "protected].\nClose", "protected].", 1)},
		{"with other words above the teasers", strings.Replace(source, "Top Stories on CFR", "Voices and Views", 1)},
		{"without a list heading above the teasers", strings.Replace(source, "Top Stories on CFR\n\n", "", 1)},
		{"with one interruption instead of two", strings.Replace(source, "More From Our Experts\n\n", "", 1)},
		{"with one list of links instead of two", strings.Replace(source, "More on:\n\nChina\n\nRussia\n\nUkraine\n\nTaiwan\n\nSecurity Alliances\n\n", "", 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := ingest.File("backgrounder.txt", []byte(tt.source))
			if err != nil {
				t.Fatalf("File = %v", err)
			}
			checkLaws(t, doc)
			if diff := cmp.Diff([]string{
				"Summary", "Introduction", "Are China and Russia allies?", "How do their foreign policies and interests compare?",
				"What are major challenges for the relationship?", "What are their economic ties?", "What are their military ties?",
				"Recommended Resources",
			}, headings(doc)); diff != "" {
				t.Errorf("headings (-want +got):\n%s", diff)
			}
			text := allText(doc)
			for _, never := range []string{
				"More From", "More on", "Security Alliances", "Taiwan", "View License", "Close", "media inquiries", "protected]", "[PDF]",
				"Top Stories", "Voices and Views", "Election 2024", "Harris", "fracking", "Steven A. Cook", "Carnegie Corporation",
			} {
				if strings.Contains(text, never) {
					t.Errorf("text holds %q, which is no part of the article", never)
				}
			}
			if n := strings.Count(text, "Exploring Ties"); n > 1 {
				t.Errorf("the title comes %d times", n)
			}
		})
	}
}

// TestScrapedPageLosesNothing holds that every line of some length before the teasers is in the document once.
func TestScrapedPageLosesNothing(t *testing.T) {
	t.Parallel()
	source := scrapedPage(t)
	doc, err := ingest.File("backgrounder.txt", []byte(source))
	if err != nil {
		t.Fatalf("File = %v", err)
	}
	text := strings.Join(strings.Fields(allText(doc)), " ")
	article, _, _ := strings.Cut(source, "Top Stories")
	for line := range strings.Lines(article) {
		line = strings.TrimPrefix(strings.Join(strings.Fields(line), " "), "• ")
		line = strings.ReplaceAll(line, " [PDF]", "")
		if len(line) < 90 || strings.Contains(line, "protected]") {
			continue
		}
		if n := strings.Count(text, line); n != 1 {
			t.Errorf("%d times in the document, want once: %s", n, line)
		}
	}
	for section, want := range map[string]string{
		"backgrounder#summary":               "Aleksey Druzhinin/Kremlin/Reuters",
		"backgrounder#recommended-resources": "Will Merrow created the graphics in this Backgrounder.",
	} {
		found := false
		for _, s := range doc.Sections {
			found = found || string(s.ID) == section && strings.Contains(s.Text, want)
		}
		if !found {
			t.Errorf("section %s does not hold %q", section, want)
		}
	}
}
