package verify

import (
	"slices"
	"strings"
)

// routes are the ways from one place or number to another, whatever it is that goes there: из Китая в Россию, from 7 to 63.
func (r *reading) routes() []fact {
	var out []fact
	for k := range r.roles {
		a := &r.roles[k]
		if a.role != asOrigin {
			continue
		}
		for j := range r.roles {
			b := &r.roles[j]
			if b.role == asGoal && r.tokens[a.at].clause == r.tokens[b.at].clause && abs(a.at-b.at) <= 6 && len(out) < maxFacts {
				from, to := r.pair(a, b)
				out = append(out, fact{at: a.at, mark: mark{concept: route}, from: from, to: to})
			}
		}
	}
	return append(out, r.ranges()...)
}

// ranges are the changes from one number to another.
func (r *reading) ranges() []fact {
	var out []fact
	for i := range r.tokens {
		if !isNumber(r.tokens[i].text) || !r.marked(i, "from", "с", "со", "из", "від", "з", "із", "从", "由") {
			continue
		}
		for j := i + 1; j < len(r.tokens) && j <= i+8; j++ {
			if isNumber(r.tokens[j].text) && r.marked(j, "to", "до", "к", "至", "到", "升至", "增至", "降至", "跌至") && len(out) < maxFacts {
				out = append(out, fact{at: i, mark: mark{concept: span}, from: []string{plainNumber(r.tokens[i].text)}, to: []string{plainNumber(r.tokens[j].text)}})
				break
			}
		}
	}
	return out
}

// marked reports whether one of the words stands before a token, or one word farther off.
func (r *reading) marked(i int, words ...string) bool {
	return i > 0 && slices.Contains(words, r.tokens[i-1].text) || i > 1 && !isNumber(r.tokens[i-1].text) && slices.Contains(words, r.tokens[i-2].text)
}

// Concepts that no list names.
const (
	route = -2
	span  = -3
)

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// plainNumber writes a number alike in all languages.
func plainNumber(s string) string { return strings.ReplaceAll(s, ",", ".") }

func abs(n int) int { return max(n, -n) }
