package llm_test

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct{ base, want string }{
		{"http://localhost:11434", "http://localhost:11434/v1"},
		{"http://localhost:11434/", "http://localhost:11434/v1"},
		{" http://localhost:11434/v1/ ", "http://localhost:11434/v1"},
		{"https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"},
		{"https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"},
		{"https://host/openai//", "https://host/openai"},
		{"https://host/v1beta/openai/", "https://host/v1beta/openai"},
		{"http://[::1]:8080", "http://[::1]:8080/v1"},
		{"", ""},
		{"localhost:11434", ""},
		{"ftp://host", ""},
		{"http://", ""},
		{"http://user:hunter22@host/v1", ""},
		{"https://host/v1?key=hunter22", ""},
		{"https://host/v1#hunter22", ""},
		{"http://host:hunter22/v1", ""},
	}
	for _, tt := range tests {
		c, err := llm.New(llm.Options{BaseURL: tt.base, Model: "small"})
		if tt.want == "" {
			if err == nil || strings.Contains(err.Error(), "hunter22") {
				t.Errorf("New(%q): error %v", tt.base, err)
			}
			continue
		}
		if err != nil || c.BaseURL() != tt.want {
			t.Errorf("New(%q): error %v, want %q", tt.base, err, tt.want)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*llm.Options)
		wrong  string // in the error
	}{
		{"nothing wrong", func(*llm.Options) {}, ""},
		{"a free model", func(o *llm.Options) { o.Price = &llm.Price{} }, ""},
		{"no model", func(o *llm.Options) { o.Model = " " }, "name the model"},
		{"a key over two lines", func(o *llm.Options) { o.Key = "hunter22\n" }, "the key"},
		{"a key in another script", func(o *llm.Options) { o.Key = "hunter22ключ" }, "the key"},
		{"a header's name", func(o *llm.Options) { o.Headers = map[string]string{"X Y": "1"} }, `"X Y"`},
		{"a header's value", func(o *llm.Options) { o.Headers = map[string]string{"X-Y": "hunter22\r\nZ: 1"} }, "X-Y"},
		{"a header of the connection", func(o *llm.Options) { o.Headers = map[string]string{"host": "elsewhere"} }, "host"},
		{"a negative time", func(o *llm.Options) { o.FirstTokenTimeout = -1 }, "first token"},
		{"negative retries", func(o *llm.Options) { o.Retries = -1 }, "retries"},
		{"a negative price", func(o *llm.Options) { o.Price = &llm.Price{Input: -1} }, "price"},
		{"a price that is no number", func(o *llm.Options) { o.Price = &llm.Price{Output: math.NaN()} }, "price"},
	}
	for _, tt := range tests {
		o := llm.Options{BaseURL: "http://localhost:11434", Model: "small"}
		tt.change(&o)
		_, err := llm.New(o)
		switch {
		case tt.wrong == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "hunter22")):
			t.Errorf("%s: error %v, want one about %s", tt.name, err, tt.wrong)
		}
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	c := client(t, s.BaseURL())
	user := []llm.Message{{Role: llm.RoleUser, Text: "?"}}
	for name, r := range map[string]llm.Request{
		"nothing":         {},
		"an empty text":   {Messages: []llm.Message{{Role: llm.RoleUser}}},
		"an unknown role": {Messages: []llm.Message{{Role: "tool", Text: "?"}}},
		"a negative limit": {
			Messages: user, MaxTokens: -1,
		},
	} {
		if e := failed(t, c, r); e.Kind != llm.KindRejected {
			t.Errorf("%s: kind %q", name, e.Kind)
		}
	}
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if _, err := c.Chat(t.Context(), llm.Request{Messages: user}, nil); err != nil {
		t.Fatal(err)
	}
	if got := s.Requests()[0].MaxTokens(); got != 1024 {
		t.Errorf("limit %d where none was given", got)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	price := &llm.Price{Input: 2, Output: 10, Date: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	counted := func(usage string) modeltest.Answer {
		return func(modeltest.Request) modeltest.Response {
			return modeltest.Events(delta("a"), stop, `data: {"choices":[],"usage":`+usage+`}`, done)
		}
	}
	const estimated = 10 // Tokens("Be brief.") + Tokens("?") is 4, and a frame for each
	tests := []struct {
		name   string
		price  *llm.Price
		answer modeltest.Answer
		want   llm.Usage
	}{
		{"counted", price, counted(`{"prompt_tokens":100,"completion_tokens":10}`), llm.Usage{Input: 100, Output: 10, CostUSD: 0.0003, Priced: true}},
		{"unpriced", nil, counted(`{"prompt_tokens":100,"completion_tokens":10}`), llm.Usage{Input: 100, Output: 10}},
		{"free", &llm.Price{}, counted(`{"prompt_tokens":100,"completion_tokens":10}`), llm.Usage{Input: 100, Output: 10, Priced: true}},
		{"the provider's word", price, counted(`{"prompt_tokens":100,"completion_tokens":10,"cost":0.5}`), llm.Usage{Input: 100, Output: 10, CostUSD: 0.5, Priced: true}},
		{"a cost that is none", price, counted(`{"prompt_tokens":100,"completion_tokens":10,"cost":-1}`), llm.Usage{Input: 100, Output: 10, CostUSD: 0.0003, Priced: true}},
		{"not counted", price, counted(`null`), llm.Usage{Input: estimated + 2, Output: 1, Estimated: true, CostUSD: 0.000034, Priced: true}},
		{"nothing counted", nil, counted(`{"prompt_tokens":0,"completion_tokens":0}`), llm.Usage{Input: estimated + 2, Output: 1, Estimated: true}},
		{"nonsense", nil, counted(`{"prompt_tokens":-5,"completion_tokens":99999999999}`), llm.Usage{Input: estimated + 2, Output: 1, Estimated: true}},
		{"counted all along, the last holds", nil, func(modeltest.Request) modeltest.Response {
			with := func(n string) string {
				return strings.Replace(delta("a"), `{"choices"`, `{"usage":{"prompt_tokens":9,"completion_tokens":`+n+`},"choices"`, 1)
			}
			return modeltest.Events(with("1"), with("2"), stop, done)
		}, llm.Usage{Input: 9, Output: 2}},
		{"an attempt that broke off is counted too", nil, modeltest.Queue(
			modeltest.Response{Before: modeltest.EndCut},
			modeltest.Events(delta("a"), stop, `data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}`, done),
		), llm.Usage{Input: 9 + estimated + 2, Output: 2, Estimated: true}},
		{"one that was refused is not", nil, modeltest.Queue(
			modeltest.Status(http.StatusInternalServerError, "down"),
			modeltest.Events(delta("a"), stop, `data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}`, done),
		), llm.Usage{Input: 9, Output: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, tt.answer)
			c := client(t, s.BaseURL(), func(o *llm.Options) { o.Price, o.Retries = tt.price, 1 })
			reply, err := c.Chat(t.Context(), ask("?"), nil)
			if err != nil {
				t.Fatal(err)
			}
			got := reply.Usage
			if math.Abs(got.CostUSD-tt.want.CostUSD) < 1e-12 {
				got.CostUSD = tt.want.CostUSD
			}
			if got != tt.want {
				t.Errorf("usage %+v, want %+v", reply.Usage, tt.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want int
	}{
		{"", 0},
		{"a", 1},
		{"four letters a token", 5},
		{"2024", 2},
		{"торговля", 4},
		{"贸易增长", 4},
	}
	for _, tt := range tests {
		if got := llm.Tokens(tt.text); got != tt.want {
			t.Errorf("Tokens(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
}

func TestEstimate(t *testing.T) {
	t.Parallel()
	c := client(t, "http://model.test", func(o *llm.Options) { o.Price = &llm.Price{Input: 2, Output: 10} })
	r := ask("?")
	for limit, output := range map[int]int{200: 200, 0: 1024} {
		r.MaxTokens = limit
		want := llm.Usage{Input: 12, Output: output, Estimated: true, CostUSD: (24 + 10*float64(output)) / 1e6, Priced: true}
		if got := c.Estimate(r); got != want {
			t.Errorf("Estimate of at most %d tokens = %+v, want %+v", limit, got, want)
		}
	}
}
