package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

const (
	tries       = 4       // of a call whose outcome is unknown
	triesLimits = 8       // of a call that rate limits stop
	largest     = 8 << 20 // bytes of an answer
)

// errRepeated says that a repeated callback found its first try to have come through.
var errRepeated = errors.New("answered by an earlier try")

// rest speaks with Discord's REST API. It keeps to the limits that Discord announces, repeats what is safe to repeat, and stops
// what can only do harm: calls with a refused token, to a channel that is closed to the bot, by an interaction that has ended.
type rest struct {
	api, token, agent string
	http              *http.Client
	log               *slog.Logger
	limits            *limits
	refused           atomic.Bool // the bot's token
	onRefused         func()      // told once; may be nil
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do makes a call and reads its answer into out, unless that is nil. What Discord refuses is an *Error.
func (r *rest) do(ctx context.Context, c call, out any) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	payload, kind, err := c.payload()
	if err != nil {
		return err
	}
	if err := r.known(c); err != nil {
		return err
	}
	limited, unclear := 0, 0
	for {
		a, err := r.try(ctx, c, path, kind, payload)
		switch {
		case errors.Is(err, errLimits):
			return fmt.Errorf("%s: %w", c.name(), err)
		case err != nil:
			unclear++
			if ctx.Err() != nil || unclear >= tries || !c.repeatable() && !neverSent(err) {
				return fmt.Errorf("%s: %w", c.name(), err)
			}
		case a.status < 300:
			return read(c, a, out)
		case a.status == http.StatusTooManyRequests:
			limited++
			pause := r.limits.tooMany(c, a)
			if limited >= triesLimits || !fits(ctx, pause, c.patience()) {
				return refusal(c, a)
			}
			if c.route == callbackRoute {
				if err := sleep(ctx, pause); err != nil {
					return fmt.Errorf("%s: %w", c.name(), err)
				}
			}
			continue
		case a.status >= 500:
			unclear++
			if unclear >= tries || !c.repeatable() {
				return refusal(c, a)
			}
		default:
			return r.refuse(c, a, unclear > 0)
		}
		if err := sleep(ctx, backoff(unclear, 250*time.Millisecond, 4*time.Second)); err != nil {
			return fmt.Errorf("%s: %w", c.name(), err)
		}
	}
}

// known refuses what is known to fail, so that it does not count as one more invalid request: 10,000 of them in ten minutes
// close Discord to the whole address (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
func (r *rest) known(c call) error {
	if r.refused.Load() && !c.ofInteraction() {
		return &Error{Status: http.StatusUnauthorized, Message: "the token was refused before", Route: c.name()}
	}
	if e := r.limits.remembered(c); e != nil {
		return e
	}
	return nil
}

func (r *rest) try(ctx context.Context, c call, path, kind string, payload []byte) (answer, error) {
	done, err := r.limits.acquire(ctx, c)
	if err != nil {
		return answer{}, err
	}
	a, err := r.send(ctx, c, path, kind, payload)
	done(a)
	return a, err
}

func (r *rest) send(ctx context.Context, c call, path, kind string, payload []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.tryFor())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, c.method, r.api+path, bytes.NewReader(payload))
	if err != nil {
		return answer{}, bare(err)
	}
	req.Header.Set("User-Agent", r.agent)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if !c.ofInteraction() {
		req.Header.Set("Authorization", "Bot "+r.token)
	}
	if c.reason != "" {
		req.Header.Set("X-Audit-Log-Reason", auditReason(c.reason))
	}
	res, err := r.http.Do(req)
	if err != nil {
		return answer{}, bare(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, largest))
	if err != nil {
		return answer{}, bare(err)
	}
	return answer{res.StatusCode, res.Header, body}, nil
}

// refuse turns an answer into an error, and draws the consequences.
func (r *rest) refuse(c call, a answer, repeated bool) error {
	e := refusal(c, a)
	switch {
	case repeated && e.Code == codeAcknowledged && c.route == callbackRoute:
		return errRepeated
	case repeated && c.method == http.MethodDelete && a.status == http.StatusNotFound:
		return nil
	case a.status == http.StatusUnauthorized && !c.ofInteraction():
		if !r.refused.Swap(true) {
			r.log.Error("discord refuses the token")
			if r.onRefused != nil {
				r.onRefused()
			}
		}
	default:
		r.limits.remember(c, e)
	}
	return e
}

func read(c call, a answer, out any) error {
	if out == nil || len(a.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(a.body, out); err != nil {
		return fmt.Errorf("%s: decode answer: %w", c.name(), err)
	}
	return nil
}

// bare takes the address out of an error of net/http: it may hold an interaction's token.
func bare(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// neverSent says that no connection came about, so that nothing can have happened.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// backoff is the pause before try n+1: doubled each time, between half and the whole of it by chance.
func backoff(n int, first, most time.Duration) time.Duration {
	d := most
	if n < 20 {
		d = min(first<<max(n-1, 0), most)
	}
	return d/2 + jitter(d/2)
}

// jitter is a time below d by chance, so that many clients do not come at once.
func jitter(d time.Duration) time.Duration {
	return rand.N(max(d, 1)) //nolint:gosec // nothing is kept secret by it
}

// sleep waits, or returns the context's error as soon as the wait is known to be in vain.
func sleep(ctx context.Context, d time.Duration) error {
	if !fits(ctx, d, d) {
		return context.DeadlineExceeded
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fits says whether a pause ends before the context does and is no longer than most.
func fits(ctx context.Context, pause, most time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return pause <= most && (!ok || time.Until(deadline) > pause)
}
