package discord

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// bucket is one rate limit of Discord: so many requests until a moment. Requests over it wait in line.
type bucket struct {
	key  string
	uses int           // requests inside or waiting; guarded by limits.mu
	head chan struct{} // holds one token while somebody stands at the head of the line

	mu        sync.Mutex
	known     bool // an answer has said whether there is a limit
	limit     int  // 0: none
	remaining int
	inside    int           // requests under way
	reset     time.Time     // when remaining is limit again; zero until an answer says so
	blocked   time.Time     // nothing before this
	changed   chan struct{} // closed at the next answer
}

func newBucket(key string) *bucket {
	return &bucket{key: key, head: make(chan struct{}, 1), changed: make(chan struct{})}
}

// enter waits for a place. It returns false where current says that another bucket has taken this one's part.
func (b *bucket) enter(ctx context.Context, current func() bool) (bool, error) {
	select {
	case b.head <- struct{}{}:
		defer func() { <-b.head }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	for {
		if !current() {
			return false, nil
		}
		pause, changed, ok := b.take(time.Now())
		if ok {
			return true, nil
		}
		if !fits(ctx, pause, pause) {
			return false, context.DeadlineExceeded
		}
		if err := pausing(ctx, pause, changed); err != nil {
			return false, err
		}
	}
}

// pausing waits for a change or, where d is not 0, that long.
func pausing(ctx context.Context, d time.Duration, changed <-chan struct{}) error {
	var after <-chan time.Time
	if d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		after = t.C
	}
	select {
	case <-after:
		return nil
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take takes a place if there is one. Otherwise it says how long to wait at most, or 0 where only an answer can tell.
func (b *bucket) take(now time.Time) (time.Duration, <-chan struct{}, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.reset.IsZero() && !now.Before(b.reset) {
		b.remaining, b.reset = max(b.limit-b.inside, 0), time.Time{}
	}
	switch {
	case now.Before(b.blocked):
		return b.blocked.Sub(now), b.changed, false
	case !b.known && b.inside > 0: // one goes ahead to find out
		return 0, b.changed, false
	case b.limit == 0 || b.remaining > 0:
	case !b.reset.IsZero():
		return b.reset.Sub(now), b.changed, false
	case b.inside > 0:
		return 0, b.changed, false
	default: // a full window without an answer that told its end
		b.remaining = b.limit
	}
	b.remaining--
	b.inside++
	return 0, nil, true
}

// leave gives the place back without an answer to learn from.
func (b *bucket) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inside--
	b.tell()
}

// learn takes what an answer's headers say, and gives back the places of those who leave with it. Answers overtake each other,
// so within a window the lower figure counts.
func (b *bucket) learn(a answer, leaving int, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.tell()
	b.inside -= leaving
	limit, err := strconv.Atoi(a.header.Get("X-RateLimit-Limit"))
	left, err2 := strconv.Atoi(a.header.Get("X-RateLimit-Remaining"))
	if err != nil || err2 != nil || limit < 1 {
		if a.status < http.StatusBadRequest && a.header.Get("X-RateLimit-Bucket") == "" { // a route without limits
			b.known = true
		}
		return
	}
	reset := now.Add(seconds(a.header.Get("X-RateLimit-Reset-After")))
	first := !b.known || b.limit == 0
	b.known, b.limit = true, limit
	if first || b.reset.IsZero() && left-b.inside >= b.remaining {
		b.remaining = max(left-b.inside, 0)
	} else {
		b.remaining = min(b.remaining, left)
	}
	if reset.After(b.reset) {
		b.reset = reset
	}
}

// block lets nothing through before a moment.
func (b *bucket) block(until time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if until.After(b.blocked) {
		b.blocked = until
	}
	b.tell()
}

// idle says that the bucket holds nothing worth keeping.
func (b *bucket) idle(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.inside == 0 && !now.Before(b.reset) && !now.Before(b.blocked)
}

func (b *bucket) tell() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// seconds reads a header that counts seconds with a fraction.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 24*3600 {
		return 0
	}
	return time.Duration(f * float64(time.Second))
}
