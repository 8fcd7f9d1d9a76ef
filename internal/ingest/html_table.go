package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cellRunes is the longest cell of a table of data; longer ones are columns of a page's layout.
const cellRunes = 400

// tableRows reads a table of data, a block a row. With a row of headings above, each cell is named by its column ("Year:
// 2023; Trade: 240"), so that a row can be understood alone. It reports false for a table that lays out a page.
func tableRows(table *html.Node) ([]block, bool) {
	var out []block
	var names []string
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Caption:
			if text := nodeText(n); text != "" {
				out = append(out, block{kind: paragraph, text: text})
			}
		case atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.P:
			if n.DataAtom != atom.P || len([]rune(nodeText(n))) > cellRunes {
				return nil, false
			}
		case atom.Tr:
			cells, isHead := rowCells(n)
			if len(cells) < 2 && len(out) == 0 && len(names) == 0 && strings.Join(cells, "") != "" && !isHead {
				return nil, false
			}
			for _, cell := range cells {
				if len([]rune(cell)) > cellRunes {
					return nil, false
				}
			}
			if isHead {
				names = cells
			} else if text := rowText(cells, names); text != "" {
				out = append(out, block{kind: row, text: text})
			}
		}
	}
	return out, true
}

// rowCells returns the cells of a row, and whether all are headings.
func rowCells(tr *html.Node) (cells []string, isHead bool) {
	heads := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Th:
			heads++
			cells = append(cells, nodeText(c))
		case atom.Td:
			cells = append(cells, nodeText(c))
		}
	}
	return cells, heads == len(cells)
}

// rowText joins the cells of a row, named by their columns where there is a name for each.
func rowText(cells, names []string) string {
	var parts []string
	for i, cell := range cells {
		switch {
		case cell == "":
		case len(names) == len(cells) && names[i] != "":
			parts = append(parts, names[i]+": "+cell)
		default:
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, "; ")
}
