package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Try each part and say what to do about each failure",
		Long: `check tries settings, cache folder, documents, state, language model, the bot's token, intents, commands, rights and clock,
embedding model and index, and says of each whether it works and, where it does not, what to do. The exit status is 1 when something does not work.`,
		Example: `  amur check
  amur check --config amur.yaml --knowledge ./papers`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.check(cmd.Context())
		},
	}
}

// trials prints what came of each part that was tried.
type trials struct {
	page   *page
	failed int
}

// say prints what was found in a part or, where that failed, why and what to do. It reports whether the part works.
func (t *trials) say(part, found string, err error) bool {
	if err == nil {
		t.line("ok", part, found, plain)
		return true
	}
	t.failed++
	t.line("FAIL", part, err.Error(), t.page.bold)
	if hint, ok := errors.AsType[hintError](err); ok {
		t.line("", "", "→ "+hint.hint, plain)
	}
	return false
}

// advise prints what works and could be better.
func (t *trials) advise(part, advice string) { t.line("note", part, advice, plain) }

// line prints what came of a part, in columns.
func (t *trials) line(verdict, part, s string, style func(string) string) {
	first := fmt.Sprintf("%-4s  %-10s", verdict, part)
	t.page.paragraph(first, strings.Repeat(" ", len(first)), s, style)
}

// check runs the trials in order; one that rests on a failed one is left out.
func (a *app) check(ctx context.Context) error {
	a.allSkipped = true
	t := trials{page: a.newPage()}
	cfg, err := a.config()
	if t.say("settings", settingsFile(cfg), err) {
		a.checkParts(ctx, cfg, &t)
	}
	if err := t.page.flush(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.failed > 0 {
		return fmt.Errorf("%s failed", count(t.failed, "check"))
	}
	return nil
}

func settingsFile(cfg config.Config) string {
	if cfg.File == "" {
		return "defaults and environment; no file"
	}
	return cfg.File
}

func (a *app) checkParts(ctx context.Context, cfg config.Config, t *trials) {
	dir, err := cfg.Cache.Path()
	if err == nil {
		err = writable(dir)
	}
	if err != nil {
		err = hintError{err, "set cache.dir to a folder that can be written; without one the index is built anew at each start"}
	}
	kept := t.say("cache", dir, err)

	base, skipped, err := a.base(ctx, cfg)
	if err == nil && len(skipped) > 0 {
		err = hintError{fmt.Errorf("%s cannot be read", count(len(skipped), "file")), "the warnings above say why; the others work"}
	}
	t.say("documents", describe(base), err)

	a.checkState(ctx, cfg, t)
	a.checkLLM(ctx, cfg.LLM, base, t)
	checkPositions(cfg, t)
	a.checkBot(ctx, cfg, t)

	embedder, err := a.embedder(cfg)
	if err == nil {
		err = a.tryModel(ctx, cfg, embedder)
	}
	if err != nil {
		t.say("model", "", err)
		return
	}
	t.say("model", embedder.Model(), nil)
	if base == nil {
		return
	}
	t.say(a.checkIndex(ctx, cfg, base, embedder, kept))
}

// tryModel embeds a word.
func (a *app) tryModel(ctx context.Context, cfg config.Config, e rag.Embedder) error {
	_, err := e.EmbedQueries(ctx, []string{"trade"})
	if err != nil && cfg.Embedder.BaseURL != "" {
		return hintError{err, "start the server at embedder.base_url, and see that it knows embedder.name and accepts AMUR_EMBEDDER_API_KEY"}
	}
	return err
}

func (a *app) checkIndex(ctx context.Context, cfg config.Config, base *knowledge.Base, e rag.Embedder, kept bool) (part, found string, err error) {
	p, err := a.prepare(ctx, cfg, base, e)
	if err != nil {
		return "index", "", err
	}
	found = count(p.index.Len(), "passage")
	switch {
	case p.unsaved != nil && kept:
		return "index", "", hintError{p.unsaved, "make room in the cache folder, or set cache.dir to another"}
	case p.unsaved != nil:
		found += ", in memory only"
	}
	return "index", found, nil
}

func describe(base *knowledge.Base) string {
	if base == nil {
		return ""
	}
	found := count(len(base.Documents()), "document") + ", " + count(len(base.Passages()), "passage")
	if newest := base.NewestAsOf(); newest != "" {
		found += ", newest date " + newest
	}
	return found + ", edition " + edition(base)
}
