package llm

import (
	"net/http"
	"strings"

	openai "github.com/sashabaranov/go-openai"
)

// dialect is what a server was found to want. The zero value is the protocol as most servers have it; each field is a
// step away from it, taken when a server refuses a request for that reason, and kept for the requests that follow.
type dialect struct {
	noUsage          bool // stream_options is not known
	noSystem         bool // the system message goes in front of the user's first one
	completionTokens bool // max_completion_tokens instead of max_tokens
	noTemperature    bool // the temperature cannot be set
	openReasoning    bool // answers begin with reasoning though no tag opens it
}

// adapted is the dialect that a refused request should be repeated in, if any. Servers have no code for these, so their
// words are looked at; a wrong guess costs one request.
func (d dialect) adapted(status int, said complaint) (dialect, bool) {
	switch status { // some report a template that raises an error as their own (500)
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusInternalServerError:
	default:
		return d, false
	}
	for _, step := range []struct {
		taken *bool
		asked bool
	}{
		{&d.noUsage, said.has("stream_options", "include_usage")},
		{&d.completionTokens, said.has("max_completion_tokens")},
		{&d.noTemperature, said.has("temperature")},
		{&d.noSystem, said.has("roles must alternate", "developer instruction") || said.has("system") && said.has("role") &&
			said.has("support", "not allowed", "unknown", "invalid", "unexpected")},
	} {
		if step.asked && !*step.taken { // one at a time: the words of one refusal may touch several
			*step.taken = true
			return d, true
		}
	}
	return d, false
}

// with has all the steps of both.
func (d dialect) with(e dialect) dialect {
	return dialect{
		noUsage:          d.noUsage || e.noUsage,
		noSystem:         d.noSystem || e.noSystem,
		completionTokens: d.completionTokens || e.completionTokens,
		noTemperature:    d.noTemperature || e.noTemperature,
		openReasoning:    d.openReasoning || e.openReasoning,
	}
}

// body words a request.
func (d dialect) body(model string, r Request) openai.ChatCompletionRequest {
	out := openai.ChatCompletionRequest{Model: model, Stream: true}
	if d.completionTokens {
		out.MaxCompletionTokens = r.MaxTokens
	} else {
		out.MaxTokens = r.MaxTokens //nolint:staticcheck // OpenAI's deprecated name is the one that the others know
	}
	if !d.noUsage {
		out.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	messages := r.Messages
	if d.noSystem {
		messages = folded(messages)
	}
	for _, m := range messages {
		out.Messages = append(out.Messages, openai.ChatCompletionMessage{Role: string(m.Role), Content: m.Text})
	}
	return out
}

// folded puts what the system says in front of the user's first message, and joins neighbours of one role: templates
// without a system role want user and assistant to take turns.
func folded(messages []Message) []Message {
	var system []string
	var out []Message
	for _, m := range messages {
		switch {
		case m.Role == RoleSystem:
			system = append(system, m.Text)
		case len(out) > 0 && out[len(out)-1].Role == m.Role:
			out[len(out)-1].Text += "\n\n" + m.Text
		default:
			out = append(out, m)
		}
	}
	if len(system) == 0 {
		return out
	}
	rules := strings.Join(system, "\n\n")
	if len(out) == 0 || out[0].Role != RoleUser {
		return append([]Message{{RoleUser, rules}}, out...)
	}
	out[0].Text = rules + "\n\n" + out[0].Text
	return out
}
