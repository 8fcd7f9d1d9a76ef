package rag

import (
	"context"

	"amur/internal/text"
)

// Search finds the passages nearest to a statement in lang, best first, at most limit of them. They are those that an asker in that
// language is shown. Errors are those of the embedder, of the search and of ctx.
func (a *Answerer) Search(ctx context.Context, statement string, lang text.Lang, limit int) ([]Hit, error) {
	q := asRead(Question{Text: statement, Lang: lang})
	ans := newAnswer(q)
	ans.Language = lang
	question, err := a.read(ctx, q, &ans)
	if err != nil {
		return nil, err
	}
	hits, err := a.index.search(ctx, question, DefaultWeights(), nil)
	if err != nil {
		return nil, err
	}
	return hits[:min(max(limit, 0), len(hits))], nil
}

// Cite makes a citation of a part of a hit; span is of its passage's text, and one that does not fit stands for all of it.
func (a *Answerer) Cite(n int, h Hit, span text.Span) Citation {
	c := a.index.cite(n, h)
	if span.Start < 0 || span.Start >= span.End || span.End > len(c.Quote) {
		return c
	}
	c.Quote, c.Start, c.End = span.In(c.Quote), c.Start+span.Start, c.Start+span.End
	return c
}
