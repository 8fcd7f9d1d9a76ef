package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
)

// waiter is one who waits in a queue.
type waiter struct {
	place int
	in    chan func() // what to call when leaving; closed on an error
}

// wait enters the queue on a goroutine and returns when the place is known.
func wait(ctx context.Context, t *testing.T, q *bot.Queue, server string) waiter {
	t.Helper()
	places := make(chan int, 1)
	w := waiter{in: make(chan func(), 1)}
	go func() {
		leave, err := q.Enter(ctx, server, func(place int) { places <- place })
		if err != nil {
			close(w.in)
			return
		}
		w.in <- leave
	}()
	select {
	case w.place = <-places:
	case <-time.After(10 * time.Second):
		t.Fatal("nobody was told the place")
	}
	return w
}

func TestQueueTakesTurns(t *testing.T) {
	t.Parallel()
	q := bot.NewQueue(1, 10)
	leave, err := q.Enter(t.Context(), "a", func(int) { t.Error("the first has to wait") })
	if err != nil {
		t.Fatal(err)
	}
	var waiters []waiter
	servers := []string{"a", "a", "a", "b", "c", "b"}
	for _, s := range servers {
		waiters = append(waiters, wait(t.Context(), t, q, s))
	}
	var places []int
	for _, w := range waiters {
		places = append(places, w.place)
	}
	if diff := cmp.Diff([]int{1, 2, 3, 2, 3, 5}, places); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	var order []int
	for range waiters {
		leave()
		leave = nil
		for leave == nil {
			for i, w := range waiters {
				select {
				case l := <-w.in:
					order, leave = append(order, i), l
				default:
				}
			}
		}
	}
	leave()
	if diff := cmp.Diff([]int{0, 3, 4, 1, 5, 2}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if !q.Idle() {
		t.Error("the queue is not empty in the end")
	}
}

func TestQueueIsFull(t *testing.T) {
	t.Parallel()
	q := bot.NewQueue(1, 4)
	leave, err := q.Enter(t.Context(), "a", func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var waiters []waiter
	for _, s := range []string{"a", "a", "b"} {
		waiters = append(waiters, wait(ctx, t, q, s))
	}
	full := func(server string) {
		t.Helper()
		if _, err := q.Enter(t.Context(), server, func(int) { t.Error("has a place") }); !errors.Is(err, bot.ErrFull) {
			t.Errorf("server %s: %v, want %v", server, err, bot.ErrFull)
		}
	}
	full("a") // half of the places is a server's share
	waiters = append(waiters, wait(ctx, t, q, "c"))
	full("d")
	cancel()
	for _, w := range waiters {
		if _, in := <-w.in; in {
			t.Error("one who has gone was called")
		}
	}
	leave()
	leave() // counts once
	if !q.Idle() {
		t.Error("the queue is not empty in the end")
	}
}

// TestQueueLosesNobody holds that as many leave as enter, however many give up meanwhile.
func TestQueueLosesNobody(t *testing.T) {
	t.Parallel()
	q := bot.NewQueue(3, 1000)
	var group sync.WaitGroup
	for i := range 400 {
		group.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			leave, err := q.Enter(ctx, fmt.Sprint(i%7), func(place int) {
				if place%5 == 0 {
					cancel()
				}
			})
			if err == nil {
				leave()
			}
		})
	}
	group.Wait()
	if !q.Idle() {
		t.Error("the queue is not empty in the end")
	}
}

func TestCrowd(t *testing.T) {
	t.Parallel()
	c := bot.NewCrowd()
	start := time.Unix(1_700_000_000, 0)
	for i := range 4 {
		if !c.Take("a", start.Add(time.Duration(i)*time.Second), 4) {
			t.Errorf("answer %d does not fit into the minute", i+1)
		}
	}
	if c.Take("a", start.Add(59*time.Second), 4) {
		t.Error("a fifth answer fits into the minute")
	}
	if !c.Take("b", start.Add(59*time.Second), 4) {
		t.Error("another channel has to wait too")
	}
	if !c.Take("a", start.Add(60*time.Second), 4) {
		t.Error("a minute later the first still counts")
	}
	c.Take("c", start.Add(10*time.Minute), 4)
	if n := c.Len(); n != 1 {
		t.Errorf("%d channels are remembered, want 1", n)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	o := bot.NewOpen()
	if err := o.Wait(t.Context()); err != nil {
		t.Errorf("nothing is open: %v", err)
	}
	first, second := o.Enter(), o.Enter()
	first()
	first()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.Wait(ended); err == nil {
		t.Error("nobody waited for the second")
	}
	waited := make(chan error)
	go func() { waited <- o.Wait(t.Context()) }()
	second()
	if err := <-waited; err != nil {
		t.Error(err)
	}
}
