package verify

import (
	"slices"
	"sync"

	"amur/internal/text"
)

const (
	maxUnits = 48  // sentences of all passages together that are looked at
	maxKept  = 256 // sentences of passages that are kept taken apart
)

// unit is a sentence of a passage.
type unit struct {
	*sentence

	evidence int
	at       text.Span // in the passage
	heading  *sentence
	have     []seen // its values
	kept     *kept
}

// kept is what is remembered of a sentence of a passage.
type kept struct {
	sentence *sentence
	have     []seen
	states   states // nil until it was needed
}

// shelf keeps sentences taken apart: the same passages come back with every claim of an answer.
type shelf struct {
	mutex sync.Mutex
	known map[shelfKey]*kept
	order []shelfKey // oldest first
}

type shelfKey struct {
	text string
	lang text.Lang
}

// get returns what is kept under a key, made by parse when it is new. The oldest makes room.
func (s *shelf) get(key shelfKey, parse func() *sentence) *kept {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if k, ok := s.known[key]; ok {
		return k
	}
	parsed := parse()
	k := &kept{sentence: parsed, have: valuesOf(parsed)}
	s.known[key] = k
	s.order = append(s.order, key)
	if len(s.order) > maxKept {
		delete(s.known, s.order[0])
		s.order = slices.Delete(s.order, 0, 1)
	}
	return k
}

// seen returns the states of a kept sentence, nil when there are none yet.
func (s *shelf) seen(k *kept) states {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return k.states
}

func (s *shelf) keep(k *kept, st states) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	k.states = st
}

// units cuts the passages into sentences and takes them apart.
func (c *Checker) units(evidence []Evidence) []*unit {
	var out []*unit
	for i, e := range evidence {
		heading := c.take(e.Heading, e.Lang).sentence
		whole := clipped(e.Text)
		for _, at := range text.Sentences(whole) {
			if len(out) == maxUnits {
				return out
			}
			k := c.take(at.In(whole), e.Lang)
			out = append(out, &unit{sentence: k.sentence, evidence: i, at: at, heading: heading, have: k.have, kept: k})
		}
	}
	return out
}

func (c *Checker) take(s string, lang text.Lang) *kept {
	return c.shelf.get(shelfKey{s, lang}, func() *sentence { return c.parser.parse(s, lang) })
}
