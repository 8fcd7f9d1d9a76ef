package cli

import (
	"context"
	"log/slog"
	"sync/atomic"

	"amur/internal/config"
)

// knows notes the secrets that must not be shown from now on, in logs, warnings and errors.
func (a *app) knows(secrets []string) {
	r := newRedactor(secrets)
	a.redactor.Store(&r)
}

// logger writes to standard error what the settings ask for, without secrets: those of the settings in force when something is
// logged.
func (a *app) logger(cfg config.Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.Log.Level)) // validated
	options := &slog.HandlerOptions{Level: level}
	var to slog.Handler = slog.NewTextHandler(a.streams.Err, options)
	if cfg.Log.Format == "json" {
		to = slog.NewJSONHandler(a.streams.Err, options)
	}
	return slog.New(redactingHandler{to, &a.redactor})
}

// redactingHandler takes secrets out of everything that is logged, before it is written.
type redactingHandler struct {
	slog.Handler

	redactor *atomic.Pointer[redactor]
}

// Handle passes the record on without secrets.
func (h redactingHandler) Handle(ctx context.Context, record slog.Record) error {
	redactor := h.redactor.Load()
	clean := slog.NewRecord(record.Time, record.Level, redactor.text(record.Message), record.PC)
	record.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(redactor.attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs returns a handler with these attributes, without secrets.
func (h redactingHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactingHandler{h.Handler.WithAttrs(h.redactor.Load().attrs(attrs)), h.redactor}
}

// WithGroup returns a handler that puts what follows into a group.
func (h redactingHandler) WithGroup(name string) slog.Handler {
	return redactingHandler{h.Handler.WithGroup(h.redactor.Load().text(name)), h.redactor}
}
