package verify

import (
	"amur/internal/text"
	"amur/knowledge"
)

// Names opens the names of texts to tests.
type Names struct{ n *namer }

// Named is a name as found: where it stands, and what it is of.
type Named struct {
	text.Span

	Key   string
	Known bool
}

// NewNames is newNamer with the built-in glossary.
func NewNames() (*Names, error) {
	glossary, err := knowledge.Glossary()
	if err != nil {
		return nil, err
	}
	n, err := newNamer(glossary)
	return &Names{n}, err
}

// Find is namer.find.
func (n *Names) Find(s string, lang text.Lang) []Named {
	var out []Named
	for _, m := range n.n.find(s, lang) {
		out = append(out, Named{m.Span, m.key, m.known})
	}
	return out
}

// Missing is namer.missing: the name of the claim that the evidence lacks, "" for none.
func (n *Names) Missing(claim string, evidence ...string) string {
	var all []*sentence
	for _, e := range evidence {
		all = append(all, n.sentence(e))
	}
	said := n.sentence(claim)
	if m, missing := n.n.missing(said, all); missing {
		return m.In(claim)
	}
	return ""
}

// Same is namer.same for the first names of two texts.
func (n *Names) Same(a, b string) bool {
	return n.n.same(n.sentence(a).names[0], n.sentence(b).names[0])
}

// Category is what kind of thing a key names; empty for a country.
func (n *Names) Category(key string) string { return n.n.list.things[key].category }

func (n *Names) sentence(s string) *sentence {
	lang := text.Detect(s, "")
	return &sentence{text: s, lang: lang, names: n.n.find(s, lang)}
}
