package rag

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"amur/internal/text"
	"amur/rag/llm"
	"amur/rag/verify"
)

// drafting is one answer on its way from the model to the reader. Every sentence passes check, and nothing else puts a
// claim into the answer.
type drafting struct {
	answerer *Answerer
	question Question
	ans      *Answer
	passages []Hit // as numbered for the model
	limit    int   // sentences
	begun    time.Time
	see      func(Progress)
	prepared chan struct{} // closed when the checker has read the passages

	refused  []draftedSentence
	told     map[string]bool // keys of the sentences that came before
	repeats  int
	mending  bool
	mended   [][]int // marks of the mended sentences that hold
	declined bool    // the model says that the passages do not answer
}

// errEnough ends a stream whose rest is not wanted.
var errEnough = errors.New("enough sentences")

const (
	mostRefused = 12 // sentences after which a model that says nothing checkable is cut off
	mostRepeats = 3  // sentences that a model may say twice before it is cut off
)

// draft words an answer, or returns why there is none; claims that ans then has are no part of an answer.
func (a *Answerer) draft(ctx context.Context, q Question, hits []Hit, ans *Answer, see func(Progress)) fallback {
	d := &drafting{
		answerer: a, question: q, ans: ans, passages: a.forModel(hits), limit: a.maxSentences(),
		begun: time.Now(), see: see, told: map[string]bool{},
	}
	ans.Checked = &Checked{}
	if len(d.passages) == 0 {
		return fallbackUnsupported
	}
	d.prepare(ctx)
	defer func() { <-d.prepared }()
	err := d.ask(ctx, answerPrompt(q, ans.AnswerLanguage, d.passages, a.Model.maxTokens()))
	if err == nil && len(d.refused) > 0 && len(ans.Claims) < d.limit && !d.declined {
		d.repair(ctx)
	}
	for _, s := range d.refused {
		ans.Dropped = append(ans.Dropped, Dropped{Text: s.text, Kind: s.kind, Reason: s.reason})
	}
	switch {
	case ctx.Err() == context.Canceled:
		return fallbackAway // nobody waits for it
	case err != nil:
		a.Model.log().WarnContext(ctx, "language model gave no answer", "err", err)
		return fallbackFor(err)
	case len(ans.Claims) > 0:
		return ""
	case d.declined:
		return fallbackDeclined
	}
	a.Model.log().DebugContext(ctx, "nothing the language model said stood up to the check", "dropped", len(ans.Dropped))
	return fallbackUnsupported
}

// prepare has the checker read the passages while the model begins to write; the first check waits for that.
func (d *drafting) prepare(ctx context.Context) {
	d.prepared = make(chan struct{})
	go func() {
		defer close(d.prepared)
		// An error is met again by the check itself.
		_ = d.answerer.Model.Checker.Prepare(ctx, allEvidence(d.passages))
	}()
}

// ask sends a request and takes each sentence of the reply as it comes.
func (d *drafting) ask(ctx context.Context, request llm.Request) error {
	stream := newSentenceStream(d.answerer.forms)
	take := func(sentences []string) error {
		for _, s := range sentences {
			if err := d.take(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
	// What turns out to have been reasoning is passed over; a sentence of it that was checked may stand.
	request.Restart = func() { stream = newSentenceStream(d.answerer.forms) }
	reply, err := d.answerer.Model.chat(ctx, d.question, d.ans.usage(), request, func(piece string) error {
		return take(stream.add(piece))
	})
	if err == nil && reply.Finish != llm.FinishLength { // what was cut off in the middle may have lost its "not"
		err = take(stream.rest())
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// take checks one sentence and tells it if it holds.
func (d *drafting) take(ctx context.Context, sentence string) error {
	s := d.answerer.forms.read(sentence, len(d.passages))
	s.mended = d.mending
	switch {
	case !hasWords(s.text):
		return nil
	case len(d.ans.Claims) == 0 && !d.mending && strings.EqualFold(strings.TrimRight(s.text, ".!。 "), noAnswer):
		d.declined = true
		return errEnough
	case d.told[s.key()]:
		if d.repeats++; d.repeats == mostRepeats {
			return errEnough
		}
		return nil
	}
	d.told[s.key()] = true
	checking := time.Now()
	err := d.check(ctx, &s)
	d.ans.Timings.Verify += millis(checking)
	switch {
	case err != nil:
		return err
	case s.reason != "":
		d.refused = append(d.refused, s)
	}
	if len(d.ans.Claims) == d.limit || len(d.refused) == mostRefused {
		return errEnough
	}
	return nil
}

// tell adds a checked sentence to the answer.
func (d *drafting) tell(s *draftedSentence, verdict verify.Verdict, cited []Hit) {
	claim := Claim{Text: s.text, Support: verdict.Support, Repaired: s.mended}
	if d.ans.AnswerLanguage == text.ZHHant {
		claim.Text = d.answerer.chinese.ToTraditional(d.spelled(s.text))
	}
	var fresh []Citation
	for i, h := range cited {
		span := verdict.Spans[i]
		if !carries(span) {
			continue // it adds nothing
		}
		n, isNew := d.answerer.index.citeSpan(d.ans, h, span)
		claim.Citations = append(claim.Citations, n)
		if isNew {
			fresh = append(fresh, d.ans.Citations[n-1])
		}
	}
	if len(d.ans.Claims) == 0 {
		d.ans.Timings.First = millis(d.begun)
	}
	d.ans.Claims = append(d.ans.Claims, claim)
	if s.mended {
		d.mended = append(d.mended, s.marks)
	}
	d.see(Progress{Stage: StageDraft, Claim: &claim, Cited: fresh})
}

// repair asks once for the refused sentences to be mended; what is refused again, or not mended because the model fails,
// stays dropped.
func (d *drafting) repair(ctx context.Context) {
	mendable := slices.DeleteFunc(slices.Clone(d.refused), func(s draftedSentence) bool { return len(s.marks) == 0 })
	if len(mendable) == 0 {
		return
	}
	d.see(Progress{Stage: StageRepair})
	first := d.refused
	d.refused, d.mending = nil, true
	err := d.ask(ctx, repairPrompt(d.ans.AnswerLanguage, mendable, d.passages, d.answerer.Model.maxTokens()))
	if err != nil {
		d.answerer.Model.log().DebugContext(ctx, "refused sentences not mended", "err", err)
	}
	d.refused = first
	d.replaceMended()
}

// replaceMended takes out of what was refused, for each mended sentence, the first that cites a passage in common.
func (d *drafting) replaceMended() {
	for _, marks := range d.mended {
		i := slices.IndexFunc(d.refused, func(s draftedSentence) bool {
			return slices.ContainsFunc(s.marks, func(n int) bool { return slices.Contains(marks, n) })
		})
		if i >= 0 {
			d.refused = slices.Delete(d.refused, i, i+1)
		}
	}
}
