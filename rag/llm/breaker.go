package llm

import (
	"sync"
	"time"
)

// breaker spares a broken server, and those who wait for it: after a number of failures in a row it lets nothing
// through for a pause, then a single call as a probe, whose outcome decides.
// (M. Nygard, Release It!, 2007, chapter 5, "Circuit Breaker".)
type breaker struct {
	after int
	pause time.Duration
	now   func() time.Time

	mutex    sync.Mutex
	failures int // in a row
	opened   time.Time
	probing  bool
}

// outcome is what a call says about the server.
type outcome int

const (
	outcomeNone    outcome = iota // nothing: the caller went away
	outcomeWorks                  // it answered, whatever the answer was worth
	outcomeFailing                // it did not
)

// allow tells whether a call may be tried, else after which time. Who is allowed must report.
func (b *breaker) allow() (wait time.Duration, ok bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.failures < b.after {
		return 0, true
	}
	if left := b.pause - b.now().Sub(b.opened); left > 0 {
		return left, false
	}
	if b.probing {
		return b.pause, false
	}
	b.probing = true
	return 0, true
}

// report counts an outcome.
func (b *breaker) report(o outcome) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.probing = false
	switch o {
	case outcomeWorks:
		b.failures = 0
	case outcomeFailing:
		b.failures = min(b.failures+1, b.after)
		b.opened = b.now()
	case outcomeNone: // a probe that was abandoned leaves its place to the next
	}
}
