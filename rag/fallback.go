package rag

import (
	"context"
	"errors"

	"amur/rag/llm"
)

// fallback says why an answer is quoted although a model could have worded it; empty when it is not.
type fallback string

const (
	fallbackAway        fallback = "unavailable" // down, refused, failed
	fallbackSlow        fallback = "slow"        // not done within the time limit
	fallbackBudget      fallback = "budget"      // today's allowance is used up
	fallbackUnsupported fallback = "unsupported" // nothing that it said stood up to the check
	fallbackNever       fallback = "never_for"   // the operator wants this subject quoted
	fallbackDeclined    fallback = "declined"    // the model says that the passages do not answer
)

// fallbackFor sorts the errors of a call.
func fallbackFor(err error) fallback {
	failure, _ := errors.AsType[*llm.Error](err)
	switch {
	case errors.Is(err, ErrOverBudget):
		return fallbackBudget
	case errors.Is(err, context.DeadlineExceeded):
		return fallbackSlow
	case failure == nil:
		return fallbackAway
	}
	switch failure.Kind {
	case llm.KindConnectTimeout, llm.KindFirstToken, llm.KindStalled, llm.KindTimeout:
		return fallbackSlow
	}
	return fallbackAway
}

// note is what a reader is told of a fallback.
func (p phrases) note(f fallback) string {
	switch f {
	case fallbackAway:
		return p.modelAway
	case fallbackSlow:
		return p.modelSlow
	case fallbackBudget:
		return p.modelBudget
	case fallbackUnsupported:
		return p.modelUnsupported
	case fallbackNever:
		return p.modelNever
	}
	return ""
}
