package rag

import (
	"slices"
	"strconv"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// complete adds what is never left to a model, nor to the choice of quotations: where sources differ and one side is
// told, the others are quoted and the difference is said. Then it puts the whole reply together.
func (a *Answerer) complete(q Question, ans *Answer) {
	for _, dispute := range a.Disputes {
		a.tellDispute(q, ans, dispute)
	}
	ans.Text = compose(ans)
}

// tellDispute adds a dispute when the answer cites a side of it.
func (a *Answerer) tellDispute(q Question, ans *Answer, dispute knowledge.Dispute) {
	cited := slices.IndexFunc(dispute.Sides, func(side knowledge.Side) bool { return len(a.told(ans, side)) > 0 })
	if cited < 0 {
		return
	}
	lang := ans.Citations[a.told(ans, dispute.Sides[cited])[0]-1].Lang
	var numbers []int
	for _, side := range dispute.Sides {
		told := a.told(ans, side)
		if len(told) == 0 {
			told = a.tellSide(q, ans, side, lang)
		}
		if len(told) == 0 {
			return // the base has no second side
		}
		numbers = append(numbers, told...)
	}
	ans.Disputes = append(ans.Disputes, Dispute{Note: dispute.Note(ans.AnswerLanguage), Citations: numbers})
}

// told returns the numbers of the citations that tell a side.
func (a *Answerer) told(ans *Answer, side knowledge.Side) []int {
	var out []int
	for _, c := range ans.Citations {
		if p, ok := a.index.base.Passage(c.Passage); ok && slices.Contains(side.Hashes, p.Hash) {
			out = append(out, c.N)
		}
	}
	return out
}

// tellSide quotes the first passage of a side in a language.
func (a *Answerer) tellSide(q Question, ans *Answer, side knowledge.Side, lang text.Lang) []int {
	for at, p := range a.index.passages {
		if p.Lang != lang || q.Withheld[p.Hash] || !slices.Contains(side.Hashes, p.Hash) {
			continue
		}
		h := Hit{Passage: p, at: at}
		n, _ := a.index.citeSpan(ans, h, text.Span{End: len(p.Text)})
		ans.Claims = append(ans.Claims, Claim{Text: a.index.wording(ans, p, a.chinese.ToTraditional), Citations: []int{n}, Support: 1, Added: true})
		if !slices.ContainsFunc(ans.Retrieved, func(r Retrieved) bool { return r.Passage == p.ID }) {
			ans.Retrieved = append(ans.Retrieved, a.index.retrieved(h))
		}
		return []int{n}
	}
	return nil
}

// compose writes the whole reply: the note on where it comes from, each claim with the numbers of its citations, and
// where sources differ.
func compose(ans *Answer) string {
	var parts []string
	for _, lead := range []string{ans.Note, ans.Frame()} {
		if lead != "" {
			parts = append(parts, lead)
		}
	}
	for _, c := range ans.Claims {
		parts = append(parts, c.Text+" "+marks(c.Citations))
	}
	for _, d := range ans.Disputes {
		parts = append(parts, d.Note+" "+marks(d.Citations))
	}
	return strings.Join(parts, " ")
}

func marks(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		b.WriteString("[" + strconv.Itoa(n) + "]")
	}
	return b.String()
}
