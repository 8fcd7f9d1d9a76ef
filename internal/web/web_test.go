package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"amur/internal/web"
)

func TestPages(t *testing.T) {
	t.Parallel()
	problems := []web.Problem{{"gateway", "not connected"}, {"state", "disk full"}}
	ready := web.Admin{Ready: func(context.Context) []web.Problem { return nil }, Metrics: web.NewMetrics(web.Options{}).Handler()}
	unready := web.Admin{Ready: func(context.Context) []web.Problem { return problems }}
	tests := []struct {
		name, method, path string
		admin              web.Admin
		status             int
		body               string // what the answer contains
	}{
		{"alive", "GET", "/healthz", ready, 200, "ok\n"},
		{"alive and not ready", "GET", "/healthz", unready, 200, "ok\n"},
		{"alive, asked for headers", "HEAD", "/healthz", ready, 200, ""},
		{"ready", "GET", "/readyz", ready, 200, `{"ready":true,"problems":[]}`},
		{"nothing to wait for", "GET", "/readyz", web.Admin{}, 200, `{"ready":true,"problems":[]}`},
		{"not ready", "GET", "/readyz", unready, 503, `{"ready":false,"problems":[{"part":"gateway","detail":"not connected"},{"part":"state","detail":"disk full"}]}`},
		{"figures", "GET", "/metrics", ready, 200, "\namur_gateway_state{state=\"connecting\"} 1\n"},
		{"no figures", "GET", "/metrics", unready, 404, ""},
		{"a change", "POST", "/healthz", ready, 405, ""},
		{"elsewhere", "GET", "/", ready, 404, ""},
		{"the profiler", "GET", "/debug/pprof/", ready, 404, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			tt.admin.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil))
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) {
				t.Errorf("status %d, want %d; body %q, want %q in it", w.Code, tt.status, w.Body, tt.body)
			}
			for _, header := range []string{"Cache-Control", "X-Content-Type-Options", "Content-Security-Policy"} {
				if w.Header().Get(header) == "" {
					t.Errorf("header %s is missing", header)
				}
			}
		})
	}
}

// TestReadyIsBounded holds that a reason that takes its time is asked to stop.
func TestReadyIsBounded(t *testing.T) {
	t.Parallel()
	admin := web.Admin{Ready: func(ctx context.Context) []web.Problem {
		if _, bounded := ctx.Deadline(); !bounded {
			return []web.Problem{{"test", "no deadline"}}
		}
		return nil
	}}
	w := httptest.NewRecorder()
	admin.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
	if w.Code != 200 {
		t.Errorf("status %d, want 200: %s", w.Code, w.Body)
	}
}

// serve starts the admin server and returns its address, and a function that ends it and returns its error.
func serve(t *testing.T, admin web.Admin) (address string, stop func() error) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() { done <- admin.Serve(ctx, listener) }()
	return listener.Addr().String(), func() error { cancel(); return <-done }
}

func TestHealthy(t *testing.T) {
	t.Parallel()
	address, stop := serve(t, web.Admin{Ready: func(context.Context) []web.Problem { return []web.Problem{{"gateway", "parked"}} }})
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, listen := range []string{address, ":" + port, "0.0.0.0:" + port} {
		if err := web.Healthy(t.Context(), listen); err != nil {
			t.Errorf("Healthy(%q) = %v, want nil: a bot without Discord is alive", listen, err)
		}
	}
	if err := stop(); err != nil {
		t.Errorf("Serve ended with %v, want nil", err)
	}
	if err := web.Healthy(t.Context(), address); err == nil {
		t.Error("Healthy of a server that is gone = nil")
	}
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello\n") }))
	t.Cleanup(stranger.Close)
	for _, listen := range []string{strings.TrimPrefix(stranger.URL, "http://"), "127.0.0.1:0", "nowhere"} {
		if err := web.Healthy(t.Context(), listen); err == nil {
			t.Errorf("Healthy(%q) = nil, want an error", listen)
		}
	}
}

// TestServeDrains holds that a request under way is answered after the end has been asked for.
func TestServeDrains(t *testing.T) {
	t.Parallel()
	asked, answer := make(chan struct{}), make(chan struct{})
	address, stop := serve(t, web.Admin{Ready: func(context.Context) []web.Problem {
		close(asked)
		<-answer
		return nil
	}})
	status := make(chan int, 1)
	go func() {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/readyz", nil)
		if err != nil {
			status <- 0
			return
		}
		reply, err := http.DefaultClient.Do(request)
		if err != nil {
			status <- 0
			return
		}
		defer reply.Body.Close()
		status <- reply.StatusCode
	}()
	<-asked
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	close(answer)
	if got := <-status; got != http.StatusOK {
		t.Errorf("status %d of the request under way, want 200", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve ended with %v, want nil", err)
	}
}

// TestServeRefusesFloods holds that large headers are refused.
func TestServeRefusesFloods(t *testing.T) {
	t.Parallel()
	address, _ := serve(t, web.Admin{})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return // the connection was closed while it was being written
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d, want 431", reply.StatusCode)
	}
}
