package cli

import (
	"context"
	"io"
	"log/slog"
	"time"

	"amur/internal/config"
	"amur/internal/store"
	"amur/rag"
)

// Wrap gives tests the lines of a paragraph.
func Wrap(s string, width int) []string { return wrap(s, width, width) }

// MainLooking is Main with another interval in which files that may change are looked at.
func MainLooking(ctx context.Context, every time.Duration, args []string, streams Streams, environ []string) int {
	return (&app{streams: streams, environ: environ, lookEvery: every}).main(ctx, args)
}

// Budget gives tests the budget that the language model is asked within.
func Budget(b *store.Budget, warn func(string)) rag.Budget { return budget{b, warn} }

// Redact gives tests what is left of a text without secrets.
func Redact(secrets []string, s string) string { return newRedactor(secrets).text(s) }

// Logger gives tests the logger of a command.
func Logger(w io.Writer, cfg config.Config) *slog.Logger {
	a := &app{streams: Streams{Err: w}}
	a.knows(cfg.Secrets())
	return a.logger(cfg)
}
