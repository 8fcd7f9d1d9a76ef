package cli_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"amur/internal/eval"
	"amur/internal/text"
)

const noAnswer = "NO ANSWER"

// cited is a sentence that a model says, with the passage (from 0) that tells it.
type cited struct {
	sentence string
	passage  int
}

// say writes sentences with their marks.
func say(list []cited) string {
	if len(list) == 0 {
		return noAnswer
	}
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s [%d] ", c.sentence, c.passage+1)
	}
	return strings.TrimSpace(b.String())
}

// fromDocuments is a competent model over the built-in documents: it says the sentences of the gold facts that are among
// the passages, a sentence a fact first, then what else the question asks for, and declines where there is none.
// In Ukrainian, in which there are no documents, it says the sentences of uk and cites the English ones. Other sentences
// are worded anew by word.
func fromDocuments(gold eval.Gold, uk map[string][]string, word func(string) string) part {
	return func(q eval.Question, shown []string) string {
		if q.Lang == text.UK {
			return say(byUse(q, inUkrainian(gold, uk, q, shown)))
		}
		told := goldAmong(gold, q, shown)
		if len(told) == 0 {
			return noAnswer
		}
		told = byUse(q, complete(q, told, shown))
		for i := range told {
			told[i].sentence = word(told[i].sentence)
		}
		return say(told)
	}
}

// asItStands says a sentence verbatim.
func asItStands(sentence string) string { return sentence }

// reworded says a sentence in slightly other words, as far as a rule can: without who wrote it, the two countries in the
// other order, numbers in another notation.
func reworded(sentence string) string {
	sentence = strings.NewReplacer(
		"China and Russia", "Russia and China", " percent", "%", "the United States", "the U.S.", "has grown", "grew",
		"Китай и Россия", "Россия и Китай", "Китая и России", "России и Китая", "Китаем и Россией", "Россией и Китаем",
		" млрд ", " миллиарда ", " %", " процентов", "в 2023 году", "за 2023 год",
		"中国和俄罗斯", "俄罗斯和中国", "自2014年以来", "2014年以来", "2023年", "2023 年",
	).Replace(withoutSource(sentence))
	return regexp.MustCompile(`\$([\d.,]+) (billion|million)`).ReplaceAllString(sentence, "$1 $2 dollars")
}

func inUkrainian(gold eval.Gold, uk map[string][]string, q eval.Question, shown []string) []cited {
	var told []cited
	for _, fact := range q.Gold {
		for i, sentence := range gold(fact, text.EN) {
			at := slices.IndexFunc(shown, func(p string) bool { return tells(p, sentence) })
			if at >= 0 && i < len(uk[fact]) {
				told = append(told, cited{uk[fact][i], at})
			}
		}
	}
	return told
}

// complete adds, for each group that an answer must show and does not, a passage that does.
func complete(q eval.Question, told []cited, shown []string) []cited {
	for _, group := range q.MustContain {
		if slices.ContainsFunc(told, func(c cited) bool { return shows(c.sentence, group) }) {
			continue
		}
		at := slices.IndexFunc(shown, func(p string) bool { return shows(p, group) })
		if at >= 0 && !holds(told, at) {
			told = append(told, cited{shown[at], at})
		}
	}
	return told
}

// byUse puts first what shows something that is asked for: an answer has a limit.
func byUse(q eval.Question, told []cited) []cited {
	slices.SortStableFunc(told, func(a, b cited) int { return useful(q, b) - useful(q, a) })
	return told
}

// useful is 1 for a sentence that shows something that is asked for, else 0.
func useful(q eval.Question, c cited) int {
	if slices.ContainsFunc(q.MustContain, func(group []string) bool { return shows(c.sentence, group) }) {
		return 1
	}
	return 0
}

func shows(sentence string, group []string) bool {
	return slices.ContainsFunc(group, func(s string) bool { return strings.Contains(folded(sentence), folded(s)) })
}

// folded is a text for comparison, as the scoring of questions has it.
func folded(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "−", "-", "‑", "-").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

func goldAmong(gold eval.Gold, q eval.Question, shown []string) []cited {
	var first, more []cited
	for _, fact := range q.Gold {
		n := 0
		for _, sentence := range gold(fact, q.Lang) {
			at := slices.IndexFunc(shown, func(p string) bool { return tells(p, sentence) })
			if at < 0 || holds(first, at) || holds(more, at) {
				continue
			}
			if n++; n == 1 {
				first = append(first, cited{shown[at], at})
			} else {
				more = append(more, cited{shown[at], at})
			}
		}
	}
	return slices.Concat(first, more)
}

// tells reports whether a passage holds a sentence, or is a part of it.
func tells(passage, sentence string) bool {
	p, s := strings.Join(strings.Fields(passage), " "), strings.Join(strings.Fields(sentence), " ")
	return strings.Contains(p, s) || strings.Contains(s, p)
}

func holds(list []cited, passage int) bool {
	return slices.ContainsFunc(list, func(c cited) bool { return c.passage == passage })
}

// credulous is a model that takes the first passage for the answer to everything.
func credulous(_ eval.Question, shown []string) string { return say([]cited{{shown[0], 0}}) }
