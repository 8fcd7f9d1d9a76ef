package encoder_test

import (
	"testing"

	"amur/internal/encoder"
)

// question is 16 tokens long with its prefix, passage 130.
const (
	question = "How much of Russia's oil does China buy?"
	passage  = `China and Russia share a land border of more than four thousand kilometers, and for most of the twentieth century ` +
		`they watched each other across it with suspicion. Trade between them has since grown many times over: Russia sells crude oil, ` +
		`pipeline gas, coal, timber and food, and buys cars, machine tools, phones and chips. The two armies hold exercises together ` +
		`at sea and in the air, and their presidents have met many times. Neither is bound by treaty to fight for the other, and ` +
		`both avoid the word ally now.`
)

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := encoder.Builtin(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuestion(b *testing.B) {
	e := builtin(b, false)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.EmbedQueries(b.Context(), []string{question}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(e.Tokens("query: "+question))), "tokens")
}

func BenchmarkPassages(b *testing.B) {
	e := builtin(b, false)
	texts := make([]string, 16)
	for i := range texts {
		texts[i] = passage
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.EmbedPassages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(e.Tokens("passage: "+passage))), "tokens")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*len(texts)), "ms/passage")
}
