package verify

import (
	"fmt"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/gazetteer"
)

// namer finds the proper names of a text and compares them across languages: names of the glossary and of the embedded list
// in any of their forms, countries by the gazetteer, and names that nobody listed by their capital letters, quotation marks
// or, in Chinese, the words around them. It is immutable and safe for concurrent use.
//
// Names that nobody listed are compared letter by letter, across Latin and Cyrillic by how they sound. Between them and
// Chinese there is no telling: such a name is never reported as missing.
type namer struct {
	chinese   text.Converter
	countries *gazetteer.Gazetteer
	list      *nameList
	capitals  *capitals
}

// newNamer reads the lists; its error is a fault of the build.
func newNamer(glossary []knowledge.Term) (*namer, error) {
	countries, err := gazetteer.New()
	if err != nil {
		return nil, fmt.Errorf("read the countries: %w", err)
	}
	n := &namer{countries: countries, capitals: newCapitals()}
	if n.list, err = n.newNameList(glossary); err != nil {
		return nil, fmt.Errorf("read the names: %w", err)
	}
	return n, nil
}

// find returns the names in s, in order, without overlap. The language decides nothing but which capital letters are
// ordinary; a text may hold names in any script.
func (n *namer) find(s string, _ text.Lang) []mention {
	f := n.fold(s)
	found := n.findKnown(f)
	found = n.findUnlisted(f, found)
	slices.SortFunc(found, func(a, b mention) int { return a.Start - b.Start })
	for i, m := range found {
		found[i].Span = f.sourceSpan(m.Span)
	}
	return found
}

// same tells whether two mentions name one thing, or b stands for a: a city for its country. It is false where there is no
// telling; missing knows the difference.
func (n *namer) same(a, b mention) bool {
	switch {
	case a.key == b.key:
		return true
	case a.known && b.known:
		keys := map[string]bool{b.key: true}
		n.list.standsFor(keys)
		return keys[a.key]
	case a.known != b.known:
		return false
	}
	return n.alike(a.key, b.key)
}

// missing returns the first name of the claim that the evidence does not have, nor another that stands for it: "Beijing" for
// China, "the Chinese president" for Xi Jinping. A name about which there is no telling is not missing.
func (n *namer) missing(claim *sentence, evidence []*sentence) (mention, bool) {
	have := map[string]bool{}
	for _, e := range evidence {
		for _, m := range e.names {
			if m.known {
				have[m.key] = true
			}
		}
	}
	own := make(map[string]bool, len(have)) // without what they stand for
	for key := range have {
		own[key] = true
	}
	n.list.standsFor(have)
	var pages []*folded
	for _, m := range claim.names {
		if m.known {
			if n.lacks(claim, m, have, own) {
				return m, true
			}
			continue
		}
		if pages == nil {
			for _, e := range evidence {
				pages = append(pages, n.fold(e.text))
			}
		}
		if n.lacksUnlisted(m, pages) {
			return m, true
		}
	}
	return mention{}, false
}

// lacks tells whether evidence that has these names lacks a known one.
func (n *namer) lacks(claim *sentence, m mention, have, own map[string]bool) bool {
	t := n.list.things[m.key]
	switch {
	case t.needless || m.needless:
		return false
	case t.category == aCountry:
		return slices.ContainsFunc(t.of, func(key string) bool { return !have[key] })
	case t.category == anOffice:
		return !have[m.key] && !slices.ContainsFunc(t.of, func(key string) bool { return have[key] })
	case t.category == aCapital && !have[m.key]:
		return !slices.ContainsFunc(t.of, func(key string) bool { return have[key] }) || n.replaced(claim, m, own)
	}
	return !have[m.key]
}

// replaced tells whether a capital that stands where a place stands took the place of a city that the evidence has and the
// claim has not: the meeting "in Beijing" that was in Shanghai. Elsewhere it may stand for its country.
func (n *namer) replaced(claim *sentence, m mention, own map[string]bool) bool {
	if !located(claim.text, m) {
		return false
	}
	said := map[string]bool{}
	for _, other := range claim.names {
		said[other.key] = true
	}
	for key := range own {
		t := n.list.things[key]
		if t.category == aCity && !said[key] {
			return true
		}
		if t.category == aCapital && !said[key] && !slices.ContainsFunc(t.of, func(country string) bool { return said[country] }) {
			return true
		}
	}
	return false
}

// located tells whether a mention has a preposition of place before it.
func located(s string, m mention) bool {
	before := strings.ToLower(strings.TrimRight(s[:m.Start], " \u00a0"))
	if last := strings.LastIndexAny(before, " \u00a0"); last >= 0 && s[m.Start-1] == ' ' {
		before = before[last+1:]
	}
	switch before {
	case "in", "at", "to", "near", "from", "visited", "в", "во", "из", "под", "у", "до", "з", "із":
		return true
	}
	for _, cue := range []string{"在", "于", "到", "抵", "赴", "访", "访问", "前往", "抵达", "離", "离"} {
		if strings.HasSuffix(before, cue) {
			return true
		}
	}
	return false
}
