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

// Explain repeats the search for a question and shows candidates, scores and the weighing.
func (a *Answerer) Explain(ctx context.Context, q Question) (Explanation, error) {
	ans := newAnswer(q)
	q = asRead(q)
	if outcome, ok := a.router.route(q.Text); ok {
		return Explanation{Decision: string(outcome) + ", by the words of the message"}, nil
	}
	question, err := a.read(ctx, q, &ans)
	if err != nil {
		return Explanation{}, err
	}
	if outcome, ok := a.secondOpinion(q, question); ok {
		return Explanation{Decision: string(outcome) + ", by the vector of the message"}, nil
	}
	f, err := a.find(ctx, q, question, &ans)
	if err != nil {
		return Explanation{}, err
	}
	out := Explanation{
		Decision: string(Answered),
		Features: []Feature{
			{"top cosine, deviations", f.measured.top},
			{"late interaction, deviations", f.measured.late},
			{"country or year missing", f.measured.miss},
			{"speaks of the present", f.measured.now},
			{"in another language", f.measured.foreign},
			{"support (below 0: refused)", f.support},
		},
		Hits: f.hits[:min(shownPassages, len(f.hits))],
	}
	if f.support < 0 {
		out.Decision = string(Refused)
	}
	return out, nil
}
