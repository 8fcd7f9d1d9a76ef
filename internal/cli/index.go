package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"amur/knowledge"
	"amur/rag"
)

func newIndex(a *app) *cobra.Command {
	var builtin string
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Prepare the documents for searching",
		Long: "index embeds the documents and saves the result in the cache folder, so that the next question is answered at once.\n" +
			"Questions do this themselves when it is needed; with many documents it is better done beforehand. The exit status\n" +
			"is 1 when a file of the folder had to be skipped.",
		Example: "  amur index --knowledge ./papers\n  amur index --builtin knowledge/vectors.bin",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if builtin != "" {
				return a.indexBuiltin(cmd.Context(), builtin)
			}
			return a.indexDocuments(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&builtin, "builtin", "", "write the vectors of the built-in documents to this `file` instead")
	return cmd
}

func (a *app) indexDocuments(ctx context.Context) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	base, skipped, embedder, err := a.read(ctx, cfg)
	if err != nil {
		return err
	}
	embedded := 0
	progress, finish := a.progress("embedding")
	index, err := a.index(ctx, cfg, base, embedder, func(done, total int) {
		embedded = total
		progress(done, total)
	})
	finish()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.streams.Out, "%d documents, %d passages, %d embedded now, %d files skipped\n",
		len(base.Documents()), index.Len(), embedded, len(skipped))
	if err == nil && len(skipped) > 0 {
		return hintError{fmt.Errorf("%d files were skipped", len(skipped)), "the warnings above say why; the other files are indexed"}
	}
	return err
}

// indexBuiltin writes the vectors that are embedded in the binary. They are made by the built-in model whatever the
// settings say.
func (a *app) indexBuiltin(ctx context.Context, path string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	cfg.Knowledge.Dir, cfg.Embedder.BaseURL, cfg.Embedder.Model = "", "", ""
	base, err := knowledge.Builtin()
	if err != nil {
		return err
	}
	embedder, err := a.embedder(cfg)
	if err != nil {
		return err
	}
	progress, finish := a.progress("embedding")
	known := rag.NewVectors(embedder.Model())
	if old, err := os.ReadFile(filepath.Clean(path)); err == nil {
		if v, err := rag.ReadVectors(old); err == nil {
			known.Merge(v)
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	index, err := rag.Build(ctx, base, embedder, rag.BuildOptions{Vectors: known, Progress: progress})
	finish()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := index.Vectors().Write(&b); err != nil {
		return err
	}
	if err := writeWhole(path, b.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = fmt.Fprintf(a.streams.Out, "%d vectors of %d passages written to %s\n", index.Vectors().Len(), index.Len(), path)
	return err
}

// progress returns a bar for long work on a terminal, with rate and time left, and what ends it; elsewhere nothing is
// drawn.
func (a *app) progress(what string) (step func(done, total int), finish func()) {
	f, ok := a.streams.Err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(int, int) {}, func() {}
	}
	var bar *progressbar.ProgressBar
	step = func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("texts"),
				progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(done)
	}
	return step, func() {
		if bar != nil {
			_ = bar.Finish()
		}
	}
}
