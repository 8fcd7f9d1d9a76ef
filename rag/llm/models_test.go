package llm_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/rag/llm"
)

func TestModels(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		want   []string
		kind   llm.Kind // of the error; empty for none
	}{
		{"some", 200, `{"object":"list","data":[{"id":"small"},{"id":"large","owned_by":"x"},{"id":"small"}]}`, []string{"large", "small"}, ""},
		{"none", 200, `{"data":[]}`, nil, ""},
		{"without names", 200, `{"data":[{},{"id":" "}]}`, nil, ""},
		{"hostile names", 200, `{"data":[{"id":"a\u001b[31m\nb"}]}`, []string{"a [31m b"}, ""},
		{"no list", 404, `404 page not found`, nil, llm.KindNoEndpoint},
		{"a wrong key", 401, `{"error":"bad key swordfish"}`, nil, llm.KindAuth},
		{"a page", 200, `<html>`, nil, llm.KindGarbage},
		{"too many", 200, `{"data":[{}` + strings.Repeat(",{}", 2000) + `]}`, nil, llm.KindGarbage},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v1/models" || r.Header.Get("Authorization") != "Bearer swordfish" || r.Header.Get("X-Title") != "amur" {
					t.Errorf("request %s with %v", r.URL, r.Header)
				}
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			}))
			t.Cleanup(server.Close)
			client, err := llm.New(llm.Options{BaseURL: server.URL, Model: "m", Key: "swordfish", Headers: map[string]string{"X-Title": "amur"}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := client.Models(t.Context())
			failure, _ := errors.AsType[*llm.Error](err)
			if (err != nil) != (tt.kind != "") || failure != nil && failure.Kind != tt.kind {
				t.Fatalf("Models = %v, want kind %q", err, tt.kind)
			}
			if err != nil && strings.Contains(err.Error(), "swordfish") {
				t.Errorf("error %q holds the key", err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Models (-want +got):\n%s", diff)
			}
		})
	}
}

// TestModelsInTime holds that a server which does not reply is not waited for.
func TestModelsInTime(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	client, err := llm.New(llm.Options{BaseURL: server.URL, Model: "m", FirstTokenTimeout: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Models(t.Context())
	if failure, _ := errors.AsType[*llm.Error](err); failure == nil || failure.Kind != llm.KindFirstToken {
		t.Errorf("Models = %v, want kind %q", err, llm.KindFirstToken)
	}
}
