package cli

import (
	"amur/internal/config"
	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/verify"
)

// terminalAsker is on whose account a model is asked from the command line.
const terminalAsker = "terminal"

// worder makes the language model ready to word answers from a base, with the check of its sentences; nil where answers are
// quotations. Its budget is for the caller to set.
func (a *app) worder(cfg config.Config, base *knowledge.Base, checker *verify.Checker) (*rag.Model, error) {
	client, err := a.model(cfg.LLM)
	if err != nil || client == nil {
		return nil, err
	}
	if err := unknownIDs(cfg.LLM.NeverFor, base); err != nil {
		a.warn(err.Error())
	}
	return &rag.Model{
		Client: client, Checker: checker, Name: cfg.LLM.Model,
		MaxTokens: cfg.LLM.MaxTokens, Timeout: cfg.LLM.Timeout, Rewrite: cfg.LLM.Rewrite, NeverFor: cfg.LLM.NeverFor,
		Log: a.logger(cfg),
	}, nil
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
