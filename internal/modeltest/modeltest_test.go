package modeltest_test

import (
	stdcmp "cmp"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/modeltest"
)

// post sends a request as it stands and returns what came back.
func post(tb testing.TB, url, body string) (status int, reply string) {
	tb.Helper()
	req, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return resp.StatusCode, string(all)
}

const question = `{"model":"small","stream":true,"max_tokens":7,"messages":[` +
	`{"role":"system","content":"Be brief."},{"role":"user","content":"first"},{"role":"user","content":"How is trade?"}]}`

func serve(tb testing.TB, answer modeltest.Answer) *modeltest.Server {
	tb.Helper()
	s := modeltest.New(answer)
	tb.Cleanup(s.Close)
	return s
}

// The shapes, as they go over the wire.
func TestShapes(t *testing.T) {
	t.Parallel()
	withUsage := strings.Replace(question, `"stream":true`, `"stream":true,"stream_options":{"include_usage":true}`, 1)
	const about = `,"created":1767225600,`
	tests := []struct {
		name  string
		shape modeltest.Shape
		body  string
		want  []string
	}{
		{"OpenAI", modeltest.OpenAI, withUsage, []string{
			`data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}]`,
			`data: {"choices":[{"delta":{"content":"It "},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew."},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}]`,
			`data: {"choices":[],"created":1767225600,"id":"chatcmpl-0","model":"small","object":"chat.completion.chunk",` +
				`"service_tier":"default","system_fingerprint":null,"usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11}}`,
			`data: [DONE]`,
		}},
		{"Ollama", modeltest.Ollama, question, []string{
			`data: {"choices":[{"delta":{"content":"It ","role":"assistant"},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew.","role":"assistant"},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":"stop","index":0}]`,
			`data: [DONE]`,
		}},
		{"llama.cpp", modeltest.LlamaCpp, question, []string{
			`data: {"choices":[{"delta":{"content":null,"role":"assistant"},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"It "},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew."},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}]`,
			`data: [DONE]`,
		}},
		{"vLLM", modeltest.VLLM, question, []string{
			`data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}]`,
			`data: {"choices":[{"delta":{"content":"It "},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew."},"finish_reason":"stop","index":0,"logprobs":null,"stop_reason":null}]`,
			`data: [DONE]`,
		}},
		{"OpenRouter", modeltest.OpenRouter, question, []string{
			`: OPENROUTER PROCESSING`,
			`: OPENROUTER PROCESSING`,
			`data: {"choices":[{"delta":{"content":"It ","role":"assistant"},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew.","role":"assistant"},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":"stop","index":0,"native_finish_reason":"stop"}]`,
			`data: {"choices":[],"created":1767225600,"id":"gen-1767225600-0","model":"small","object":"chat.completion.chunk","provider":"Somebody",` +
				`"usage":{"completion_tokens":2,"cost":0.00014,"cost_details":{"upstream_inference_cost":null},"prompt_tokens":9,"total_tokens":11}}`,
			`data: [DONE]`,
		}},
		{"bare", modeltest.Bare, withUsage, []string{
			`data: {"choices":[{"delta":{"content":"It "},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{"content":"grew."},"finish_reason":null,"index":0}]`,
			`data: {"choices":[{"delta":{},"finish_reason":"eos","index":0}]`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, modeltest.As(tt.shape, func(modeltest.Request) modeltest.Response { return modeltest.Say("It grew.") }))
			_, body := post(t, s.BaseURL()+"/chat/completions", tt.body)
			var got []string
			for event := range strings.SplitSeq(strings.TrimSuffix(body, "\n\n"), "\n\n") {
				if !strings.Contains(event, `"choices":[]`) { // the frame is looked at once
					event, _, _ = strings.Cut(event, about)
				}
				got = append(got, event)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhole(t *testing.T) {
	t.Parallel()
	s := serve(t, func(modeltest.Request) modeltest.Response {
		return modeltest.Response{Text: "It grew.", Reasoning: "Hm.", Finish: "length"}
	})
	_, body := post(t, s.BaseURL()+"/chat/completions", strings.Replace(question, `"stream":true`, `"stream":false`, 1))
	want := `{"choices":[{"finish_reason":"length","index":0,"logprobs":null,"message":{"content":"It grew.","reasoning_content":"Hm.","role":"assistant"}}],` +
		`"created":1767225600,"id":"chatcmpl-0","model":"small","object":"chat.completion","service_tier":"default","system_fingerprint":null,` +
		`"usage":{"completion_tokens":3,"prompt_tokens":9,"total_tokens":12}}`
	if body != want {
		t.Errorf("reply\n%s\nwant\n%s", body, want)
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	post(t, s.BaseURL()+"/chat/completions", question)
	post(t, s.Failing("declined")+"/chat/completions", question)
	requests := s.Requests()
	if len(requests) != 2 {
		t.Fatalf("%d requests", len(requests))
	}
	r := requests[1]
	if r.Number != 1 || r.Path != "/v1/chat/completions" || r.Model() != "small" || r.User() != "How is trade?" || r.System() != "Be brief." ||
		!r.Stream() || r.IncludeUsage() || r.MaxTokens() != 7 || !r.Has("max_tokens") || r.Has("temperature") || string(r.Body) != question {
		t.Errorf("request %+v", r)
	}
	if diff := cmp.Diff([]string{"system", "user", "user"}, r.Roles()); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

func TestQueue(t *testing.T) {
	t.Parallel()
	s := serve(t, modeltest.Queue(modeltest.Status(http.StatusTooManyRequests, "slow down"), modeltest.Say("It grew.")))
	for i, want := range []string{"slow down", "grew.", "grew."} {
		if _, got := post(t, s.BaseURL()+"/chat/completions", question); !strings.Contains(got, want) {
			t.Errorf("answer %d is %q, want %q in it", i, got, want)
		}
	}
}

func TestCompetent(t *testing.T) {
	t.Parallel()
	s := serve(t, modeltest.Competent(strings.ToUpper))
	if _, got := post(t, s.BaseURL()+"/chat/completions", question); !strings.Contains(got, "TRADE?") {
		t.Errorf("answer %q", got)
	}
}

// Every failure that ends by itself is seen to fail under its address; those that hang or break off are the clients' to try.
func TestFailures(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	statuses := map[string]int{
		"unauthorized": 401, "no-model": 404, "rate-limited": 429, "rate-limited-wait": 429, "server-error": 500, "no-such-failure": 404,
	}
	names := []string{"no-such-failure"}
	for _, f := range modeltest.Failures() {
		names = append(names, f.Name)
	}
	for _, name := range names {
		if slices.Contains([]string{"hang-first", "hang-middle", "half-stream", "dropped"}, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, body := post(t, s.Failing(name)+"/chat/completions", question)
			if want := stdcmp.Or(statuses[name], http.StatusOK); status != want {
				t.Errorf("status %d, want %d", status, want)
			}
			if body == "" {
				t.Error("nothing was said")
			}
		})
	}
	if n := strings.Count(answerTo(t, s.Failing("endless")), "trade"); n != 100_000 {
		t.Errorf("%d tokens of 100,000", n)
	}
}

func answerTo(tb testing.TB, base string) string {
	tb.Helper()
	_, body := post(tb, base+"/chat/completions", question)
	return body
}

func TestEmbeddings(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	vectors := func(input string) [][]float64 {
		_, body := post(t, s.BaseURL()+"/embeddings", `{"model":"small","input":`+input+`}`)
		var reply struct {
			Data []struct {
				Index     int       `json:"index"`
				Embedding []float64 `json:"embedding"`
			} `json:"data"`
		}
		if err := json.Unmarshal([]byte(body), &reply); err != nil {
			t.Fatal(err)
		}
		var out [][]float64
		for i, d := range reply.Data {
			length := 0.0
			for _, x := range d.Embedding {
				length += x * x
			}
			if d.Index != i || math.Abs(length-1) > 1e-9 {
				t.Errorf("vector %d has index %d and length² %v", i, d.Index, length)
			}
			out = append(out, d.Embedding)
		}
		return out
	}
	two, one := vectors(`["trade","gas"]`), vectors(`"trade"`)
	if len(two) != 2 || len(one) != 1 {
		t.Fatalf("%d and %d vectors", len(two), len(one))
	}
	if !slices.Equal(two[0], one[0]) || slices.Equal(two[0], two[1]) {
		t.Error("a vector does not depend on its text alone")
	}
	if status, _ := post(t, s.BaseURL()+"/embeddings", `{"input":7}`); status != http.StatusBadRequest {
		t.Errorf("status %d for a number", status)
	}
}

func TestElse(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	for url, want := range map[string]int{
		s.BaseURL() + "/models":                                   http.StatusNotFound, // not by POST
		s.BaseURL() + "/completions":                              http.StatusNotFound,
		strings.TrimSuffix(s.BaseURL(), "/v1") + "/chat":          http.StatusNotFound,
		s.Failing("server-error") + "/models":                     http.StatusNotFound,
		strings.TrimSuffix(s.BaseURL(), "/v1") + "/v1/embeddings": http.StatusBadRequest, // without input
	} {
		if status, _ := post(t, url, "{}"); status != want {
			t.Errorf("%s: status %d, want %d", url, status, want)
		}
	}
	if status, _ := post(t, s.BaseURL()+"/chat/completions", "{"); status != http.StatusBadRequest {
		t.Errorf("status %d for half an object", status)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.BaseURL()+"/models", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var list struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil || len(list.Data) != 1 || list.Data[0].ID != "small" {
		t.Errorf("models %+v, %v", list, err)
	}
}
