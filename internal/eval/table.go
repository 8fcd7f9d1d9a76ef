package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteTable prints every rate with its counts in aligned columns: overall and by language, and below each metric the
// same by kind where it counts for more than one kind, and neither all nor none passed. What a model did is not shown by
// kind. Below stands what it took.
func (r Report) WriteTable(w io.Writer) error {
	rows := [][]string{append([]string{fmt.Sprintf("%d questions", len(r.Results)), "all"}, languageNames()...)}
	for _, m := range Metrics() {
		rate, ok := r.Rate(m.Name)
		if !ok {
			continue
		}
		name := m.Name
		if m.better == low {
			name += " ↓"
		}
		rows = append(rows, r.row(name, m.Name))
		list := r.kindsOf(m.Name)
		if strings.HasPrefix(m.Name, modelPrefix) || len(list) < 2 || rate.Passed == 0 || rate.Passed == rate.Total {
			continue
		}
		for _, k := range list {
			rows = append(rows, r.row("  "+string(k), m.Name+"."+string(k)))
		}
	}
	return writeColumns(w, append(rows, r.amountRows()...))
}

// row gives one line of the table: overall, then each language.
func (r Report) row(label, name string) []string {
	row := []string{label, r.cell(name)}
	for _, l := range languageNames() {
		row = append(row, r.cell(name+"."+l))
	}
	return row
}

func (r Report) cell(name string) string { return r.rates.cell(name) }

func (t rates) cell(name string) string {
	rate, ok := t.rate(name)
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%.3f %d/%d", rate.Value(), rate.Passed, rate.Total)
}

func (r Report) kindsOf(metric string) []Kind {
	var list []Kind
	for _, k := range kinds() {
		if _, ok := r.Rate(metric + "." + string(k)); ok {
			list = append(list, k)
		}
	}
	return list
}

func languageNames() []string {
	var names []string
	for _, l := range languages() {
		names = append(names, string(l))
	}
	return names
}

// writeColumns pads each cell to its column; the last cell of a row is left bare.
func writeColumns(w io.Writer, rows [][]string) error {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	b := bufio.NewWriter(w)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		_, _ = fmt.Fprintln(b, strings.TrimRight(line.String(), " ")) // a bufio error stays until Flush
	}
	return b.Flush()
}
