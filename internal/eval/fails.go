package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"amur/internal/text"
)

// Fail is a question with something to blame.
type Fail struct {
	ID       string    `json:"id"`
	Lang     text.Lang `json:"lang"`
	Kind     Kind      `json:"kind"`
	Passed   bool      `json:"passed"` // by its kind's rule; what is blamed stands beside it
	Question string    `json:"question"`
	Outcome  string    `json:"outcome"`
	Answer   string    `json:"answer"`
	Reasons  []string  `json:"reasons"`
}

// Fails lists what went wrong, in the order of the questions.
func (r Report) Fails() []Fail {
	return r.list(func(result Result) []string { return result.Reasons })
}

// CeilingFails lists the questions that the gold facts' sentences do not answer: strings that a faithful sentence
// misses, and facts that the base does not tell.
func (r Report) CeilingFails() []Fail {
	return r.list(func(result Result) []string { return result.Ceiling })
}

func (r Report) list(reasons func(Result) []string) []Fail {
	fails := []Fail{}
	for _, result := range r.Results {
		list := reasons(result)
		if len(list) == 0 {
			continue
		}
		q := result.Question
		fails = append(fails, Fail{
			ID: q.ID, Lang: q.Lang, Kind: q.Kind, Passed: result.Passed, Question: q.Text,
			Outcome: result.outcome(), Answer: result.Answer.Text, Reasons: list,
		})
	}
	return fails
}

// WriteFails prints failures for reading: the question, what was replied, and why that fails.
func WriteFails(w io.Writer, fails []Fail) error {
	b := bufio.NewWriter(w)
	for _, f := range fails {
		verdict := "failed"
		if f.Passed {
			verdict = "passed, but"
		}
		_, _ = fmt.Fprintf(b, "%s %s %s: %s\n  ? %s\n  %s: %s\n", f.ID, f.Lang, f.Kind, verdict,
			oneLine(f.Question), f.Outcome, oneLine(f.Answer))
		for _, reason := range f.Reasons {
			_, _ = fmt.Fprintf(b, "  - %s\n", oneLine(reason))
		}
	}
	return b.Flush()
}

// oneLine keeps foreign text from breaking the listing or turning its direction: white space and control characters
// become single spaces.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
}
