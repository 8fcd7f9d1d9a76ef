// Package llm asks a language model behind any OpenAI-compatible address: OpenAI, OpenRouter, Ollama, vLLM, llama.cpp's
// server and others.
//
//	Chat ─▶ queue ─▶ breaker ─▶ attempt ─▶ (adapt or wait, attempt again) ─▶ Reply
//	                               │
//	                 exchange: one HTTP request, bounded
//	                 events:   its body as one JSON object a line
//	                 think:    reasoning taken out, the rest handed on
//
// What servers do differently (how they refuse a parameter, where they put a model's reasoning, whether they count
// tokens) is dealt with here, so that a caller sees one behaviour: visible text as it comes, then a [Reply] or an
// [*Error] of a known [Kind].
//
// The package knows nothing of passages, prompts or who asks.
package llm

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options say where a model is and how patiently it is asked. Only BaseURL and Model are required.
type Options struct {
	BaseURL string            // such as http://localhost:11434 or https://openrouter.ai/api/v1; /v1 is added to a bare host
	Model   string            // its name on the server
	Key     string            // sent as a bearer token; empty for a server that wants none
	Headers map[string]string // sent with every request; their values are treated as secrets

	ConnectTimeout    time.Duration // for name, connection and TLS of one attempt; 0 = 5 s
	FirstTokenTimeout time.Duration // from the connection to the first token, reasoning included, and between two; 0 = 20 s
	Timeout           time.Duration // for the whole of a call: queue, attempts, waits and the answer; 0 = 60 s

	Retries     int // how often a call is tried again, at most
	Concurrency int // calls under way at once; 0 = 4
	Queue       int // calls that may wait for their turn; 0 = none: what exceeds Concurrency is refused

	BreakAfter int           // consecutive failed calls after which none is tried for a while; 0 = 5
	BreakFor   time.Duration // that while; 0 = 30 s

	Price *Price // nil = unpriced, unless the server itself tells the cost

	Transport http.RoundTripper // nil = one like [http.DefaultTransport]
	Now       func() time.Time  // nil = time.Now
	// Wait returns after d, or with the context's error. nil waits by a timer. It is called between attempts only.
	Wait   func(ctx context.Context, d time.Duration) error
	Random func() float64 // from 0 to 1, for jitter, safe for concurrent use; nil = math/rand/v2
}

// Price is what tokens cost, in US dollars per million.
type Price struct {
	Input, Output float64
	Date          time.Time // the day they hold for
}

// Role says who speaks.
type Role string

// The roles of messages.
const (
	RoleSystem    Role = "system"
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
)

// Message is one turn of a conversation; its text is not empty.
type Message struct {
	Role Role
	Text string
}

// Request is a conversation that the model is to continue, at temperature 0.
type Request struct {
	Messages  []Message
	MaxTokens int // of the answer, reasoning included; 0 = 1024
	// Restart, where given, is called when everything seen so far turns out to have been reasoning: some servers leave
	// out the tag that opens it. What is seen from then on is the answer.
	Restart func()
}

// Finish says why a model stopped.
type Finish string

// The reasons for which a model stops.
const (
	FinishStop   Finish = "stop"   // it had said everything
	FinishLength Finish = "length" // it reached the limit, its own or ours: the last sentence may be a fragment
	FinishFilter Finish = "filter" // the provider withheld the rest
	FinishTool   Finish = "tool"   // it wanted to call a tool, though none was offered
)

// Reply is a complete answer.
type Reply struct {
	Text   string // visible text, valid UTF-8, never empty: all that was seen (since the last restart)
	Finish Finish
	Usage  Usage
}

// Usage is what a call consumed.
type Usage struct {
	Input, Output int     // tokens; Output has the reasoning in it
	Estimated     bool    // the server did not count; see [Tokens]
	CostUSD       float64 // US dollars: the provider's word, else by the price
	Priced        bool    // CostUSD is known; a model that costs nothing is priced too
}

// Client asks one model on one server. It is safe for concurrent use and needs no closing.
type Client struct {
	options Options
	base    string // where paths such as /chat/completions are appended
	http    *http.Client
	gate    *gate
	breaker *breaker
	secrets *strings.Replacer

	mutex   sync.Mutex
	dialect dialect // what the server was found to want
}

// New makes a client; it does not connect yet. Its errors name the option that is wrong and never hold the key.
func New(o Options) (*Client, error) {
	if err := o.complete(); err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	base, err := address(o.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	return &Client{
		options: o,
		base:    base,
		http: &http.Client{
			Transport:     o.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		gate:    newGate(o.Concurrency, o.Queue),
		breaker: &breaker{after: o.BreakAfter, pause: o.BreakFor, now: o.Now},
		secrets: hideSecrets(o),
	}, nil
}

// Model is the name that the model has on its server.
func (c *Client) Model() string { return c.options.Model }

// BaseURL is the address that paths are appended to, without a slash at its end.
func (c *Client) BaseURL() string { return c.base }

// complete fills in what was left out and refuses what cannot be.
func (o *Options) complete() error {
	if strings.TrimSpace(o.Model) == "" {
		return errors.New("name the model")
	}
	if err := headerValue("the key", o.Key); err != nil {
		return err
	}
	o.Headers = maps.Clone(o.Headers)
	for name, value := range o.Headers {
		if err := headerName(name); err != nil {
			return err
		}
		if err := headerValue("header "+name, value); err != nil {
			return err
		}
	}
	for _, d := range []struct {
		name     string
		value    *time.Duration
		standard time.Duration
	}{
		{"the time to connect", &o.ConnectTimeout, 5 * time.Second},
		{"the time to the first token", &o.FirstTokenTimeout, 20 * time.Second},
		{"the time for a call", &o.Timeout, time.Minute},
		{"the pause after failures", &o.BreakFor, 30 * time.Second},
	} {
		if *d.value < 0 {
			return fmt.Errorf("%s is negative", d.name)
		}
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	if min(o.Retries, o.Concurrency, o.Queue, o.BreakAfter) < 0 {
		return errors.New("retries, concurrency, queue and failures are counts: none may be negative")
	}
	if o.Concurrency == 0 {
		o.Concurrency = 4
	}
	if o.BreakAfter == 0 {
		o.BreakAfter = 5
	}
	if p := o.Price; p != nil && (!(p.Input >= 0) || !(p.Output >= 0) || math.IsInf(p.Input+p.Output, 0)) {
		return errors.New("a price is not a number of dollars per million tokens")
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	return nil
}
