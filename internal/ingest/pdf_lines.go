package ingest

import (
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
)

// pdfLine is a line of a PDF page. Lengths are in points; a page's origin is its lower left corner.
type pdfLine struct {
	page        int
	text        string
	size        float64 // of its letters
	bold        bool
	left, right float64
	top, bottom float64
}

// pdfLines joins the pieces of a page's text that stand on one line, in the order in which the file gives them.
func pdfLines(number int, rects []*responses.GetPageTextStructuredRect) []pdfLine {
	hyphens := strings.NewReplacer("\uFFFE", "-", "\x02", "-") // what PDFium makes of a hyphen at a line's end
	var out []pdfLine
	for _, r := range rects {
		text := clean(hyphens.Replace(strings.ToValidUTF8(r.Text, "")))
		if strings.TrimSpace(text) == "" {
			continue
		}
		next := pdfLine{
			page: number, text: text,
			left: r.PointPosition.Left, right: r.PointPosition.Right, top: r.PointPosition.Top, bottom: r.PointPosition.Bottom,
		}
		if f := r.FontInformation; f != nil {
			next.size = f.RenderedSize
			name := strings.ToLower(f.Name)
			next.bold = f.Weight >= 600 || strings.Contains(name, "bold") || strings.Contains(name, "heavy") || strings.Contains(name, "black")
		}
		if len(out) > 0 && out[len(out)-1].sameLine(next) {
			out[len(out)-1].join(next)
		} else {
			out = append(out, next)
		}
	}
	for i := range out {
		out[i].text = fold(out[i].text)
	}
	return out
}

// middle is the height of the middle of the line's letters.
func (l pdfLine) middle() float64 { return (l.top + l.bottom) / 2 }

// sameLine reports whether next goes on where l ends: on the same height, and not far to the left or right.
func (l pdfLine) sameLine(next pdfLine) bool {
	overlap := min(l.top, next.top) - max(l.bottom, next.bottom)
	height := min(l.top-l.bottom, next.top-next.bottom)
	return overlap > 0.4*height && next.left > l.right-l.size && next.left < l.right+4*max(l.size, 6)
}

// join appends next to l. A gap of a fifth of the letters' size is a space.
func (l *pdfLine) join(next pdfLine) {
	if next.left-l.right > 0.18*l.size && !strings.HasSuffix(l.text, " ") && !strings.HasPrefix(next.text, " ") {
		l.text += " "
	}
	long := letters(l.text) >= letters(next.text)
	l.text += next.text
	if !long { // the longer part tells how the line looks
		l.size, l.bold = next.size, next.bold
	}
	l.right = max(l.right, next.right)
	l.top, l.bottom = max(l.top, next.top), min(l.bottom, next.bottom)
}

// letters counts letters and digits.
func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
