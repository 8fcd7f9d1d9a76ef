package eval

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ErrUnknownMetric is returned by Check for a gate on a rate that the report does not have.
var ErrUnknownMetric = errors.New("unknown metric")

// Bound says on which side of its value a rate must stay.
type Bound string

// The bounds of a gate; both include the value.
const (
	AtLeast Bound = "at least"
	AtMost  Bound = "at most"
)

// Gate is a bar that a rate must reach.
type Gate struct {
	Name  string // full name of a rate, such as "answer.pass.en"
	Bound Bound
	Value float64
}

// ParseGate reads "name=value", "name>=value" or "name<=value". The plain form takes the given bound.
func ParseGate(s string, plain Bound) (Gate, error) {
	name, value, ok := strings.Cut(s, "=")
	if !ok {
		return Gate{}, fmt.Errorf("gate %q: write name=value, such as answer.pass.en=0.84", s)
	}
	g := Gate{Bound: plain}
	if cut, found := strings.CutSuffix(name, ">"); found {
		name, g.Bound = cut, AtLeast
	} else if cut, found := strings.CutSuffix(name, "<"); found {
		name, g.Bound = cut, AtMost
	}
	g.Name = strings.TrimSpace(name)
	if g.Name == "" {
		return Gate{}, fmt.Errorf("gate %q: the name of a rate is missing; such as answer.pass.en=0.84", s)
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > 1 {
		return Gate{}, fmt.Errorf("gate %q: the value must be a number from 0 to 1", s)
	}
	g.Value = v
	return g, nil
}

// Miss is a gate that was not reached.
type Miss struct {
	Gate Gate
	Rate Rate
}

// String says what was reached and what is wanted.
func (m Miss) String() string {
	return fmt.Sprintf("%s is %.3f (%d of %d), wanted %s %v",
		m.Gate.Name, m.Rate.Value(), m.Rate.Passed, m.Rate.Total, m.Gate.Bound, m.Gate.Value)
}

// Check compares the report with the gates and lists those that are missed, in their order. It is an error wrapping
// ErrUnknownMetric when a gate names no rate of this report, and an error when it bounds a rate on its better side.
func (r Report) Check(gates []Gate) ([]Miss, error) {
	return r.rates.check(gates, Metrics(), "question")
}

// check is Check for any tally; unit names what its rates count.
func (t rates) check(gates []Gate, metrics []Metric, unit string) ([]Miss, error) {
	var misses []Miss
	for _, g := range gates {
		rate, ok := t.rate(g.Name)
		if !ok {
			return nil, fmt.Errorf("gate %s: %w: no %s counts for it; the nearest are %s",
				g.Name, ErrUnknownMetric, unit, strings.Join(t.nearest(g.Name), ", "))
		}
		m, _ := metricOf(g.Name, metrics)
		if m.better == low && g.Bound == AtLeast {
			return nil, fmt.Errorf("gate %s: less is better here; bound it with <= or --max", g.Name)
		}
		if m.better == high && g.Bound == AtMost {
			return nil, fmt.Errorf("gate %s: more is better here; bound it with >= or --min", g.Name)
		}
		if g.Bound == AtLeast && rate.Value() < g.Value || g.Bound == AtMost && rate.Value() > g.Value {
			misses = append(misses, Miss{g, rate})
		}
	}
	return misses, nil
}

// nearest lists the three names of the tally that are fewest edits away.
func (t rates) nearest(name string) []string {
	names := t.names()
	slices.SortStableFunc(names, func(x, y string) int { return cmp.Compare(edits(name, x), edits(name, y)) })
	return names[:min(3, len(names))]
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
