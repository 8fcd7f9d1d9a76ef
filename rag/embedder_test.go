package rag_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amur/internal/encoder"
	"amur/rag"
)

// TestEmbedders holds every embedder to what Embedder promises.
func TestEmbedders(t *testing.T) {
	t.Parallel()
	builtin, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	embedders := []struct {
		name string
		e    rag.Embedder
	}{
		{"built-in model", builtin},
		{"endpoint", endpoint(t, soundEndpoint(t))},
		{"the tests' own", newWordEmbedder()},
	}
	for _, tt := range embedders {
		roles := []struct {
			name  string
			embed func(context.Context, []string) ([][]float32, error)
		}{{"queries", tt.e.EmbedQueries}, {"passages", tt.e.EmbedPassages}}
		for _, role := range roles {
			t.Run(tt.name+" "+role.name, func(t *testing.T) {
				t.Parallel()
				checkEmbedder(t, role.embed)
			})
		}
		if first, again := tt.e.Model(), tt.e.Model(); first == "" || first != again {
			t.Errorf("%s: Model() = %q, then %q", tt.name, first, again)
		}
	}
}

func checkEmbedder(t *testing.T, embed func(context.Context, []string) ([][]float32, error)) {
	t.Helper()
	if v, err := embed(t.Context(), nil); err != nil || len(v) != 0 {
		t.Errorf("no texts give %d vectors, %v, want none and no error", len(v), err)
	}
	texts := []string{"The harbour has twelve cranes.", "Паром отходит в полдень.", "港口", "", "x"}
	together, err := embed(t.Context(), texts)
	if err != nil || len(together) != len(texts) {
		t.Fatalf("%d vectors, %v, want %d", len(together), err, len(texts))
	}
	for i, s := range texts {
		var square float64
		for _, x := range together[i] {
			square += float64(x) * float64(x)
		}
		if len(together[i]) != len(together[0]) || math.Abs(math.Sqrt(square)-1) > 1e-4 {
			t.Errorf("%q: %d components of length %v, want %d and 1", s, len(together[i]), math.Sqrt(square), len(together[0]))
		}
		alone, err := embed(t.Context(), []string{s})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(together[i], alone[0], cmpopts.EquateApprox(0, 1e-4)); diff != "" {
			t.Errorf("%q alone has another vector", s)
		}
		clear(alone[0]) // it is the caller's
	}
	again, err := embed(t.Context(), texts[:1])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(together[0], again[0], cmpopts.EquateApprox(0, 1e-4)); diff != "" {
		t.Error("clearing a vector that was returned changes the next one")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := embed(ctx, texts); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("cancelled: %d vectors, %v, want none and %v", len(v), err, context.Canceled)
	}
}
