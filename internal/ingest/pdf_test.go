package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/ingest"
)

// textAt is a line of a PDF that tests draw.
type textAt struct {
	x, y, size int
	bold       bool
	text       string
}

// drawPDF writes a PDF of some pages. trailer is put into its trailer.
func drawPDF(trailer string, pages ...[]textAt) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), fmt.Sprintf(format, args...))
	}
	b.WriteString("%PDF-1.4\n")
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", 5+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>")
	for i, lines := range pages {
		var content strings.Builder
		for _, l := range lines {
			font := "F1"
			if l.bold {
				font = "F2"
			}
			text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l.text)
			fmt.Fprintf(&content, "BT /%s %d Tf %d %d Td (%s) Tj ET\n", font, l.size, l.x, l.y, text)
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", 6+2*i)
		object("<< /Length %d >>\nstream\n%sendstream", content.Len(), content.String())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, trailer, start)
	return b.Bytes()
}

// report is a PDF with a title, headings, broken lines, running heads and page numbers.
func report() []byte {
	var pages [][]textAt
	for n := 1; n <= 4; n++ {
		page := []textAt{
			{72, 800, 9, false, "Ferries of the Tamm"},
			{72, 700, 12, true, fmt.Sprintf("%d. Part number %c", n, 'A'+rune(n)-1)},
			{72, 680, 10, false, "The ferries carry nine tenths of the trade between the two towns, and they were built to trans-"},
			{72, 668, 10, false, "port timber. They cross the river every hour from April to November, and in winter the towns"},
			{72, 656, 10, false, "use sledges."},
			{84, 640, 10, false, "The second paragraph begins with an indented line and says that boats transport timber, fish"},
			{72, 628, 10, false, "and people."},
			{290, 40, 9, false, fmt.Sprint(n)},
		}
		if n == 1 {
			page = append([]textAt{{72, 750, 20, true, "How Ferries Work"}}, page...)
		}
		pages = append(pages, page)
	}
	return drawPDF("", pages...)
}

func TestPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("starting the PDF engine takes seconds")
	}
	t.Parallel()
	cache := t.TempDir()
	files := map[string][]byte{
		"report.pdf":    report(),
		"pictures.pdf":  drawPDF("", nil, nil),
		"locked.pdf":    drawPDF("/Encrypt << /Filter /Standard /V 1 /R 2 /O ("+strings.Repeat("o", 32)+") /U ("+strings.Repeat("u", 32)+") /P -4 >> /ID [(0123456789abcdef) (0123456789abcdef)]", nil),
		"truncated.pdf": report()[:200],
		"noise.pdf":     append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0xAB, 0x00, 0x13}, 2000)...),
		"z.txt":         []byte(ferries),
	}
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	docs, skipped, err := ingest.Folder(t.Context(), dir, ingest.Options{CacheDir: cache})
	if err != nil {
		t.Fatalf("Folder = %v", err)
	}
	if len(docs) != 2 || docs[0].ID != "report" || docs[1].ID != "z" {
		t.Fatalf("documents = %v, want report and z", ids(docs))
	}
	checkLaws(t, docs[0])
	body := "The ferries carry nine tenths of the trade between the two towns, and they were built to transport timber. " +
		"They cross the river every hour from April to November, and in winter the towns use sledges.\n" +
		"The second paragraph begins with an indented line and says that boats transport timber, fish and people.\n"
	want := "title: How Ferries Work\nlang: en\n"
	for n, letter := range []string{"A", "B", "C", "D"} {
		want += fmt.Sprintf("\n# report#%d-part-number-%s (line 0): %d. Part number %s\n%s", n+1, strings.ToLower(letter), n+1, letter, body)
	}
	if diff := cmp.Diff(want, render(docs[0])); diff != "" {
		t.Errorf("report.pdf (-want +got):\n%s", diff)
	}
	reasons := map[string]error{
		"pictures.pdf": ingest.ErrNoTextLayer, "locked.pdf": ingest.ErrPassword, "truncated.pdf": ingest.ErrDamaged, "noise.pdf": ingest.ErrDamaged,
	}
	for _, s := range skipped {
		if !errors.Is(s.Err, reasons[s.Path]) {
			t.Errorf("%v, want %v", s, reasons[s.Path])
		}
		delete(reasons, s.Path)
	}
	if len(reasons) > 0 {
		t.Errorf("not skipped: %v", reasons)
	}
	if entries, err := os.ReadDir(cache); err != nil || len(entries) == 0 {
		t.Errorf("ReadDir(cache) = %v, %v; want the engine's compiled code", entries, err)
	}
}

func TestPDFEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "report.pdf"), report(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ingest.Folder(ctx, dir, ingest.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Folder = %v, want %v", err, context.Canceled)
	}
}
