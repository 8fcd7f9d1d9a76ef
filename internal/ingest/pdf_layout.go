package ingest

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layOut turns the lines of a PDF into a page: running heads and page numbers go, lines become paragraphs, and lines set in
// larger or heavier type, or named by the outline, become headings.
func layOut(lines []pdfLine, title string, outline map[string]bool) page {
	lines = dropContents(dropRunning(lines))
	if len(lines) == 0 {
		return page{}
	}
	body := bodySize(lines)
	p := page{title: title}
	if !isTitle(title) {
		p.title = largest(lines, body)
	}
	known := vocabulary(lines)
	for i, l := range lines {
		isHeading := isPDFHeading(l, body, outline)
		last := len(p.blocks) - 1
		switch {
		case last >= 0 && isHeading && p.blocks[last].kind == heading && headingGoesOn(lines[i-1], l) && !outline[slug(p.blocks[last].text)]:
			p.blocks[last].text = joinLines(p.blocks[last].text, l.text, known)
		case isHeading:
			p.blocks = append(p.blocks, block{kind: heading, text: l.text})
		case last >= 0 && p.blocks[last].kind != heading && goesOn(lines[i-1], l, columnRight(lines, i-1)):
			p.blocks[last].text = joinLines(p.blocks[last].text, l.text, known)
		default:
			text, isItem := bullet(l.text)
			b := block{text: text}
			if isItem {
				b.kind = item
			}
			p.blocks = append(p.blocks, b)
		}
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.kind == heading && columns(b.text) > 2*headingColumns {
			b.kind = paragraph // a passage set in large type
		}
	}
	p.blocks = slices.DeleteFunc(p.blocks, func(b block) bool { return letters(b.text) < 2 })
	return p
}

// isPDFHeading reports whether a line is a heading, or a line of one: short, and in the outline, or in type larger or
// heavier than the text's.
func isPDFHeading(l pdfLine, body float64, outline map[string]bool) bool {
	if columns(l.text) > headingColumns || letters(l.text) < 2 || isDate(l.text) {
		return false
	}
	large := l.size >= 1.15*body
	if (l.bold || l.size > 1.05*body) && (outline[slug(l.text)] || outline[slug(withoutNumber(l.text))]) {
		return true
	}
	return large && ends(l.text) != '.' || l.bold && l.size >= 0.98*body && headingShaped(l.text)
}

// withoutNumber returns a heading without the number of its chapter.
func withoutNumber(text string) string {
	if _, rest, _ := strings.Cut(text, " "); isNumberedHeading(text) {
		return rest
	}
	return text
}

// headingGoesOn reports whether a heading takes up a second line.
func headingGoesOn(above, l pdfLine) bool {
	return above.page == l.page && math.Abs(above.size-l.size) < 0.5 && above.bold == l.bold && above.bottom-l.top < 0.8*l.size &&
		!isNumberedHeading(l.text)
}

// isNumberedHeading reports whether a line begins with the number of a chapter: "2.1 Ties".
func isNumberedHeading(text string) bool {
	first, rest, _ := strings.Cut(text, " ")
	return rest != "" && strings.Trim(first, "0123456789.") == "" && strings.ContainsAny(first, "0123456789")
}

// goesOn reports whether l continues the paragraph of the line above it.
func goesOn(above, l pdfLine, right float64) bool {
	if _, isItem := bullet(l.text); isItem || math.Abs(above.size-l.size) > 0.25*max(above.size, l.size) {
		return false
	}
	ended := isSentence(above.text) || ends(above.text) == ':'
	if above.page != l.page || l.top > above.top { // the next page or column
		first, _ := utf8.DecodeRuneInString(l.text)
		return !ended && !unicode.IsUpper(first) && !unicode.IsDigit(first)
	}
	if gap := above.bottom - l.top; gap > 0.9*l.size {
		return false
	}
	short := above.right < right-3*l.size
	indented := l.left > above.left+0.9*l.size
	return !ended || !short && !indented
}

// columnRight is the right edge of the column that lines[i] stands in, seen from its neighbours on the page.
func columnRight(lines []pdfLine, i int) float64 {
	right := lines[i].right
	for j := max(0, i-8); j < min(len(lines), i+9); j++ {
		if lines[j].page == lines[i].page && math.Abs(lines[j].left-lines[i].left) < 40 {
			right = max(right, lines[j].right)
		}
	}
	return right
}

// joinLines joins two lines of a paragraph. A hyphen at the end of the first goes when the word is written without it
// elsewhere, or the parts do not stand as words by themselves.
func joinLines(text, next string, known map[string]bool) string {
	if stem, ok := strings.CutSuffix(text, "-"); ok {
		before, after := lastWord(stem), firstWord(next)
		first, _ := utf8.DecodeRuneInString(after)
		if before != "" && unicode.IsLower(first) && (known[strings.ToLower(before+after)] || !known[strings.ToLower(before)] || !known[strings.ToLower(after)]) {
			return stem + next
		}
		return text + next
	}
	if joinsWide(text, next) {
		return text + next
	}
	return text + " " + next
}

// firstWord returns the letters that text begins with.
func firstWord(text string) string {
	return text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsLetter))]
}

// lastWord returns the letters that text ends with.
func lastWord(text string) string {
	return text[len(strings.TrimRightFunc(text, unicode.IsLetter)):]
}

// vocabulary gathers the words that stand within lines, in lower case.
func vocabulary(lines []pdfLine) map[string]bool {
	known := map[string]bool{}
	for _, l := range lines {
		fields := strings.FieldsFunc(l.text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
		for i, field := range fields {
			if i == len(fields)-1 && strings.HasSuffix(l.text, "-") {
				break
			}
			known[strings.ToLower(strings.Trim(field, "-"))] = true
		}
	}
	return known
}

// bodySize is the size of type that most letters are set in.
func bodySize(lines []pdfLine) float64 {
	votes := map[float64]int{}
	best := 0.0
	for _, l := range lines {
		size := math.Round(l.size*2) / 2
		votes[size] += letters(l.text)
		if votes[size] > votes[best] || votes[size] == votes[best] && size < best {
			best = size
		}
	}
	return best
}
