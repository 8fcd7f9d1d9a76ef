package llm

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// errQueueFull says that too many wait already.
var errQueueFull = errors.New("too many questions are waiting for the model")

// gate lets a number of calls through at once; others wait in the order in which they came, up to a limit.
type gate struct {
	mutex   sync.Mutex
	free    int
	limit   int             // of those who wait
	waiting []chan struct{} // closed when its owner's turn has come
}

func newGate(concurrency, queue int) *gate {
	return &gate{free: concurrency, limit: queue}
}

// enter returns when it is the caller's turn, who then must leave; or with errQueueFull or the context's cause.
func (g *gate) enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	g.mutex.Lock()
	if g.free > 0 {
		g.free--
		g.mutex.Unlock()
		return nil
	}
	if len(g.waiting) >= g.limit {
		g.mutex.Unlock()
		return errQueueFull
	}
	turn := make(chan struct{})
	g.waiting = append(g.waiting, turn)
	g.mutex.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if i := slices.Index(g.waiting, turn); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
	} else { // the turn came at the same moment: pass it on
		g.pass()
	}
	return context.Cause(ctx)
}

// leave lets the next one in.
func (g *gate) leave() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.pass()
}

// pass hands a place to whoever waits longest. The caller holds the mutex. Places are free only while nobody waits.
func (g *gate) pass() {
	if len(g.waiting) == 0 {
		g.free++
		return
	}
	close(g.waiting[0])
	g.waiting = slices.Delete(g.waiting, 0, 1)
}
