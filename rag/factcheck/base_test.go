package factcheck_test

import (
	"testing"

	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/factcheck"
	"amur/rag/verify"
)

// newChecker makes a checker over the built-in documents with the built-in model.
func newChecker(tb testing.TB) *factcheck.Checker {
	tb.Helper()
	base, err := knowledge.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return checkerOver(tb, base)
}

// checkerOver makes a checker over any documents.
func checkerOver(tb testing.TB, base *knowledge.Base) *factcheck.Checker {
	tb.Helper()
	model, err := encoder.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	vectors, err := rag.SnapshotVectors(knowledge.BuiltinVectors())
	if err != nil {
		tb.Fatal(err)
	}
	index, err := rag.Build(tb.Context(), base, model, rag.BuildOptions{Vectors: vectors})
	if err != nil {
		tb.Fatal(err)
	}
	answerer, err := rag.New(index, model)
	if err != nil {
		tb.Fatal(err)
	}
	glossary, err := knowledge.Glossary()
	if err != nil {
		tb.Fatal(err)
	}
	check, err := verify.New(verify.Options{Glossary: glossary, Embedder: model})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := factcheck.New(answerer, check)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}
