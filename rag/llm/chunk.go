package llm

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// chunk is one object of a stream, or a whole reply: the fields of it that matter, as the servers send them. go-openai's
// own type lacks those that OpenAI does not have.
type chunk struct {
	Choices []choice        `json:"choices"`
	Usage   *usage          `json:"usage"`
	Timings *timings        `json:"timings"` // llama.cpp's server
	Error   json.RawMessage `json:"error"`
	Object  string          `json:"object"` // "error" in older versions of vLLM
	Message json.RawMessage `json:"message"`
}

type choice struct {
	Index   int    `json:"index"`
	Delta   said   `json:"delta"`
	Message said   `json:"message"` // in a whole reply
	Finish  string `json:"finish_reason"`
}

type said struct {
	Content   content `json:"content"`
	Reasoning content `json:"reasoning"`         // OpenRouter, Ollama, newer versions of vLLM
	Thoughts  content `json:"reasoning_content"` // llama.cpp's server, vLLM, DeepSeek
	Refusal   content `json:"refusal"`           // OpenAI
}

type usage struct {
	Input  int      `json:"prompt_tokens"`
	Output int      `json:"completion_tokens"`
	Cost   *float64 `json:"cost"` // OpenRouter: US dollars
}

type timings struct {
	Cached int `json:"cache_n"`
	Prompt int `json:"prompt_n"`
	Output int `json:"predicted_n"`
}

// content is text, also where it comes as a list of parts, of which those that are no text are left out.
type content string

// UnmarshalJSON takes text, parts or null.
func (c *content) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		var parts []struct {
			Type string  `json:"type"`
			Text content `json:"text"`
		}
		if err := json.Unmarshal(data, &parts); err != nil {
			return err
		}
		var all strings.Builder
		for _, p := range parts {
			if p.Type == "text" {
				all.WriteString(string(p.Text))
			}
		}
		*c = content(all.String())
		return nil
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*c = content(s)
	return nil
}

// failed returns the error that stands in a stream in place of an answer.
func (c chunk) failed() (code int, said complaint, failed bool) {
	if len(c.Error) > 0 && string(c.Error) != "null" {
		code, said = complained(c.Error)
		return code, said, true
	}
	if c.Object == "error" {
		_, said = complained(c.Message)
		return 0, said, true
	}
	return 0, "", false
}

// complained reads an error in any of the forms that servers give it: a text, or an object with a message, a type and a
// code, which is a name or an HTTP status.
func complained(raw json.RawMessage) (code int, said complaint) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return 0, complaint(oneLine(text))
	}
	var fields struct {
		Message content         `json:"message"`
		Detail  json.RawMessage `json:"detail"` // FastAPI's: a text, or a list of what is wrong with the request
		Type    any             `json:"type"`
		Code    any             `json:"code"`
		Error   json.RawMessage `json:"error"`
	}
	if json.Unmarshal(raw, &fields) != nil {
		page := strings.HasPrefix(strings.TrimSpace(string(raw)), "<")
		if page { // of a proxy: of use in a browser only
			return 0, ""
		}
		return 0, complaint(oneLine(string(raw)))
	}
	if len(fields.Error) > 0 && string(fields.Error) != "null" {
		return complained(fields.Error)
	}
	parts := []string{string(fields.Message), oneLine(string(fields.Detail))}
	for _, field := range []any{fields.Type, fields.Code} {
		switch v := field.(type) {
		case string:
			parts = append(parts, v)
			if n, err := strconv.Atoi(v); err == nil && code == 0 {
				code = max(0, min(n, 999))
			}
		case float64:
			code = int(max(0, min(v, 999)))
		}
	}
	return code, complaint(oneLine(strings.Join(parts, " ")))
}

// finish reads the reason for which a model stopped; "" where it did not say yet.
func (c choice) finish() Finish {
	switch strings.ToLower(c.Finish) {
	case "", "null":
		return ""
	case "length", "max_tokens", "model_length":
		return FinishLength
	case "content_filter", "safety":
		return FinishFilter
	case "tool_calls", "function_call":
		return FinishTool
	default: // stop, eos, eos_token, end_turn
		return FinishStop
	}
}

// counted is the usage that a server reports, if it makes sense.
func (c chunk) counted() (Usage, bool) {
	const most = 1 << 30
	var out Usage
	switch {
	case c.Usage != nil:
		out = Usage{Input: c.Usage.Input, Output: c.Usage.Output}
		if cost := c.Usage.Cost; cost != nil && *cost >= 0 && !math.IsInf(*cost, 0) {
			out.CostUSD, out.Priced = *cost, true
		}
	case c.Timings != nil:
		out = Usage{Input: c.Timings.Cached + c.Timings.Prompt, Output: c.Timings.Output}
	}
	return out, out.Input > 0 && out.Output > 0 && out.Input < most && out.Output < most
}
