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
	if err := a.respond(ctx, q, question, &ans, func(Progress) {}); err != nil {
		return Answer{}, err
	}
	ans.Timings.Total = millis(start)
	return ans, nil
}
