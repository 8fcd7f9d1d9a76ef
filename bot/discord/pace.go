package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// pace lets so many requests arrive in any second. When one arrives is known only between its sending and its answer, so a place
// is free again a second after the answer.
type pace struct {
	mu      sync.Mutex
	limit   int
	inside  int
	left    []time.Time // when answers came, in the last second
	stopped time.Time
	changed chan struct{}
}

func newPace(limit int) *pace { return &pace{limit: limit, changed: make(chan struct{})} }

// enter takes a place, which leave gives back.
func (p *pace) enter(ctx context.Context) error {
	for {
		pause, changed, ok := p.take(time.Now())
		if ok {
			return nil
		}
		if !fits(ctx, pause, pause) {
			return context.DeadlineExceeded
		}
		if err := pausing(ctx, pause, changed); err != nil {
			return err
		}
	}
}

// take takes a place if there is one. Otherwise it says how long to wait at most, or 0 where only an answer can tell.
func (p *pace) take(now time.Time) (time.Duration, <-chan struct{}, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.left) > 0 && now.Sub(p.left[0]) > time.Second {
		p.left = p.left[1:]
	}
	switch {
	case now.Before(p.stopped):
		return p.stopped.Sub(now), nil, false
	case p.inside+len(p.left) < p.limit:
		p.inside++
		return 0, nil, true
	case len(p.left) > 0:
		return time.Second - now.Sub(p.left[0]) + time.Millisecond, nil, false
	}
	return 0, p.changed, false
}

func (p *pace) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inside--
	p.left = append(p.left, time.Now())
	close(p.changed)
	p.changed = make(chan struct{})
}

// stop lets nothing in before a moment.
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
