// Package verify checks a claim against the passages that it cites: whether they carry each number, date and name of it,
// whether it turns their meaning round, and whether they say it at all.
//
//	claim, passages ──► take apart ──► values ──► names ──► negation ──► direction ──► support ──► Verdict with spans
//
// Claim and passages may be in different languages. The package knows nothing of search, language models or prompts.
package verify

import (
	"fmt"

	"amur/internal/text"
)

// Claim is one sentence of an answer, without the marks of its citations.
type Claim struct {
	Text string
	Lang text.Lang
}

// Evidence is a passage that a claim cites.
type Evidence struct {
	Text    string
	Lang    text.Lang
	Heading string // of its section, which may name what the passage is about
}

// Kind says which check a claim failed.
type Kind string

// The checks, in the order in which they are made.
const (
	Number    Kind = "number"    // a number, sum, percentage or unit that the passages do not have
	Date      Kind = "date"      // a date, year or period that they do not have
	Name      Kind = "name"      // a proper name that they do not have
	Negation  Kind = "negation"  // one says that it is so, the other that it is not
	Direction Kind = "direction" // more for less, to for from, who for whom
	Addition  Kind = "addition"  // a part of the claim has nothing in the passages that says so
	Support   Kind = "support"   // the passages speak of something else
)

// Reason says why a claim is not carried by its passages.
type Reason struct {
	Kind   Kind
	Detail string // what was looked for, as the claim words it; may be empty for Support
}

// Verdict is what came of a check.
type Verdict struct {
	OK      bool
	Reason  Reason  // zero when OK
	Support float64 // 0 to 1: how much of the claim the passages carry
	// Spans has an entry for each passage: the part of its text that carries the claim or some of it. It is empty
	// (Start == End) for a passage that adds nothing, and for all of them when the claim is not carried.
	Spans []text.Span
}

// String says in plain English what was amiss.
func (r Reason) String() string {
	switch r.Kind {
	case "":
		return ""
	case Number, Date, Name:
		return fmt.Sprintf("%s %s is not in the cited passage", r.Kind, r.Detail)
	case Negation:
		return "the claim and the cited passage differ in whether it is so" + r.detail()
	case Direction:
		return "the claim turns the cited passage round" + r.detail()
	case Addition:
		if r.Detail == "" {
			return "the cited passage does not say all of this"
		}
		return "the cited passage does not say" + r.detail()
	}
	return "the cited passage speaks of something else"
}

func (r Reason) detail() string {
	if r.Detail == "" {
		return ""
	}
	return ": " + r.Detail
}
