// Package web is what the process tells over HTTP to those who run it: whether it lives, whether it is ready, and its
// figures.
//
//	/healthz   200 as long as the process answers; never a matter of Discord's state
//	/readyz    200 when it can serve, 503 with the reasons as JSON when not
//	/metrics   figures for Prometheus
//
// There is no password and nothing to change, and no answer holds an id, a name or a text of anybody. The listener belongs
// on the loopback interface or into a network of the operator's own.
//
// The package knows nothing of the bot: readiness is a function that it is given, figures are set by calls.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Bounds of a request. The admin listener answers from memory, so that whoever takes longer is not working or not
// well-meaning.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = time.Minute
	drainTimeout  = 5 * time.Second
	readyTimeout  = 3 * time.Second
	headerBytes   = 16 << 10
	bodyBytes     = 1 << 10
)

// Problem is why the process cannot serve.
type Problem struct {
	Part   string `json:"part"`   // "gateway", "index", "state"
	Detail string `json:"detail"` // a sentence for the operator, without ids and texts of people
}

// Admin answers on the admin listener.
type Admin struct {
	// Ready returns what is missing, nothing when the process can serve. It has 3 s; several calls may be under way at once.
	Ready func(ctx context.Context) []Problem
	// Metrics answers /metrics; nil for 404.
	Metrics http.Handler
	// Log gets what goes wrong with connections, at debug; nil for none.
	Log *slog.Logger
}

// Handler returns the three pages.
func (a Admin) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n")) // whoever is gone needs no answer
	})
	mux.HandleFunc("GET /readyz", a.readyz)
	if a.Metrics != nil {
		mux.Handle("GET /metrics", a.Metrics)
	}
	return http.MaxBytesHandler(plainHeaders(mux), bodyBytes)
}

// plainHeaders keeps answers out of caches, and browsers from taking them for pages.
func plainHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}

func (a Admin) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	reply := struct {
		Ready    bool      `json:"ready"`
		Problems []Problem `json:"problems"`
	}{true, []Problem{}}
	if a.Ready != nil {
		reply.Problems = append(reply.Problems, a.Ready(ctx)...)
	}
	status := http.StatusOK
	if len(reply.Problems) > 0 {
		reply.Ready, status = false, http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}

// Serve answers on the listener until ctx ends; requests under way then have 5 s to end. It closes the listener. The error
// is nil when it was ctx that ended it.
func (a Admin) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: headerBytes,
		ErrorLog:       slog.NewLogLogger(a.handler(), slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, server.Close())
	}
	if closed := <-served; !errors.Is(closed, http.ErrServerClosed) {
		err = errors.Join(err, closed)
	}
	return err
}

func (a Admin) handler() slog.Handler {
	if a.Log == nil {
		return slog.DiscardHandler
	}
	return a.Log.Handler()
}
