package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// errLimits says that a call gave up waiting for a rate limit before it was sent.
var errLimits = fmt.Errorf("%w here, before sending", ErrRateLimited)

const (
	perSecond      = 49  // of Discord's 50 for a bot over all routes
	invalidSlow    = 500 // refused requests in ten minutes, after which calls go one a second; Discord bans at 10,000
	invalidCrawl   = 2500
	closedFor      = time.Minute      // how long a channel that refused the bot is left alone
	tokenEndsAfter = 15 * time.Minute // of an interaction
)

// limits keeps the client within Discord's rate limits (https://docs.discord.com/developers/topics/rate-limits): buckets by route,
// name and major id, 50 requests a second for a bot over all, and few refused requests.
type limits struct {
	mu      sync.Mutex
	names   map[string]string // Discord's name of a route's bucket
	buckets map[string]*bucket
	sweepAt int

	global  *pace // all but interactions
	invalid *invalid
	refused map[string]refused
}

type refused struct {
	err   *Error
	until time.Time
}

func newLimits() *limits {
	return &limits{
		names: map[string]string{}, buckets: map[string]*bucket{}, sweepAt: 64,
		global: newPace(perSecond), invalid: newInvalid(), refused: map[string]refused{},
	}
}

// acquire waits until the call may be sent. The function it returns takes the answer, empty if none came.
func (l *limits) acquire(ctx context.Context, c call) (func(answer), error) {
	ctx, cancel := context.WithTimeout(ctx, c.patience())
	defer cancel()
	if err := l.invalid.wait(ctx, c.ofInteraction()); err != nil {
		return nil, l.gaveUp(err)
	}
	if c.route == callbackRoute { // once for each interaction, and in a hurry
		return l.counting(c, nil), nil
	}
	b, err := l.place(ctx, c)
	if err != nil {
		return nil, l.gaveUp(err)
	}
	if !c.ofInteraction() {
		if err := l.global.enter(ctx); err != nil {
			b.leave()
			l.drop(b)
			return nil, l.gaveUp(err)
		}
	}
	return l.counting(c, b), nil
}

func (l *limits) gaveUp(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", errLimits, err)
	}
	return err
}

func (l *limits) counting(c call, b *bucket) func(answer) {
	return func(a answer) {
		now := time.Now()
		l.invalid.count(a, now)
		if !c.ofInteraction() {
			l.global.leave()
		}
		if b == nil {
			return
		}
		switch target := l.named(c, b, a.header); {
		case a.header == nil:
			b.leave()
		case target == b:
			b.learn(a, 1, now)
		default:
			target.learn(a, 0, now)
			b.leave()
		}
		l.drop(b)
	}
}

// place finds the bucket of a call and enters it.
func (l *limits) place(ctx context.Context, c call) (*bucket, error) {
	for {
		b := l.use(c)
		ok, err := b.enter(ctx, func() bool { return l.key(c) == b.key })
		if ok {
			return b, nil
		}
		l.drop(b)
		if err != nil {
			return nil, err
		}
	}
}

func (l *limits) key(c call) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.keyLocked(c)
}

func (l *limits) keyLocked(c call) string {
	name, ok := l.names[c.name()]
	if !ok {
		name = c.name()
	}
	return name + "|" + c.major()
}

func (l *limits) use(c call) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := l.keyLocked(c)
	b, ok := l.buckets[key]
	if !ok {
		l.sweep(time.Now())
		b = newBucket(key)
		l.buckets[key] = b
	}
	b.uses++
	return b
}

func (l *limits) drop(b *bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b.uses--
}

// sweep frees buckets that nobody uses. Each interaction brings a bucket of its own, so without it they would grow for ever.
func (l *limits) sweep(now time.Time) {
	if len(l.buckets) < l.sweepAt {
		return
	}
	for key, b := range l.buckets {
		if b.uses == 0 && b.idle(now) {
			delete(l.buckets, key)
		}
	}
	l.sweepAt = max(64, 2*len(l.buckets))
}

// named is the bucket that an answer speaks of. Where it names another than the call used, later calls use that one.
func (l *limits) named(c call, used *bucket, h http.Header) *bucket {
	name := h.Get("X-RateLimit-Bucket")
	if name == "" {
		return used
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names[c.name()] = name
	key := l.keyLocked(c)
	if key == used.key {
		return used
	}
	b, ok := l.buckets[key]
	if !ok {
		b = newBucket(key)
		l.buckets[key] = b
	}
	return b
}

// tooMany takes an answer 429 and returns how long to wait. Cloudflare's own answers are no JSON and stop everything.
func (l *limits) tooMany(c call, a answer) time.Duration {
	var body struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	foreign := json.Unmarshal(a.body, &body) != nil
	pause := time.Duration(min(body.RetryAfter, day.Seconds()) * float64(time.Second))
	if pause <= 0 { // the header is rounded up to whole seconds
		pause = seconds(a.header.Get("Retry-After"))
	}
	if pause <= 0 {
		pause = 5 * time.Second
	}
	until := time.Now().Add(pause)
	scope := strings.ToLower(a.header.Get("X-RateLimit-Scope"))
	global := foreign || body.Global || scope == "global" || a.header.Get("X-RateLimit-Global") == "true"
	switch {
	case global && !c.ofInteraction():
		l.global.stop(until)
	case c.route != callbackRoute:
		b := l.use(c)
		b.block(until)
		l.drop(b)
	}
	return pause
}
