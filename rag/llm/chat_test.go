package llm_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

const secret = "sk-not-to-be-told-0123456789"

// serve starts a fake server.
func serve(tb testing.TB, answer modeltest.Answer) *modeltest.Server {
	tb.Helper()
	s := modeltest.New(answer)
	tb.Cleanup(s.Close)
	return s
}

// client is a client for an address, with options changed by the test.
func client(tb testing.TB, base string, change ...func(*llm.Options)) *llm.Client {
	tb.Helper()
	o := llm.Options{
		BaseURL: base, Model: "small", Key: secret, Timeout: 30 * time.Second,
		Wait:   func(context.Context, time.Duration) error { return nil },
		Random: func() float64 { return 0.5 },
	}
	for _, f := range change {
		f(&o)
	}
	c, err := llm.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// ask is a short conversation.
func ask(prompt string) llm.Request {
	return llm.Request{
		Messages:  []llm.Message{{Role: llm.RoleSystem, Text: "Be brief."}, {Role: llm.RoleUser, Text: prompt}},
		MaxTokens: 200,
	}
}

// seen collects what is handed on, so that it can be compared with the reply.
type seen struct {
	strings.Builder
}

func (s *seen) see(delta string) error {
	s.WriteString(delta)
	return nil
}

// failed asks and returns the error, which must be an [llm.Error].
func failed(tb testing.TB, c *llm.Client, r llm.Request) *llm.Error {
	tb.Helper()
	reply, err := c.Chat(tb.Context(), r, nil)
	var e *llm.Error
	if !errors.As(err, &e) {
		tb.Fatalf("Chat = %+v, %v, want an *llm.Error", reply, err)
	}
	if reply != (llm.Reply{}) {
		tb.Errorf("Chat returned %+v beside an error", reply)
	}
	if strings.Contains(err.Error(), secret) {
		tb.Errorf("the error holds the key: %v", err)
	}
	return e
}

func TestShapes(t *testing.T) {
	t.Parallel()
	const text = "Торговля выросла до 240 млрд [1]. 贸易增长了。[2] Trade grew [3]."
	tests := []struct {
		name      string
		shape     modeltest.Shape
		reasoning string
		estimated bool
		priced    bool
	}{
		{"OpenAI", modeltest.OpenAI, "", false, false},
		{"Ollama", modeltest.Ollama, "Let me think.", false, false},
		{"llama.cpp", modeltest.LlamaCpp, "Let me think.", false, false},
		{"vLLM", modeltest.VLLM, "Let me think.", false, false},
		{"OpenRouter", modeltest.OpenRouter, "Let me think.", false, true},
		{"whole", modeltest.Whole, "Let me think.", false, false},
		{"bare", modeltest.Bare, "", true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, modeltest.As(tt.shape, func(modeltest.Request) modeltest.Response {
				return modeltest.Response{Text: text, Reasoning: tt.reasoning}
			}))
			var got seen
			reply, err := client(t, s.BaseURL()).Chat(t.Context(), ask("?"), got.see)
			if err != nil {
				t.Fatal(err)
			}
			if reply.Text != text || got.String() != text {
				t.Errorf("text %q, seen %q, want %q", reply.Text, got.String(), text)
			}
			if reply.Finish != llm.FinishStop {
				t.Errorf("finish %q", reply.Finish)
			}
			u := reply.Usage
			if u.Estimated != tt.estimated || u.Priced != tt.priced || u.Input == 0 || u.Output == 0 {
				t.Errorf("usage %+v", u)
			}
			if tt.priced && u.CostUSD != modeltest.CostUSD {
				t.Errorf("cost %v, want the provider's %v", u.CostUSD, modeltest.CostUSD)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		kind     llm.Kind
		requests int // with one retry
	}{
		{"unauthorized", llm.KindAuth, 1},
		{"no-model", llm.KindNoModel, 1},
		{"rate-limited", llm.KindRateLimited, 2},
		{"rate-limited-wait", llm.KindRateLimited, 1}, // an hour is longer than a call
		{"server-error", llm.KindServer, 2},
		{"hang-first", llm.KindFirstToken, 1},
		{"hang-middle", llm.KindStalled, 1},
		{"garbage", llm.KindGarbage, 1},
		{"garbage-middle", llm.KindGarbage, 1},
		{"half-stream", llm.KindInterrupted, 1},
		{"dropped", llm.KindInterrupted, 2},
		{"error-middle", llm.KindServer, 1},
		{"empty", llm.KindEmpty, 1},
		{"no-such-failure", llm.KindNoEndpoint, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, nil)
			c := client(t, s.Failing(tt.name), func(o *llm.Options) {
				o.Retries = 1
				if strings.HasPrefix(tt.name, "hang") {
					o.FirstTokenTimeout = 100 * time.Millisecond
				}
			})
			e := failed(t, c, ask("?"))
			if e.Kind != tt.kind {
				t.Errorf("kind %q, want %q: %v", e.Kind, tt.kind, e)
			}
			if n := len(s.Requests()); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
		})
	}
}

// kind is the kind of an error; "" for none.
func kind(err error) llm.Kind {
	if e, ok := errors.AsType[*llm.Error](err); ok {
		return e.Kind
	}
	if err != nil {
		return "another"
	}
	return ""
}
