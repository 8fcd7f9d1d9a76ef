package verify

import "amur/internal/text"

// Mention is a proper name where it stands in a text.
type Mention struct {
	text.Span

	Key   string // the same for all names of one thing, in every language, where Known
	Known bool   // it stands in the glossary, the gazetteer or another list
	Actor bool   // a country, person or office: what may do something or have something done to it
}

// Mentions finds the proper names of a text, in order, without overlap.
func (c *Checker) Mentions(s string, lang text.Lang) []Mention {
	var out []Mention
	for _, m := range c.parser.namer.find(clipped(s), lang) {
		one := Mention{Span: m.Span, Key: m.key, Known: m.known}
		if m.known {
			switch c.parser.namer.list.things[m.key].category {
			case "", aCountry, aPerson, anOffice: // a country of the gazetteer has no category
				one.Actor = true
			}
		}
		out = append(out, one)
	}
	return out
}

// SameName tells whether two mentions name one thing, or b stands for a; false where there is no telling.
func (c *Checker) SameName(a, b Mention) bool {
	return c.parser.namer.same(mention{key: a.Key, known: a.Known}, mention{key: b.Key, known: b.Known})
}
