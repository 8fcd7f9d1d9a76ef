package rag

import (
	"context"
	"time"
)

// AnswerPlainly is Answer without the router: every message is taken for an ordinary question and put to the model, also
// one that asks for a judgement and is otherwise never worded by a model. It serves to measure a model.
func (a *Answerer) AnswerPlainly(ctx context.Context, q Question) (Answer, error) {
	start := time.Now()
	ans := newAnswer(q)
	q = asRead(q)
	question, err := a.read(ctx, q, &ans)
	if err != nil {
		return Answer{}, err
	}
	found, err := a.find(ctx, q, question, &ans)
	if err != nil {
		return Answer{}, err
	}
	worded, err := a.word(ctx, q, found, &ans, func(Progress) {})
	switch {
	case err != nil:
		return Answer{}, err
	case worded:
	case found.support < 0 || ans.Fallback == string(fallbackDeclined):
		a.refuse(&ans, found.hits)
	default:
		a.quote(&ans, found.hits)
	}
	ans.Timings.Total = millis(start)
	return ans, nil
}
