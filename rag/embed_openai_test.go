package rag_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amur/rag"
)

const secret = "sk-not-to-be-told-0123456789"

// endpoint starts a server and returns an embedder that asks it.
func endpoint(tb testing.TB, handler http.HandlerFunc) *rag.OpenAIEmbedder {
	tb.Helper()
	srv := httptest.NewServer(handler)
	tb.Cleanup(srv.Close)
	e, err := rag.NewOpenAIEmbedder(rag.OpenAIOptions{
		BaseURL: srv.URL + "/v1", Model: "small", Key: secret, QueryPrefix: "query: ", PassagePrefix: "passage: ",
	})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// embeddingRequest is what the embeddings endpoint is sent.
type embeddingRequest struct {
	Input  []string `json:"input"`
	Model  string   `json:"model"`
	Format string   `json:"encoding_format"`
}

func readRequest(tb testing.TB, r *http.Request) embeddingRequest {
	tb.Helper()
	var request embeddingRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		tb.Errorf("request: %v", err)
	}
	return request
}

// soundEndpoint answers with the vectors of wordEmbedder, not of unit length and the last text first.
func soundEndpoint(tb testing.TB) http.HandlerFunc {
	words := newWordEmbedder()
	return func(w http.ResponseWriter, r *http.Request) {
		request := readRequest(tb, r)
		var rows []string
		for i, input := range slices.Backward(request.Input) {
			v := words.vector(input)
			for d := range v {
				v[d] *= 3
			}
			rows = append(rows, fmt.Sprintf(`{"object":"embedding","index":%d,"embedding":%s}`, i, toJSON(tb, v)))
		}
		_, _ = fmt.Fprintf(w, `{"object":"list","model":"small","data":[%s]}`, strings.Join(rows, ","))
	}
}

