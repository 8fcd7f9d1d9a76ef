package bot

import (
	"context"
	"time"

	"amur/bot/discord"
)

// What tests of the queue and of public answers see.
type (
	Queue = queue
	Crowd = crowd
	Open  = open
)

// ErrFull says that no more may wait.
var ErrFull = errFull

// NewQueue makes a queue.
func NewQueue(workers, capacity int) *Queue { return newQueue(workers, capacity) }

// NewCrowd makes one that remembers nothing yet.
func NewCrowd() *Crowd { return newCrowd() }

// NewOpen makes one with nothing open.
func NewOpen() *Open { return newOpen() }

func (q *queue) Idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running == 0 && q.waiting == 0 && len(q.lines) == 0 && len(q.turn) == 0
}

func (c *crowd) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.answers)
}

func (q *queue) Enter(ctx context.Context, server string, queued func(int)) (func(), error) {
	return q.enter(ctx, server, queued)
}

func (c *crowd) Take(channel discord.ChannelID, now time.Time, perMinute int) bool {
	return c.take(channel, now, perMinute)
}

func (o *open) Enter() func()                  { return o.enter() }
func (o *open) Wait(ctx context.Context) error { return o.wait(ctx) }
