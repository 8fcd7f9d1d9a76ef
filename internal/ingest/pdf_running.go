package ingest

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"
	"unicode"
)

// dropRunning removes page numbers and running heads: the lines at the head or foot of pages that come back, and those that
// stand in the same place on most pages, apart from the text.
func dropRunning(lines []pdfLine) []pdfLine {
	edges := pageEdges(lines)
	times, pages := map[string]int{}, 0
	var heads, feet []int
	for i, l := range lines {
		if i == 0 || l.page != lines[i-1].page {
			pages++
		}
		if edges[i] != none {
			times[runningKey(l.text)]++
		}
		switch edges[i] {
		case highest:
			heads = append(heads, i)
		case lowest:
			feet = append(feet, i)
		}
	}
	head, hasHead := band(lines, heads, pages)
	foot, hasFoot := band(lines, feet, pages)
	out := make([]pdfLine, 0, len(lines))
	for i, l := range lines {
		key := runningKey(l.text)
		switch {
		case edges[i] != none && (key == "#" || strings.Trim(key, "ivxlc") == ""),
			edges[i] > near && pages > 2 && times[key] >= max(3, pages/20),
			hasHead && math.Abs(l.middle()-head) < bandPoints, hasFoot && math.Abs(l.middle()-foot) < bandPoints:
			continue
		}
		out = append(out, l)
	}
	return out
}

// bandPoints is how far the middle of a line may be from where running heads stand, in points: it moves with the letters,
// because only some of them reach up or down.
const bandPoints = 5.0

// edge says where on its page a line stands.
type edge uint8

const (
	none    edge = iota
	near         // among the two highest or two lowest of the page
	highest      // of the page, and apart from the lines below
	lowest       // of the page, and apart from the lines above
)

// band returns the height at which the marked lines of most pages stand. Pages of books begin at the same height as well,
// but their first line does not stand apart.
func band(lines []pdfLine, marked []int, pages int) (float64, bool) {
	best, most := 0.0, 0
	votes := map[int]int{}
	for _, i := range marked {
		votes[int(math.Round(lines[i].middle()))]++
	}
	for _, i := range marked {
		at, n := int(math.Round(lines[i].middle())), 0
		for near := at - 2; near <= at+2; near++ {
			n += votes[near]
		}
		if n > most {
			best, most = float64(at), n
		}
	}
	return best, pages > 3 && 2*most > pages
}

// pageEdges tells for each line where on its page it stands.
func pageEdges(lines []pdfLine) []edge {
	edges := make([]edge, len(lines))
	for start := 0; start < len(lines); {
		end := start
		for end < len(lines) && lines[end].page == lines[start].page {
			end++
		}
		order := make([]int, 0, end-start)
		for i := start; i < end; i++ {
			order = append(order, i)
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lines[b].top, lines[a].top) })
		for n, i := range order {
			if n < 2 || n >= len(order)-2 {
				edges[i] = near
			}
		}
		for _, i := range apart(lines, order) {
			edges[i] = highest
		}
		slices.Reverse(order)
		for _, i := range apart(lines, order) {
			edges[i] = lowest
		}
		start = end
	}
	return edges
}

// apartLines is how many lines, or parts of lines, a running head has at most.
const apartLines = 3

// apart returns the first lines of order when nearly a line's height is free between them and the others.
func apart(lines []pdfLine, order []int) []int {
	for n := 1; n <= apartLines && n < len(order); n++ {
		before, next := lines[order[n-1]], lines[order[n]]
		if max(before.bottom-next.top, next.bottom-before.top) > 0.9*min(before.size, next.size) {
			return order[:n]
		}
	}
	return nil
}

// runningKey makes lines equal that differ in their numbers alone; a page number becomes "#".
func runningKey(text string) string {
	var b strings.Builder
	number := false
	for _, r := range strings.ToLower(text) {
		if unicode.IsDigit(r) {
			if !number {
				b.WriteByte('#')
			}
			number = true
			continue
		}
		number = false
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), "-–—|[]() ")
}

// dropContents removes tables of contents: lines in which dots lead to a page number, and pages that are a third such.
func dropContents(lines []pdfLine) []pdfLine {
	all, leaders := map[int]int{}, map[int]int{}
	for _, l := range lines {
		all[l.page]++
		if isLeader(l.text) {
			leaders[l.page]++
		}
	}
	return slices.DeleteFunc(lines, func(l pdfLine) bool {
		return isLeader(l.text) || 3*leaders[l.page] >= all[l.page] && leaders[l.page] > 2
	})
}

// isLeader reports whether dots lead through a line to a number.
func isLeader(text string) bool {
	return strings.Contains(text, ". . . ") || strings.Contains(text, ".....") || strings.Contains(text, "……")
}

// isTitle reports whether the title that the file carries was written by a person, not by a program.
func isTitle(title string) bool {
	lower := strings.ToLower(title)
	switch path.Ext(lower) {
	case ".doc", ".docx", ".tex", ".dvi", ".pdf", ".indd", ".qxd", ".rtf", ".odt", ".ps", ".xls", ".ppt", ".pptx":
		return false
	}
	return letters(title) > 2 && !strings.HasPrefix(lower, "microsoft word") && !strings.HasPrefix(lower, "untitled")
}

// largest returns the lines in the largest type of the first page that has text, if larger than the text's.
func largest(lines []pdfLine, body float64) string {
	title, size := "", 1.15*body
	for i, l := range lines {
		switch {
		case l.page != lines[0].page:
			return title
		case l.size > size+0.5:
			title, size = l.text, l.size
		case title != "" && l.size > size-0.5 && i > 0 && lines[i-1].size > size-0.5 && columns(title) < headingColumns:
			title += " " + l.text
		}
	}
	return title
}
