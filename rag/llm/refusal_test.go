package llm_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

// What servers say when they refuse, in their own forms.
func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		kind   llm.Kind
	}{
		{"OpenAI, key", 401, `{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`, llm.KindAuth},
		{"forbidden", 403, `{"error":"this key may not use this model"}`, llm.KindAuth},
		{"OpenRouter, moderation", 403, `{"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged"}}`, llm.KindFilter},
		{"Azure, filter", 400, `{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400}}`, llm.KindFilter},
		{"OpenRouter, credit", 402, `{"error":{"code":402,"message":"Insufficient credits"}}`, llm.KindQuota},
		{"OpenAI, model", 404, `{"error":{"message":"The model 'x' does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}`, llm.KindNoModel},
		{"vLLM, model", 404, `{"object":"error","message":"The model 'x' does not exist.","type":"NotFoundError","param":null,"code":404}`, llm.KindNoModel},
		{"Ollama, model", 404, `{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error","param":null,"code":null}}`, llm.KindNoModel},
		{"OpenRouter, model", 400, `{"error":{"message":"x is not a valid model ID","code":400}}`, llm.KindNoModel},
		{"another path", 404, "404 page not found", llm.KindNoEndpoint},
		{"another page", 404, "<html><body>model not found</body></html>", llm.KindNoEndpoint},
		{"another method", 405, `{"detail":"Method Not Allowed"}`, llm.KindNoEndpoint},
		{"OpenAI, length", 400, `{"error":{"message":"This model's maximum context length is 128000 tokens.","type":"invalid_request_error","code":"context_length_exceeded"}}`, llm.KindTooLong},
		{"vLLM, length", 400, `{"object":"error","message":"'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 tokens","code":400}`, llm.KindTooLong},
		{"llama.cpp, length", 400, `{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}}`, llm.KindTooLong},
		{"a proxy, length", 413, "<html>413 Request Entity Too Large</html>", llm.KindTooLong},
		{"llama.cpp, loading", 503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`, llm.KindServer},
		{"a proxy, time", 408, "", llm.KindServer},
		{"a proxy, gateway", 502, "<html>502 Bad Gateway</html>", llm.KindServer},
		{"anything else", 418, `["teapot"]`, llm.KindRejected},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(modeltest.Request) modeltest.Response {
				return modeltest.Response{Status: tt.status, Body: tt.body}
			})
			e := failed(t, client(t, s.BaseURL()), ask("?"))
			if e.Kind != tt.kind || e.Status != tt.status {
				t.Errorf("kind %q, status %d, want %q: %v", e.Kind, e.Status, tt.kind, e)
			}
			if strings.Contains(e.Error(), "<") {
				t.Errorf("the error has a page in it: %v", e)
			}
			if e.Usage != (llm.Usage{}) {
				t.Errorf("usage %+v of a request that was refused", e.Usage)
			}
		})
	}
}

// Something that listens but is no web server.
func TestNotHTTP(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = conn.Write([]byte("220 mail.test ESMTP\r\n")) // the client looks at it, or is gone
	}))
	t.Cleanup(srv.Close)
	if e := failed(t, client(t, srv.URL), ask("?")); e.Kind != llm.KindGarbage {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}

func TestProxyDown(t *testing.T) {
	t.Parallel()
	down := roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "proxyconnect", Net: "tcp", Err: context.DeadlineExceeded}
	})
	c := client(t, "http://model.test", func(o *llm.Options) { o.Transport = down })
	if e := failed(t, c, ask("?")); e.Kind != llm.KindUnreachable {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}

// A model that was never made for chat; go-openai knows it by name.
func TestOldModel(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	c := client(t, s.BaseURL(), func(o *llm.Options) { o.Model = "text-davinci-003" })
	if e := failed(t, c, ask("?")); e.Kind != llm.KindNoModel {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for _, k := range llm.Kinds() {
		e := &llm.Error{Kind: k, Status: 418}
		text := e.Error()
		if k != llm.KindCancelled && strings.HasSuffix(text, ": "+string(k)+" (HTTP status 418)") {
			t.Errorf("kind %q has no words: %q", k, text)
		}
	}
}
