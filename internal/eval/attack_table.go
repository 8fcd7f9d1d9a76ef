package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"amur/rag/verify"
)

// WriteTable prints the rates with their counts by kind, language, and across languages; below it which check dropped how
// many claims of each kind, and how long the checks took.
func (r AttackReport) WriteTable(w io.Writer) error {
	rows := [][]string{append([]string{fmt.Sprintf("%d claims", len(r.Results)), "all"}, attackColumns()...)}
	for _, m := range AttackMetrics() {
		if _, ok := r.Rate(m.Name); !ok {
			continue
		}
		label := m.Name
		if m.better == low {
			label += " ↓"
		}
		row := []string{label, r.rates.cell(m.Name)}
		for _, column := range attackColumns() {
			row = append(row, r.rates.cell(m.Name+"."+column))
		}
		rows = append(rows, row)
	}
	if err := writeColumns(w, rows); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	if err := writeColumns(w, r.firedRows()); err != nil {
		return err
	}
	return r.writeLatency(w)
}

// firedRows has a row for each kind of pair and a column for each check.
func (r AttackReport) firedRows() [][]string {
	checks := []verify.Kind{
		verify.Number, verify.Date, verify.Name, verify.Negation, verify.Direction, verify.Addition, verify.Support,
	}
	head := []string{"dropped by"}
	for _, c := range checks {
		head = append(head, string(c))
	}
	rows := [][]string{append(head, "kept")}
	for _, kind := range slices.Concat(corruptedKinds(), supportedKinds()) {
		fired := r.fired[kind]
		if len(fired) == 0 {
			continue
		}
		row := []string{string(kind)}
		for _, c := range append(checks, "") {
			row = append(row, strconv.Itoa(fired[c]))
		}
		rows = append(rows, row)
	}
	return rows
}

func (r AttackReport) writeLatency(w io.Writer) error {
	for _, across := range []bool{false, true} {
		l := r.Latency(across)
		if l.Claims == 0 {
			continue
		}
		name := "in the language of the passage"
		if across {
			name = "in another language"
		}
		ms := func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
		if _, err := fmt.Fprintf(w, "\na claim %s: half within %s, 95 %% within %s, the longest %s", name, ms(l.P50), ms(l.P95), ms(l.Max)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// WriteAttackFails prints wrong verdicts for reading: the claim, its passage, and why it was dropped.
func WriteAttackFails(w io.Writer, fails []AttackFail) error {
	b := bufio.NewWriter(w)
	for _, f := range fails {
		verdict := "kept"
		if f.Reason != "" {
			verdict = fmt.Sprintf("dropped: %s %s", f.Reason, f.Detail)
		}
		_, _ = fmt.Fprintf(b, "%s %s %s>%s: %s (support %.2f)\n  claim:   %s\n  passage: %s\n", f.ID, f.Kind, f.PassageLang, f.ClaimLang,
			oneLine(verdict), f.Support, oneLine(f.Claim), oneLine(f.Passage))
		if f.Note != "" {
			_, _ = fmt.Fprintf(b, "  note:    %s\n", oneLine(f.Note))
		}
	}
	return b.Flush()
}
