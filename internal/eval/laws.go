package eval

import (
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// FindSection finds a section of the base in a language; [knowledge.Base] has a method of this form.
type FindSection func(id knowledge.SectionID, lang text.Lang) (knowledge.Section, error)

// maxNearest is how many quotations a refusal may point to.
const maxNearest = 3

// quotation is what citations and nearest sections have in common.
type quotation struct {
	passage    knowledge.PassageID
	section    knowledge.SectionID
	lang       text.Lang
	quote      string
	start, end int
}

// laws checks every quotation of the answer: it stands byte for byte in its section (only where sections can be found) and comes from
// a passage that was retrieved. The answer's form must be the one of its outcome.
func (r *Result) laws(section FindSection) {
	for _, q := range quotations(r.Answer) {
		if section != nil {
			ok := q.stands(section)
			r.marks.add(mLawQuotes, ok)
			if !ok {
				r.blame("law: the quotation %q is not at %d:%d of %s", q.quote, q.start, q.end, q.section)
			}
		}
		ok := slices.ContainsFunc(r.Answer.Retrieved, func(p rag.Retrieved) bool {
			return p.Passage == q.passage && p.Section == q.section && strings.Contains(p.Text, q.quote)
		})
		r.marks.add(mLawRetrieved, ok)
		if !ok {
			r.blame("law: the quotation %q was not retrieved in passage %s", q.quote, q.passage)
		}
	}
	fault := shapeFault(r.Answer)
	r.marks.add(mLawShape, fault == "")
	if fault != "" {
		r.blame("law: %s", fault)
	}
}

func quotations(a rag.Answer) []quotation {
	var out []quotation
	for _, c := range a.Citations {
		out = append(out, quotation{c.Passage, c.Section, c.Lang, c.Quote, c.Start, c.End})
	}
	for _, n := range a.Nearest {
		out = append(out, quotation{n.Passage, n.Section, n.Lang, n.Quote, n.Start, n.End})
	}
	return out
}

func (q quotation) stands(section FindSection) bool {
	s, err := section(q.section, q.lang)
	return err == nil && q.quote != "" && q.start >= 0 && q.start <= q.end && q.end <= len(s.Text) &&
		s.Text[q.start:q.end] == q.quote
}

// shapeFault says what is wrong with the form of an answer, or nothing.
func shapeFault(a rag.Answer) string {
	if strings.TrimSpace(a.Text) == "" {
		return "the reply is empty"
	}
	if fault := numberFault(a); fault != "" {
		return fault
	}
	switch a.Outcome {
	case rag.Answered:
		if len(a.Claims) == 0 {
			return "answered without a claim"
		}
	case rag.Positions:
	case rag.Refused:
		return refusalFault(a)
	case rag.Smalltalk, rag.Care:
		if len(a.Claims)+len(a.Citations)+len(a.Nearest) > 0 {
			return string(a.Outcome) + " with claims, citations or nearest sections"
		}
	default:
		return "unknown outcome " + string(a.Outcome)
	}
	return ""
}

func refusalFault(a rag.Answer) string {
	switch {
	case len(a.Claims)+len(a.Citations) > 0:
		return "refused with claims or citations"
	case len(a.Nearest) > maxNearest:
		return "refused with more than three nearest quotations"
	case len(strings.Fields(a.Question)) > 2 && strings.Contains(normalise(a.Text), strings.TrimSpace(normalise(a.Question))):
		return "the refusal repeats the question"
	}
	return ""
}

// numberFault checks that each claim cites something and that every number names a citation.
func numberFault(a rag.Answer) string {
	known := make(map[int]bool, len(a.Citations))
	for _, c := range a.Citations {
		known[c.N] = true
	}
	if len(known) != len(a.Citations) {
		return "two citations share a number"
	}
	for _, c := range a.Claims {
		if len(c.Citations) == 0 {
			return "a claim cites nothing"
		}
		for _, n := range c.Citations {
			if !known[n] {
				return "a claim cites a number that is no citation"
			}
		}
	}
	return ""
}
