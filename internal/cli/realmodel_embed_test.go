package cli_test

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"testing"

	"amur/internal/encoder"
	"amur/internal/eval"
	"amur/knowledge"
)

// TestRealModelEmbeds compares the vectors of internal/encoder with those that llama.cpp makes with the same file: the two
// share no code. They are not the same, since llama.cpp rounds what it multiplies the weights with to 8 bits; with the
// wrong prefix the average is 0.993, with none 0.980.
func TestRealModelEmbeds(t *testing.T) { // not parallel, as TestRealModel
	address := realModel(t)
	model, err := encoder.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var passages []string
	for i, p := range base.Passages() {
		if i%50 == 0 {
			passages = append(passages, p.Text)
		}
	}
	var questions []string
	for i, q := range allQuestions(t) {
		if i%20 == 0 && q.Kind != eval.Injection {
			questions = append(questions, q.Text)
		}
	}
	ours, err := model.EmbedPassages(t.Context(), passages)
	if err != nil {
		t.Fatal(err)
	}
	more, err := model.EmbedQueries(t.Context(), questions)
	if err != nil {
		t.Fatal(err)
	}
	ours = append(ours, more...)
	var texts []string
	for _, p := range passages {
		texts = append(texts, "passage: "+p)
	}
	for _, q := range questions {
		texts = append(texts, "query: "+q)
	}
	least, sum := 1.0, 0.0
	for i, theirs := range embedAt(t, address, texts) {
		c := cosine(t, ours[i], theirs)
		if c < 0.985 {
			t.Errorf("cosine %.4f, want at least 0.985: %s", c, texts[i])
		}
		least, sum = min(least, c), sum+c
	}
	average := sum / float64(len(texts))
	if average < 0.996 {
		t.Errorf("cosine %.4f on average, want at least 0.996", average)
	}
	t.Logf("real model: vectors of %d texts agree with those of llama.cpp: cosine %.5f on average, %.5f at least",
		len(texts), average, least)
}

// embedAt asks a server for the vectors of texts.
func embedAt(t *testing.T, address string, texts []string) [][]float32 {
	t.Helper()
	body, err := json.Marshal(map[string]any{"model": "any", "input": texts})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/embeddings", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var reply struct {
		Data []struct{ Embedding []float32 }
	}
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil || len(reply.Data) != len(texts) {
		t.Fatalf("%s: %d vectors for %d texts, %v", resp.Status, len(reply.Data), len(texts), err)
	}
	var out [][]float32
	for _, d := range reply.Data {
		out = append(out, d.Embedding)
	}
	return out
}

func cosine(t *testing.T, a, b []float32) float64 {
	t.Helper()
	if len(a) != len(b) {
		t.Fatalf("vectors of %d and %d numbers", len(a), len(b))
	}
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}
