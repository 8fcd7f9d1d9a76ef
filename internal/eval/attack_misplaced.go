package eval

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// Two sentences that share more of their words than that, by weight, may say the same.
const restated = 0.5

// prepare gathers what rules need of all documents: full names, and the words of each sentence.
func (c *corrupter) prepare() {
	c.people = map[text.Lang][][]string{}
	c.words = map[text.Lang][]map[string]bool{}
	c.rare = map[text.Lang]map[string]float64{}
	for lang, t := range c.tongues {
		people := make([][]string, len(t.Given))
		counts := map[string]int{}
		sets := make([]map[string]bool, len(c.statements))
		for i, s := range c.statements {
			said := s.in[lang].text
			for list, given := range t.Given {
				if span, ok := t.fullName(said, given); ok && !slices.Contains(people[list], span.In(said)) {
					people[list] = append(people[list], span.In(said))
				}
			}
			sets[i] = t.content(said)
			for w := range sets[i] {
				counts[w]++
			}
		}
		weights := map[string]float64{}
		for w, n := range counts {
			weights[w] = math.Log(float64(len(c.statements)+1) / float64(n))
		}
		c.people[lang], c.words[lang], c.rare[lang] = people, sets, weights
	}
}

// content gives the words of a sentence, cut to what their forms share; in Chinese the pairs of characters.
func (t *tongue) content(s string) map[string]bool {
	const stem = 5
	set := map[string]bool{}
	list := text.Words(strings.ToLower(s))
	for i, w := range list {
		if t.lang == text.ZH {
			if i > 0 {
				set[list[i-1]+w] = true
			}
			continue
		}
		r := []rune(w)
		if len(r) > 2 {
			set[string(r[:min(stem, len(r))])] = true
		}
	}
	return set
}

// misplaced puts a statement beside two passages of other sections: the one that shares most of its words and does not
// say the same, and one from anywhere.
func (c *corrupter) misplaced(i int, claimLang, passageLang text.Lang) []Pair {
	s := c.statements[i]
	var nearest []int
	for j, other := range c.statements {
		if _, ok := other.in[passageLang]; ok && other.section != s.section && !c.alike(i, j) {
			nearest = append(nearest, j)
		}
	}
	if len(nearest) == 0 {
		return nil
	}
	anywhere := nearest[int(seed(WrongPassage, s))%len(nearest)]
	// The language in which sentences are compared is that of the claim, whatever the passage's.
	slices.SortStableFunc(nearest, func(a, b int) int {
		return cmp.Compare(c.shared(claimLang, i, b), c.shared(claimLang, i, a))
	})
	var pairs []Pair
	for n, j := range []int{nearest[0], anywhere} {
		if n == 1 && j == nearest[0] {
			break
		}
		p := s.pair(WrongPassage, claimLang, passageLang)
		note := "nearest"
		if n == 1 {
			note = "from anywhere"
		}
		passage := c.statements[j].in[passageLang]
		p.ID += "-" + strings.Fields(note)[0]
		p.Claim, p.Passage, p.Heading, p.Note = s.in[claimLang].text, passage.text, passage.heading, note
		pairs = append(pairs, p)
	}
	return pairs
}

// alike tells whether two statements may say the same: they tell a fact in common, or share too many words in a language.
func (c *corrupter) alike(i, j int) bool {
	for _, places := range c.facts {
		if c.tells(places, i) && c.tells(places, j) {
			return true
		}
	}
	for lang := range c.tongues {
		if c.shared(lang, i, j) > restated || c.shared(lang, j, i) > restated {
			return true
		}
	}
	return false
}

func (c *corrupter) tells(places []Place, i int) bool {
	s := c.statements[i]
	return slices.ContainsFunc(places, func(p Place) bool {
		return p.Section == knowledge.SectionID(s.section) && slices.Contains(p.Sentences, s.number)
	})
}

// shared is the part of the words of statement i, by how rare they are, that j has too.
func (c *corrupter) shared(lang text.Lang, i, j int) float64 {
	var both, all float64
	for w := range c.words[lang][i] {
		weight := c.rare[lang][w]
		all += weight
		if c.words[lang][j][w] {
			both += weight
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}
