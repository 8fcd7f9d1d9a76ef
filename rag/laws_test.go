package rag_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// ask answers a question and takes the times out, which differ from run to run.
func ask(tb testing.TB, a *rag.Answerer, q rag.Question) rag.Answer {
	tb.Helper()
	answer, err := a.Answer(tb.Context(), q)
	if err != nil {
		tb.Fatalf("%q: %v", q.Text, err)
	}
	answer.Timings = rag.Timings{}
	return answer
}

func toJSON(tb testing.TB, v any) []byte {
	tb.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// testLaws holds laws 1 to 4 of every answer to a development question.
func (b *builtin) testLaws(t *testing.T) {
	outcomes := map[rag.Outcome]int{}
	for _, q := range b.questions {
		answer := ask(t, b.whole, q.ask())
		outcomes[answer.Outcome]++
		for _, fault := range faults(b.base, answer) {
			t.Errorf("%s %q: %s", q.ID, q.Question, fault)
		}
		data := toJSON(t, answer)
		if again := toJSON(t, ask(t, b.whole, q.ask())); !bytes.Equal(data, again) {
			t.Errorf("%s %q: another answer to the same question:\n%s\n%s", q.ID, q.Question, data, again)
		}
		var tree any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		if hasNull(tree) {
			t.Errorf("%s %q: null in %s", q.ID, q.Question, data)
		}
	}
	for _, o := range []rag.Outcome{rag.Answered, rag.Refused} {
		if outcomes[o] == 0 {
			t.Errorf("no question is %s: the laws were not tried on it", o)
		}
	}
}

func hasNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return slices.ContainsFunc(v, hasNull)
	case map[string]any:
		for _, x := range v {
			if hasNull(x) {
				return true
			}
		}
	}
	return false
}

// faults lists what is against the laws in an answer from a base.
func faults(base *knowledge.Base, a rag.Answer) []string {
	var out []string
	blame := func(fault string) { out = append(out, fault) }
	retrieved := func(id knowledge.PassageID, quote string) bool {
		return slices.ContainsFunc(a.Retrieved, func(r rag.Retrieved) bool { return r.Passage == id && r.Text == quote })
	}
	stands := func(section knowledge.SectionID, lang text.Lang, quote string, start, end int) bool {
		s, err := base.Section(section, lang)
		return err == nil && quote != "" && start >= 0 && start < end && end <= len(s.Text) && s.Text[start:end] == quote
	}
	for i, c := range a.Citations {
		p, found := base.Passage(c.Passage)
		switch {
		case !found || p.Section != c.Section || p.Document != c.Document || p.Heading != c.Heading || p.Title != c.Title || p.AsOf != c.AsOf:
			blame("citation of a passage that is not so in the base: " + string(c.Passage))
		case !stands(c.Section, c.Lang, c.Quote, c.Start, c.End):
			blame("quotation is not in its place: " + c.Quote)
		case !retrieved(c.Passage, c.Quote):
			blame("citation was not retrieved: " + string(c.Passage))
		case c.N != i+1:
			blame("citations are not numbered from 1 in order")
		case len(c.Sources) == 0 || c.URL != c.Sources[0].URL || c.URL == "":
			blame("citation without a source: " + string(c.Passage))
		}
	}
	cited := map[int]bool{}
	var chinese text.Converter
	said := func(quote string, lang text.Lang) string { // as its reader writes it
		if a.AnswerLanguage == text.ZHHant && lang == text.ZH {
			return chinese.ToTraditional(quote)
		}
		return quote
	}
	for _, c := range a.Claims {
		if len(c.Citations) == 0 {
			blame("claim without a citation: " + c.Text)
		}
		for _, n := range c.Citations {
			cited[n] = true
			if n < 1 || n > len(a.Citations) || said(a.Citations[n-1].Quote, a.Citations[n-1].Lang) != c.Text {
				blame("claim is not what it cites: " + c.Text)
			}
		}
		if !strings.Contains(a.Text, c.Text) {
			blame("claim is not in the text: " + c.Text)
		}
	}
	if len(cited) != len(a.Citations) {
		blame("a citation belongs to no claim")
	}
	for _, n := range a.Nearest {
		if !stands(n.Section, n.Lang, n.Quote, n.Start, n.End) || !retrieved(n.Passage, n.Quote) {
			blame("nearest quotation is not in its place or was not retrieved: " + n.Quote)
		}
	}
	return append(out, outcomeFaults(a)...)
}

// outcomeFaults lists what an answer of its outcome must have and has not, or the other way round.
func outcomeFaults(a rag.Answer) []string {
	var out []string
	claims, nearest := len(a.Claims) > 0, len(a.Nearest) > 0
	switch {
	case strings.TrimSpace(a.Text) == "":
		out = append(out, "no text")
	case a.Outcome == rag.Answered && (!claims || nearest || a.Hedged):
		out = append(out, "answered without claims, or with nearest sections, or hedged")
	case a.Outcome != rag.Answered && (claims || len(a.Citations) > 0):
		out = append(out, string(a.Outcome)+" with claims or citations")
	case a.Outcome != rag.Refused && nearest, len(a.Nearest) > 3:
		out = append(out, "nearest sections where there should be none, or more than three")
	case len(a.Retrieved) == 0 && (claims || nearest):
		out = append(out, "quotations with nothing retrieved")
	}
	if a.Outcome == rag.Refused && strings.Contains(strings.ToLower(a.Text), strings.ToLower(strings.TrimSpace(a.Question))) {
		out = append(out, "the refusal repeats the question: "+a.Text)
	}
	return out
}

// testLanguagesApart holds law 6: the answers to English questions are the same whether the Russian and Chinese documents
// are there or not.
func (b *builtin) testLanguagesApart(t *testing.T) {
	asked := 0
	for _, q := range b.questions {
		if q.Lang != text.EN {
			continue
		}
		asked++
		whole, english := ask(t, b.whole, q.ask()), ask(t, b.english, q.ask())
		whole.Text, english.Text = "", "" // may name the newest date of all documents
		nearly := cmpopts.EquateApprox(0, 1e-9)
		if diff := cmp.Diff(english, whole, nearly); diff != "" {
			t.Errorf("%s %q (-English alone +all):\n%s", q.ID, q.Question, diff)
		}
	}
	if asked == 0 {
		t.Error("no English questions")
	}
}

// testParallel asks many questions at once and compares with the answers in sequence.
func (b *builtin) testParallel(t *testing.T) {
	asked := b.questions[:min(100, len(b.questions))]
	want := make([]rag.Answer, len(asked))
	for i, q := range asked {
		want[i] = ask(t, b.whole, q.ask())
	}
	got := make([]rag.Answer, len(asked))
	errs := make([]error, len(asked))
	var wait sync.WaitGroup
	for i, q := range asked {
		wait.Go(func() { got[i], errs[i] = b.whole.Answer(t.Context(), q.ask()) })
	}
	wait.Wait()
	for i, q := range asked {
		if errs[i] != nil {
			t.Fatalf("%s: %v", q.ID, errs[i])
		}
		if diff := cmp.Diff(want[i], got[i], cmpopts.IgnoreTypes(rag.Timings{})); diff != "" {
			t.Errorf("%s %q (-alone +among others):\n%s", q.ID, q.Question, diff)
		}
	}
}
