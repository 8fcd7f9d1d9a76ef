package rag

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/llm"
	"amur/rag/verify"
)

// Model words answers in the place of quotations. Its fields are set before the first call; it is safe for concurrent
// use.
type Model struct {
	Client  *llm.Client
	Checker *verify.Checker // every sentence passes it before anybody sees it
	Name    string          // shown to readers
	Budget  Budget          // nil for no limit

	MaxTokens int           // of an answer; 0 means DefaultMaxTokens
	Timeout   time.Duration // for all calls of one answer; 0 means DefaultTimeout
	Rewrite   bool          // make follow-ups and questions in foreign languages whole before searching

	// NeverFor are documents and sections that are never reworded: where the best passage is of one, the answer is quoted, and
	// otherwise the model is not shown their passages.
	NeverFor []string

	// Log is told why an answer fell back to quotations; nil discards it.
	Log *slog.Logger

	rewrites rewriteCache
}

// What holds where a Model says nothing.
const (
	DefaultMaxTokens = 800
	DefaultTimeout   = 60 * time.Second
)

// Budget limits what the language model may use.
type Budget interface {
	// Reserve sets tokens and millionths of a dollar aside for one call, and returns what to call with what it used.
	// An error that wraps ErrOverBudget says that they are not to be had today. It is called from several goroutines.
	Reserve(ctx context.Context, who Spender, tokens, microUSD int64) (settle func(tokens, microUSD int64), err error)
}

// Spender is on whose behalf the model is asked. Empty fields stand for nobody in particular.
type Spender struct{ Asker, Server string }

// ErrOverBudget says that today's allowance does not cover a call.
var ErrOverBudget = errors.New("over budget")

// Usage is what the calls for one answer used.
type Usage struct {
	Calls     int     `json:"calls"`
	Input     int     `json:"input_tokens"`
	Output    int     `json:"output_tokens"`
	Estimated bool    `json:"estimated,omitempty"` // counted by letters, since the server did not say
	CostUSD   float64 `json:"cost_usd,omitempty"`
	Priced    bool    `json:"priced,omitempty"`
}

func (u *Usage) add(v llm.Usage) {
	u.Calls++
	u.Input += v.Input
	u.Output += v.Output
	u.Estimated = u.Estimated || v.Estimated
	u.CostUSD += v.CostUSD
	u.Priced = v.Priced
}

// chat asks the model within the budget and counts what that used, in failure too.
func (m *Model) chat(ctx context.Context, q Question, usage *Usage, request llm.Request, see func(string) error) (llm.Reply, error) {
	settle := func(int64, int64) {}
	if m.Budget != nil {
		estimate := m.Client.Estimate(request)
		var err error
		settle, err = m.Budget.Reserve(ctx, Spender{q.Asker, q.Server}, int64(estimate.Input+estimate.Output), microUSD(estimate))
		if err != nil {
			return llm.Reply{}, err
		}
	}
	reply, err := m.Client.Chat(ctx, request, see)
	used := reply.Usage
	if failure, ok := errors.AsType[*llm.Error](err); ok {
		used = failure.Usage
	}
	usage.add(used)
	settle(int64(used.Input+used.Output), microUSD(used))
	return reply, err
}

const microsPerDollar = 1e6

func microUSD(u llm.Usage) int64 { return int64(u.CostUSD*microsPerDollar + 0.5) }

func (m *Model) maxTokens() int {
	if m.MaxTokens > 0 {
		return m.MaxTokens
	}
	return DefaultMaxTokens
}

func (m *Model) timeout() time.Duration {
	if m.Timeout > 0 {
		return m.Timeout
	}
	return DefaultTimeout
}

// never reports whether a passage is not to be reworded.
func (m *Model) never(h Hit) bool {
	return slices.ContainsFunc(m.NeverFor, func(id string) bool {
		return id == string(h.Passage.Document) || id == string(h.Passage.Section)
	})
}

func (m *Model) log() *slog.Logger {
	if m.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return m.Log
}

// languageName is what a language is called in a prompt. Traditional characters are the program's to make.
func languageName(lang text.Lang) string {
	switch lang {
	case text.RU:
		return "Russian"
	case text.UK:
		return "Ukrainian"
	case text.ZH, text.ZHHant:
		return "Chinese, in simplified characters"
	}
	return "English"
}

// evidence is a hit as the checker reads it.
func evidence(p knowledge.Passage) verify.Evidence {
	return verify.Evidence{Text: p.Text, Lang: p.Lang, Heading: strings.TrimSpace(p.Title + ". " + p.Heading)}
}
