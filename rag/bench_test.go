package rag_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"amur/internal/encoder"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// BenchmarkSearch times search and fusion without embedding, over passages of random words and vectors. It reports the
// median and the 95th percentile of the questions.
func BenchmarkSearch(b *testing.B) {
	for _, size := range []int{1_000, 10_000, 100_000} {
		b.Run(itoa(size), func(b *testing.B) {
			e := &randomEmbedder{}
			index := build(b, randomBase(b, size), e, nil)
			random := rand.New(rand.NewPCG(2, 3))
			type asked struct {
				vector []float32
				words  string
			}
			questions := make([]asked, 64)
			for i := range questions {
				questions[i] = asked{e.vector(random), randomSentence(random, 9)}
			}
			times := make([]time.Duration, 0, 1<<12)
			for i := 0; b.Loop(); i++ {
				q := questions[i%len(questions)]
				start := time.Now()
				if _, err := index.Search(b.Context(), q.vector, q.words, text.EN); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(start))
			}
			reportTimes(b, times)
		})
	}
}

func reportTimes(b *testing.B, times []time.Duration) {
	b.Helper()
	slices.Sort(times)
	at := func(share float64) float64 {
		return float64(times[int(share*float64(len(times)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.95), "p95-ms")
}

// randomEmbedder gives texts random vectors as long as the built-in model's.
type randomEmbedder struct{}

func (*randomEmbedder) Model() string { return "random" }

func (e *randomEmbedder) EmbedQueries(ctx context.Context, texts []string) ([][]float32, error) {
	return e.EmbedPassages(ctx, texts)
}

func (e *randomEmbedder) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, s := range texts {
		out[i] = e.vector(rand.New(rand.NewPCG(uint64(len(s)), uint64(s[len(s)/2])+uint64(i)<<8+rand.Uint64()<<32)))
	}
	return out, nil
}

func (*randomEmbedder) vector(random *rand.Rand) []float32 {
	const dim = 384
	out := make([]float32, dim)
	for i := range out {
		out[i] = float32(random.NormFloat64() / 19.6) // 19.6² = dim: about unit length
	}
	return out
}

// randomBase has sentences of 14 words from a vocabulary as uneven as a language's, ten to a section.
func randomBase(tb testing.TB, passages int) *knowledge.Base {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, uint64(passages)))
	const perSection = 10
	parts := make([]part, passages/perSection)
	for n := range parts {
		sentences := make([]string, perSection)
		for i := range sentences {
			sentences[i] = randomSentence(random, 14)
		}
		parts[n] = part{"random", "s" + itoa(n), text.EN, randomSentence(random, 3), []string{strings.Join(sentences[:5], " "), strings.Join(sentences[5:], " ")}}
	}
	base := baseOf(tb, parts...)
	if got := len(base.Passages()); got != passages {
		tb.Fatalf("%d passages, want %d", got, passages)
	}
	return base
}

// randomSentence draws words by Zipf's law from 20,000.
func randomSentence(random *rand.Rand, words int) string {
	zipf := rand.NewZipf(random, 1.1, 8, 20_000)
	out := make([]string, words)
	for i := range out {
		letters := []byte("Xxxxx")
		n := zipf.Uint64()
		for at := range letters {
			letters[at] = "bcdfghklmnprstvz"[n%16]
			n = n/16 + uint64(at)
		}
		out[i] = string(letters)
	}
	return strings.ToUpper(out[0][:1]) + strings.Join(out, " ")[1:] + "."
}

// BenchmarkReadSnapshot times loading the index of the built-in documents.
func BenchmarkReadSnapshot(b *testing.B) {
	index, model := builtinIndex(b)
	data := encodeSnapshot(b, index)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := rag.ReadSnapshot(b.Context(), data, index.Base(), model.Model()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer times a question from its words to the answer, embedding included.
func BenchmarkAnswer(b *testing.B) {
	index, model := builtinIndex(b)
	a := answerer(b, index, model)
	var times []time.Duration
	questions := []string{
		"How much do China and Russia trade?", "Are China and Russia allies?",
		"Каков объём торговли между Китаем и Россией?", "中国和俄罗斯的贸易额有多大？",
	}
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := a.Answer(b.Context(), rag.Question{Text: questions[i%len(questions)]}); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	reportTimes(b, times)
}

// BenchmarkRepair times questions whose every word is a slip, over the vocabulary of 100,000 passages: the dearest that
// the lexical side knows.
func BenchmarkRepair(b *testing.B) {
	random := rand.New(rand.NewPCG(4, 5))
	texts := make([]string, 100_000)
	for i := range texts {
		texts[i] = randomSentence(random, 14)
	}
	terms := newTerms(b, text.EN, texts...)
	words := make([]string, 10)
	for i := range words {
		words[i] = "zzzqx" + string(rune('a'+i))
	}
	for b.Loop() {
		terms.Repaired(strings.Join(words, " "), nil)
	}
}

func builtinIndex(b *testing.B) (*rag.Index, *encoder.Encoder) {
	b.Helper()
	model, err := encoder.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	base, err := knowledge.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	index, err := indexBuiltin(b.Context(), base, model)
	if err != nil {
		b.Fatal(err)
	}
	return index, model
}
