package llm_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

// delta is an event with a piece of text.
func delta(text string) string {
	return `data: {"choices":[{"index":0,"delta":{"content":"` + text + `"},"finish_reason":null}]}`
}

const (
	stop = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`
	done = `data: [DONE]`
)

func TestStreams(t *testing.T) {
	t.Parallel()
	finish := func(reason string) string { return strings.Replace(stop, `"stop"`, reason, 1) }
	tests := []struct {
		name   string
		events []string
		text   string
		finish llm.Finish
		kind   llm.Kind
	}{
		{"plain", []string{delta("a "), delta("b"), stop, done}, "a b", llm.FinishStop, ""},
		{"no space after the colon", []string{`data:{"choices":[{"delta":{"content":"a"}}]}`, stop, done}, "a", llm.FinishStop, ""},
		{"comments and other fields", []string{": hello", "event: message\nid: 7\nretry: 10\n" + delta("a"), ":", stop, done}, "a", llm.FinishStop, ""},
		{"carriage returns", []string{delta("a") + "\r\n\r", stop + "\r", done + "\r"}, "a", llm.FinishStop, ""},
		{"a mark at the beginning", []string{"\ufeff" + delta("a"), stop, done}, "a", llm.FinishStop, ""},
		{"500 comments", []string{strings.Repeat(": OPENROUTER PROCESSING\n\n", 500) + delta("a"), stop, done}, "a", llm.FinishStop, ""},
		{"no [DONE]", []string{delta("a"), stop}, "a", llm.FinishStop, ""},
		{"[DONE] without a reason", []string{delta("a"), done}, "a", llm.FinishStop, ""},
		{"neither", []string{delta("a")}, "", "", llm.KindInterrupted},
		{"nothing at all", []string{}, "", "", llm.KindInterrupted},
		{"comments alone", []string{": OPENROUTER PROCESSING", ": OPENROUTER PROCESSING"}, "", "", llm.KindInterrupted},
		{"[DONE] alone", []string{done}, "", "", llm.KindEmpty},
		{"white space", []string{delta(`\n \u3000`), stop, done}, "", "", llm.KindEmpty},
		{"length", []string{delta("a"), finish(`"length"`), done}, "a", llm.FinishLength, ""},
		{"max_tokens", []string{delta("a"), finish(`"max_tokens"`), done}, "a", llm.FinishLength, ""},
		{"filter", []string{delta("a"), finish(`"content_filter"`), done}, "a", llm.FinishFilter, ""},
		{"filter alone", []string{finish(`"content_filter"`), done}, "", "", llm.KindFilter},
		{"refusal", []string{`data: {"choices":[{"index":0,"delta":{"refusal":"I cannot."}}]}`, stop, done}, "", "", llm.KindFilter},
		{"eos", []string{delta("a"), finish(`"eos"`), done}, "a", llm.FinishStop, ""},
		{"a reason that is empty until the end", []string{strings.Replace(delta("a"), "null", `""`, 1), delta("b"), stop, done}, "ab", llm.FinishStop, ""},
		{"the word null", []string{strings.Replace(delta("a"), "null", `"null"`, 1), delta("b"), done}, "ab", llm.FinishStop, ""},
		{"tool", []string{delta("a"), finish(`"tool_calls"`), done}, "a", llm.FinishTool, ""},
		{"tool alone", []string{finish(`"tool_calls"`), done}, "", "", llm.KindEmpty},
		{"text beside the reason", []string{delta("a"), strings.Replace(delta("b"), "null", `"stop"`, 1), done}, "ab", llm.FinishStop, ""},
		{"text after the reason", []string{delta("a"), stop, delta("b"), done}, "ab", llm.FinishStop, ""},
		{"another choice", []string{delta("a"), strings.Replace(delta("b"), `"index":0`, `"index":1`, 1), stop, done}, "a", llm.FinishStop, ""},
		{"null everywhere", []string{`data: {"choices":null,"usage":null,"error":null}`, `data: {"choices":[{"delta":null}]}`, delta("a"), stop, done}, "a", llm.FinishStop, ""},
		{"parts", []string{`data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]}}]}`, stop, done}, "a", llm.FinishStop, ""},
		{"reasoning alone", []string{`data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}`, stop, done}, "", "", llm.KindEmpty},
		{"reasoning to the limit", []string{`data: {"choices":[{"delta":{"reasoning":"hm"}}]}`, finish(`"length"`), done}, "", "", llm.KindEmpty},
		{"bytes that are no UTF-8", []string{delta("a\xff\xfeb"), stop, done}, "a��b", llm.FinishStop, ""},
		{"half a surrogate", []string{delta(`a\ud83db`), stop, done}, "a�b", llm.FinishStop, ""},
		{"an error", []string{`data: {"error":{"message":"Provider is down","code":502}}`, done}, "", "", llm.KindServer},
		{"an error that is a text", []string{`data: {"error":"model runner has stopped"}`}, "", "", llm.KindServer},
		{"an error without the field", []string{delta("a"), `{"error":{"message":"CUDA out of memory","code":"500"}}`}, "", "", llm.KindServer},
		{"an error in vLLM's old form", []string{`data: {"object":"error","message":"out of memory","code":400}`, done}, "", "", llm.KindServer},
		{"a rate limit in the stream", []string{`data: {"error":{"message":"slow down","code":429}}`}, "", "", llm.KindRateLimited},
		{"a number", []string{"data: 7"}, "", "", llm.KindGarbage},
		{"half an object", []string{`data: {"choices":[`, done}, "", "", llm.KindGarbage},
		{"a page", []string{"<html><body>Sign in</body></html>"}, "", "", llm.KindGarbage},
		{"a whole reply over several lines", []string{"{\n \"choices\": [\n{\"index\": 0,\n\n \"message\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}]\n}"}, "a", llm.FinishStop, ""},
		{"a whole reply cut off", []string{`{"choices":[{"index":0,"message":{"content":"a"},`}, "", "", llm.KindInterrupted},
		{"a whole reply that is no JSON", []string{"{choices: [a]}"}, "", "", llm.KindGarbage},
		{"a whole error", []string{`{"error":{"message":"no"}}`}, "", "", llm.KindServer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(modeltest.Request) modeltest.Response { return modeltest.Response{Events: tt.events} })
			var got seen
			reply, err := client(t, s.BaseURL()).Chat(t.Context(), ask("?"), got.see)
			if e, ok := errors.AsType[*llm.Error](err); tt.kind != "" && (!ok || e.Kind != tt.kind) {
				t.Fatalf("Chat = %+v, %v, want the error %q", reply, err, tt.kind)
			}
			if tt.kind == "" && err != nil {
				t.Fatal(err)
			}
			if reply.Text != tt.text || reply.Finish != tt.finish || tt.kind == "" && got.String() != tt.text {
				t.Errorf("text %q, seen %q, finish %q, want %q, %q", reply.Text, got.String(), reply.Finish, tt.text, tt.finish)
			}
		})
	}
}

// A server that finishes and does not say how much it was, or how the reply ends, does not keep anybody waiting.
func TestFinishedButOpen(t *testing.T) {
	t.Parallel()
	for name, events := range map[string][]string{"finished": {delta("a"), stop}, "done": {delta("a"), stop, done}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(modeltest.Request) modeltest.Response {
				return modeltest.Response{Events: events, End: modeltest.EndHang}
			})
			c := client(t, s.BaseURL(), func(o *llm.Options) { o.Timeout = 10 * time.Second })
			reply, err := c.Chat(t.Context(), ask("?"), nil)
			if err != nil || reply.Text != "a" || !reply.Usage.Estimated {
				t.Errorf("Chat = %+v, %v", reply, err)
			}
		})
	}
}

// Comments keep a connection alive, but are no word from the model.
func TestOnlyComments(t *testing.T) {
	t.Parallel()
	s := serve(t, func(modeltest.Request) modeltest.Response {
		return modeltest.Response{Events: []string{": OPENROUTER PROCESSING", ": OPENROUTER PROCESSING"}, End: modeltest.EndHang}
	})
	c := client(t, s.BaseURL(), func(o *llm.Options) { o.FirstTokenTimeout = 100 * time.Millisecond })
	if e := failed(t, c, ask("?")); e.Kind != llm.KindFirstToken {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}

func TestEndless(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("trade ", 4<<20/6)
	tests := []struct {
		name   string
		answer modeltest.Answer
	}{
		{"100,000 tokens", nil},
		{"a line of 4 MB", func(modeltest.Request) modeltest.Response { return modeltest.Events(delta(long), stop, done) }},
		{"a whole reply of 4 MB", func(modeltest.Request) modeltest.Response {
			return modeltest.Response{Text: long, Shape: modeltest.Whole}
		}},
		{"reasoning after a word", func(modeltest.Request) modeltest.Response {
			return modeltest.Response{Events: []string{delta("trade "), strings.Replace(delta(long), "content", "reasoning", 1)}, End: modeltest.EndHang}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, tt.answer)
			base := s.BaseURL()
			if tt.answer == nil {
				base = s.Failing("endless")
			}
			var got seen
			reply, err := client(t, base).Chat(t.Context(), ask("?"), got.see)
			if err != nil {
				t.Fatal(err)
			}
			if reply.Finish != llm.FinishLength || !strings.HasPrefix(reply.Text, "trade ") || got.String() != reply.Text {
				t.Errorf("finish %q, text %q...", reply.Finish, reply.Text[:min(20, len(reply.Text))])
			}
			if n := llm.Tokens(reply.Text); n > 2*200+17 {
				t.Errorf("%d tokens were let through where 200 were asked for", n)
			}
			if reply.Usage.Output < 200 {
				t.Errorf("usage %+v", reply.Usage)
			}
			if tt.name == "100,000 tokens" {
				<-s.Gone() // the connection was closed
			}
		})
	}
}

// zeros is a body that does not end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// replying is a transport on which each request has the same reply.
type replying struct {
	status int
	header http.Header
	body   func() io.Reader
}

func (r replying) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: r.status, Header: r.header, Body: io.NopCloser(r.body()), Request: req}, nil
}

func TestBoundedBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		reply replying
		kind  llm.Kind
	}{
		{"a line", replying{status: 200, body: func() io.Reader { return io.MultiReader(strings.NewReader("data: "), zeros{}) }}, llm.KindGarbage},
		{"a whole reply", replying{status: 200, body: func() io.Reader { return io.MultiReader(strings.NewReader(`{"a":"`), zeros{}) }}, llm.KindGarbage},
		{"an error", replying{status: 500, body: func() io.Reader { return zeros{} }}, llm.KindServer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := client(t, "http://model.test", func(o *llm.Options) { o.Transport = tt.reply })
			if e := failed(t, c, ask("?")); e.Kind != tt.kind || len(e.Error()) > 500 {
				t.Errorf("kind %q, want %q: %.600v", e.Kind, tt.kind, e)
			}
		})
	}
}

// FuzzStream states that whatever a server sends is an answer or an error, of bounded length, and that what was seen is
// the answer.
func FuzzStream(f *testing.F) {
	for _, s := range []string{
		delta("a") + "\n\n" + stop + "\n\n" + done + "\n\n",
		": x\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"<think>a</think>b\"}}]}\ndata: [DONE]",
		`{"choices":[{"message":{"content":[{"type":"text","text":"a"}]},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":-1}}`,
		"data: {\"error\":\"x\"}\n", "\ufeff{", "data: \xff\n{\"object\":\"error\"}\n",
	} {
		f.Add([]byte(s), 200)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		if status < 100 || status > 599 {
			status = 200
		}
		c := client(t, "http://model.test", func(o *llm.Options) {
			o.Transport = replying{status: status, body: func() io.Reader { return bytes.NewReader(body) }}
		})
		var got seen
		r := ask("?")
		r.MaxTokens = 20
		r.Restart = got.Reset
		reply, err := c.Chat(t.Context(), r, got.see)
		if err != nil {
			e, ok := errors.AsType[*llm.Error](err)
			if !ok || e.Kind == "" || reply != (llm.Reply{}) || len(e.Error()) > 2000 || strings.ContainsAny(e.Error(), "\r\n\x1b") {
				t.Errorf("Chat = %+v, %q", reply, err)
			}
			return
		}
		if reply.Text != got.String() || strings.TrimSpace(reply.Text) == "" || !utf8.ValidString(reply.Text) {
			t.Errorf("text %q, seen %q", reply.Text, got.String())
		}
		if llm.Tokens(reply.Text) > 2*20+17 || reply.Finish == "" || reply.Usage.Input <= 0 || reply.Usage.CostUSD < 0 {
			t.Errorf("reply %+v", reply)
		}
	})
}
