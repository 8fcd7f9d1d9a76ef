package discordtest

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// FaultKind is a way in which the REST interface fails.
type FaultKind string

// The ways of failing.
const (
	FaultUser    FaultKind = "429"        // a bucket is used up
	FaultGlobal  FaultKind = "429 global" // the bot as a whole; without X-RateLimit-Reset-After
	FaultShared  FaultKind = "429 shared" // others used the resource up; no invalid request
	FaultHTML    FaultKind = "429 html"   // from Cloudflare, with a page as its body
	FaultGateway FaultKind = "502"
	FaultServer  FaultKind = "500"
	FaultBusy    FaultKind = "503"
	FaultTimeout FaultKind = "504"
	FaultSlow    FaultKind = "slow"  // answered after Delay
	FaultReset   FaultKind = "reset" // the connection is reset
	FaultError   FaultKind = "error" // Status and Code, as Discord words errors: 200000 for AutoMod, ...
)

// Fault makes calls fail. What the test asks for is no violation; calling again before RetryAfter is over is.
type Fault struct {
	// Method and Route choose the calls; empty is any. A route is written as in [Record.Route]; one that ends in * is
	// the beginning of routes.
	Method string `json:"method"`
	Route  string `json:"route"`
	// Kind is what happens.
	Kind FaultKind `json:"kind"`
	// Times is how often; 0 is once.
	Times int `json:"times"`
	// RetryAfter is what a 429 says; 0 is one second.
	RetryAfter time.Duration `json:"retry_after"`
	// Status and Code are those of FaultError; Code also that of a 429, such as 30046 for edits of old messages.
	Status int `json:"status"`
	Code   int `json:"code"`
	// Delay is the time of FaultSlow.
	Delay time.Duration `json:"delay"`
	// After lets the call be carried out before the answer is lost: the message is posted, and the sender does not know.
	After bool `json:"after"`
}

// Fault makes the next calls fail.
func (s *Server) Fault(f Fault) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	f.Times = max(f.Times, 1)
	if f.RetryAfter == 0 {
		f.RetryAfter = time.Second
	}
	s.faults = append(s.faults, &f)
}

// Faults returns how many of the faults asked for have not been played yet.
func (s *Server) Faults() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	n := 0
	for _, f := range s.faults {
		n += f.Times
	}
	return n
}

// ClearFaults forgets the faults that have not been played yet.
func (s *Server) ClearFaults() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.faults = nil
}

func (s *Server) takeFault(method, route string) *Fault {
	for i, f := range s.faults {
		if f.Method != "" && f.Method != method {
			continue
		}
		prefix, open := strings.CutSuffix(f.Route, "*")
		if f.Route != "" && f.Route != route && (!open || !strings.HasPrefix(route, prefix)) {
			continue
		}
		f.Times--
		if f.Times <= 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		return f
	}
	return nil
}

func (f *Fault) status() int {
	switch f.Kind {
	case FaultUser, FaultGlobal, FaultShared, FaultHTML:
		return http.StatusTooManyRequests
	case FaultGateway:
		return http.StatusBadGateway
	case FaultServer:
		return http.StatusInternalServerError
	case FaultBusy:
		return http.StatusServiceUnavailable
	case FaultTimeout:
		return http.StatusGatewayTimeout
	case FaultError:
		return f.Status
	case FaultSlow, FaultReset:
	}
	return 0
}

// playLimit blocks what a scripted 429 forbids to call for a while.
func (s *Server) playLimit(f *Fault, b *bucket) {
	until := time.Now().Add(f.RetryAfter)
	switch f.Kind {
	case FaultUser:
		b.blocked, b.scope = until, "user"
	case FaultShared:
		b.blocked, b.scope = until, "shared"
	case FaultGlobal, FaultHTML:
		s.limits.globalUntil = until
	}
}

// limits reports whether the fault is a rate limit with the headers of one.
func (f *Fault) limits() bool {
	return f.Kind == FaultUser || f.Kind == FaultShared || f.Kind == FaultGlobal
}

// play answers as the fault says.
func (f *Fault) play(w http.ResponseWriter) {
	limited := &rateError{after: f.RetryAfter, scope: "user", code: f.Code}
	switch f.Kind {
	case FaultReset:
		if hijacker, ok := w.(http.Hijacker); ok {
			if connection, _, err := hijacker.Hijack(); err == nil {
				reset(connection)
			}
		}
		return
	case FaultHTML:
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Retry-After", wholeSeconds(f.RetryAfter))
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte("<!doctype html><html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head></html>"))
		return
	case FaultUser, FaultShared, FaultGlobal:
		if f.Kind == FaultShared {
			limited.scope = "shared"
		}
		if f.Kind == FaultGlobal {
			limited.scope, limited.global = "global", true
		}
		limited.headers(w.Header())
		write(w, http.StatusTooManyRequests, limited.body())
		return
	}
	if f.Kind == FaultError {
		write(w, f.Status, (&apiError{Code: f.Code, Message: "scripted"}).body())
		return
	}
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(f.status())
	_, _ = w.Write([]byte("<html><body>" + http.StatusText(f.status()) + "</body></html>"))
}

// pause waits for the time, the request's end or the server's.
func pause(ctx context.Context, done <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-done:
	}
}
