package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

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
	allSkipped   bool                     // name every file that is skipped
	lookEvery    time.Duration            // at files that may change; 0 is 15 s
	redactor     atomic.Pointer[redactor] // of the settings in force, which a reload changes
}

// config returns the effective settings: file, environment, flags.
func (a *app) config() (config.Config, error) {
	cfg, err := config.Load(a.configFile, a.environ)
	if err != nil {
		return config.Config{}, hintError{err, "config.example.yaml explains every setting"}
	}
	if a.knowledgeDir != "" {
		cfg.Knowledge.Dir = a.knowledgeDir
	}
	a.knows(cfg.Secrets())
	for _, w := range cfg.Warnings {
		a.warn(w)
	}
	return cfg, nil
}

func (a *app) warn(message string) {
	_, _ = fmt.Fprintln(a.streams.Err, "amur: warning: "+clean(a.redactor.Load().text(message)))
}

// base loads the documents: the built-in ones, the operator's folder, or both. Files of the folder that could not be
// read are returned beside it.
func (a *app) base(ctx context.Context, cfg config.Config) (*knowledge.Base, []ingest.Skipped, error) {
	var builtin *knowledge.Base
	var options ingest.Options
	if cfg.Knowledge.UsesBuiltin() {
		var err error
		if builtin, err = knowledge.Builtin(); err != nil {
			return nil, nil, err
		}
		if cfg.Knowledge.Dir == "" {
			return builtin, nil, nil
		}
		for _, doc := range builtin.Documents() {
			if !slices.Contains(options.Taken, doc.ID) { // an id stands once for all languages
				options.Taken = append(options.Taken, doc.ID)
			}
		}
	}
	if dir, err := cfg.Cache.Path(); err == nil {
		options.CacheDir = dir
	}
	progress, finish := a.progress("reading")
	options.Progress = progress
	docs, skipped, err := ingest.Folder(ctx, cfg.Knowledge.Dir, options)
	finish()
	if err != nil {
		return nil, nil, hintError{err, "give --knowledge, or the setting knowledge.dir, the path of a folder that amur may read"}
	}
	a.warnSkipped(skipped)
	if len(docs) == 0 {
		return nil, skipped, hintError{
			fmt.Errorf("no documents in %q", cfg.Knowledge.Dir),
			"put Markdown, text, HTML or PDF files there, or leave --knowledge and knowledge.dir out to use the built-in documents",
		}
	}
	own, err := knowledge.New(docs)
	if err != nil {
		return nil, skipped, fmt.Errorf("documents of %q: %w", cfg.Knowledge.Dir, err)
	}
	if builtin == nil {
		return own, skipped, nil
	}
	both, err := builtin.Join(own)
	if err != nil {
		return nil, skipped, fmt.Errorf("documents of %q beside the built-in ones: %w", cfg.Knowledge.Dir, err)
	}
	return both, skipped, nil
}

// warnSkipped names the files that could not be read: all of them where that is what the verb is for, else a few.
func (a *app) warnSkipped(skipped []ingest.Skipped) {
	const few = 3
	for i, s := range skipped {
		if i == few && !a.allSkipped && len(skipped) > few+1 {
			a.warn(fmt.Sprintf("skipped %d more files; 'amur index' names them all", len(skipped)-few))
			return
		}
		a.warn("skipped " + s.String())
	}
}

// embedder opens what turns text into vectors: the built-in model, a model file, or a server.
func (a *app) embedder(cfg config.Config) (rag.Embedder, error) {
	switch e := cfg.Embedder; {
	case e.BaseURL != "":
		return rag.NewOpenAIEmbedder(rag.OpenAIOptions{BaseURL: e.BaseURL, Model: e.Name, Key: e.APIKey.Reveal()})
	case e.Model != "":
		const hint = "embedder.model is the path of a GGUF file of a BERT-family embedding model; leave it empty for the built-in model"
		data, err := os.ReadFile(filepath.Clean(e.Model))
		if err != nil {
			return nil, hintError{fmt.Errorf("embedding model: %w", err), hint}
		}
		model, err := encoder.Open(data, encoder.Options{})
		if err != nil {
			return nil, hintError{fmt.Errorf("embedding model %q: %w", e.Model, err), hint}
		}
		return model, nil
	}
	return encoder.Builtin()
}

// materials are what an index is made of.
type materials struct {
	base     *knowledge.Base
	skipped  []ingest.Skipped
	embedder rag.Embedder
}

// read opens the model beside the documents, because both take their time.
func (a *app) read(ctx context.Context, cfg config.Config) (materials, error) {
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
		return materials{}, err
	}
	return materials{base, skipped, model.embedder}, nil
}

// parts are the opened pieces that a question needs.
type parts struct {
	cfg      config.Config
	answerer *rag.Answerer
	state    io.Closer // nil where none is open
}

// open makes everything ready to answer.
func (a *app) open(ctx context.Context) (parts, error) {
	cfg, err := a.config()
	if err != nil {
		return parts{}, err
	}
	m, err := a.read(ctx, cfg)
	if err != nil {
		return parts{}, err
	}
	p, err := a.prepare(ctx, cfg, m.base, m.embedder)
	if err != nil {
		return parts{}, err
	}
	if p.unsaved != nil {
		a.warn(fmt.Sprintf("the index is not saved (%v) and is built anew each time: set cache.dir to a folder that can be written", p.unsaved))
	}
	return a.newParts(ctx, cfg, m, p.index)
}

// newParts puts together what answers from an index of materials, or of a part of them.
func (a *app) newParts(ctx context.Context, cfg config.Config, m materials, index *rag.Index) (parts, error) {
	answerer, err := newAnswerer(cfg, m, index)
	p := parts{cfg: cfg, answerer: answerer}
	if err != nil || !cfg.LLM.Enabled() {
		return p, err
	}
	checker, err := newChecker(m.embedder)
	if err != nil {
		return parts{}, err
	}
	if answerer.Model, err = a.worder(cfg, index.Base(), checker); err != nil || answerer.Model == nil {
		return p, err
	}
	if answerer.Model.Budget, p.state, err = a.budget(ctx, cfg); err != nil {
		return parts{}, err
	}
	return p, nil
}

// newAnswerer makes what answers in quotations.
func newAnswerer(cfg config.Config, m materials, index *rag.Index) (*rag.Answerer, error) {
	answerer, err := rag.New(index, m.embedder)
	if err != nil {
		return nil, err
	}
	answerer.MaxSentences = cfg.Answer.MaxSentences
	if cfg.Knowledge.UsesBuiltin() {
		if answerer.Disputes, err = knowledge.BuiltinDisputes(m.base); err != nil {
			return nil, err
		}
	}
	return answerer, nil
}

// close lets go of what is open; the answers are out by then.
func (a *app) close(p parts) {
	if p.state == nil {
		return
	}
	if err := p.state.Close(); err != nil {
		a.warn(fmt.Sprintf("state: %v", err))
	}
}

// parseLang reads the flag --lang; empty stays empty.
func parseLang(flag string) (text.Lang, error) {
	switch l := text.Lang(flag); l {
	case text.EN, text.RU, text.UK, text.ZH, text.ZHHant, "":
		return l, nil
	}
	return "", usageError{hintError{fmt.Errorf("unknown language %q", flag), "use en, ru, uk, zh or zh-Hant"}}
}

// language is the one to use where a question does not tell: the flag's, else that of the settings.
func (p parts) language(flag text.Lang) text.Lang {
	if flag != "" {
		return flag
	}
	return text.Lang(p.cfg.Answer.Language)
}
