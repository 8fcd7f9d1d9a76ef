package eval

import (
	"strings"

	"amur/internal/text"
)

// ceiling asks whether the gold facts' sentences, quoted, would pass: what an answer of quotations can reach at most.
// A string that a faithful sentence misses shows up here.
func (r *Result) ceiling(gold Gold) {
	q := r.Question
	if gold == nil || !q.ordinary() || len(q.Gold) == 0 {
		return
	}
	var sentences []string
	for _, fact := range q.Gold {
		list := gold(fact, q.answerLang())
		if len(list) == 0 {
			r.Ceiling = append(r.Ceiling, "no sentence for "+fact)
		}
		sentences = append(sentences, list...)
	}
	reply := normalise(strings.Join(sentences, " "))
	for _, group := range missing(reply, q.MustContain) {
		r.Ceiling = append(r.Ceiling, "missing: "+strings.Join(group, " | "))
	}
	for _, s := range found(reply, q.MustNotContain) {
		r.Ceiling = append(r.Ceiling, "forbidden: "+s)
	}
	passes := len(r.Ceiling) == 0
	r.marks.add(mCeilingPass, passes)
	r.marks.add(mCeilingAnswer, r.Passed)
	ratio := mark{metric: mCeilingRatio}
	if r.Passed {
		ratio.Passed = 1
	}
	if passes {
		ratio.Total = 1
	}
	r.marks = append(r.marks, ratio)
}

// Gold gives the sentences of the base that tell a fact, in the language of the answer or the one that it is quoted
// in; empty when the base does not tell it.
type Gold func(fact string, lang text.Lang) []string
