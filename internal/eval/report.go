package eval

import (
	"encoding/json"
	"slices"
	"strings"

	"amur/knowledge"
)

// Report is a scored set of questions. It is immutable.
type Report struct {
	Results []Result // in the order of the questions
	rates   rates
}

func newReport(results []Result) Report {
	r := Report{Results: results, rates: rates{}}
	r.pairs()
	for _, result := range results {
		r.rates.add(result.Question.Kind, result.Question.Lang, result.marks)
	}
	return r
}

// pairs judges the questions that are mirrors of each other, once a pair, under the one that comes first.
func (r Report) pairs() {
	at := make(map[string]int, len(r.Results))
	for i, result := range r.Results {
		at[result.Question.ID] = i
	}
	for i := range r.Results {
		one := &r.Results[i]
		j, ok := at[one.Question.mirror()]
		if one.Question.Kind != Positions || !ok || j <= i {
			continue
		}
		other := r.Results[j]
		same := slices.Equal(citedPassages(*one), citedPassages(other))
		if !same {
			one.blame("pair: %s cites other passages", other.Question.ID)
		}
		one.marks.add(mPositionsPair, one.Passed && other.Passed && same)
	}
}

func citedPassages(r Result) []knowledge.PassageID {
	ids := make([]knowledge.PassageID, 0, len(r.Answer.Citations))
	for _, c := range r.Answer.Citations {
		ids = append(ids, c.Passage)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Rate gives a rate by its full name, such as "answer.pass.ru"; false when no question counts for it.
func (r Report) Rate(name string) (Rate, bool) { return r.rates.rate(name) }

// Value is the rate as a number from 0 to 1; only ceiling.ratio may be above.
func (r Report) Value(name string) (float64, bool) {
	rate, ok := r.Rate(name)
	return rate.Value(), ok
}

// Names lists the rates for which a question counts, sorted.
func (r Report) Names() []string { return r.rates.names() }

type jsonReport struct {
	Questions int                 `json:"questions"`
	Rates     map[string]jsonRate `json:"rates"`
	Fails     []Fail              `json:"fails"`
	Ceiling   []Fail              `json:"ceiling_fails"`
	Amounts   map[string]Amounts  `json:"amounts,omitempty"`
}

type jsonRate struct {
	Rate   float64 `json:"rate"`
	Passed int     `json:"passed"`
	Total  int     `json:"total"`
}

// MarshalJSON gives the number of questions, every rate by name with its counts, the failures, and what a
// language model took.
func (r Report) MarshalJSON() ([]byte, error) {
	return json.Marshal(jsonReport{Questions: len(r.Results), Rates: r.rates.json(), Fails: r.Fails(), Ceiling: r.CeilingFails(), Amounts: r.amounts()})
}

// metricOf finds the metric that begins a full name, the longest where several do; false when none does.
func metricOf(name string, metrics []Metric) (Metric, bool) {
	var best Metric
	for _, m := range metrics {
		if (name == m.Name || strings.HasPrefix(name, m.Name+".")) && len(m.Name) > len(best.Name) {
			best = m
		}
	}
	return best, best.Name != ""
}
