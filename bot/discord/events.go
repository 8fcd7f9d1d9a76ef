package discord

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

const (
	mostWaiting = 16384 // events
	remembered  = 8192  // ids of interactions, and as many of messages
)

// events turns what the gateway sends into calls of the Handler, each on a goroutine of its own, so many at once.
type events struct {
	handler      Handler
	log          *slog.Logger
	now          func() time.Time
	workers      int
	interactions *seen
	messages     *seen
	reopen       func() // rights may have changed

	mu              sync.Mutex
	ctx             context.Context // of the calls; nil: none are made
	urgent, others  lane
	dropped, panics int
}

// lane is a line of calls of which so many run at once. Interactions, which want a reply within 3 s, have one of their own, so that a flood
// of messages does not keep them waiting.
type lane struct {
	running int
	waiting []func(context.Context)
}

func newEvents(o Options, reopen func()) *events {
	return &events{
		log: o.Log, now: o.Now, workers: o.Workers, reopen: reopen,
		interactions: newSeen(remembered), messages: newSeen(remembered),
	}
}

// begin lets calls go out, end lets no new ones. What has begun goes on: it may be an answer that is being written.
func (e *events) begin(ctx context.Context, h Handler) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ctx, e.handler = context.WithoutCancel(ctx), h
}

func (e *events) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ctx = nil
}

// lost counts events that were thrown away and handlers that panicked.
func (e *events) lost() (int, int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.dropped, e.panics
}

// call runs a call, or lets it wait for one of its lane that ends.
func (e *events) call(l *lane, f func(context.Context)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.ctx == nil:
	case l.running < e.workers:
		l.running++
		go e.work(e.ctx, l, f)
	case len(l.waiting) < mostWaiting:
		l.waiting = append(l.waiting, f)
	default:
		e.dropped++
		if e.dropped%1000 == 1 {
			e.log.Error("events are thrown away: too many wait", "dropped", e.dropped)
		}
	}
}

// work runs calls of a lane until none wait.
func (e *events) work(ctx context.Context, l *lane, f func(context.Context)) {
	for f != nil {
		e.guarded(ctx, f)
		f = e.following(l)
	}
}

func (e *events) following(l *lane) func(context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(l.waiting) == 0 {
		l.running--
		return nil
	}
	f := l.waiting[0]
	l.waiting[0] = nil
	l.waiting = l.waiting[1:]
	return f
}

// guarded keeps a panic from ending the process.
func (e *events) guarded(ctx context.Context, f func(context.Context)) {
	defer func() {
		if v := recover(); v != nil {
			e.mu.Lock()
			e.panics++
			e.mu.Unlock()
			e.log.Error("handler panicked", "incident", rand.Text()[:6], "err", shorten(fmt.Sprint(v), 200), "stack", string(debug.Stack()))
		}
	}()
	f(ctx)
}

func (e *events) connected(guilds []GuildID) {
	if e.handler.Connected != nil {
		e.call(&e.others, func(ctx context.Context) { e.handler.Connected(ctx, guilds) })
	}
}
