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
// Names that nobody listed are compared letter by letter, across Latin and Cyrillic by how they sound. Between letters and
// Chinese characters there is no telling: same is false for such a pair, but missing does not report the name.
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
	if n.list, err = newNameList(glossary); err != nil {
		return nil, fmt.Errorf("read the names: %w", err)
	}
	return n, nil
}

// find returns the names in s, in order, without overlap. The language only tells the function words that begin a sentence; a
// text may hold names in any script.
func (n *namer) find(s string, lang text.Lang) []mention {
	f := n.fold(s)
	found := n.findKnown(f)
	found = n.findUnlisted(f, lang, found)
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
		return n.list.implied(map[string]bool{b.key: true})[a.key]
	case a.known != b.known:
		return false
	}
	return n.alike(a.key, b.key)
}

// missing returns the first name of the claim that the evidence does not have, nor another that stands for it: "Beijing" for
// China, "the Chinese president" for Xi Jinping. A name about which there is no telling is not missing.
func (n *namer) missing(claim *sentence, evidence []*sentence) (mention, bool) {
	have := n.haveOf(evidence)
	var pages []*folded
	unlisted := 0
	for i, m := range claim.names {
		if m.known {
			if n.lacks(claim, evidence, m, have) {
				return m, true
			}
			continue
		}
		if pages == nil {
			for _, e := range evidence {
				pages = append(pages, n.fold(e.text))
			}
		}
		const most = 64 // what has more names than this is no sentence
		if unlisted++; unlisted <= most && !n.lacksUnlisted(m, pages) {
			continue
		}
		if unlisted <= most && i+1 < len(claim.names) && glossed(claim.text, m, claim.names[i+1]) && n.hasGloss(claim, evidence, claim.names[i+1], have, pages) {
			continue
		}
		return m, true
	}
	return mention{}, false
}

// held is what evidence names, with what that stands for.
type held struct {
	all    map[string]bool
	actors map[string]bool // countries, capitals, people and offices alone: what may say or do something
}

func (n *namer) haveOf(evidence []*sentence) held {
	all, actors := map[string]bool{}, map[string]bool{}
	for _, e := range evidence {
		for _, m := range e.names {
			if !m.known {
				continue
			}
			all[m.key] = true
			switch n.list.things[m.key].category {
			case "", aCountry, aCapital, aPerson, anOffice: // a country of the gazetteer has no category
				actors[m.key] = true
				continue
			case aWater: // the Sea of Japan has nothing of Japan
				continue
			}
			inside := n.fold(m.In(e.text)).text // the Bank of China has China in its name
			for _, c := range n.countries.Mentions(inside) {
				all[c.Country] = true
			}
		}
	}
	return held{n.list.implied(all), n.list.implied(actors)}
}

// glossed tells whether a name has another form of it in brackets behind it.
func glossed(s string, m, next mention) bool {
	between := s[m.End:next.Start]
	return between == " (" || between == "（" || between == "("
}

func (n *namer) hasGloss(claim *sentence, evidence []*sentence, m mention, have held, pages []*folded) bool {
	if m.known {
		return !n.lacks(claim, evidence, m, have)
	}
	return !n.lacksUnlisted(m, pages)
}

// lacks tells whether evidence whose names stand for these things lacks a known name of the claim.
func (n *namer) lacks(claim *sentence, evidence []*sentence, m mention, have held) bool {
	t := n.list.things[m.key]
	switch {
	case t.needless || m.needless:
		return false
	case t.category == aCountry:
		return slices.ContainsFunc(t.of, func(key string) bool { return !have.all[key] })
	case t.category == anOffice:
		return !have.all[m.key] && !slices.ContainsFunc(t.of, func(key string) bool { return have.actors[key] })
	case t.category == aCapital && !n.names(evidence, m.key):
		return !slices.ContainsFunc(t.of, func(key string) bool { return have.actors[key] }) || n.replaced(claim, evidence, m)
	}
	return !have.all[m.key]
}

// names tells whether a sentence has this very thing.
func (n *namer) names(sentences []*sentence, key string) bool {
	return slices.ContainsFunc(sentences, func(s *sentence) bool {
		return slices.ContainsFunc(s.names, func(m mention) bool { return m.key == key })
	})
}

// replaced tells whether a capital that stands where a place stands took the place of a city that the evidence has and the
// claim has not: the meeting "in Beijing" that was in Shanghai. Elsewhere it may stand for its country.
func (n *namer) replaced(claim *sentence, evidence []*sentence, m mention) bool {
	if !located(claim.text, m) {
		return false
	}
	for _, e := range evidence {
		for _, other := range e.names {
			t := n.list.things[other.key]
			if t.category != aCity && (t.category != aCapital && t.category != aPlace || !located(e.text, other)) {
				continue
			}
			if !n.names([]*sentence{claim}, other.key) {
				return true
			}
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
