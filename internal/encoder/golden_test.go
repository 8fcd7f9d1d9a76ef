package encoder_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/encoder"
)

// golden is a text with its prefix, the numbers of its pieces, and its vector, as the reference of model/README.md gives them.
type golden struct {
	Text      string    `json:"text"`
	IDs       []int32   `json:"ids"`
	Embedding []float32 `json:"embedding"`
}

func readGolden(t testing.TB) []golden {
	t.Helper()
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var entries []golden
	if err := json.Unmarshal(data, &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

func builtin(t testing.TB, portable bool) *encoder.Encoder {
	t.Helper()
	e, err := encoder.OpenBuiltin(encoder.Options{Portable: portable})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTokensGolden(t *testing.T) {
	t.Parallel()
	e := builtin(t, false)
	for _, g := range readGolden(t) {
		if diff := cmp.Diff(g.IDs, e.Tokens(g.Text)); diff != "" {
			t.Errorf("Tokens(%q) differs (-want +got):\n%s", g.Text, diff)
		}
	}
}

// TestEmbedGolden: both kernels give the reference's vectors, and each other's to within rounding.
func TestEmbedGolden(t *testing.T) {
	t.Parallel()
	fast, portable := builtin(t, false), builtin(t, true)
	entries := readGolden(t)
	if testing.Short() {
		entries = entries[len(entries)-2:]
	}
	lowest, widest := 1.0, 0.0
	for _, g := range entries {
		a, b := embed(t, fast, g.Text), embed(t, portable, g.Text)
		c, d := min(cosine(a, g.Embedding), cosine(b, g.Embedding)), distance(a, b)
		if c < 0.9999 {
			t.Errorf("cosine of %q to the reference = %.6f, want at least 0.9999", g.Text, c)
		}
		if d > 1e-4 {
			t.Errorf("the kernels' vectors of %q differ by %g, want at most 1e-4", g.Text, d)
		}
		lowest, widest = min(lowest, c), max(widest, d)
	}
	t.Logf("lowest cosine to the reference %.8f, widest distance of the kernels %.1e", lowest, widest)
}

// embed gives the vector of a text that carries its prefix.
func embed(t testing.TB, e *encoder.Encoder, text string) []float32 {
	t.Helper()
	call := e.EmbedPassages
	body, isQuery := strings.CutPrefix(text, "query: ")
	if isQuery {
		call = e.EmbedQueries
	}
	vectors, err := call(t.Context(), []string{strings.TrimPrefix(body, "passage: ")})
	if err != nil {
		t.Fatal(err)
	}
	return vectors[0]
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}
