package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"amur/internal/config"
	"amur/internal/store"
	"amur/rag"
	"amur/rag/llm"
)

const unpriced = "llm.budget.usd_per_day is set, but not what the model costs, so the limit cannot be kept: answers are quotations"

// model makes the client of the language model. It is nil where answers are quotations: where no model is set, or where
// money is limited and prices are not known.
func (a *app) model(cfg config.LLM) (*llm.Client, error) {
	if cfg.Enabled() && cfg.Unpriced() {
		a.warn(unpriced + "; 'amur check' says what to add")
		return nil, nil
	}
	if !cfg.Enabled() {
		return nil, nil
	}
	return newModel(cfg)
}

func newModel(cfg config.LLM) (*llm.Client, error) {
	headers := make(map[string]string, len(cfg.Headers))
	for name, value := range cfg.Headers {
		headers[name] = value.Reveal()
	}
	client, err := llm.New(llm.Options{
		BaseURL: cfg.BaseURL, Model: cfg.Model, Key: cfg.APIKey.Reveal(), Headers: headers,
		ConnectTimeout: cfg.ConnectTimeout, FirstTokenTimeout: cfg.FirstTokenTimeout, Timeout: cfg.Timeout,
		Retries: cfg.Retries, Concurrency: cfg.Concurrency, Queue: cfg.Queue,
		Price: price(cfg.Price),
	})
	if err != nil {
		return nil, hintError{err, "config.example.yaml explains the settings of section llm"}
	}
	return client, nil
}

// price is nil where prices are not known. The date has been validated.
func price(p config.Price) *llm.Price {
	if !p.Known() {
		return nil
	}
	date, _ := time.Parse(time.DateOnly, p.Date)
	return &llm.Price{Input: *p.Input, Output: *p.Output, Date: date}
}

// budget opens the state for what the model may use and has used; close it in the end. Where the state cannot be opened,
// it is an error if there are limits to keep; without limits it is a warning, and nothing is counted: both results are nil.
func (a *app) budget(ctx context.Context, cfg config.Config) (rag.Budget, io.Closer, error) {
	s, err := openUsage(ctx, cfg.Store)
	switch {
	case err == nil:
		return budget{s.Budget(limits(cfg.LLM.Budget), nil), a.warn}, s, nil
	case ctx.Err() != nil || cfg.LLM.Budget != config.Budget{}:
		return nil, nil, err
	}
	a.warn(fmt.Sprintf("what the model uses is not counted: %v", err))
	return nil, nil, nil
}

const microsPerDollar = 1e6

// limits are those of the settings; the smallest sum of money is a millionth of a dollar, because 0 is no limit.
func limits(b config.Budget) store.Limits {
	l := store.Limits{TokensPerDay: b.TokensPerDay, TokensPerAsker: b.TokensPerAsker, Share: b.Share}
	if b.USDPerDay > 0 {
		l.MicroUSDPerDay = max(1, int64(math.Round(b.USDPerDay*microsPerDollar)))
	}
	return l
}

// budget fits the state's budget to what rag asks for.
type budget struct {
	*store.Budget

	warn func(string)
}

// Reserve sets a part of today's budget aside.
func (b budget) Reserve(ctx context.Context, who rag.Spender, tokens, microUSD int64) (func(tokens, microUSD int64), error) {
	r, err := b.Budget.Reserve(ctx, store.Spender(who), tokens, microUSD)
	if errors.Is(err, store.ErrOverBudget) {
		return nil, overBudgetError{err}
	}
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // what was used is used, whether somebody waits or not
	return func(tokens, microUSD int64) {
		if err := r.Settle(ctx, tokens, microUSD); err != nil {
			b.warn(fmt.Sprintf("what a call of the model used stays counted as reserved: %v", err))
		}
	}, nil
}

// overBudgetError is the state's error under the name that rag knows.
type overBudgetError struct{ err error }

func (e overBudgetError) Error() string   { return e.err.Error() }
func (e overBudgetError) Unwrap() []error { return []error{rag.ErrOverBudget, e.err} }
