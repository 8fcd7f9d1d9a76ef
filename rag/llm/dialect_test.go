package llm_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

// picky is a server that refuses requests of which wrong is true.
func picky(wrong func(modeltest.Request) bool, refusal modeltest.Response) modeltest.Answer {
	return func(r modeltest.Request) modeltest.Response {
		if wrong(r) {
			return refusal
		}
		return modeltest.Say("Trade grew [1].")
	}
}

func hasSystem(r modeltest.Request) bool { return slices.Contains(r.Roles(), "system") }

func has(field string) func(modeltest.Request) bool {
	return func(r modeltest.Request) bool { return r.Has(field) }
}

func TestDialects(t *testing.T) {
	t.Parallel()
	bad := http.StatusBadRequest
	tests := []struct {
		name    string
		model   string
		wrong   func(modeltest.Request) bool
		refusal modeltest.Response
		asked   int // requests of the first call
	}{
		{name: "nothing refused", wrong: has("nothing"), asked: 1},
		{
			name: "old server without stream_options", wrong: has("stream_options"), asked: 2,
			refusal: modeltest.Status(bad, "Unrecognized request argument supplied: stream_options"),
		},
		{
			name: "pydantic", wrong: has("stream_options"), asked: 2,
			refusal: modeltest.Response{
				Status: http.StatusUnprocessableEntity,
				Body:   `{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}`,
			},
		},
		{
			name: "OpenAI's reasoning models, tokens", wrong: has("max_tokens"), asked: 2,
			refusal: modeltest.Status(bad, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
		},
		{
			name: "OpenAI's reasoning models, by name", model: "o3-mini", wrong: has("max_tokens"), asked: 1,
			refusal: modeltest.Status(bad, "not to be asked"),
		},
		{
			name: "OpenAI's reasoning models, temperature", wrong: has("temperature"), asked: 2,
			refusal: modeltest.Status(bad, "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."),
		},
		{
			name: "Gemma on vLLM", wrong: hasSystem, asked: 2,
			refusal: modeltest.Response{
				Status: bad,
				Body:   `{"object":"error","message":"System role not supported","type":"BadRequestError","param":null,"code":400}`,
			},
		},
		{
			name: "Gemma on llama.cpp", wrong: hasSystem, asked: 2,
			refusal: modeltest.Response{
				Status: http.StatusInternalServerError,
				Body:   `{"error":{"code":500,"message":"System role not supported at row 1, column 38","type":"server_error"}}`,
			},
		},
		{
			name: "a template that wants turns", wrong: hasSystem, asked: 2,
			refusal: modeltest.Status(bad, "Conversation roles must alternate user/assistant/user/assistant/..."),
		},
		{
			name: "o1-mini", wrong: hasSystem, asked: 2,
			refusal: modeltest.Status(bad, "Unsupported value: 'messages[0].role' does not support 'system' with this model."),
		},
		{
			name: "Google", wrong: hasSystem, asked: 2,
			refusal: modeltest.Status(bad, "Developer instruction is not enabled for models/gemma-3-27b-it"),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, picky(tt.wrong, tt.refusal))
			c := client(t, s.BaseURL(), func(o *llm.Options) {
				if tt.model != "" {
					o.Model = tt.model
				}
			})
			for range 2 {
				if reply, err := c.Chat(t.Context(), ask("How is trade?"), nil); err != nil || reply.Text != "Trade grew [1]." {
					t.Fatalf("Chat = %+v, %v", reply, err)
				}
			}
			requests := s.Requests()
			if got, want := len(requests), tt.asked+1; got != want {
				t.Errorf("%d requests for two calls, want %d: what was found is kept", got, want)
			}
			if last := requests[len(requests)-1]; last.MaxTokens() != 200 {
				t.Errorf("the last request has no limit: %s", last.Body)
			}
		})
	}
}

func TestEverythingRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, func(r modeltest.Request) modeltest.Response {
		for _, field := range []string{"stream_options", "max_tokens", "temperature"} {
			if r.Has(field) {
				return modeltest.Status(http.StatusBadRequest, field+" is not known; try max_completion_tokens")
			}
		}
		if hasSystem(r) {
			return modeltest.Status(http.StatusBadRequest, "system role not supported")
		}
		return modeltest.Say(r.User())
	})
	reply, err := client(t, s.BaseURL()).Chat(t.Context(), ask("How is trade?"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "Be brief.\n\nHow is trade?"; reply.Text != want {
		t.Errorf("the prompt was %q, want %q", reply.Text, want)
	}
}

// A server that gives the same reason whatever is sent is not asked without end.
func TestStubborn(t *testing.T) {
	t.Parallel()
	s := serve(t, func(modeltest.Request) modeltest.Response {
		return modeltest.Status(http.StatusBadRequest, "stream_options, temperature, system role not supported")
	})
	if e := failed(t, client(t, s.BaseURL()), ask("?")); e.Kind != llm.KindRejected {
		t.Errorf("kind %q", e.Kind)
	}
	if n := len(s.Requests()); n != 4 {
		t.Errorf("%d requests, want 4: one for each thing that it names", n)
	}
}

func TestFolded(t *testing.T) {
	t.Parallel()
	s := serve(t, picky(hasSystem, modeltest.Status(http.StatusBadRequest, "System role not supported")))
	r := llm.Request{Messages: []llm.Message{
		{Role: llm.RoleSystem, Text: "A"},
		{Role: llm.RoleUser, Text: "B"},
		{Role: llm.RoleUser, Text: "C"},
		{Role: llm.RoleAssistant, Text: "D"},
		{Role: llm.RoleSystem, Text: "E"},
		{Role: llm.RoleUser, Text: "F"},
	}}
	if _, err := client(t, s.BaseURL()).Chat(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	requests := s.Requests()
	if diff := cmp.Diff([]string{"user", "assistant", "user"}, requests[1].Roles()); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if len(r.Messages) != 6 || r.Messages[1].Text != "B" {
		t.Errorf("the caller's messages were changed: %+v", r.Messages)
	}
}

func TestTemperature(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	if _, err := client(t, s.BaseURL()).Chat(t.Context(), ask("?"), nil); err != nil {
		t.Fatal(err)
	}
	if !s.Requests()[0].Has("temperature") {
		t.Errorf("no temperature is asked for: %s", s.Requests()[0].Body)
	}
}

// A template that opens the reasoning itself is found out by the first answer and known from then on.
func TestOpenReasoning(t *testing.T) {
	t.Parallel()
	texts := []string{"Let me see.</think>Trade grew [1].", "Hm.</think>Trade fell [1].", "No doubt [1].", "I know [1]."}
	s := serve(t, func(r modeltest.Request) modeltest.Response { return modeltest.Say(texts[min(r.Number, len(texts)-1)]) })
	c := client(t, s.BaseURL())
	tests := []struct {
		want     string
		restarts int
		streamed bool // handed on in more than one piece
	}{
		{"Trade grew [1].", 1, true},
		{"Trade fell [1].", 0, true},
		{"No doubt [1].", 0, false}, // held until its end, because the tag might have come
		{"I know [1].", 0, true},    // and not held any more
	}
	for _, tt := range tests {
		restarts, pieces := 0, 0
		var got seen
		r := ask("?")
		r.Restart = func() {
			restarts++
			pieces = 0
			got.Reset()
		}
		reply, err := c.Chat(t.Context(), r, func(delta string) error {
			pieces++
			return got.see(delta)
		})
		if err != nil {
			t.Fatal(err)
		}
		if reply.Text != tt.want || got.String() != tt.want || restarts != tt.restarts || pieces > 1 != tt.streamed {
			t.Errorf("text %q, seen %q in %d pieces, %d restarts, want %q, %d, streamed: %v",
				reply.Text, got.String(), pieces, restarts, tt.want, tt.restarts, tt.streamed)
		}
	}
}
