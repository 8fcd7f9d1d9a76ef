package rag

import "context"

// Explanation shows how an answer came about.
type Explanation struct {
	Decision string
	Features []Feature
	Hits     []Hit // the best candidates
}

// Feature is a number that the decision rests on.
type Feature struct {
	Name  string
	Value float64
}

// Explain repeats the search for a question and shows candidates and scores.
func (a *Answerer) Explain(ctx context.Context, q Question) (Explanation, error) {
	if outcome, ok := a.Router.route(q.Text); ok {
		return Explanation{Decision: string(outcome) + ", by the words of the message"}, nil
	}
	ans := newAnswer(q)
	vector, err := a.embed(ctx, q, &ans.Timings)
	if err != nil {
		return Explanation{}, err
	}
	hits, err := a.search(ctx, q, vector, &ans)
	if err != nil {
		return Explanation{}, err
	}
	return Explanation{Decision: "answered", Hits: hits[:min(shownPassages, len(hits))]}, nil
}
