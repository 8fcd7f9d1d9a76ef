package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// errFull says that no more questions may wait, of all servers or of one.
var errFull = errors.New("too many questions are waiting")

// queue lets a number of questions through at once. What waits is taken from the servers in turn, so that a crowd in one
// does not keep the others waiting.
type queue struct {
	workers, capacity int

	mu      sync.Mutex
	running int
	waiting int
	lines   map[string][]chan struct{} // by server
	turn    []string                   // servers with a line, the next one first
}

func newQueue(workers, capacity int) *queue {
	return &queue{workers: workers, capacity: capacity, lines: map[string][]chan struct{}{}}
}

// enter waits for a server's turn and returns what to call afterwards. Where it has to wait, queued is told the place first.
// No more than half of the places may be one server's.
func (q *queue) enter(ctx context.Context, server string, queued func(place int)) (leave func(), err error) {
	q.mu.Lock()
	if q.running < q.workers && q.waiting == 0 {
		q.running++
		q.mu.Unlock()
		return sync.OnceFunc(q.leave), nil
	}
	line := q.lines[server]
	if q.waiting >= q.capacity || len(line) >= max(1, q.capacity/2) {
		q.mu.Unlock()
		return nil, errFull
	}
	called := make(chan struct{}, 1)
	if len(line) == 0 {
		q.turn = append(q.turn, server)
	}
	q.lines[server] = append(line, called)
	q.waiting++
	place := q.place(server)
	q.mu.Unlock()
	queued(place)
	select {
	case <-called:
		return sync.OnceFunc(q.leave), nil
	case <-ctx.Done():
		q.abandon(server, called)
		return nil, ctx.Err()
	}
}

// place is how many are served up to the last of a server's line, itself included.
func (q *queue) place(server string) int {
	last := len(q.lines[server])
	at := slices.Index(q.turn, server)
	n := last
	for i, other := range q.turn {
		if other == server {
			continue
		}
		rounds := last - 1
		if i < at {
			rounds = last
		}
		n += min(rounds, len(q.lines[other]))
	}
	return n
}

func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.turn) == 0 {
		q.running--
		return
	}
	server := q.turn[0]
	q.turn = q.turn[1:]
	line := q.lines[server]
	line[0] <- struct{}{}
	q.waiting--
	if len(line) == 1 {
		delete(q.lines, server)
		return
	}
	q.lines[server] = line[1:]
	q.turn = append(q.turn, server)
}

// abandon takes one who has gone out of the line; one that was called meanwhile passes the call on.
func (q *queue) abandon(server string, called chan struct{}) {
	q.mu.Lock()
	line := q.lines[server]
	at := slices.Index(line, called)
	if at < 0 {
		q.mu.Unlock()
		q.leave()
		return
	}
	q.waiting--
	line = slices.Delete(line, at, at+1)
	if len(line) > 0 {
		q.lines[server] = line
	} else {
		delete(q.lines, server)
		q.turn = slices.DeleteFunc(q.turn, func(s string) bool { return s == server })
	}
	q.mu.Unlock()
}

// Waiting is how many questions wait for their turn.
func (b *Bot) Waiting() int { return b.queue.length() }

// length is how many are waiting.
func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting
}
