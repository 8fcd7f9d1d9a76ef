package cli_test

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
)

// withoutSource takes off a sentence that it is the page's, which the page itself does not say.
func withoutSource(sentence string) string {
	return strings.NewReplacer(
		", the Council on Foreign Relations wrote in 2024", "", ", according to the Council on Foreign Relations backgrounder of 2024", "",
		", писал в 2024 году Совет по международным отношениям (CFR)", "", ", говорится в справке Совета по международным отношениям (CFR) 2024 года", "",
		"外交关系协会（CFR）2024年写道，", "", "据外交关系协会（CFR）2024年的背景资料，", "",
	).Replace(sentence)
}

// tellsIt is the share of words in common from which a passage tells a sentence. Read by eye, what is above does.
const tellsIt = 0.5

// translator is a competent model over documents in English that are told by the built-in documents too, in other words
// and in three languages. Asked in Russian or Chinese, it says the built-in documents' sentence of a gold fact in that
// language, and cites the English passage that tells the same: the one with most words in common with the English
// sentence, weighed by rarity. In English it says the passage as it stands.
type translator struct {
	gold  eval.Gold
	uk    map[string][]string // sentences in Ukrainian, by fact
	rare  map[string]float64  // how much a word weighs
	least float64             // the share of words in common from which a passage tells a sentence
}

func newTranslator(gold eval.Gold, uk map[string][]string, base *knowledge.Base, least float64) *translator {
	tr := &translator{gold: gold, uk: uk, rare: map[string]float64{}, least: least}
	passages := base.Passages()
	for _, p := range passages {
		for w := range contentWords(p.Text) {
			tr.rare[w]++
		}
	}
	for w, n := range tr.rare {
		tr.rare[w] = math.Log(float64(len(passages)) / n)
	}
	return tr
}

// contentWords are the beginnings of the longer words, and all numbers.
func contentWords(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case strings.ContainsAny(w, "0123456789"):
			out[w] = true
		case len(w) > 3:
			out[w[:min(len(w), 6)]] = true
		}
	}
	return out
}

// common is the share of the words of a sentence that a passage has; 0 where it lacks a number of it.
func (tr *translator) common(sentence, passage string) float64 {
	have := contentWords(passage)
	shared, all := 0.0, 0.0
	for w := range contentWords(sentence) {
		weight, known := tr.rare[w]
		if !known {
			weight = 3
		}
		all += weight
		if have[w] {
			shared += weight
		} else if strings.ContainsAny(w, "0123456789") {
			return 0
		}
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

// telling finds the passage that tells a sentence best; -1 where none does.
func (tr *translator) telling(sentence string, shown []string) int {
	best, at := tr.least, -1
	for i, p := range shown {
		if c := tr.common(sentence, p); c >= best {
			best, at = c, i
		}
	}
	return at
}

// answer plays the model.
func (tr *translator) answer(q eval.Question, shown []string) string {
	var told []cited
	for _, fact := range q.Gold {
		english, own := tr.gold(fact, text.EN), tr.gold(fact, q.Lang)
		if q.Lang == text.UK {
			own = tr.uk[fact]
		}
		for i, sentence := range english {
			at := tr.telling(withoutSource(sentence), shown)
			if at < 0 || i >= len(own) {
				continue
			}
			c := cited{withoutSource(own[i]), at}
			if q.Lang == text.EN {
				c.sentence = shown[at]
			}
			if !slices.Contains(told, c) {
				told = append(told, c)
			}
		}
	}
	return say(byUse(q, told))
}
