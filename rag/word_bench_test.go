package rag_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"amur/internal/encoder"
	"amur/internal/modeltest"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/llm"
	"amur/rag/verify"
)

// BenchmarkWorded times what an answer of five claims takes beside the embedding of its question: search, prompt, and the
// check of every claim. The model's own time is that of a fake, under a millisecond. Claims are not verbatim: in the
// language of the passages they are turned a little, across languages they are the same sentences in Russian. New passages are
// read while a real model begins to write; here nothing hides that. It reports the median and the 95th percentile.
func BenchmarkWorded(b *testing.B) {
	index, model := builtinIndex(b)
	base := index.Base()
	russian := map[string]string{}
	for _, p := range base.Passages() {
		if p.Lang == text.EN {
			other, ok := base.Passage(knowledge.PassageID(strings.TrimSuffix(string(p.ID), "@en") + "@ru"))
			if ok {
				russian[p.Text] = other.Text
			}
		}
	}
	b.Run("same language", func(b *testing.B) {
		benchmarkWorded(b, index, model, text.EN, func(s string) string { return strings.Replace(s, "China and Russia", "both China and Russia", 1) })
	})
	english := build(b, inLanguage(b, base, text.EN), model, index.Vectors())
	b.Run("across languages", func(b *testing.B) {
		benchmarkWorded(b, english, model, text.RU, func(s string) string { return russian[s] })
	})
}

func benchmarkWorded(b *testing.B, index *rag.Index, model *encoder.Encoder, lang text.Lang, reword func(string) string) {
	server := modeltest.New(modeltest.Competent(func(prompt string) string {
		var out strings.Builder
		for i, p := range shown(prompt)[:5] {
			fmt.Fprintf(&out, "%s [%d] ", reword(p), i+1)
		}
		return out.String()
	}))
	defer server.Close()
	client, err := llm.New(llm.Options{BaseURL: server.BaseURL(), Model: "fake"})
	if err != nil {
		b.Fatal(err)
	}
	glossary, err := knowledge.Glossary()
	if err != nil {
		b.Fatal(err)
	}
	a := answerer(b, index, model)
	var questions []question
	for _, q := range readQuestions(b) {
		if q.Lang == lang && len(q.Sections) > 0 {
			questions = append(questions, q)
		}
	}
	newChecker := func() *verify.Checker {
		checker, err := verify.New(verify.Options{Glossary: glossary, Embedder: model})
		if err != nil {
			b.Fatal(err)
		}
		return checker
	}
	for _, known := range []bool{true, false} { // whether the checker has met the passages before
		name := "new passages"
		if known {
			name = "known passages"
		}
		b.Run(name, func(b *testing.B) {
			checker := newChecker()
			ask := func(q question) rag.Answer {
				a.Model = &rag.Model{Client: client, Checker: checker, Name: "fake"}
				ans, err := a.Answer(b.Context(), q.ask())
				if err != nil {
					b.Fatal(err)
				}
				return ans
			}
			for _, q := range questions {
				if known {
					ask(q)
				}
			}
			var times []time.Duration
			claims := 0
			for i := 0; b.Loop(); i++ {
				if !known {
					checker = newChecker()
				}
				if ans := ask(questions[i%len(questions)]); ans.Mode == rag.ModeModel {
					claims += len(ans.Claims)
					times = append(times, time.Duration((ans.Timings.Search+ans.Timings.Draft)*float64(time.Millisecond)))
				}
			}
			reportTimes(b, times)
			b.ReportMetric(float64(claims)/float64(max(len(times), 1)), "claims")
		})
	}
}
