// Package rag turns a question into a checked answer: it finds passages, words an answer from them and verifies every
// sentence against the passage it cites.
//
// # The shape
//
//	question ──► understand ──► search ──► judge ──► quote ──► Answer with citations, or an honest refusal
//	                              │
//	          Index: vectors (chromem-go) + terms (BM25) of a knowledge.Base
//
//	Section ──► Passage ──► Hit ──► Citation (a verbatim span; can only be made from a Hit)
//
// Reading Answerer.Answer from top to bottom shows the whole of it.
//
// The package knows nothing of Discord, files, configuration or the command line: snapshots are encoded to and decoded
// from bytes, and whoever calls says where they live.
package rag

import (
	"context"
	"fmt"
	"strings"
	"time"

	"amur/internal/text"
)

// Answerer answers questions from one index. Its fields are not changed after the first call; it is safe for
// concurrent use.
type Answerer struct {
	Index    *Index
	Embedder Embedder
	Router   *Router
	// MaxSentences is how many sentences an answer in quotes mode has at the most; 0 means DefaultSentences.
	MaxSentences int
}

// DefaultSentences is the knee of the measured curve: a fourth sentence adds little, a second too few.
const DefaultSentences = 3

// shownPassages is how many retrieved passages an answer carries.
const shownPassages = 10

// Answer answers one question. A question that the documents do not answer is a refusal, not an error; errors are
// those of the embedder, of the search and of ctx.
func (a *Answerer) Answer(ctx context.Context, q Question) (Answer, error) {
	start := time.Now()
	ans := newAnswer(q)
	defer func() { ans.Timings.Total = millis(start) }()

	if outcome, ok := a.Router.route(q.Text); ok {
		a.reply(&ans, outcome)
		return ans, nil
	}

	vector, err := a.embed(ctx, q, &ans.Timings)
	if err != nil {
		return Answer{}, err
	}
	hits, err := a.search(ctx, q, vector, &ans)
	if err != nil {
		return Answer{}, err
	}
	for _, h := range hits[:min(shownPassages, len(hits))] {
		ans.Retrieved = append(ans.Retrieved, a.Index.retrieved(h))
	}

	switch a.judge(q, vector, hits, ans.Language) {
	case answers:
		drafting := time.Now()
		limit := a.MaxSentences
		if limit == 0 {
			limit = DefaultSentences
		}
		ans.Outcome = Answered
		a.Index.quote(&ans, a.Index.pickQuotes(hits, limit))
		ans.Timings.Draft = millis(drafting)
	case comesNear:
		ans.Hedged = true
		a.refuse(&ans, hits)
	default:
		a.refuse(&ans, hits)
	}
	ans.Timings.Total = millis(start)
	return ans, nil
}

// newAnswer is an empty answer to a question in the language it is asked in; its lists are never nil.
func newAnswer(q Question) Answer {
	lang := text.Detect(q.Text, conversationLanguage(q))
	return Answer{
		Question: q.Text, Language: lang, AnswerLanguage: answerLanguage(lang), Mode: ModeQuotes,
		Claims: []Claim{}, Citations: []Citation{}, Retrieved: []Retrieved{}, Nearest: []Nearest{},
		Disputes: []Dispute{}, Dropped: []Dropped{},
	}
}

// conversationLanguage is the language to assume where a question does not tell: that of the asker's earlier messages,
// else the caller's.
func conversationLanguage(q Question) text.Lang {
	for i := len(q.History) - 1; i >= 0; i-- {
		if q.History[i].Role == "user" {
			return text.Detect(q.History[i].Text, q.Lang)
		}
	}
	return q.Lang
}

// answerLanguage is the language that a question in lang is answered in.
func answerLanguage(lang text.Lang) text.Lang {
	switch lang {
	case text.RU, text.UK, text.ZH, text.ZHHant:
		return lang
	}
	return text.EN
}

func (a *Answerer) embed(ctx context.Context, q Question, t *Timings) ([]float32, error) {
	start := time.Now()
	vectors, err := a.Embedder.EmbedQueries(ctx, []string{wholeQuestion(q)})
	if err != nil {
		return nil, fmt.Errorf("embed question: %w", err)
	}
	if len(vectors) != 1 {
		return nil, fmt.Errorf("embed question: the model returned %d vectors for 1 text", len(vectors))
	}
	t.Embed = millis(start)
	return vectors[0], nil
}

func (a *Answerer) search(ctx context.Context, q Question, vector []float32, ans *Answer) ([]Hit, error) {
	start := time.Now()
	words := wholeQuestion(q)
	hits, err := a.Index.search(ctx, vector, words, ans.Language, DefaultWeights())
	if err != nil {
		return nil, err
	}
	ans.Timings.Search = millis(start)
	return hits, nil
}

// refuse says that the documents do not answer, how far they reach, and what comes closest.
func (a *Answerer) refuse(ans *Answer, hits []Hit) {
	p := phrasesIn(ans.AnswerLanguage)
	ans.Outcome = Refused
	ans.Nearest = nearest(hits)
	first := p.notInDocuments
	if ans.Hedged {
		first = p.notDirectly
	}
	sentences := []string{first}
	if newest := a.Index.base.NewestAsOf(); newest != "" {
		sentences = append(sentences, strings.Replace(p.newest, "%s", p.date(newest), 1))
	}
	if len(ans.Nearest) > 0 {
		sentences = append(sentences, strings.Replace(p.closestAbout, "%s", ans.Nearest[0].Heading, 1))
	}
	ans.Text = line(ans.AnswerLanguage, sentences...)
}

// reply fills an answer that needs no documents.
func (a *Answerer) reply(ans *Answer, o Outcome) {
	p := phrasesIn(ans.AnswerLanguage)
	ans.Outcome = o
	switch o {
	case Care:
		ans.Text = p.care
	case Smalltalk:
		ans.Text = line(ans.AnswerLanguage, p.hello, a.exampleLine(ans.AnswerLanguage))
	case Positions:
		ans.Text = p.noPosition
	default:
		ans.Text = p.declined
	}
}

func millis(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }
