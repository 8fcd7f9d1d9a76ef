package factcheck_test

import (
	"context"
	"math"
	"testing"

	"amur/internal/encoder"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/factcheck"
	"amur/rag/verify"
)

// builtin gives a checker over the built-in documents with the built-in model.
func builtin(tb testing.TB) (*factcheck.Checker, *knowledge.Base) {
	tb.Helper()
	base, err := knowledge.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return checkerOver(tb, base), base
}

// checkerOver makes a checker over any documents with the built-in model.
func checkerOver(tb testing.TB, base *knowledge.Base) *factcheck.Checker {
	tb.Helper()
	model, err := encoder.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	vectors, err := rag.SnapshotVectors(knowledge.BuiltinVectors())
	if err != nil { // none were made yet
		vectors = rag.NewVectors(model.Model())
	}
	return checkerWith(tb, base, model, vectors, model)
}

// checkerWith makes a checker over any documents; states is nil for a check by rules alone.
func checkerWith(tb testing.TB, base *knowledge.Base, e rag.Embedder, vectors *rag.Vectors, states verify.Embedder) *factcheck.Checker {
	tb.Helper()
	index, err := rag.Build(tb.Context(), base, e, rag.BuildOptions{Vectors: vectors})
	if err != nil {
		tb.Fatal(err)
	}
	answerer, err := rag.New(index, e)
	if err != nil {
		tb.Fatal(err)
	}
	glossary, err := knowledge.Glossary()
	if err != nil {
		tb.Fatal(err)
	}
	check, err := verify.New(verify.Options{Glossary: glossary, Embedder: states})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := factcheck.New(answerer, check)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// lengths is an embedder without a model, for tests of what holds for any: texts of one length are the same to it.
type lengths struct{}

func (lengths) Model() string { return "lengths" }

func (lengths) EmbedQueries(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, s := range texts {
		angle := float64(len(s))
		out[i] = []float32{float32(math.Cos(angle)), float32(math.Sin(angle))}
	}
	return out, nil
}

func (e lengths) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.EmbedQueries(ctx, texts)
}

// harbours is a base of a few sentences about harbours, some of which state media alone tell.
func harbours(tb testing.TB) *knowledge.Base {
	tb.Helper()
	section := func(slug, heading, words string, sources ...knowledge.SourceKey) knowledge.Section {
		var refs []knowledge.Ref
		for _, s := range sources {
			refs = append(refs, knowledge.Ref{Source: s})
		}
		return knowledge.NewSection("ports", slug, heading, text.EN, []string{words}, refs)
	}
	base, err := knowledge.New([]knowledge.Document{{
		ID: "ports", Lang: text.EN, Title: "Ports", Updated: "2024-06-01",
		Sources: map[knowledge.SourceKey]knowledge.Source{
			"agency": {Key: "agency", Title: "Ports", Publisher: "TASS", Published: "2024", Kind: "state media"},
			"bureau": {Key: "bureau", Title: "Cargo", Publisher: "Eurostat", Published: "2024", Kind: "statistics"},
		},
		Sections: []knowledge.Section{
			section("rotterdam", "Rotterdam", "The port of Rotterdam in the Netherlands handled 438.8 million tonnes of cargo in 2023.", "bureau", "agency"),
			section("vladivostok", "Vladivostok", "The port of Vladivostok in Russia opened a third container terminal in May 2022.", "agency"),
			section("odense", "Odense", "The wharf at Odense in Denmark was founded in 1918 and closed in 2012.", "bureau"),
		},
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return base
}
