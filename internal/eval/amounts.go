package eval

import (
	"fmt"
	"math"
	"slices"

	"amur/internal/text"
	"amur/rag"
)

// Amounts are quantities over answers: what a language model took. They are shown and are no bars, since they depend on
// the machine and its load.
type Amounts struct {
	Count  int     `json:"count"`
	Sum    float64 `json:"sum"`
	Median float64 `json:"median"`
	P95    float64 `json:"p95"`
	Max    float64 `json:"max"`
}

// measure says what an amount is of an answer; false where it has none.
type measure struct {
	name string
	of   func(rag.Answer) (float64, bool)
}

// measures are those of answers for which a model was asked.
func measures() []measure {
	used := func(of func(*rag.Usage) float64) func(rag.Answer) (float64, bool) {
		return func(a rag.Answer) (float64, bool) {
			if a.Usage == nil {
				return 0, false
			}
			return of(a.Usage), true
		}
	}
	return []measure{
		{"model.calls", used(func(u *rag.Usage) float64 { return float64(u.Calls) })},
		{"model.input-tokens", used(func(u *rag.Usage) float64 { return float64(u.Input) })},
		{"model.output-tokens", used(func(u *rag.Usage) float64 { return float64(u.Output) })},
		{"model.cost-usd", func(a rag.Answer) (float64, bool) {
			if a.Usage == nil || !a.Usage.Priced {
				return 0, false
			}
			return a.Usage.CostUSD, true
		}},
		{"model.first-ms", func(a rag.Answer) (float64, bool) { return a.Timings.First, a.Timings.First > 0 }},
		{"model.verify-ms", func(a rag.Answer) (float64, bool) { return a.Timings.Verify, a.Checked != nil }},
		{"model.total-ms", func(a rag.Answer) (float64, bool) { return a.Timings.Total, a.Usage != nil }},
	}
}

// amounts gives each measure under its name, and by language as name.lang; nothing where no answer has it.
func (r Report) amounts() map[string]Amounts {
	out := map[string]Amounts{}
	for _, m := range measures() {
		values := map[string][]float64{}
		for _, result := range r.Results {
			if v, ok := m.of(result.Answer); ok {
				values[m.name] = append(values[m.name], v)
				values[m.name+"."+string(result.Question.Lang)] = append(values[m.name+"."+string(result.Question.Lang)], v)
			}
		}
		for name, list := range values {
			out[name] = newAmounts(list)
		}
	}
	return out
}

// Amount gives a measure by its full name, such as "model.total-ms.ru"; false when no answer has it.
func (r Report) Amount(name string) (Amounts, bool) {
	a, ok := r.amounts()[name]
	return a, ok
}

func newAmounts(values []float64) Amounts {
	slices.Sort(values)
	a := Amounts{Count: len(values), Median: nearestRank(values, 0.5), P95: nearestRank(values, 0.95), Max: values[len(values)-1]}
	for _, v := range values {
		a.Sum += v
	}
	return a
}

// nearestRank is the smallest of the sorted values that at least a share of them does not exceed.
func nearestRank(sorted []float64, share float64) float64 {
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

// amountRows are lines of the table: median and 95th percentile, overall and by language.
func (r Report) amountRows() [][]string {
	all := r.amounts()
	if len(all) == 0 {
		return nil
	}
	rows := [][]string{{"median, 95th percentile", "all", string(text.EN), string(text.RU), string(text.UK), string(text.ZH)}}
	for _, m := range measures() {
		if _, ok := all[m.name]; !ok {
			continue
		}
		row := []string{m.name, amountCell(all, m.name)}
		for _, l := range languageNames() {
			row = append(row, amountCell(all, m.name+"."+l))
		}
		rows = append(rows, row)
	}
	return rows
}

func amountCell(all map[string]Amounts, name string) string {
	a, ok := all[name]
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%s, %s", amount(a.Median), amount(a.P95))
}

// amount has no more digits than are of use.
func amount(v float64) string {
	if v >= 10 || v == math.Trunc(v) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
