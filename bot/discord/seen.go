package discord

import "sync"

// seen remembers the last ids that passed, so that what Discord sends twice is told once.
type seen struct {
	mu   sync.Mutex
	have map[string]bool
	ring []string
	next int
}

func newSeen(n int) *seen { return &seen{have: map[string]bool{}, ring: make([]string, n)} }

// first reports whether an id comes for the first time, as far as remembered.
func (s *seen) first(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.have[id] {
		return false
	}
	delete(s.have, s.ring[s.next])
	s.ring[s.next], s.have[id] = id, true
	s.next = (s.next + 1) % len(s.ring)
	return true
}
