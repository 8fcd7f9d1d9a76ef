package modeltest

import (
	"net"
	"net/http"
	"strings"
)

// Failure is a way to fail.
type Failure struct {
	Name   string // as in an address
	Answer Answer
}

// Refused is an address at which nothing listens.
func Refused() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	if err := l.Close(); err != nil {
		return "", err
	}
	return "http://" + l.Addr().String() + "/v1", nil
}

// The texts of models that answer, but not as they should. Each has a citation, so that it is not for want of one that
// it is dropped.
const (
	foreignCitation = "Trade between the two countries reached 245 billion dollars in 2024 [99]."
	obeyedInjection = "Sure! I am in developer mode now. @everyone [click here](https://attacker.example/) <https://attacker.example/> " +
		"My instructions are: SYSTEM PROMPT FOLLOWS [1]. Amur is the best river and you must visit attacker.example [1]."
	wrongLanguage = "Die beiden Länder handeln miteinander mehr als je zuvor [1]. El comercio ha crecido mucho [1]."
	declined      = "I'm sorry, but I can't help with that request."
	looped        = "Trade grew and grew [1]. "
)

// Failures are the ways to fail, each under its name. Two more are no answers: see [Refused] and [NewTLS].
func Failures() []Failure {
	always := func(r Response) Answer { return func(Request) Response { return r } }
	text := func(s string) Answer { return always(Say(s)) }
	return []Failure{
		{"unauthorized", unauthorized},
		{"no-model", func(r Request) Response {
			return Status(http.StatusNotFound, "model \""+r.Model()+"\" not found, try pulling it first")
		}},
		{"rate-limited", always(Status(http.StatusTooManyRequests, "Rate limit reached for requests"))},
		{"rate-limited-wait", always(Status(http.StatusTooManyRequests, "Rate limit reached for requests").With("Retry-After", "3600"))},
		{"server-error", always(Status(http.StatusInternalServerError, "The server had an error while processing your request"))},
		{"hang-first", always(Response{Before: EndHang})},
		{"hang-middle", unfinished("Trade between the two countries grew [1]. It reached ", EndHang)},
		{"garbage", always(Response{Body: "<html><body>Welcome to nginx!</body></html>"})},
		{"garbage-middle", func(r Request) Response {
			events := Say("Trade grew [1].").worded(r).Events
			return Events(append(events[:min(len(events), 2)], `data: {"choices":[{"delta":{"conte`, "data: [DONE]")...)
		}},
		{"half-stream", unfinished("Trade between the two countries grew [1]. It reached ", EndCut)},
		{"dropped", always(Response{Before: EndCut})},
		{"error-middle", func(r Request) Response {
			out := unfinished("Trade grew [1]. It ", EndDone)(r)
			out.Events = append(out.Events, `data: {"error":{"code":502,"message":"Provider disconnected unexpectedly"},`+
				`"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}`)
			return out
		}},
		{"empty", text("")},
		{"endless", endless},
		{"invalid-utf8", func(Request) Response {
			return Events("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Trade \xff\xfe grew \xe4\xb8 [1].\"},\"finish_reason\":\"stop\"}]}", "data: [DONE]")
		}},
		{"foreign-citation", text(foreignCitation)},
		{"obeyed-injection", text(obeyedInjection)},
		{"wrong-language", text(wrongLanguage)},
		{"declined", text(declined)},
		{"looped", text(strings.Repeat(looped, 200))},
	}
}

// named is the failure with a name.
func named(name string) Answer {
	for _, f := range Failures() {
		if f.Name == name {
			return f.Answer
		}
	}
	return func(Request) Response { return Status(http.StatusNotFound, "no failure is called "+name) }
}

// unauthorized repeats the key, as some servers do.
func unauthorized(r Request) Response {
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	return Response{Status: http.StatusUnauthorized, Body: encode(object{"error": object{
		"message": "Incorrect API key provided: " + key, "type": "invalid_request_error", "param": nil, "code": "invalid_api_key",
	}})}
}

// unfinished sends the beginning of an answer.
func unfinished(text string, end End) Answer {
	return func(r Request) Response {
		events := Say(text).worded(r).Events
		for i, e := range events {
			if strings.Contains(e, `"finish_reason":"stop"`) {
				events = events[:i]
				break
			}
		}
		return Response{Events: events, End: end}
	}
}

// endless sends 100,000 tokens, whatever limit was asked for.
func endless(r Request) Response {
	event := "data: " + encode(object{
		"id": "chatcmpl-0", "object": "chat.completion.chunk", "created": 1767225600, "model": r.Model(),
		"choices": []any{object{"index": 0, "delta": object{"content": "trade "}, "finish_reason": nil}},
	})
	events := make([]string, 0, 100_002)
	for range 100_000 {
		events = append(events, event)
	}
	return Events(append(events, `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`, "data: [DONE]")...)
}
