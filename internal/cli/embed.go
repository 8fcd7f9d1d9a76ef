package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"amur/rag"
)

// embedLines is how many lines are embedded at a time.
const embedLines = 32

func newEmbed(a *app) *cobra.Command {
	var role string
	cmd := &cobra.Command{
		Use:   "embed",
		Short: "Turn lines of text into vectors",
		Long:  "embed reads a text a line from standard input and prints its vector as one JSON array a line, in order.",
		Example: `  echo "How big is the trade?" | amur embed
  amur embed --role passage < sentences.txt > vectors.jsonl`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if role != "query" && role != "passage" {
				return usageError{hintError{fmt.Errorf("unknown role %q", role), "use --role query or --role passage"}}
			}
			cfg, err := a.config()
			if err != nil {
				return err
			}
			e, err := a.embedder(cfg)
			if err != nil {
				return err
			}
			return a.embedInput(cmd.Context(), e, role)
		},
	}
	cmd.Flags().StringVar(&role, "role", "query", "what the texts are: query or passage")
	return cmd
}

func (a *app) embedInput(ctx context.Context, e rag.Embedder, role string) error {
	embed := e.EmbedQueries
	if role == "passage" {
		embed = e.EmbedPassages
	}
	var batch []string
	send := func() error {
		vectors, err := embed(ctx, batch)
		if err != nil {
			return err
		}
		for _, v := range vectors {
			if err := writeJSON(a.streams.Out, v); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	for line, err := range a.lines(ctx) {
		if err != nil {
			return err
		}
		batch = append(batch, line.text)
		if len(batch) == embedLines {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}
