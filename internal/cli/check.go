package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"amur/internal/config"
	"amur/knowledge"
	"amur/rag"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "check",
		Short:   "Try each part and say what to do about each failure",
		Long:    "check tries settings, documents, embedding model, index and cache folder, and says of each whether it works.\nThe exit status is 1 when something does not.",
		Example: "  amur check\n  amur check --config amur.yaml --knowledge ./papers",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.check(cmd.Context())
		},
	}
}

// check runs the trials in order; one that rests on a failed one is left out.
func (a *app) check(ctx context.Context) error {
	failed := 0
	say := func(part, found string, err error) bool {
		state := "ok  "
		if err != nil {
			state, found = "FAIL", err.Error()
			failed++
		}
		_, _ = fmt.Fprintf(a.streams.Out, "%s  %-10s %s\n", state, part, clean(found))
		return err == nil
	}
	cfg, err := a.config()
	if say("settings", settingsFile(cfg), err) {
		a.checkParts(ctx, cfg, say)
	}
	if failed > 0 {
		return fmt.Errorf("%d checks failed", failed)
	}
	return nil
}

func settingsFile(cfg config.Config) string {
	if cfg.File == "" {
		return "defaults and environment; no file"
	}
	return cfg.File
}

func (a *app) checkParts(ctx context.Context, cfg config.Config, say func(part, found string, err error) bool) {
	base, skipped, err := a.base(ctx, cfg)
	if err == nil && len(skipped) > 0 {
		err = fmt.Errorf("%d files cannot be read; the warnings above say why", len(skipped))
	}
	haveBase := say("documents", describe(base), err)
	say("cache", "", checkCache(cfg))
	embedder, err := a.embedder(cfg)
	name := ""
	if err == nil {
		name = embedder.Model()
		_, err = embedder.EmbedQueries(ctx, []string{"test"})
	}
	if !say("model", name, err) || !haveBase {
		return
	}
	found := ""
	index, err := rag.Build(ctx, base, embedder, rag.BuildOptions{Vectors: a.builtinVectors(cfg, embedder.Model())})
	if err == nil {
		found = fmt.Sprintf("%d passages", index.Len())
	}
	say("index", found, err)
}

func describe(base *knowledge.Base) string {
	if base == nil {
		return ""
	}
	return fmt.Sprintf("%d documents, %d passages, newest date %s, edition %s",
		len(base.Documents()), len(base.Passages()), base.NewestAsOf(), edition(base))
}

// checkCache tries to write where the index would be kept.
func checkCache(cfg config.Config) error {
	dir, err := cfg.Cache.Path()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("%w: set cache.dir to a folder that can be written", err)
	}
	f, err := os.CreateTemp(dir, "check.*.part")
	if err != nil {
		return fmt.Errorf("%w: set cache.dir to a folder that can be written", err)
	}
	return errors.Join(f.Close(), os.Remove(filepath.Clean(f.Name())))
}
