package llm

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// maxTokens is how long an answer may be where the request does not say.
const maxTokens = 1024

// Chat asks for the continuation of a conversation and hands its visible text to see as it comes, in order, from the
// goroutine that called; see may be nil. An error of see ends the call at once: it is wrapped by the error of Chat.
//
// A failed attempt is repeated only while no token of an answer has come, so that nothing is seen twice. When ctx ends,
// the connection is closed at once. The text is the model's and has not been checked in any way.
//
// Every error is an [*Error].
func (c *Client) Chat(ctx context.Context, r Request, see func(delta string) error) (Reply, error) {
	if err := r.complete(); err != nil {
		return Reply{}, &Error{Kind: KindRejected, Err: err}
	}
	deadline := time.Now().Add(c.options.Timeout)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline, errTimeout)
	defer cancel()

	if err := c.gate.enter(ctx); err != nil {
		if errors.Is(err, errQueueFull) {
			return Reply{}, &Error{Kind: KindOverloaded}
		}
		return Reply{}, ended(err)
	}
	defer c.gate.leave()
	if left, ok := c.breaker.allow(); !ok {
		return Reply{}, &Error{Kind: KindBreakerOpen, RetryAfter: left}
	}
	report := outcomeNone
	defer func() { c.breaker.report(report) }()

	reply, err := c.persist(ctx, r, see)
	if err != nil {
		report = err.Kind.outcome()
		return Reply{}, err
	}
	report = outcomeWorks
	return reply, nil
}

// persist attempts until there is an answer, or no sense in another attempt.
func (c *Client) persist(ctx context.Context, r Request, see func(string) error) (Reply, *Error) {
	var spent Usage // by the attempts before
	for try := 0; ; {
		d := c.spoken()
		reply, a, err := c.attempt(ctx, r, d, see)
		if err == nil {
			reply.Usage = reply.Usage.plus(spent)
			return reply, nil
		}
		spent = err.Usage.plus(spent)
		err.Usage = spent
		if a.begun || ctx.Err() != nil {
			return Reply{}, err
		}
		if err.Kind == KindRejected || err.Kind == KindServer {
			if better, ok := d.adapted(err.Status, a.said); ok {
				c.learn(better)
				continue
			}
		}
		if try >= c.options.Retries || !err.Kind.transient() {
			return Reply{}, err
		}
		rest := pause(try, err.RetryAfter, c.options.Random())
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= rest {
			return Reply{}, err
		}
		if c.options.Wait(ctx, rest) != nil {
			gone := ended(context.Cause(ctx))
			gone.Usage = spent
			return Reply{}, gone
		}
		try++
	}
}

// spoken is the dialect that the server was found to want so far.
func (c *Client) spoken() dialect {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.dialect
}

// learn adds to it.
func (c *Client) learn(d dialect) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.dialect = c.dialect.with(d)
}

// forget takes back that answers begin with reasoning: a reader can bring a model to write the tag that ends it.
func (c *Client) forget() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.dialect.openReasoning = false
}

// complete fills in what was left out and refuses what no server would take.
func (r *Request) complete() error {
	if len(r.Messages) == 0 {
		return errors.New("there is nothing to ask")
	}
	for i, m := range r.Messages {
		switch m.Role {
		case RoleSystem, RoleUser, RoleAssistant:
		default:
			return fmt.Errorf("message %d has the unknown role %q", i+1, m.Role)
		}
		if m.Text == "" {
			return fmt.Errorf("message %d is empty", i+1)
		}
	}
	if r.MaxTokens < 0 {
		return errors.New("the answer's length is negative")
	}
	if r.MaxTokens == 0 {
		r.MaxTokens = maxTokens
	}
	return nil
}
