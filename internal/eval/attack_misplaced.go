package eval

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"amur/internal/text"
)

// Two sentences that share more of their words than that, by weight, may say the same.
const restated = 0.5

// prepare gathers what rules need of all documents: values and full names, which sentences tell the same fact, and how much of their
// words they share.
func (c *corrupter) prepare(facts Facts) {
	c.people = map[text.Lang][][]string{}
	c.shared = map[text.Lang][][]float64{}
	for lang, t := range c.tongues {
		people := make([][]string, len(t.Given))
		for _, s := range c.statements {
			said, ok := s.in[lang]
			if !ok {
				continue
			}
			said.taboo = t.taboo(said)
			s.in[lang] = said
			for list, given := range t.Given {
				if span, ok := t.fullName(said.text, given); ok && !slices.Contains(people[list], span.In(said.text)) {
					people[list] = append(people[list], span.In(said.text))
				}
			}
		}
		c.people[lang] = people
		c.shared[lang] = c.overlaps(lang)
	}
	c.tell = make([][]string, len(c.statements))
	for fact, places := range facts {
		for i, s := range c.statements {
			if slices.ContainsFunc(places, func(p Place) bool { return p.Section == s.section && slices.Contains(p.Sentences, s.number) }) {
				c.tell[i] = append(c.tell[i], fact)
			}
		}
	}
}

// overlaps gives for each two statements the part of the words of the first that the second has too. A word weighs the
// more the rarer it is (inverse document frequency, Spärck Jones 1972).
func (c *corrupter) overlaps(lang text.Lang) [][]float64 {
	words := make([][]string, len(c.statements))
	with := map[string][]int{}
	for i, s := range c.statements {
		words[i] = c.tongues[lang].content(s.in[lang].text)
		for _, w := range words[i] {
			with[w] = append(with[w], i)
		}
	}
	rows := make([][]float64, len(c.statements))
	for i := range rows {
		row := make([]float64, len(c.statements))
		all := 0.0
		for _, w := range words[i] {
			weight := math.Log(float64(len(c.statements)+1) / float64(len(with[w])))
			all += weight
			for _, j := range with[w] {
				row[j] += weight
			}
		}
		for j := range row {
			if all > 0 {
				row[j] /= all
			}
		}
		rows[i] = row
	}
	return rows
}

// content gives the words of a sentence, sorted, cut to what their forms share; in Chinese the pairs of characters.
func (t *tongue) content(s string) []string {
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
		if r := []rune(w); len(r) > 2 {
			set[string(r[:min(stem, len(r))])] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// misplaced puts a statement beside two passages of other sections: the one that shares most of its words and does not
// say the same, and one from anywhere.
func (c *corrupter) misplaced(i int, claimLang, passageLang text.Lang) []Pair {
	s := c.statements[i]
	var others []int
	for j, other := range c.statements {
		if _, ok := other.in[passageLang]; ok && other.section != s.section && !c.alike(i, j) {
			others = append(others, j)
		}
	}
	if len(others) == 0 {
		return nil
	}
	// The language in which sentences are compared is that of the claim, whatever the passage's.
	nearest := slices.MaxFunc(others, func(a, b int) int { return cmp.Compare(c.shared[claimLang][i][a], c.shared[claimLang][i][b]) })
	anywhere := others[int(seed(WrongPassage, s))%len(others)]
	pairs := []Pair{c.beside(i, nearest, claimLang, passageLang, "nearest")}
	if anywhere != nearest {
		pairs = append(pairs, c.beside(i, anywhere, claimLang, passageLang, "anywhere"))
	}
	return pairs
}

func (c *corrupter) beside(i, j int, claimLang, passageLang text.Lang, where string) Pair {
	passage := c.statements[j].in[passageLang]
	p := c.statements[i].pair(WrongPassage, claimLang, passageLang)
	p.ID += "-" + where
	p.Claim, p.Passage, p.Heading, p.Note = c.statements[i].in[claimLang].text, passage.text, passage.heading, where
	return p
}

// alike tells whether two statements may say the same: they tell a fact in common, or share too many words in a language.
func (c *corrupter) alike(i, j int) bool {
	if slices.ContainsFunc(c.tell[i], func(fact string) bool { return slices.Contains(c.tell[j], fact) }) {
		return true
	}
	for _, rows := range c.shared {
		if rows[i][j] > restated || rows[j][i] > restated {
			return true
		}
	}
	return false
}
