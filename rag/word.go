package rag

import "context"

// modelBand is from what support on a model is asked. Between it and zero quotations are refused, but a model reads what
// was found and may find the answer in it, or say that there is none; what it says is checked all the same. docs/adr
// has the table.
const modelBand = -1.0

// word has the model answer, and reports whether it did. Where it did not, ans says why and nothing else has changed but
// the counts of what was tried. Errors are those of ctx and of the search.
func (a *Answerer) word(ctx context.Context, q Question, found finding, ans *Answer, see func(Progress)) (bool, error) {
	if a.Model == nil || q.Quotes {
		return false, nil
	}
	if len(found.hits) > 0 && a.Model.never(found.hits[0]) {
		a.fallBack(ans, found, fallbackNever)
		return false, nil
	}
	limited, cancel := context.WithTimeout(ctx, a.Model.timeout())
	defer cancel()
	hits, support, err := a.widened(limited, q, found, ans)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case limited.Err() == nil && err != nil:
		return false, err
	case support < modelBand:
		a.retrieve(ans, found.hits)
		return false, nil
	}
	see(Progress{Stage: StageDraft})
	why := a.draft(limited, q, hits, ans, see)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if why != "" {
		see(Progress{Stage: StageQuotes})
		a.retrieve(ans, found.hits)
		a.fallBack(ans, found, why)
		return false, nil
	}
	ans.Outcome, ans.Mode, ans.Model = Answered, ModeModel, a.Model.Name
	a.complete(q, ans)
	return true, nil
}

// widened adds to what was found what the rewritten question finds, and says how far either answers.
func (a *Answerer) widened(ctx context.Context, q Question, found finding, ans *Answer) ([]Hit, float64, error) {
	second, ok, err := a.rewritten(ctx, q, found, ans)
	if err != nil || !ok {
		return found.hits, found.support, err
	}
	hits := fuse(found.hits, second.hits)
	a.retrieve(ans, hits)
	return hits, max(found.support, second.support), nil
}

// fallBack takes out what the model said. A reader is told only where quotations follow.
func (a *Answerer) fallBack(ans *Answer, found finding, why fallback) {
	ans.Claims, ans.Citations, ans.Fallback = []Claim{}, []Citation{}, string(why)
	if found.support >= 0 {
		ans.Note = phrasesIn(ans.AnswerLanguage).note(why)
	}
}
