package bot

import (
	"context"
	"errors"
	"sync"
)

// open counts what is being replied to, so that a bot that ends can wait for it.
type open struct {
	mu   sync.Mutex
	n    int
	none chan struct{} // closed while n is 0
}

func newOpen() *open {
	none := make(chan struct{})
	close(none)
	return &open{none: none}
}

// enter notes that something begins; the function it returns, that it has ended.
func (o *open) enter() func() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.n == 0 {
		o.none = make(chan struct{})
	}
	o.n++
	return sync.OnceFunc(func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.n--; o.n == 0 {
			close(o.none)
		}
	})
}

func (o *open) wait(ctx context.Context) error {
	o.mu.Lock()
	none := o.none
	o.mu.Unlock()
	select {
	case <-none:
		return nil
	case <-ctx.Done():
		return errors.New("some answers were not finished")
	}
}
