package factcheck

import (
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"amur/internal/text"
)

// beyondRounding tells whether two figures are farther apart than rounding and words like "about" or "more than" explain.
func (c *Checker) beyondRounding(one claim, v, h text.Value, r reading) bool {
	const (
		loose = 0.15 // share by which what is called about so much may be off
		close = 0.01 // and what two sources measured
	)
	a, b := figure(v), figure(h)
	if a <= 0 || b <= 0 {
		return false
	}
	own, theirs := c.around(one.text, v), c.around(r.hit.Passage.Text, h)
	off := math.Abs(a-b) / max(a, b)
	switch {
	case c.cues.has(own, atLeast) && a <= b, c.cues.has(own, atMost) && a >= b,
		c.cues.has(theirs, atLeast) && a >= b, c.cues.has(theirs, atMost) && a <= b:
		return false
	case c.cues.has(own, about, atLeast, atMost) || c.cues.has(theirs, about, atLeast, atMost):
		return off > loose
	}
	return off > close && !roundsTo(v.Number, b) && !roundsTo(h.Number, a)
}

// around is the words that stand near a value, folded.
func (c *Checker) around(s string, v text.Value) string {
	const before, after = 30, 12 // bytes
	from, to := max(0, v.Start-before), min(len(s), v.End+after)
	for from < v.Start && !utf8.RuneStart(s[from]) {
		from++
	}
	for to > v.End && to < len(s) && !utf8.RuneStart(s[to]) {
		to--
	}
	return c.cues.fold(s[from:v.Start] + " " + s[v.End:to])
}

// figure is the size of a value; 0 where it has none.
func figure(v text.Value) float64 {
	r, ok := new(big.Rat).SetString(v.Number)
	if !ok {
		return 0
	}
	f, _ := r.Float64()
	return f
}

// roundsTo tells whether x, rounded to the last digit of number that is not zero, is that number; a number of one such digit says little
// of how exact it is, so that x must be near.
func roundsTo(number string, x float64) bool {
	const near = 0.05
	whole, fraction, _ := strings.Cut(number, ".")
	step := math.Pow10(-len(fraction))
	if fraction == "" {
		step = math.Pow10(len(whole) - len(strings.TrimRight(whole, "0")))
	}
	n, ok := new(big.Rat).SetString(number)
	if !ok {
		return false
	}
	f, _ := n.Float64()
	return math.Abs(f-x) <= step/2 && math.Abs(f-x) <= near*max(f, x)
}
