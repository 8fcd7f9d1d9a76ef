package rag_test

import (
	"testing"

	"amur/knowledge"
	"amur/rag"
)

// testWithheld holds that a withheld passage appears nowhere in an answer: not retrieved, cited, near, nor as the other side
// of a dispute.
func (b *builtin) testWithheld(t *testing.T) {
	a := answerer(t, b.index, b.model)
	var err error
	if a.Disputes, err = knowledge.BuiltinDisputes(b.base); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, q := range b.questions[:60] {
		before := ask(t, a, q.ask())
		if len(before.Citations) == 0 {
			continue
		}
		withheld := map[string]bool{}
		for _, c := range before.Citations {
			if p, ok := b.base.Passage(c.Passage); ok {
				withheld[p.Hash] = true
			}
		}
		question := q.ask()
		question.Withheld = withheld
		after := ask(t, a, question)
		changed++
		seen := func(where string, id knowledge.PassageID) {
			if p, _ := b.base.Passage(id); withheld[p.Hash] {
				t.Errorf("%s: withheld passage %s is %s", q.ID, id, where)
			}
		}
		for _, r := range after.Retrieved {
			seen("retrieved", r.Passage)
		}
		for _, c := range after.Citations {
			seen("cited", c.Passage)
		}
		for _, n := range after.Nearest {
			seen("near", n.Passage)
		}
	}
	if changed == 0 {
		t.Error("no question was answered")
	}
}

// testQuotesOnly holds that a question can be kept from the model.
func (b *builtin) testQuotesOnly(t *testing.T) {
	a, server := b.worded(t, nil)
	answer := ask(t, a, rag.Question{Text: "How much do China and Russia trade?", Quotes: true})
	if answer.Mode != rag.ModeQuotes || answer.Fallback != "" || len(server.Requests()) != 0 {
		t.Errorf("mode %q, fallback %q, %d requests to the model", answer.Mode, answer.Fallback, len(server.Requests()))
	}
}
