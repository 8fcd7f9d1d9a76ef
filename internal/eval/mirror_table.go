package eval

import (
	"bufio"
	"fmt"
	"io"
)

// WriteTable prints every rate with its counts, overall and by language, then the share of pairs that pass by topic.
func (r MirrorReport) WriteTable(w io.Writer) error {
	rows := [][]string{append([]string{fmt.Sprintf("%d pairs, %d skipped", len(r.Pairs), r.Skipped), "all"}, languageNames()...)}
	for _, m := range MirrorMetrics() {
		row := []string{m.Name, r.rates.cell(m.Name)}
		for _, l := range languageNames() {
			row = append(row, r.rates.cell(m.Name+"."+l))
		}
		rows = append(rows, row)
	}
	for _, topic := range r.topics() {
		rows = append(rows, []string{"  " + string(topic), r.rates.cell(mMirrorPass + "." + string(topic))})
	}
	return writeColumns(w, rows)
}

// WriteFails prints the pairs that do not pass, for reading: both answers, and why.
func (r MirrorReport) WriteFails(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, p := range r.Pairs {
		if len(p.Reasons) == 0 {
			continue
		}
		_, _ = fmt.Fprintf(b, "%s and %s %s: %s\n", p.ID, p.Other, p.Lang, p.Topic) // a bufio error stays until Flush
		for _, a := range p.Answers {
			_, _ = fmt.Fprintf(b, "  ? %s\n  %s: %s\n", oneLine(a.Question), how(a), oneLine(a.Text))
		}
		for _, reason := range p.Reasons {
			_, _ = fmt.Fprintf(b, "  - %s\n", oneLine(reason))
		}
	}
	return b.Flush()
}
