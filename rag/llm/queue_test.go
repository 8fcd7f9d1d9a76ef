package llm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

// turnstile is a server whose answers are let out one by one.
type turnstile struct {
	*modeltest.Server
	entered chan string // prompts, as they arrive
	leave   chan struct{}
}

func newTurnstile(tb testing.TB) turnstile {
	tb.Helper()
	t := turnstile{entered: make(chan string, 100), leave: make(chan struct{})}
	t.Server = serve(tb, func(r modeltest.Request) modeltest.Response {
		t.entered <- r.User()
		<-t.leave
		return modeltest.Say(r.User())
	})
	tb.Cleanup(func() { // lets go of whoever is inside still, before the server is closed
		select {
		case <-t.leave:
		default:
			close(t.leave)
		}
	})
	return t
}

func TestQueue(t *testing.T) {
	t.Parallel()
	s := newTurnstile(t)
	c := client(t, s.BaseURL(), func(o *llm.Options) { o.Concurrency, o.Queue = 1, 3 })
	results := make(chan error, 10)
	call := func(ctx context.Context, prompt string) {
		_, err := c.Chat(ctx, ask(prompt), nil)
		results <- err
	}
	go call(t.Context(), "0")
	order := []string{<-s.entered}

	impatient, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("the asker left")
	for i := 1; i <= 3; i++ {
		ctx := t.Context()
		if i == 2 {
			ctx = impatient
		}
		go call(ctx, fmt.Sprint(i))
		c.AwaitQueue(i) // so that their order is known
	}
	if e := failed(t, c, ask("4")); e.Kind != llm.KindOverloaded {
		t.Errorf("kind %q, want that the queue is full", e.Kind)
	}
	cancel(gone)
	if err := <-results; kind(err) != llm.KindCancelled || !errors.Is(err, gone) || !errors.Is(err, context.Canceled) {
		t.Errorf("who left the queue got %v", err)
	}
	for range 2 {
		s.leave <- struct{}{}
		if err := <-results; err != nil {
			t.Error(err)
		}
		order = append(order, <-s.entered)
	}
	s.leave <- struct{}{}
	if err := <-results; err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"0", "1", "3"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestConcurrency(t *testing.T) {
	t.Parallel()
	s := newTurnstile(t)
	const calls, atOnce = 12, 3
	c := client(t, s.BaseURL(), func(o *llm.Options) { o.Concurrency, o.Queue = atOnce, calls })
	results := make(chan error, calls)
	for range calls {
		go func() {
			_, err := c.Chat(t.Context(), ask("?"), nil)
			results <- err
		}()
	}
	for range atOnce {
		<-s.entered
	}
	c.AwaitQueue(calls - atOnce) // all others wait, and none is inside
	if n := len(s.entered); n != 0 {
		t.Errorf("%d more than %d were let in", n, atOnce)
	}
	close(s.leave)
	for range calls {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

// The time for a call runs while it waits for its turn.
func TestTimeoutInQueue(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	c := client(t, s.BaseURL(), func(o *llm.Options) {
		o.Concurrency, o.Queue, o.Timeout = 1, 1, 200*time.Millisecond
	})
	inside, leave := make(chan struct{}), make(chan struct{})
	first := make(chan struct{})
	go func() {
		defer close(first)
		_, _ = c.Chat(t.Context(), ask("?"), func(string) error { // its own time is up too, sooner or later
			close(inside)
			<-leave
			return errors.New("enough")
		})
	}()
	<-inside
	if e := failed(t, c, ask("?")); e.Kind != llm.KindTimeout || e.Usage != (llm.Usage{}) {
		t.Errorf("error %+v, want a timeout that cost nothing", e)
	}
	close(leave)
	<-first
}
