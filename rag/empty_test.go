package rag_test

import (
	"testing"

	"amur/knowledge"
	"amur/rag"
)

// TestEmptyBase holds that a base without a passage refuses whatever is asked of it: an answer needs a claim.
func TestEmptyBase(t *testing.T) {
	t.Parallel()
	base, err := knowledge.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	e := newWordEmbedder()
	a := answerer(t, build(t, base, e, nil), e)
	for _, question := range []string{"Which cranes are blue?", "summarise the document", "summarise the cranes", "总结一下"} {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			got := ask(t, a, rag.Question{Text: question})
			if got.Outcome != rag.Refused || len(got.Claims)+len(got.Citations)+len(got.Nearest) > 0 || got.Text == "" {
				t.Errorf("%s with %d claims: %q", got.Outcome, len(got.Claims), got.Text)
			}
			if explained, err := a.Explain(t.Context(), rag.Question{Text: question}); err != nil || explained.Decision != string(rag.Refused) {
				t.Errorf("explained as %q, %v", explained.Decision, err)
			}
		})
	}
}
