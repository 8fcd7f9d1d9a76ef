package modeltest

import (
	"encoding/json"
	"maps"
	"unicode/utf8"
)

// Shape is whose way of speaking the protocol a server has.
type Shape int

// The shapes, after their documentation and what their servers send.
const (
	OpenAI     Shape = iota // a first chunk with the role alone, usage in a last chunk without choices
	Ollama                  // the role in each chunk, reasoning in "reasoning", no usage unless asked for
	LlamaCpp                // null content first, reasoning in "reasoning_content", timings in place of usage unless asked for
	VLLM                    // the finish reason beside the last text, "stop_reason", reasoning in "reasoning_content"
	OpenRouter              // comments to keep the connection, a provider's name, usage with its cost in dollars
	Whole                   // never streams: one JSON reply
	Bare                    // an old server: no usage, finish reason "eos", no [DONE]
)

// CostUSD is what an answer in OpenRouter's shape costs, in US dollars.
const CostUSD = 0.00014

type object map[string]any

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // cannot be: texts, numbers, lists and objects only
		return "{}"
	}
	return string(b)
}

// count is a stand-in for a tokeniser: what it counts is only compared.
func count(text string) int { return (utf8.RuneCountInString(text) + 3) / 4 }

// worded writes the answer in its shape.
func (r Response) worded(request Request) Response {
	if r.Finish == "" {
		r.Finish = "stop"
		if r.Shape == Bare {
			r.Finish = "eos"
		}
	}
	prompt := 0
	for _, m := range request.fields.Messages {
		prompt += count(m.Content)
	}
	usage := object{
		"prompt_tokens": prompt, "completion_tokens": count(r.Text) + count(r.Reasoning),
		"total_tokens": prompt + count(r.Text) + count(r.Reasoning),
	}
	if r.Shape == OpenRouter {
		usage["cost"] = CostUSD
		usage["cost_details"] = object{"upstream_inference_cost": nil}
	}
	if !request.Stream() || r.Shape == Whole {
		r.Body = r.whole(request, usage)
	} else {
		r.Events = r.stream(request, usage)
	}
	return r
}

func (r Response) whole(request Request, usage object) string {
	said := object{"role": "assistant", "content": r.Text}
	if r.Reasoning != "" {
		said[r.Shape.reasoning()] = r.Reasoning
	}
	out := r.frame(request, "chat.completion")
	out["choices"] = []any{object{"index": 0, "message": said, "logprobs": nil, "finish_reason": r.Finish}}
	out["usage"] = usage
	return encode(out)
}

func (r Response) stream(request Request, usage object) []string {
	var out []string
	add := func(delta object, finish any, more object) {
		c := object{"index": 0, "delta": delta, "finish_reason": finish}
		maps.Copy(c, more)
		chunk := r.frame(request, "chat.completion.chunk")
		chunk["choices"] = []any{c}
		if r.Shape == LlamaCpp && finish != nil {
			chunk["timings"] = object{
				"cache_n": 0, "prompt_n": usage["prompt_tokens"], "prompt_ms": 12.5,
				"predicted_n": usage["completion_tokens"], "predicted_ms": 100.25,
			}
		}
		out = append(out, "data: "+encode(chunk))
	}
	switch r.Shape {
	case OpenAI, VLLM:
		add(object{"role": "assistant", "content": ""}, nil, object{"logprobs": nil})
	case LlamaCpp:
		add(object{"role": "assistant", "content": nil}, nil, nil)
	case OpenRouter:
		out = append(out, ": OPENROUTER PROCESSING", ": OPENROUTER PROCESSING")
	case Ollama, Whole, Bare:
	}
	for _, p := range pieces(r.Reasoning) {
		add(r.delta(r.Shape.reasoning(), p), nil, nil)
	}
	texts := pieces(r.Text)
	for i, p := range texts {
		if r.Shape == VLLM && i == len(texts)-1 {
			add(r.delta("content", p), r.Finish, object{"logprobs": nil, "stop_reason": nil})
			continue
		}
		add(r.delta("content", p), nil, nil)
	}
	switch {
	case r.Shape == VLLM && len(texts) > 0:
	case r.Shape == OpenRouter:
		add(r.delta("content", ""), r.Finish, object{"native_finish_reason": r.Finish})
	case r.Shape == Ollama:
		add(r.delta("content", ""), r.Finish, nil)
	default:
		add(object{}, r.Finish, nil)
	}
	if r.Shape != Bare && (request.IncludeUsage() || r.Shape == OpenRouter) {
		last := r.frame(request, "chat.completion.chunk")
		last["choices"], last["usage"] = []any{}, usage
		out = append(out, "data: "+encode(last))
	}
	if r.Shape != Bare {
		out = append(out, "data: [DONE]")
	}
	return out
}

// delta is a piece of the answer.
func (r Response) delta(field, text string) object {
	switch {
	case r.Shape == Ollama && field != "content":
		return object{"role": "assistant", "content": "", field: text}
	case r.Shape == Ollama, r.Shape == OpenRouter:
		return object{"role": "assistant", field: text}
	}
	return object{field: text}
}

func (s Shape) reasoning() string {
	if s == Ollama || s == OpenRouter {
		return "reasoning"
	}
	return "reasoning_content"
}

// frame is what is around each chunk.
func (r Response) frame(request Request, kind string) object {
	out := object{"id": "chatcmpl-0", "object": kind, "created": 1767225600, "model": request.Model()}
	switch r.Shape {
	case OpenAI:
		out["service_tier"], out["system_fingerprint"] = "default", nil
	case Ollama:
		out["system_fingerprint"] = "fp_ollama"
	case LlamaCpp:
		out["system_fingerprint"] = "b9554-d403f00ec"
	case OpenRouter:
		out["id"], out["provider"] = "gen-1767225600-0", "Somebody"
	case VLLM, Whole, Bare:
	}
	return out
}
