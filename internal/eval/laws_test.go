package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/eval"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// sections finds texts by section id, in English only.
func sections(texts map[knowledge.SectionID]string) eval.FindSection {
	return func(id knowledge.SectionID, lang text.Lang) (knowledge.Section, error) {
		s, ok := texts[id]
		if !ok || lang != text.EN {
			return knowledge.Section{}, knowledge.ErrUnknownSection
		}
		return knowledge.Section{ID: id, Lang: lang, Text: s}, nil
	}
}

func TestLaws(t *testing.T) {
	t.Parallel()
	p := from("trade#volume.1@en", tradeSection)
	find := sections(map[knowledge.SectionID]string{"trade#volume": p.Text + " Oil rose."})
	question := eval.Question{ID: "q1", Lang: text.EN, Kind: eval.Lookup, Text: "how much trade was there", Sections: []string{tradeSection}}
	with := func(change func(a *rag.Answer)) rag.Answer {
		a := answered("Trade grew. [1]", p)
		change(&a)
		return a
	}
	refused := func(change func(a *rag.Answer)) rag.Answer {
		a := replied(rag.Refused, "The documents do not say.")
		a.Question = question.Text
		a.Retrieved = []rag.Retrieved{p}
		a.Nearest = []rag.Nearest{{Section: p.Section, Lang: p.Lang, Passage: p.Passage, Quote: "Trade", Start: 0, End: 5}}
		change(&a)
		return a
	}
	rates := func(quotes, retrieved, shape float64) map[string]float64 {
		return map[string]float64{"laws.quotes": quotes, "laws.retrieved": retrieved, "laws.shape": shape}
	}
	tests := []struct {
		name   string
		answer rag.Answer
		want   map[string]float64
	}{
		{"kept", with(func(*rag.Answer) {}), rates(1, 1, 1)},
		{"one of two quotations is shifted", with(func(a *rag.Answer) {
			a.Citations = append(a.Citations, cite(2, p))
			a.Citations[1].Start, a.Citations[1].End = 1, len(p.Text)+1
		}), rates(0.5, 1, 1)},
		{"an offset beyond the section", with(func(a *rag.Answer) { a.Citations[0].End = 1000 }), rates(0, 1, 1)},
		{"a negative offset", with(func(a *rag.Answer) { a.Citations[0].Start = -1 }), rates(0, 1, 1)},
		{"offsets the wrong way round", with(func(a *rag.Answer) { a.Citations[0].Start, a.Citations[0].End = 5, 4 }), rates(0, 1, 1)},
		{"an empty quotation", with(func(a *rag.Answer) { a.Citations[0].Quote, a.Citations[0].End = "", 0 }), rates(0, 1, 1)},
		{"an unknown section", with(func(a *rag.Answer) { a.Citations[0].Section = "trade#none" }), rates(0, 0, 1)},
		{"another language", with(func(a *rag.Answer) { a.Citations[0].Lang = text.RU }), rates(0, 1, 1)},
		{"a passage that was not retrieved", with(func(a *rag.Answer) { a.Retrieved = nil }), rates(1, 0, 1)},
		{"a quotation outside the retrieved passage", with(func(a *rag.Answer) {
			c := &a.Citations[0]
			c.Quote, c.Start = "Oil rose.", len(p.Text)+1
			c.End = c.Start + len(c.Quote)
		}), rates(1, 0, 1)},
		{"answered without a claim", with(func(a *rag.Answer) { a.Claims = nil }), rates(1, 1, 0)},
		{"a claim without a citation", with(func(a *rag.Answer) { a.Claims[0].Citations = nil }), rates(1, 1, 0)},
		{"a claim citing nothing known", with(func(a *rag.Answer) { a.Claims[0].Citations = []int{2} }), rates(1, 1, 0)},
		{"two citations of one number", with(func(a *rag.Answer) { a.Citations = append(a.Citations, a.Citations[0]) }), rates(1, 1, 0)},
		{"an empty reply", with(func(a *rag.Answer) { a.Text = " \n" }), rates(1, 1, 0)},
		{"an unknown outcome", with(func(a *rag.Answer) { a.Outcome = "maybe" }), rates(1, 1, 0)},
		{"refused", refused(func(*rag.Answer) {}), rates(1, 1, 1)},
		{"refused with citations", refused(func(a *rag.Answer) { a.Citations = []rag.Citation{cite(1, p)} }), rates(1, 1, 0)},
		{"refused with four nearest", refused(func(a *rag.Answer) {
			n := a.Nearest[0]
			a.Nearest = []rag.Nearest{n, n, n, n}
		}), rates(1, 1, 0)},
		{"refused with a nearest that is no quotation", refused(func(a *rag.Answer) { a.Nearest[0].Quote = "Trades" }), rates(0, 0, 1)},
		{"refused with the question's text", refused(func(a *rag.Answer) { a.Text = "On “How much trade was there”: nothing." }), rates(1, 1, 0)},
		{"care with a nearest section", refused(func(a *rag.Answer) { a.Outcome = rag.Care }), rates(1, 1, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report := scored(t, eval.Options{Section: find}, question, tt.answer)
			if diff := cmp.Diff(tt.want, measured(report, tt.want)); diff != "" {
				t.Errorf("laws (-want +got):\n%s\nreasons %q", diff, report.Results[0].Reasons)
			}
		})
	}
}
