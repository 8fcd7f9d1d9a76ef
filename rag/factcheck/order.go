package factcheck

import (
	"slices"
	"strings"

	"amur/internal/text"
	"amur/rag/verify"
)

// inOrder tells whether the actors that a claim shares with a passage come in the passage's order: who warned whom is told by it. Those
// that are named in one breath ("China and Russia") have none.
func (c *Checker) inOrder(one claim, r reading) bool {
	mine, theirs := c.actors(one.text, one.lang), c.actors(r.body, r.hit.Passage.Lang)
	at := func(list []actor, name string) int {
		return slices.IndexFunc(list, func(a actor) bool { return a.name == name })
	}
	for i, a := range mine {
		for j := i + 1; j < len(mine); j++ {
			b := mine[j]
			x, y := at(theirs, a.name), at(theirs, b.name)
			if x < 0 || y < 0 || x < y {
				continue
			}
			if !together(one.text, a.Span, b.Span) && !together(r.body, theirs[y].Span, theirs[x].Span) {
				return false
			}
		}
	}
	return true
}

// actor is the first place where a text names somebody who acts.
type actor struct {
	text.Span

	name string
}

// actors lists the actors of a text in the order in which they are first named; a capital counts as its country.
func (c *Checker) actors(s string, lang text.Lang) []actor {
	var out []actor
	for _, m := range c.check.Mentions(s, lang) {
		if !m.Actor {
			continue
		}
		name := c.nameOf(s, m)
		if !slices.ContainsFunc(out, func(a actor) bool { return a.name == name }) {
			out = append(out, actor{m.Span, name})
		}
	}
	return out
}

// nameOf is the same for all names of an actor.
func (c *Checker) nameOf(s string, m verify.Mention) string {
	if of := c.named(c.cues.fold(m.In(s))); len(of) == 1 {
		return of[0]
	}
	return m.Key
}

// together tells whether two names stand in one breath.
func together(s string, a, b text.Span) bool {
	if a.Start > b.Start {
		a, b = b, a
	}
	if a.End > b.Start {
		return true
	}
	switch strings.ToLower(strings.TrimSpace(s[a.End:b.Start])) {
	case "", "and", "&", "-", "–", "—", "/", ",", "or", "и", "или", "с", "та", "і", "й", "з", "із", "和", "与", "及", "、", "跟", "同", "nor", "with", "ни", "ані":
		return true
	}
	return false
}
