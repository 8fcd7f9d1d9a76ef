package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
)

// comparison compares what pins rest on with a state of the documents. It is for one goroutine.
type comparison struct {
	now    *sections
	before *sections // of the documents that were there before; nil where they are not known
}

// place is where a passage stands, whatever its number.
type place struct {
	section knowledge.SectionID
	lang    text.Lang
}

// sections reads the passages of sections, each section once.
type sections struct {
	base *knowledge.Base
	read map[place][]knowledge.Passage
}

// at returns the passages of a section in reading order; none for nil.
func (s *sections) at(p place) []knowledge.Passage {
	if s == nil {
		return nil
	}
	if found, ok := s.read[p]; ok {
		return found
	}
	var out []knowledge.Passage
	for n := 1; ; n++ {
		passage, ok := s.base.Passage(knowledge.PassageID(fmt.Sprintf("%s.%d@%s", p.section, n, p.lang)))
		if !ok {
			s.read[p] = out
			return out
		}
		out = append(out, passage)
	}
}

// compareWith prepares comparisons with base. before are the documents that it comes after, nil where they are not known: what stood
// in them already cannot be what a changed sentence has become.
func compareWith(base, before *knowledge.Base) *comparison {
	c := &comparison{now: &sections{base, map[place][]knowledge.Passage{}}}
	if before != nil && before.Digest() != base.Digest() {
		c.before = &sections{before, map[place][]knowledge.Passage{}}
	}
	return c
}

// placeOf is where a cited passage stood.
func placeOf(c store.PinCite) place {
	_, lang, _ := strings.Cut(c.Passage, "@")
	return place{knowledge.SectionID(c.Section), text.Lang(lang)}
}

// standing finds a cited passage again: in its section, by its content, under whatever number. One whose words are the same under a
// new heading or title is found, too.
func (c *comparison) standing(cite store.PinCite) (knowledge.Passage, bool) {
	for _, p := range c.now.at(placeOf(cite)) {
		if p.Hash == cite.Hash || p.Text == cite.Quote {
			return p, true
		}
	}
	return knowledge.Passage{}, false
}

// find returns the passage of that content in the section of a citation.
func (c *comparison) find(cite store.PinCite, hash string) (knowledge.Passage, bool) {
	for _, p := range c.now.at(placeOf(cite)) {
		if p.Hash == hash {
			return p, true
		}
	}
	return knowledge.Passage{}, false
}

// lines returns the lines of a pin with what has become of them. hidden are the passages that are out of use in its server.
func (c *comparison) lines(lines []store.PinLine, hidden map[string]bool) []store.PinLine {
	out := slices.Clone(lines)
	heirs := c.heirs(lines)
	for i, line := range out {
		var found shifts
		for n, cite := range line.Citations {
			if s, changed := c.shift(cite, readShifts(line.Account).of(n), hidden, heirs); changed {
				s.cite = n
				found = append(found, s)
			}
		}
		out[i].Stale, out[i].Account = len(found) > 0, found.String()
	}
	return out
}

// beside notes in the citations of lines what else their sections have now.
func beside(base *knowledge.Base, lines []store.PinLine) []store.PinLine {
	out := slices.Clone(lines)
	c := compareWith(base, nil)
	for i, line := range out {
		out[i].Citations = slices.Clone(line.Citations)
		for n, cite := range line.Citations {
			out[i].Citations[n].Beside = nil
			for _, p := range c.now.at(placeOf(cite)) {
				if p.Hash != cite.Hash {
					out[i].Citations[n].Beside = append(out[i].Citations[n].Beside, p.Hash)
				}
			}
		}
	}
	return out
}

