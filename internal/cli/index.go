package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"amur/internal/encoder"
	"amur/knowledge"
	"amur/rag"
)

func newIndex(a *app) *cobra.Command {
	var builtin string
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Prepare the documents for searching",
		Long: `index embeds the documents and saves the result in the cache folder, so that the next question is answered at once.
Questions do this themselves when it is needed; with many documents it is better done beforehand. Only what changed
is embedded again. The exit status is 1 when a file of the folder had to be skipped.`,
		Example: `  amur index
  amur index --knowledge ./papers
  amur index --builtin knowledge/vectors.bin`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if builtin != "" {
				return a.indexBuiltin(cmd.Context(), builtin)
			}
			return a.indexDocuments(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&builtin, "builtin", "", "write the index of the built-in documents to this `file` instead")
	return cmd
}

func (a *app) indexDocuments(ctx context.Context) error {
	a.allSkipped = true
	cfg, err := a.config()
	if err != nil {
		return err
	}
	m, err := a.read(ctx, cfg)
	if err != nil {
		return err
	}
	p, err := a.prepare(ctx, cfg, m.base, m.embedder)
	if err != nil {
		return err
	}
	if p.unsaved != nil {
		return hintError{fmt.Errorf("save the index: %w", p.unsaved), "make room in the cache folder, or set cache.dir to a folder that can be written"}
	}
	_, err = fmt.Fprintf(a.streams.Out, "%s, %s, %d embedded now, %s skipped\n", count(len(m.base.Documents()), "document"),
		count(p.index.Len(), "passage"), p.embedded, count(len(m.skipped), "file"))
	if err == nil && len(m.skipped) > 0 {
		return hintError{
			fmt.Errorf("skipped %s", count(len(m.skipped), "file")),
			"the warnings above say why; the other files are indexed",
		}
	}
	return err
}

// indexBuiltin writes the index that is embedded in the binary. It is made by the built-in model whatever the
// settings say.
func (a *app) indexBuiltin(ctx context.Context, path string) error {
	base, err := knowledge.Builtin()
	if err != nil {
		return err
	}
	embedder, err := encoder.Builtin()
	if err != nil {
		return err
	}
	var known *rag.Vectors
	old, err := os.ReadFile(filepath.Clean(path))
	switch {
	case err == nil && len(old) > 0:
		if known, err = rag.SnapshotVectors(old); err != nil {
			a.warn(fmt.Sprintf("%s is of no use and is written anew: %v", path, err))
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	p, err := a.build(ctx, base, embedder, known)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := p.index.WriteSnapshot(&b); err != nil {
		return err
	}
	if err := writeWhole(path, b.Bytes()); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	_, err = fmt.Fprintf(a.streams.Out, "%s of %s written to %s, %d embedded now\n", count(p.index.Vectors().Len(), "vector"),
		count(p.index.Len(), "passage"), clean(path), p.embedded)
	return err
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
