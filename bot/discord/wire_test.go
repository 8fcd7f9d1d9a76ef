package discord_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot/discord"
)

const secret = "MTIz.bot.token"

// wire answers requests in place of a network, so that tests of time can run in no time.
type wire struct {
	mu     sync.Mutex
	answer func(*http.Request) *canned // nil: the connection is reset
	sent   []request
}

type request struct {
	at     time.Time
	method string
	path   string
	body   string
	header http.Header
}

// RoundTrip answers.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		data, _ := io.ReadAll(r.Body)
		body = string(data)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/api/v10")
	w.sent = append(w.sent, request{time.Now(), r.Method, path, body, r.Header})
	switch path {
	case "/users/@me":
		return reply(200, `{"id":"1","username":"amur","bot":true}`).response(), nil
	case "/applications/@me":
		return reply(200, `{"id":"2","name":"amur","flags":524288}`).response(), nil
	}
	if res := w.answer(r); res != nil {
		return res.response(), nil
	}
	return nil, &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
}

// after returns the requests after the n first.
func (w *wire) after(n int) []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]request(nil), w.sent[n:]...)
}

// canned is an answer that is given as often as wanted.
type canned struct {
	status int
	body   string
	header http.Header
}

func reply(status int, body string, header ...string) *canned {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &canned{status, body, h}
}

func (c *canned) response() *http.Response {
	return &http.Response{StatusCode: c.status, Header: c.header, Body: io.NopCloser(strings.NewReader(c.body))}
}

const message = `{"id":"10","channel_id":"5","content":"ok"}`

// wired opens a client whose requests go to answer.
func wired(t *testing.T, answer func(*http.Request) *canned) (*discord.Client, *wire) {
	t.Helper()
	w := &wire{answer: answer}
	c, err := discord.Open(t.Context(), discord.Options{Token: secret, HTTP: &http.Client{Transport: w}})
	if err != nil {
		t.Fatal(err)
	}
	w.sent = nil
	return c, w
}

// window is a rate limit of Discord as the wire plays it.
type window struct {
	limit int
	every time.Duration
	used  int
	reset time.Time
	over  int // requests that came too early
}

func (w *window) take(name string) *canned {
	now := time.Now()
	if !now.Before(w.reset) {
		w.used, w.reset = 0, now.Add(w.every)
	}
	left := w.reset.Sub(now).Seconds()
	w.used++
	h := []string{
		"X-RateLimit-Bucket", name, "X-RateLimit-Limit", strconv.Itoa(w.limit), "X-RateLimit-Remaining", strconv.Itoa(max(w.limit-w.used, 0)),
		"X-RateLimit-Reset-After", fmt.Sprintf("%.3f", left),
	}
	if w.used > w.limit {
		w.over++
		return reply(429, fmt.Sprintf(`{"message":"slow","retry_after":%.3f,"global":false}`, left), append(h, "X-RateLimit-Scope", "user")...)
	}
	return reply(200, message, h...)
}