// shift is what has become of a cited passage since; known is what was found before.
func (c *comparison) shift(cite store.PinCite, known shift, hidden map[string]bool, heirs map[string]knowledge.Passage) (shift, bool) {
	if p, ok := c.standing(cite); ok {
		switch {
		case hidden[cite.Hash] || hidden[p.Hash]:
			return shift{what: shiftHidden}, true
		case known.what == shiftNoted:
			return known, true
		}
		return shift{}, false
	}
	heir, ok := c.find(cite, known.heir)
	if !ok && (c.before != nil || known.what != shiftWithdrawn) { // what is like it now was like it then
		heir, ok = heirs[cite.Hash]
	}
	if ok {
		if hidden[heir.Hash] {
			return shift{what: shiftHidden}, true
		}
		if figuresOnly(cite.Quote, heir, placeOf(cite).lang) {
			return shift{what: shiftFigures, heir: heir.Hash}, true
		}
		return shift{what: shiftChanged, heir: heir.Hash}, true
	}
	return shift{what: shiftWithdrawn}, true
}

// likeEnough is the share of common words from which a sentence counts as what another has become.
const likeEnough = 0.5

// heirs finds what the passages that are gone have become, by the hashes of the gone: in the same section, among the sentences that
// are new there, the most alike first, each once.
func (c *comparison) heirs(lines []store.PinLine) map[string]knowledge.Passage {
	gone, old := map[place]map[string]string{}, map[string]bool{}
	for _, line := range lines {
		for _, cite := range line.Citations {
			if p, ok := c.standing(cite); ok {
				old[p.Hash] = true
				continue
			}
			for _, hash := range cite.Beside {
				old[hash] = true
			}
			at := placeOf(cite)
			if gone[at] == nil {
				gone[at] = map[string]string{}
			}
			gone[at][cite.Hash] = cite.Quote
		}
	}
	out := map[string]knowledge.Passage{}
	for at, texts := range gone {
		c.alsoGone(at, texts)
		maps.Copy(out, match(texts, c.fresh(at, old)))
	}
	return out
}

// alsoGone adds what else has gone from a section: it may be the likelier ancestor of a new sentence.
func (c *comparison) alsoGone(at place, texts map[string]string) {
	for _, p := range c.before.at(at) {
		if !slices.ContainsFunc(c.now.at(at), func(q knowledge.Passage) bool { return q.Hash == p.Hash || q.Text == p.Text }) {
			texts[p.Hash] = p.Text
		}
	}
}

// fresh are the passages of a section that were not there before; old names some that were.
func (c *comparison) fresh(at place, old map[string]bool) []knowledge.Passage {
	return slices.DeleteFunc(slices.Clone(c.now.at(at)), func(p knowledge.Passage) bool {
		return old[p.Hash] || slices.ContainsFunc(c.before.at(at), func(q knowledge.Passage) bool { return q.Text == p.Text })
	})
}

// match gives each text the passage that is most like it, the likest pair first; none where none is like it enough.
func match(texts map[string]string, passages []knowledge.Passage) map[string]knowledge.Passage {
	type pair struct {
		hash  string
		at    int
		alike float64
	}
	var pairs []pair
	for hash, old := range texts {
		for i, p := range passages {
			alike := wordsShared(old, p.Text)
			if figuresOnly(old, p, p.Lang) {
				alike++ // no other can be likelier
			}
			if alike >= likeEnough {
				pairs = append(pairs, pair{hash, i, alike})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.at, b.at), cmp.Compare(a.hash, b.hash))
	})
	out, taken := map[string]knowledge.Passage{}, map[int]bool{}
	for _, p := range pairs {
		if _, has := out[p.hash]; !has && !taken[p.at] {
			out[p.hash], taken[p.at] = passages[p.at], true
		}
	}
	return out
}

// wordsShared is the share of words that two texts have in common, in any order: 0 to 1.
func wordsShared(a, b string) float64 {
	one, other := text.Words(strings.ToLower(a)), text.Words(strings.ToLower(b))
	if len(one)+len(other) == 0 {
		return 0
	}
	left := map[string]int{}
	for _, w := range one {
		left[w]++
	}
	common := 0
	for _, w := range other {
		if left[w] > 0 {
			left[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(one)+len(other))
}
