package ingest

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// dropRunning removes page numbers and the lines that come back at the head or foot of pages.
func dropRunning(lines []pdfLine) []pdfLine {
	edges := pageEdges(lines)
	times, pages := map[string]int{}, map[int]bool{}
	for i, l := range lines {
		pages[l.page] = true
		if edges[i] {
			times[runningKey(l.text)]++
		}
	}
	out := make([]pdfLine, 0, len(lines))
	for i, l := range lines {
		key := runningKey(l.text)
		if edges[i] && (key == "#" || len(pages) > 2 && times[key] >= max(3, len(pages)/20)) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// pageEdges marks the two highest and the two lowest lines of each page.
func pageEdges(lines []pdfLine) map[int]bool {
	edges := map[int]bool{}
	for start := 0; start < len(lines); {
		end := start
		for end < len(lines) && lines[end].page == lines[start].page {
			end++
		}
		order := make([]int, 0, end-start)
		for i := start; i < end; i++ {
			order = append(order, i)
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case lines[a].top > lines[b].top:
				return -1
			case lines[a].top < lines[b].top:
				return 1
			}
			return 0
		})
		for n, i := range order {
			if n < 2 || n >= len(order)-2 {
				edges[i] = true
			}
		}
		start = end
	}
	return edges
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

// isLeader reports whether a line belongs to a table of contents: dots lead to a page number.
func isLeader(text string) bool {
	dots := strings.Count(text, ". .") + strings.Count(text, "....")
	return dots >= 2 || strings.Count(text, ".....") > 0
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
