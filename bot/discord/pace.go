package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// pace lets so many pass in any second.
type pace struct {
	mu      sync.Mutex
	passed  []time.Time // a ring
	next    int
	stopped time.Time
}

func newPace(n int) *pace { return &pace{passed: make([]time.Time, n)} }

// wait takes the next place.
func (p *pace) wait(ctx context.Context) error {
	for {
		pause := p.take(ctx, time.Now())
		if pause <= 0 {
			return nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

func (p *pace) take(ctx context.Context, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.stopped) {
		return p.stopped.Sub(now)
	}
	if free := p.passed[p.next].Add(time.Second); now.Before(free) {
		return free.Sub(now)
	}
	if ctx.Err() == nil {
		p.passed[p.next] = now
		p.next = (p.next + 1) % len(p.passed)
	}
	return 0
}

// stop lets nothing pass before a moment.
func (p *pace) stop(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.stopped) {
		p.stopped = until
	}
}

// invalid counts refused requests of the last ten minutes, by the minute, and slows down when they become many.
type invalid struct {
	mu      sync.Mutex
	minutes [10]struct {
		minute int64
		n      int
	}
	last time.Time
}

func newInvalid() *invalid { return &invalid{} }

// count takes an answer: 401, 403 and 429 count, but not a limit shared with others.
func (v *invalid) count(a answer, now time.Time) {
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden:
	case http.StatusTooManyRequests:
		if strings.EqualFold(a.header.Get("X-RateLimit-Scope"), "shared") {
			return
		}
	default:
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	minute := now.Unix() / 60
	m := &v.minutes[minute%10]
	if m.minute != minute {
		m.minute, m.n = minute, 0
	}
	m.n++
}

// wait slows a call down: with many refused requests behind, one a second.
func (v *invalid) wait(ctx context.Context, urgent bool) error {
	for {
		pause := v.take(time.Now(), urgent)
		if pause <= 0 {
			return nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

func (v *invalid) take(now time.Time, urgent bool) time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	n, minute := 0, now.Unix()/60
	for _, m := range v.minutes {
		if minute-m.minute < 10 {
			n += m.n
		}
	}
	if n < invalidSlow || urgent && n < invalidCrawl {
		return 0
	}
	if free := v.last.Add(time.Second); now.Before(free) {
		return free.Sub(now)
	}
	v.last = now
	return 0
}
