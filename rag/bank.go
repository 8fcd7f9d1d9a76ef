package rag

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"amur/internal/text"
)

//go:embed data/bank.txt
var bankText string

// bank holds questions that no base about one subject answers, by language. What they score against a base is the
// yardstick for real questions, so that one threshold serves all bases and languages without labelled questions.
type bank map[text.Lang][]string

func newBank() (bank, error) {
	b := bank{}
	var lang text.Lang
	for line := range strings.Lines(bankText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			lang = text.Lang(strings.Trim(line, "[]"))
		case lang == "":
			return nil, fmt.Errorf("bank.txt: %q stands before the first language", line)
		default:
			b[lang] = append(b[lang], line)
		}
	}
	return b, nil
}

// bankLanguage is the language of the bank that a question in lang is measured by.
func bankLanguage(lang text.Lang) text.Lang {
	switch lang {
	case text.RU, text.UK, text.ZH:
		return lang
	case text.ZHHant:
		return text.ZH
	}
	return text.EN
}

// embeddedBank is the bank as an embedder sees it.
type embeddedBank map[text.Lang][]embedded

// embedded is a text's vector with the states of its tokens, nil where the embedder gives none.
type embedded struct {
	vector []float32
	tokens [][]float32
}

func (b bank) embed(ctx context.Context, e Embedder) (embeddedBank, error) {
	out := embeddedBank{}
	for _, lang := range sortedLangs(b) {
		texts, err := embedAll(ctx, e, asQuery, b[lang])
		if err != nil {
			return nil, err
		}
		out[lang] = texts
	}
	return out, nil
}

// embedAll embeds texts, with the states of their tokens where the embedder gives them.
func embedAll(ctx context.Context, e Embedder, r role, texts []string) ([]embedded, error) {
	var vectors [][]float32
	var tokens [][][]float32
	var err error
	t, ok := e.(tokenEmbedder)
	switch {
	case ok && r == asQuery:
		vectors, tokens, err = t.EmbedQueryTokens(ctx, texts)
	case ok:
		vectors, tokens, err = t.EmbedPassageTokens(ctx, texts)
	case r == asQuery:
		vectors, err = e.EmbedQueries(ctx, texts)
	default:
		vectors, err = e.EmbedPassages(ctx, texts)
	}
	if err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) || ok && len(tokens) != len(texts) {
		return nil, fmt.Errorf("the model returned %d vectors for %d texts", len(vectors), len(texts))
	}
	out := make([]embedded, len(texts))
	for i := range out {
		out[i].vector = vectors[i]
		if !ok {
			continue
		}
		out[i].tokens = tokens[i]
		for _, state := range tokens[i] {
			if len(state) != len(vectors[i]) {
				return nil, fmt.Errorf("the model returned a token of %d components beside a vector of %d", len(state), len(vectors[i]))
			}
		}
	}
	return out, nil
}

// passageCentre is the key of the centre of passages' tokens among the centres of questions' tokens.
const passageCentre text.Lang = "passages"

// centres are the mean token states: of the bank's questions in each language, and over all languages for passages. They
// depend on the model alone, so that packed tokens stay good when documents change. Empty without token states.
func (b embeddedBank) centres() map[text.Lang][]float32 {
	out := map[text.Lang][]float32{}
	var all [][][]float32
	for _, lang := range sortedLangs(b) {
		first := len(all)
		for _, t := range b[lang] {
			all = append(all, t.tokens)
		}
		if centre := meanState(all[first:]); len(centre) > 0 {
			out[lang] = centre
		}
	}
	if centre := meanState(all); len(centre) > 0 {
		out[passageCentre] = centre
	}
	return out
}