func TestOpenAIEmbedderRequest(t *testing.T) {
	t.Parallel()
	var got []embeddingRequest
	var header []string
	sound := soundEndpoint(t)
	e := endpoint(t, func(w http.ResponseWriter, r *http.Request) {
		header = append(header, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization"))
		var body strings.Builder
		request := readRequest(t, r)
		got = append(got, request)
		if err := json.NewEncoder(&body).Encode(request); err != nil {
			t.Error(err)
		}
		again, err := http.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), strings.NewReader(body.String()))
		if err != nil {
			t.Error(err)
			return
		}
		sound(w, again)
	})
	if _, err := e.EmbedQueries(t.Context(), []string{"one", "two"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.EmbedPassages(t.Context(), []string{"three"}); err != nil {
		t.Fatal(err)
	}
	want := []embeddingRequest{
		{Input: []string{"query: one", "query: two"}, Model: "small", Format: "float"},
		{Input: []string{"passage: three"}, Model: "small", Format: "float"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests differ (-want +got):\n%s", diff)
	}
	for _, line := range header {
		if line != "POST /v1/embeddings Bearer "+secret {
			t.Errorf("request to %q", line)
		}
	}
}

func TestOpenAIEmbedderOrder(t *testing.T) {
	t.Parallel()
	texts := []string{"the first", "the second one", "a third"}
	got, err := endpoint(t, soundEndpoint(t)).EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	var want [][]float32
	for _, s := range texts {
		want = append(want, newWordEmbedder().vector("passage: "+s))
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Errorf("vectors by index, at unit length, differ (-want +got):\n%s", diff)
	}
}

func TestOpenAIEmbedderBadReplies(t *testing.T) {
	t.Parallel()
	data := func(rows string) string { return `{"object":"list","data":[` + rows + `]}` }
	message := func(s string) string { return `{"error":{"message":"` + s + `","type":"x","code":"y"}}` }
	tests := []struct {
		name   string
		status int
		body   string
		want   string
	}{
		{"too few", 200, data(`{"index":0,"embedding":[1,0]}`), "1 vectors for 2 texts"},
		{"too many", 200, data(`{"index":0,"embedding":[1,0]},{"index":1,"embedding":[1,0]},{"index":2,"embedding":[1,0]}`), "3 vectors for 2 texts"},
		{"none", 200, data(``), "0 vectors for 2 texts"},
		{"one twice", 200, data(`{"index":1,"embedding":[1,0]},{"index":1,"embedding":[1,0]}`), "out of order"},
		{"index too high", 200, data(`{"index":0,"embedding":[1,0]},{"index":2,"embedding":[1,0]}`), "out of order"},
		{"index below zero", 200, data(`{"index":0,"embedding":[1,0]},{"index":-1,"embedding":[1,0]}`), "out of order"},
		{"an empty vector", 200, data(`{"index":0,"embedding":[1,0]},{"index":1,"embedding":[]}`), "out of order"},
		{"no direction", 200, data(`{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,0]}`), "no direction"},
		{"of two lengths", 200, data(`{"index":0,"embedding":[1,0]},{"index":1,"embedding":[1,0,0]}`), "components"},
		{"not JSON", 200, `<html>hello</html>`, "embeddings of small"},
		{"cut short", 200, `{"data":[{"index":0,"embed`, "embeddings of small"},
		{"empty", 200, ``, "embeddings of small"},
		{"unknown key", 401, message("Incorrect API key provided"), "401"},
		{"unknown key, told in full", 401, message("Incorrect API key provided: " + secret), "401"},
		{"unknown key, told in a page", 401, "<p>bad token " + secret + "</p>", "401"},
		{"too many requests", 429, message("slow down"), "slow down"},
		{"broken server", 500, "", "500"},
		{"no such model", 404, message("model small is not loaded"), "model small is not loaded"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := endpoint(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			vectors, err := e.EmbedQueries(t.Context(), []string{"one", "two"})
			if err == nil || vectors != nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("EmbedQueries = %d vectors, %v, want none and an error with %q", len(vectors), err, tt.want)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
				t.Errorf("the error tells the key: %v", err)
			}
		})
	}
}

func TestOpenAIEmbedderOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		o    rag.OpenAIOptions
		ok   bool
	}{
		{"no address", rag.OpenAIOptions{Model: "small"}, false},
		{"no model", rag.OpenAIOptions{BaseURL: "http://localhost:1/v1"}, false},
		{"no key", rag.OpenAIOptions{BaseURL: "http://localhost:1/v1", Model: "small"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if e, err := rag.NewOpenAIEmbedder(tt.o); (err == nil) != tt.ok || (e != nil) != tt.ok {
				t.Errorf("NewOpenAIEmbedder(%+v) = an embedder: %t, %v", tt.o, e != nil, err)
			}
		})
	}
}

// TestOpenAIEmbedderModel holds that vectors made with other prefixes are not taken for the same model's.
func TestOpenAIEmbedderModel(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range []rag.OpenAIOptions{{Model: "small"}, {Model: "large"}, {Model: "small", QueryPrefix: "p"}, {Model: "small", PassagePrefix: "p"}} {
		o.BaseURL, o.Key = "http://localhost:1/v1", secret
		e, err := rag.NewOpenAIEmbedder(o)
		if err != nil {
			t.Fatal(err)
		}
		if seen[e.Model()] || strings.Contains(e.Model(), secret) {
			t.Errorf("Model() = %q, of two models or with the key in it", e.Model())
		}
		seen[e.Model()] = true
	}
}

func TestOpenAIEmbedderCancelled(t *testing.T) {
	t.Parallel()
	asked, done := make(chan struct{}), make(chan struct{})
	e := endpoint(t, func(http.ResponseWriter, *http.Request) {
		close(asked)
		<-done // no answer until the test is over
	})
	t.Cleanup(func() { close(done) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asked
		cancel()
	}()
	if vectors, err := e.EmbedQueries(ctx, []string{"one"}); !errors.Is(err, context.Canceled) || vectors != nil {
		t.Errorf("EmbedQueries = %d vectors, %v, want none and %v", len(vectors), err, context.Canceled)
	}
}
