package discord

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	identifiesADay = 1000
	fewIdentifies  = 100 // under these nothing identifies any more: at none, Discord resets the token
	day            = 24 * time.Hour
)

// memoryLog is an IdentifyLog for one process.
type memoryLog struct {
	mu sync.Mutex
	at []time.Time
}

// Add notes an Identify.
func (m *memoryLog) Add(_ context.Context, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.at) >= 2*identifiesADay {
		m.at = m.at[identifiesADay:]
	}
	m.at = append(m.at, at)
	return nil
}

// Since counts the Identifies at or after a time.
func (m *memoryLog) Since(_ context.Context, start time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, at := range m.at {
		if !at.Before(start) {
			n++
		}
	}
	return n, nil
}

// gate lets so many shards identify at a time as Discord allows: shards with the same remainder one after another, with a pause.
type gate struct {
	pause time.Duration
	mu    sync.Mutex
	turns map[int]*turn
}

type turn struct {
	held chan struct{} // holds a token while a shard connects
	next time.Time     // guarded by held
}

func newGate(pause time.Duration) *gate { return &gate{pause: pause, turns: map[int]*turn{}} }

// enter waits for a shard's turn. The function it returns ends the turn, and must be told whether Identify was sent.
func (g *gate) enter(ctx context.Context, shard, concurrency int) (func(sent bool), error) {
	g.mu.Lock()
	key := shard % max(concurrency, 1)
	t, ok := g.turns[key]
	if !ok {
		t = &turn{held: make(chan struct{}, 1)}
		g.turns[key] = t
	}
	g.mu.Unlock()
	select {
	case t.held <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := sleep(ctx, time.Until(t.next)); err != nil {
		<-t.held
		return nil, err
	}
	var once sync.Once
	return func(sent bool) {
		once.Do(func() {
			if sent {
				t.next = time.Now().Add(g.pause)
			}
			<-t.held
		})
	}, nil
}

// errParked says that nothing may identify any more.
var errParked = errors.New("parked")

// mayIdentify asks how many Identifies are left, of Discord and of the log, and parks when they are few.
func (g *gateway) mayIdentify(ctx context.Context) (gatewayBot, error) {
	where, err := g.where(ctx)
	if err != nil {
		return gatewayBot{}, err
	}
	n, err := g.o.Identifies.Since(ctx, g.o.Now().Add(-day))
	if err != nil {
		return gatewayBot{}, fmt.Errorf("count identifies: %w", err)
	}
	total, left := identifiesADay, identifiesADay
	if limit := where.Limit; limit.Total > 0 {
		total, left = limit.Total, limit.Remaining
	}
	left = min(left, total-n)
	g.mu.Lock()
	g.left = left
	g.mu.Unlock()
	if left < fewIdentifies {
		g.park("few identifies are left today; start again when Discord allows more", false)
		return gatewayBot{}, errParked
	}
	return where, nil
}

// identifying is told just before an Identify goes out.
func (g *gateway) identifying(ctx context.Context) error {
	if err := g.o.Identifies.Add(ctx, g.o.Now()); err != nil {
		return fmt.Errorf("note identify: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left--
	return nil
}
