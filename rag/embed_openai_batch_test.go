package rag_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOpenAIEmbedderBatches holds that a request has no more texts than the strictest servers take, and that the vectors
// of many requests come back in the order of the texts.
func TestOpenAIEmbedderBatches(t *testing.T) {
	t.Parallel()
	var sizes []int
	e := endpoint(t, func(w http.ResponseWriter, r *http.Request) {
		request := readRequest(t, r)
		sizes = append(sizes, len(request.Input))
		var rows []byte
		for i, input := range slices.Backward(request.Input) {
			var n float64
			if _, err := fmt.Sscanf(input, "passage: %g", &n); err != nil {
				t.Errorf("%q: %v", input, err)
			}
			if len(rows) > 0 {
				rows = append(rows, ',')
			}
			rows = fmt.Appendf(rows, `{"index":%d,"embedding":[%g,1]}`, i, n)
		}
		_, _ = fmt.Fprintf(w, `{"data":[%s]}`, rows)
	})
	texts := make([]string, 70)
	for i := range texts {
		texts[i] = fmt.Sprint(i)
	}
	got, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{32, 32, 6}, sizes); diff != "" {
		t.Errorf("texts a request (-want +got):\n%s", diff)
	}
	if len(got) != len(texts) {
		t.Fatalf("%d vectors for %d texts", len(got), len(texts))
	}
	for i := 1; i < len(got); i++ {
		if got[i][1] >= got[i-1][1] { // the greater the number, the less is left for the second component
			t.Fatalf("text %d does not come after text %d", i, i-1)
		}
	}
}
