package verify

import (
	"slices"
	"strings"
)

// negation reports whether one of claim and span says that something is so and the other that it is not, and the words of
// the claim where it shows.
func (c *clashes) negation(claim, span *sentence) (detail string, clash bool) {
	if claim.text == span.text {
		return "", false
	}
	a, b := c.read(claim), c.read(span)
	if i, ok := a.deniedAgainst(b); ok {
		return a.phrase(i), true
	}
	if j, ok := b.deniedAgainst(a); ok {
		return b.phrase(j), true
	}
	return "", false
}

// phrase is a token with its neighbours, to show.
func (r *reading) phrase(i int) string {
	gap := " "
	if r.tokens[i].han {
		gap = ""
	}
	var words []string
	for _, t := range r.tokens[max(0, i-1):min(len(r.tokens), i+2)] {
		words = append(words, t.text)
	}
	return strings.Join(words, gap)
}

// denial is a negation of a sentence: its cue and what it negates, the nearest first.
type denial struct {
	cue     int
	soft    bool
	targets []int
}

// maxDenials bounds what is compared of a sentence.
const maxDenials = 16

// denials finds the negations of a sentence. Two that negate one another are none.
func (r *reading) denials() []denial {
	var out []denial
	for i := range r.tokens {
		_, hard := r.kind(i, notConcept)
		_, soft := r.kind(i, softConcept)
		if !hard && !soft || len(out) >= maxDenials {
			continue
		}
		if n := len(out); n > 0 && slices.Contains(out[n-1].targets, i) && i-out[n-1].cue <= 3 && soft {
			out = out[:n-1] // did not refuse
			continue
		}
		if n := len(out); n > 0 && hard && i-out[n-1].cue <= 2 && !out[n-1].soft {
			out[n-1].targets = r.scope(i) // nobody never, никогда не
			continue
		}
		out = append(out, denial{i, soft && !hard, r.scope(i)})
	}
	return out
}

// scope is what a cue negates: the words with a content of their own behind it, as far as its clause goes.
func (r *reading) scope(cue int) []int {
	const reach, most = 9, 3
	var out []int
	for j := cue + 1; j < len(r.tokens) && j <= cue+reach && len(out) < most; j++ {
		t := &r.tokens[j]
		if t.punct || t.clause != r.tokens[cue].clause {
			break
		}
		if t.actor == "" && !isLight(t.text) {
			out = append(out, j)
		}
	}
	return out
}

// negated reports whether a token stands in the scope of a negation.
func (r *reading) negated(i int) bool {
	for _, d := range r.denials() {
		if d.cue == i || slices.Contains(d.targets, i) {
			return true
		}
	}
	return false
}

// deniedAgainst reports whether a negation of r stands against what the other sentence says.
func (r *reading) deniedAgainst(other *reading) (at int, clash bool) {
	theirs := other.denials()
	for _, d := range r.denials() {
		if !d.soft && r.unanswered(d, other, theirs) {
			return d.cue, true
		}
	}
	return 0, false
}

// unanswered reports whether nothing in the other sentence says the same as a negation.
func (r *reading) unanswered(d denial, other *reading, theirs []denial) bool {
	affirmed := false
	for _, i := range d.targets {
		for j := range other.tokens {
			if !r.alike(i, other, j) {
				if r.contrary(i, other, j) {
					return false
				}
				continue
			}
			denied := slices.ContainsFunc(theirs, func(e denial) bool { return slices.Contains(e.targets, j) })
			if denied {
				return false
			}
			affirmed = true
		}
	}
	if affirmed {
		return true
	}
	if len(theirs) > 0 {
		return false
	}
	for j := range other.tokens {
		if _, ok := other.kind(j, nearConcept, softConcept); ok {
			return false
		}
	}
	return true
}

// contrary reports whether two tokens stand for opposite poles.
func (r *reading) contrary(i int, other *reading, j int) bool {
	for _, m := range r.tokens[i].marks {
		for _, n := range other.tokens[j].marks {
			if m.concept == n.concept && m.pole != n.pole {
				return true
			}
		}
	}
	return false
}

// isLight tells words that carry no content for a negation: forms of be, have and do, articles, adverbs of time.
func isLight(w string) bool {
	switch w {
	case "be", "been", "is", "are", "was", "were", "have", "has", "had", "do", "did", "does", "become", "became", "get", "got", "make", "made",
		"the", "a", "an", "any", "its", "their", "his", "to", "of", "in", "on", "at", "by", "for", "with", "and", "or", "yet", "still", "ever",
		"so", "far", "as", "it", "they", "он", "она", "они", "его", "их", "и", "в", "на", "с", "к", "о", "у", "за", "из", "от", "по", "для", "был", "была",
		"были", "было", "быть", "стал", "стала", "стать", "пока", "еще", "это", "є", "був", "була", "було", "бути", "та", "і", "з", "до", "від", "його",
		"的", "了", "在", "与", "和", "对", "向", "给", "为", "被", "把", "将", "过", "是", "有", "这", "该", "其", "从", "就", "由", "也", "都":
		return true
	}
	return false
}
