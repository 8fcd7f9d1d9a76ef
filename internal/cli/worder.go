package cli

import (
	"context"
	"io"
	"log/slog"

	"amur/internal/config"
	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/verify"
)

// terminalAsker is on whose account a model is asked from the command line.
const terminalAsker = "terminal"

// worder makes the language model ready to word answers from a base, with the check of its sentences and its budget; nil where
// answers are quotations. What it returns beside it is to be closed in the end.
func (a *app) worder(ctx context.Context, cfg config.Config, base *knowledge.Base, e rag.Embedder) (*rag.Model, io.Closer, error) {
	client, err := a.model(cfg.LLM)
	if err != nil || client == nil {
		return nil, nil, err
	}
	if err := unknownIDs(cfg.LLM.NeverFor, base); err != nil {
		a.warn(err.Error())
	}
	checker, err := newChecker(e)
	if err != nil {
		return nil, nil, err
	}
	budget, state, err := a.budget(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	return &rag.Model{
		Client: client, Checker: checker, Name: cfg.LLM.Model, Budget: budget,
		MaxTokens: cfg.LLM.MaxTokens, Timeout: cfg.LLM.Timeout, Rewrite: cfg.LLM.Rewrite, NeverFor: cfg.LLM.NeverFor,
		Log: a.logger(cfg.Log),
	}, state, nil
}

// newChecker makes the check of claims. It compares states of tokens, which servers do not give: the built-in model stands in
// for them.
func newChecker(e rag.Embedder) (*verify.Checker, error) {
	glossary, err := knowledge.Glossary()
	if err != nil {
		return nil, err
	}
	states, ok := e.(verify.Embedder)
	if !ok {
		if states, err = encoder.Builtin(); err != nil {
			return nil, err
		}
	}
	return verify.New(verify.Options{Glossary: glossary, Embedder: states})
}

// logger writes to standard error what the settings ask for.
func (a *app) logger(cfg config.Log) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.Level)) // validated
	options := &slog.HandlerOptions{Level: level}
	if cfg.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.streams.Err, options))
	}
	return slog.New(slog.NewTextHandler(a.streams.Err, options))
}
