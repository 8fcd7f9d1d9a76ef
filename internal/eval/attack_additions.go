package eval

import (
	"strings"
)

// additions put something invented behind what the sentence says, or before it.
func (s site) additions() []change {
	_, body, _, _ := s.parts(s.claim)
	if body == "" {
		return nil
	}
	var made []change
	for _, clause := range s.Additions {
		made = append(made, change{body + clause + s.stop(), "added: " + clause})
	}
	if s.startsWithName(body) {
		for _, clause := range s.Prefixes {
			made = append(made, change{clause + body + s.stop(), "added: " + clause})
		}
	}
	return made
}

// shorter takes away who said it, or moves it to the other end.
func (s site) shorter() []change {
	before, body, after, groups := s.parts(s.claim)
	if groups == nil {
		return nil
	}
	made := []change{{capital(body) + s.stop(), "without who said it"}}
	who, year := groups["who"], groups["year"]
	if who == "" || year == "" || before != "" && after == "" {
		return made
	}
	lower, ok := s.lowered(body)
	if !ok {
		return made
	}
	moved := strings.NewReplacer("{body}", lower, "{who}", who, "{year}", year).Replace(s.Moved)
	return append(made, change{moved, "who said it moved"})
}
