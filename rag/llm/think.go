package llm

import (
	"strings"
	"unicode"
)

// think takes a model's reasoning out of its text, which arrives in pieces cut anywhere:
//
//	<think>Let me see.</think>Trade grew.   the tags and what is between them
//	<think>Let me see.                      all of it: it was never closed
//	Let me see.</think>Trade grew.          what came before too: the template had opened it
//
// Where the last is known beforehand, text is held until the tag comes. The same text gives the same visible text,
// wherever it is cut.
type think struct {
	inside bool   // between tags
	opened bool   // a tag opened it, not the template
	said   bool   // visible text was handed on
	held   string // what may be the beginning of a tag
	hidden strings.Builder

	mistaken bool // in the end: it was expected to reason and did not
}

// newThink begins inside of reasoning where the server's template is known to open it.
func newThink(openReasoning bool) *think { return &think{inside: openReasoning} }

// visible is what a piece of text adds to the answer.
type visible struct {
	text    string
	restart bool // all before it was reasoning
}

// next takes a piece and returns what became certain.
func (t *think) next(piece string) visible {
	var out visible
	s := t.held + piece
	t.held = ""
	for i := 0; i < len(s); i++ {
		if s[i] != '<' {
			continue
		}
		length, closing, whole := tag(s[i:])
		if !whole { // the rest of it may be in the next piece
			s, t.held = s[:i], s[i:]
			break
		}
		if length > 0 {
			t.put(&out, s[:i])
			t.turn(&out, closing)
			s = s[i+length:]
			i = -1
		}
	}
	t.put(&out, s)
	return out
}

// end returns what was held back. A model that was expected to reason but answered at once is let speak: complete says
// that it came to its end.
func (t *think) end(complete bool) visible {
	var out visible
	t.put(&out, t.held)
	t.held = ""
	if t.inside && !t.opened && complete {
		t.inside, t.mistaken = false, true
		t.put(&out, t.hidden.String())
	}
	return out
}

// turn passes a tag.
func (t *think) turn(out *visible, closing bool) {
	if !closing {
		t.inside, t.opened = true, true
		return
	}
	if !t.inside { // nothing had opened it
		out.text, out.restart = "", true
		t.said = false
	}
	t.inside, t.opened = false, true
	t.hidden.Reset()
}

// put hands text on, without the space in front of an answer.
func (t *think) put(out *visible, s string) {
	if t.inside {
		if !t.opened {
			t.hidden.WriteString(s)
		}
		return
	}
	if !t.said {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	if s != "" {
		t.said = true
		out.text += s
	}
}

// tag reads a tag at the beginning of s, which starts with "<". length is 0 where there is none; whole is false where s
// ends too early to tell.
func tag(s string) (length int, closing, whole bool) {
	for _, name := range [...]string{"think", "thinking", "thought", "reasoning"} {
		for _, t := range [...]string{"<" + name + ">", "</" + name + ">"} {
			if len(s) >= len(t) && strings.EqualFold(s[:len(t)], t) {
				return len(t), t[1] == '/', true
			}
			if len(s) < len(t) && strings.EqualFold(s, t[:len(s)]) {
				return 0, false, false
			}
		}
	}
	return 0, false, true
}
