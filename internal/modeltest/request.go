package modeltest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Request is what a client sent.
type Request struct {
	Number int // from 0, over all requests of the server
	Path   string
	Header http.Header
	Body   []byte // as it came

	fields fields
}

type fields struct {
	Model               string          `json:"model"`
	Messages            []message       `json:"messages"`
	Stream              bool            `json:"stream"`
	StreamOptions       json.RawMessage `json:"stream_options"`
	Temperature         *float64        `json:"temperature"`
	MaxTokens           int             `json:"max_tokens"`
	MaxCompletionTokens int             `json:"max_completion_tokens"`
	Input               json.RawMessage `json:"input"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Model is the model that is asked for.
func (r Request) Model() string { return r.fields.Model }

// Stream tells whether the answer is to be streamed.
func (r Request) Stream() bool { return r.fields.Stream }

// IncludeUsage tells whether the stream is to have a count of tokens at its end.
func (r Request) IncludeUsage() bool {
	return strings.Contains(string(r.fields.StreamOptions), `"include_usage":true`)
}

// Has tells whether the request has a field, such as "max_tokens".
func (r Request) Has(field string) bool {
	var all map[string]json.RawMessage
	_ = json.Unmarshal(r.Body, &all) // it was read once already
	_, ok := all[field]
	return ok
}

// MaxTokens is how long the answer may be, under either name; 0 where there is no limit.
func (r Request) MaxTokens() int { return max(r.fields.MaxTokens, r.fields.MaxCompletionTokens) }

// User is the text of the last message of the user: the prompt. Empty where there is none.
func (r Request) User() string { return r.last("user") }

// System is the text of the last system message. Empty where there is none.
func (r Request) System() string { return r.last("system") }

// Roles are the roles of the messages, in order.
func (r Request) Roles() []string {
	var out []string
	for _, m := range r.fields.Messages {
		out = append(out, m.Role)
	}
	return out
}

func (r Request) last(role string) string {
	text := ""
	for _, m := range r.fields.Messages {
		if m.Role == role {
			text = m.Content
		}
	}
	return text
}
