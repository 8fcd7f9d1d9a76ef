package bot

import (
	"context"
	"sync"
	"time"

	"amur/bot/discord"
	"amur/rag"
)

// stream shows a message as it grows: always its newest state, with a pause between two edits.
type stream struct {
	every time.Duration
	edit  func(ctx context.Context, body discord.Body) error

	mu      sync.Mutex
	next    *discord.Body // not shown yet
	changed chan struct{} // holds one where next was set
	done    chan struct{} // closed to end
	ended   chan struct{} // closed when it has
	last    time.Time     // of the last edit; only read after ended
}

// newStream begins to show; end has to be called.
func newStream(ctx context.Context, every time.Duration, edit func(context.Context, discord.Body) error) *stream {
	s := &stream{
		every: every, edit: edit, last: time.Now(),
		changed: make(chan struct{}, 1), done: make(chan struct{}), ended: make(chan struct{}),
	}
	go s.run(ctx)
	return s
}

// show makes body the newest state.
func (s *stream) show(body discord.Body) {
	s.mu.Lock()
	s.next = &body
	s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

func (s *stream) run(ctx context.Context) {
	defer close(s.ended)
	for {
		select {
		case <-s.done:
			return
		case <-ctx.Done():
			return
		case <-s.changed:
		}
		if !s.pause(ctx) {
			return
		}
		s.mu.Lock()
		body := s.next
		s.next = nil
		s.mu.Unlock()
		if body == nil {
			continue
		}
		_ = s.edit(ctx, *body) // the next one, or the last, shows more
		s.last = time.Now()
	}
}

// pause waits until the next edit is due, and reports whether there is to be one.
func (s *stream) pause(ctx context.Context) bool {
	timer := time.NewTimer(time.Until(s.last.Add(s.every)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.done:
		return false
	case <-ctx.Done():
		return false
	}
}

// end waits for the edit that is under way and until the last one is due.
func (s *stream) end(ctx context.Context) {
	close(s.done)
	<-s.ended
	timer := time.NewTimer(time.Until(s.last.Add(s.every)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// draft gathers the sentences of a model as they are checked.
type draft struct {
	claims    []rag.Claim
	citations []rag.Citation
}

// see takes what an answerer tells, and reports whether there is something new to show.
func (d *draft) see(p rag.Progress) bool {
	switch {
	case p.Stage == rag.StageQuotes:
		*d = draft{}
		return true
	case p.Claim == nil:
		return false
	}
	d.claims = append(d.claims, *p.Claim)
	d.citations = append(d.citations, p.Cited...)
	return true
}
