// Package rag turns a question into a checked answer: it finds passages, words an answer from them and verifies every
// sentence against the passage it cites.
//
// # The shape
//
//	question ──► understand ──► search ──► judge ──► quote, or draft and verify ──► Answer with citations, or an honest refusal
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
	"slices"
	"strings"
	"time"

	"amur/internal/text"
	"amur/knowledge"
)

// Answerer answers questions from one index. It is safe for concurrent use; its fields are set before the first call.
type Answerer struct {
	// MaxSentences is how many sentences an answer has at the most; 0 means DefaultSentences.
	MaxSentences int
	// Model words answers; nil quotes all of them.
	Model *Model
	// Disputes are what is told from both sides whenever one of them is told.
	Disputes []knowledge.Dispute

	index    *Index
	embedder Embedder
	router   *Router
	judge    *judge
	forms    claimForms
	chinese  text.Converter
}

// New makes an answerer over an index whose vectors come from e.
func New(index *Index, e Embedder) (*Answerer, error) {
	a := &Answerer{index: index, embedder: e, forms: newClaimForms()}
	var err error
	if a.router, err = NewRouter(a.chinese.ToSimplified); err != nil {
		return nil, err
	}
	if a.judge, err = newJudge(a.chinese.ToSimplified); err != nil {
		return nil, err
	}
	return a, nil
}

// Index returns the index that answers come from.
func (a *Answerer) Index() *Index { return a.index }

// DefaultSentences is how many sentences an answer may have where their scores allow.
const DefaultSentences = 5

const (
	shownPassages = 10   // retrieved passages that an answer carries
	longestRead   = 4000 // letters of a message that are read; what follows is passed over
)

// Answer answers one question. A question that the documents do not answer is a refusal, not an error; errors are
// those of the embedder, of the search and of ctx. A language model that fails is none: the answer is quoted then.
func (a *Answerer) Answer(ctx context.Context, q Question) (Answer, error) {
	return a.Watch(ctx, q, func(Progress) {})
}

// Watch is Answer, and tells see how far it is: each sentence of a model once it is checked. see is called from the
// goroutine of the caller.
func (a *Answerer) Watch(ctx context.Context, q Question, see func(Progress)) (Answer, error) {
	start := time.Now()
	ans := newAnswer(q)
	err := a.answer(ctx, asRead(q), &ans, see)
	if err != nil {
		return Answer{}, err
	}
	ans.Timings.Total = millis(start)
	return ans, nil
}

func (a *Answerer) answer(ctx context.Context, q Question, ans *Answer, see func(Progress)) error {
	if outcome, ok := a.router.route(q.Text); ok {
		a.reply(ans, outcome)
		return nil
	}
	see(Progress{Stage: StageSearch})
	question, err := a.read(ctx, q, ans)
	if err != nil {
		return err
	}
	if outcome, ok := a.secondOpinion(q, question); ok {
		a.reply(ans, outcome)
		return nil
	}
	return a.respond(ctx, q, question, ans, see)
}

// respond answers a question that asks for facts.
func (a *Answerer) respond(ctx context.Context, q Question, question asked, ans *Answer, see func(Progress)) error {
	found, err := a.find(ctx, q, question, ans)
	if err != nil {
		return err
	}
	drafting := time.Now()
	defer func() { ans.Timings.Draft = millis(drafting) }()
	worded, err := a.word(ctx, q, found, ans, see)
	if err != nil || worded {
		return err
	}
	if found.support < 0 || ans.Fallback == string(fallbackDeclined) {
		a.refuse(ans, found.hits)
		return nil
	}
	a.quote(q, ans, found.hits)
	return nil
}

// read embeds a question and makes it ready for searching.
func (a *Answerer) read(ctx context.Context, q Question, ans *Answer) (asked, error) {
	start := time.Now()
	whole, exchange := wholeQuestion(q), inConversation(q)
	if ans.Language == text.ZHHant {
		whole, exchange = a.chinese.ToSimplified(whole), a.chinese.ToSimplified(exchange)
	}
	embedded, err := a.embedQuestion(ctx, whole, exchange)
	if err != nil {
		return asked{}, fmt.Errorf("embed question: %w", err)
	}
	ans.Timings.Embed = millis(start)
	return a.index.prepare(whole, ans.Language, embedded), nil
}

