package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"amur/internal/config"
	"amur/internal/encoder"
	"amur/internal/ingest"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// app is what every verb shares: the streams, the environment and the flags that all verbs take.
type app struct {
	streams      Streams
	environ      []string
	configFile   string
	knowledgeDir string
}

// config returns the effective settings: file, environment, flags.
func (a *app) config() (config.Config, error) {
	cfg, err := config.Load(a.configFile, a.environ)
	if err != nil {
		return config.Config{}, hintError{err, "see config.example.yaml for every setting"}
	}
	if a.knowledgeDir != "" {
		cfg.Knowledge.Dir = a.knowledgeDir
	}
	for _, w := range cfg.Warnings {
		a.warn(w)
	}
	return cfg, nil
}

func (a *app) warn(message string) {
	_, _ = fmt.Fprintln(a.streams.Err, "amur: warning: "+message)
}

// base loads the documents: the built-in ones, the operator's folder, or both. Files of the folder that could not be
// read are returned beside it.
func (a *app) base(ctx context.Context, cfg config.Config) (*knowledge.Base, []ingest.Skipped, error) {
	if cfg.Knowledge.Dir == "" {
		base, err := knowledge.Builtin()
		return base, nil, err
	}
	options := ingest.Options{}
	if dir, err := cfg.Cache.Path(); err == nil {
		options.CacheDir = dir
	}
	docs, skipped, err := ingest.Folder(ctx, cfg.Knowledge.Dir, options)
	if err != nil {
		return nil, nil, fmt.Errorf("documents of %s: %w", cfg.Knowledge.Dir, err)
	}
	for _, s := range skipped {
		a.warn(fmt.Sprintf("skipped %s: %v", s.Path, s.Err))
	}
	if len(docs) == 0 && !cfg.Knowledge.Builtin {
		return nil, skipped, hintError{
			fmt.Errorf("no documents in %s", cfg.Knowledge.Dir),
			"put Markdown, text, HTML or PDF files there, or leave --knowledge out to use the built-in documents",
		}
	}
	base, err := knowledge.New(docs)
	if err != nil {
		return nil, skipped, err
	}
	if cfg.Knowledge.Builtin {
		builtin, err := knowledge.Builtin()
		if err != nil {
			return nil, skipped, err
		}
		if base, err = builtin.Join(base); err != nil {
			return nil, skipped, err
		}
	}
	return base, skipped, nil
}

// embedder opens what turns text into vectors: the built-in model, a model file, or a server.
func (a *app) embedder(cfg config.Config) (rag.Embedder, error) {
	switch e := cfg.Embedder; {
	case e.BaseURL != "":
		return rag.NewOpenAIEmbedder(rag.OpenAIOptions{BaseURL: e.BaseURL, Model: e.Name, Key: e.APIKey.Reveal()})
	case e.Model != "":
		data, err := os.ReadFile(e.Model)
		if err != nil {
			return nil, fmt.Errorf("embedding model: %w", err)
		}
		model, err := encoder.Open(data, encoder.Options{})
		if err != nil {
			return nil, fmt.Errorf("embedding model %s: %w", e.Model, err)
		}
		return model, nil
	}
	return encoder.Builtin()
}

// parts are the opened pieces that a question needs.
type parts struct {
	cfg      config.Config
	answerer *rag.Answerer
	skipped  []ingest.Skipped
}

// open makes everything ready to answer. The model is opened while the documents are read.
func (a *app) open(ctx context.Context) (parts, error) {
	cfg, err := a.config()
	if err != nil {
		return parts{}, err
	}
	base, skipped, embedder, err := a.read(ctx, cfg)
	if err != nil {
		return parts{}, err
	}
	return a.assemble(ctx, cfg, base, skipped, embedder)
}

// read opens the model beside the documents, because both take their time.
func (a *app) read(ctx context.Context, cfg config.Config) (*knowledge.Base, []ingest.Skipped, rag.Embedder, error) {
	type opened struct {
		embedder rag.Embedder
		err      error
	}
	opening := make(chan opened, 1)
	go func() {
		e, err := a.embedder(cfg)
		opening <- opened{e, err}
	}()
	base, skipped, err := a.base(ctx, cfg)
	model := <-opening
	if err := errors.Join(err, model.err); err != nil {
		return nil, skipped, nil, err
	}
	return base, skipped, model.embedder, nil
}

func (a *app) assemble(ctx context.Context, cfg config.Config, base *knowledge.Base, skipped []ingest.Skipped, e rag.Embedder) (parts, error) {
	index, err := a.index(ctx, cfg, base, e, nil)
	if err != nil {
		return parts{}, err
	}
	router, err := rag.NewRouter(nil)
	if err != nil {
		return parts{}, err
	}
	return parts{cfg: cfg, skipped: skipped, answerer: &rag.Answerer{
		Index: index, Embedder: e, Router: router, MaxSentences: cfg.Answer.MaxSentences,
	}}, nil
}

// fallbackLanguage is the language to answer in where a question does not tell.
func fallbackLanguage(flag string, cfg config.Config) (text.Lang, error) {
	lang := cfg.Answer.Language
	if flag != "" {
		lang = flag
	}
	switch l := text.Lang(lang); l {
	case text.EN, text.RU, text.UK, text.ZH, text.ZHHant, "":
		return l, nil
	}
	return "", usageError{hintError{fmt.Errorf("unknown language %q", lang), "use en, ru, uk, zh or zh-Hant"}}
}

// slashed is a path as people write it in messages.
func slashed(path string) string { return filepath.ToSlash(path) }
