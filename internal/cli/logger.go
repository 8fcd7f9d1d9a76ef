package cli

import (
	"context"
	"log/slog"

	"amur/internal/config"
)

// logger writes to standard error what the settings ask for, without secrets.
func (a *app) logger(cfg config.Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.Log.Level)) // validated
	options := &slog.HandlerOptions{Level: level}
	var to slog.Handler = slog.NewTextHandler(a.streams.Err, options)
	if cfg.Log.Format == "json" {
		to = slog.NewJSONHandler(a.streams.Err, options)
	}
	return slog.New(redactingHandler{to, newRedactor(cfg.Secrets())})
}

// redactingHandler takes secrets out of everything that is logged, before it is written.
type redactingHandler struct {
	slog.Handler

	redactor redactor
}

// Handle passes the record on without secrets.
func (h redactingHandler) Handle(ctx context.Context, record slog.Record) error {
	clean := slog.NewRecord(record.Time, record.Level, h.redactor.text(record.Message), record.PC)
	record.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.redactor.attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs returns a handler with these attributes, without secrets.
func (h redactingHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactingHandler{h.Handler.WithAttrs(h.redactor.attrs(attrs)), h.redactor}
}

// WithGroup returns a handler that puts what follows into a group.
func (h redactingHandler) WithGroup(name string) slog.Handler {
	return redactingHandler{h.Handler.WithGroup(h.redactor.text(name)), h.redactor}
}