// secondOpinion recognises by its vector what the word lists let through. A follow-up's vector is not its own.
func (a *Answerer) secondOpinion(q Question, question asked) (Outcome, bool) {
	if len(q.History) > 0 {
		return "", false
	}
	return a.router.secondOpinion(a.embedder.Model(), question.vector)
}

// finding is what the search brought for a question, and how far it answers it.
type finding struct {
	hits     []Hit
	measured measured
	support  float64
}

// find searches the passages for a question and weighs them. It notes in ans what was retrieved and how long it took.
func (a *Answerer) find(ctx context.Context, q Question, question asked, ans *Answer) (finding, error) {
	start := time.Now()
	spell, _ := a.embedder.(speller)
	hits, err := a.index.search(ctx, question, DefaultWeights(), spell)
	if err != nil {
		return finding{}, err
	}
	hits = q.allowed(hits)
	m := a.index.null[bankLanguage(ans.Language)].measure(a.judge.features(a.index, question, hits))
	support := m.support(question.tokens != nil)
	switch a.judge.brevity(q.Text) {
	case sectionShort:
		hits = q.allowed(a.index.firsts(question, hits))
	case wholeShort:
		if hits = q.allowed(a.index.lead(question, DefaultSentences)); len(hits) > 0 {
			support = max(support, 0)
		}
	}
	a.retrieve(ans, hits)
	ans.Timings.Search += millis(start)
	return finding{hits: hits, measured: m, support: support}, nil
}

// allowed leaves out the passages that are withheld from a question.
func (q Question) allowed(hits []Hit) []Hit {
	return slices.DeleteFunc(hits, func(h Hit) bool { return q.Withheld[h.Passage.Hash] })
}

// retrieve notes what was found for an answer.
func (a *Answerer) retrieve(ans *Answer, hits []Hit) {
	ans.Retrieved = []Retrieved{}
	for _, h := range hits[:min(shownPassages, len(hits))] {
		ans.Retrieved = append(ans.Retrieved, a.index.retrieved(h))
	}
}

// embedQuestion embeds a question. The vector of a follow-up leans on the last exchange too, the bot's reply included:
// alone, the asker's words often lack the subject. Its tokens are the asker's own.
func (a *Answerer) embedQuestion(ctx context.Context, whole, exchange string) (embedded, error) {
	wordings := []string{whole}
	if exchange != whole {
		wordings = append(wordings, exchange)
	}
	texts, err := embedAll(ctx, a.embedder, asQuery, wordings)
	if err != nil {
		return embedded{}, err
	}
	out := texts[0]
	if len(texts) > 1 {
		out.vector, err = middle(out.vector, texts[1].vector)
	}
	return out, err
}

// quote answers with sentences of the documents.
func (a *Answerer) quote(q Question, ans *Answer, hits []Hit) {
	ans.Outcome = Answered
	a.index.quote(ans, a.index.pickQuotes(hits, a.maxSentences()), a.chinese.ToTraditional)
	a.complete(q, ans)
}

func (a *Answerer) maxSentences() int {
	if a.MaxSentences == 0 {
		return DefaultSentences
	}
	return a.MaxSentences
}

// asRead is a question as far as it is read; the caller's history stays as it is.
func asRead(q Question) Question {
	q.Text = shorten(q.Text, longestRead)
	q.History = slices.Clone(q.History)
	for i := range q.History {
		q.History[i].Text = shorten(q.History[i].Text, longestRead)
	}
	return q
}

// shorten cuts s after n letters.
func shorten(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
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

// conversationLanguage is the language to assume where a question does not tell: that of the asker's newest message that
// does, else the caller's.
func conversationLanguage(q Question) text.Lang {
	lang := q.Lang
	for _, turn := range q.History {
		if turn.Role == "user" {
			lang = text.Detect(turn.Text, lang)
		}
	}
	return lang
}

// answerLanguage is the language that a question in lang is answered in.
func answerLanguage(lang text.Lang) text.Lang {
	switch lang {
	case text.RU, text.UK, text.ZH, text.ZHHant:
		return lang
	}
	return text.EN
}

// refuse says that the documents do not answer, how far they reach, and what comes closest.
func (a *Answerer) refuse(ans *Answer, hits []Hit) {
	p := phrasesIn(ans.AnswerLanguage)
	ans.Outcome = Refused
	ans.Nearest = nearest(hits)
	sentences := []string{p.notInDocuments}
	if newest := a.index.base.NewestAsOf(); newest != "" {
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
