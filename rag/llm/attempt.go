package llm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

const (
	closing   = 2 * time.Second       // for a server that has finished to say so and to send its count of tokens
	lingering = 50 * time.Millisecond // for one that has said so to end the reply, so that the connection can be kept
)

// attempt is one request for an answer and the reading of it.
type attempt struct {
	*exchange

	request Request
	see     func(string) error
	think   *think
	meter   meter

	text    strings.Builder // seen
	seen    error           // what see returned
	begun   bool            // a token came
	cut     bool            // the meter is full
	finish  Finish
	refusal bool // the provider refuses in a field of its own
	usage   Usage
	counted bool
}

// attempt asks once, in a dialect. What it returns beside the reply tells how far it came, also when it failed.
func (c *Client) attempt(ctx context.Context, r Request, d dialect, see func(string) error) (reply Reply, a *attempt, err *Error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := newWatch(cancel, c.options.ConnectTimeout, c.options.FirstTokenTimeout)
	defer w.stop()
	a = &attempt{
		exchange: &exchange{client: c, dialect: d, watch: w},
		request:  r, see: see, think: newThink(d.openReasoning), meter: newMeter(r.MaxTokens),
	}
	err = a.run(ctx)
	if err == nil {
		reply, err = a.reply()
	}
	if err != nil {
		err.Usage = a.consumed()
		if err.Kind != KindStopped { // the caller's own
			err.Err = c.clean(err.Err)
		}
		return Reply{}, a, err
	}
	return reply, a, nil
}

func (a *attempt) run(ctx context.Context) *Error {
	stream, err := a.openai().CreateChatCompletionStream(ctx, a.dialect.body(a.client.options.Model, a.request))
	switch {
	case err == nil:
	case a.refused != nil:
		return a.refused
	case errors.Is(err, openai.ErrReasoningModelMaxTokensDeprecated): // go-openai knows these models by name
		a.said = "max_completion_tokens"
		return &Error{Kind: KindRejected, Status: http.StatusBadRequest, Err: err}
	case errors.Is(err, openai.ErrChatCompletionInvalidModel):
		return &Error{Kind: KindNoModel, Err: err}
	default:
		return failure(ctx, err)
	}
	defer stream.Close()
	for !a.cut {
		line, err := stream.RecvRaw()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			mine := ctx.Err() == nil || errors.Is(context.Cause(ctx), errStalled)
			if a.finish != "" && mine { // all was said; only the count of tokens is missing
				break
			}
			return failure(ctx, err)
		}
		if err := a.take(line); err != nil {
			return err
		}
		if a.seen != nil {
			return &Error{Kind: KindStopped, Err: a.seen}
		}
	}
	if a.events.done && !a.cut {
		a.watch.next(lingering, errStalled)
		_, _ = io.Copy(io.Discard, a.events.in) // nothing hangs on it
	}
	return a.end()
}

// take reads one object of the stream.
func (a *attempt) take(line []byte) *Error {
	var c chunk
	if err := json.Unmarshal(line, &c); err != nil {
		return &Error{Kind: KindGarbage, Err: errors.New("a line of the stream is not the JSON that was expected")}
	}
	if code, said, failed := c.failed(); failed {
		if code < http.StatusBadRequest {
			code = http.StatusInternalServerError
		}
		err := refusal(code, said)
		err.Status = 0
		if code != http.StatusInternalServerError {
			err.Status = code
		}
		a.said = said
		return err
	}
	if u, ok := c.counted(); ok {
		a.usage, a.counted = u, true
	}
	for _, ch := range c.Choices {
		if ch.Index == 0 {
			a.choice(ch)
		}
	}
	return nil
}

func (a *attempt) choice(ch choice) {
	for _, s := range [...]said{ch.Delta, ch.Message} {
		if s.Reasoning+s.Thoughts != "" {
			a.token()
			_, full := a.meter.take(string(s.Reasoning + s.Thoughts))
			a.cut = a.cut || full
		}
		if s.Refusal != "" {
			a.token()
			a.refusal = true
		}
		if s.Content != "" {
			a.token()
			within, full := a.meter.take(string(s.Content))
			a.cut = a.cut || full
			a.show(a.think.next(within))
		}
	}
	if f := ch.finish(); f != "" && a.finish == "" {
		a.finish = f
		a.watch.next(min(closing, a.client.options.FirstTokenTimeout), errStalled)
	}
}

// token notes that something came.
func (a *attempt) token() {
	a.begun = true
	a.watch.next(a.client.options.FirstTokenTimeout, errStalled)
}

// show hands text on. While it is looked at, the server is not waited for.
func (a *attempt) show(v visible) {
	if a.seen != nil {
		return
	}
	if v.restart {
		if a.text.Len() > 0 && a.request.Restart != nil {
			a.request.Restart()
		}
		a.text.Reset()
		a.client.learn(dialect{openReasoning: true})
	}
	if v.text == "" {
		return
	}
	a.text.WriteString(v.text)
	if a.see == nil {
		return
	}
	a.watch.stop()
	a.seen = a.see(v.text)
	a.watch.next(a.client.options.FirstTokenTimeout, errStalled)
}

// end looks at how the stream ended.
func (a *attempt) end() *Error {
	switch {
	case a.cut:
		a.finish = FinishLength
	case a.events.objects == 0 && a.events.foreign:
		return &Error{Kind: KindGarbage, Err: errors.New("the reply is no stream of events")}
	case a.finish == "" && !a.events.done:
		return &Error{Kind: KindInterrupted, Err: errors.New("the stream ended before the answer did")}
	case a.finish == "": // it said that it was done, though not why
		a.finish = FinishStop
	}
	if a.refusal {
		a.finish = FinishFilter
	}
	a.show(a.think.end(a.finish == FinishStop))
	if a.think.mistaken {
		a.client.forget()
	}
	if a.seen != nil {
		return &Error{Kind: KindStopped, Err: a.seen}
	}
	return nil
}

func (a *attempt) reply() (Reply, *Error) {
	switch {
	case strings.TrimSpace(a.text.String()) != "":
		return Reply{Text: a.text.String(), Finish: a.finish, Usage: a.consumed()}, nil
	case a.finish == FinishFilter:
		return Reply{}, &Error{Kind: KindFilter}
	case a.begun && a.finish == FinishLength:
		return Reply{}, &Error{Kind: KindEmpty, Err: errors.New("it spent all its tokens on reasoning; allow it more")}
	case a.begun:
		return Reply{}, &Error{Kind: KindEmpty, Err: errors.New("there was reasoning, but no answer")}
	default:
		return Reply{}, &Error{Kind: KindEmpty}
	}
}

// consumed is what the attempt used: the server's count, else an estimate from the moment that the server had the
// request and did not refuse it.
func (a *attempt) consumed() Usage {
	switch {
	case a.counted:
		return a.usage.price(a.client.options.Price)
	case a.refused != nil, !a.watch.reached():
		return Usage{}
	}
	u := Usage{Input: inputTokens(a.request.Messages), Output: a.meter.tokens(), Estimated: true}
	return u.price(a.client.options.Price)
}
