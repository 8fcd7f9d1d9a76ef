package llm_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

func TestNoConnection(t *testing.T) {
	t.Parallel()
	refused, err := modeltest.Refused()
	if err != nil {
		t.Fatal(err)
	}
	plain := serve(t, nil)
	secure := modeltest.NewTLS(nil)
	t.Cleanup(secure.Close)
	tests := []struct {
		name, base string
		kind       llm.Kind
		attempts   int
	}{
		{"refused", refused, llm.KindUnreachable, 3},
		{"a certificate that nobody trusts", secure.BaseURL(), llm.KindTLS, 1},
		{"no TLS", strings.Replace(plain.BaseURL(), "http:", "https:", 1), llm.KindTLS, 1},
		{"TLS where none was meant", strings.Replace(secure.BaseURL(), "https:", "http:", 1), llm.KindTLS, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			attempts := 1
			c := client(t, tt.base, func(o *llm.Options) {
				o.Retries = 2
				o.Wait = func(context.Context, time.Duration) error {
					attempts++
					return nil
				}
			})
			e := failed(t, c, ask("?"))
			if e.Kind != tt.kind || e.Usage != (llm.Usage{}) {
				t.Errorf("error %+v, want %q and no usage: %v", e, tt.kind, e)
			}
			if attempts != tt.attempts {
				t.Errorf("%d attempts, want %d", attempts, tt.attempts)
			}
		})
	}
}

// roundTrip is a function that is a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestNoSuchHost(t *testing.T) {
	t.Parallel()
	nowhere := roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "model.test", IsNotFound: true}}
	})
	c := client(t, "http://model.test", func(o *llm.Options) { o.Transport = nowhere })
	if e := failed(t, c, ask("?")); e.Kind != llm.KindUnreachable {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	const short = 100 * time.Millisecond
	s := serve(t, nil)
	silent := roundTrip(func(r *http.Request) (*http.Response, error) { // a host that drops what it is sent
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	tests := []struct {
		name   string
		base   string
		change func(*llm.Options)
		kind   llm.Kind
		used   bool // the server had the request
	}{
		{"connecting", s.BaseURL(), func(o *llm.Options) { o.Transport, o.ConnectTimeout = silent, short }, llm.KindConnectTimeout, false},
		{"first token", s.Failing("hang-first"), func(o *llm.Options) { o.FirstTokenTimeout = short }, llm.KindFirstToken, true},
		{"the next token", s.Failing("hang-middle"), func(o *llm.Options) { o.FirstTokenTimeout = short }, llm.KindStalled, true},
		{"all of it, before the first", s.Failing("hang-first"), func(o *llm.Options) { o.Timeout = short }, llm.KindTimeout, true},
		{"all of it, after the first", s.Failing("hang-middle"), func(o *llm.Options) { o.Timeout = short }, llm.KindTimeout, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := failed(t, client(t, tt.base, tt.change), ask("?"))
			if e.Kind != tt.kind {
				t.Errorf("kind %q, want %q: %v", e.Kind, tt.kind, e)
			}
			if tt.used != (e.Usage.Input > 0 && e.Usage.Estimated) {
				t.Errorf("usage %+v", e.Usage)
			}
		})
	}
}

// A reader who takes its time does not make a model slow.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	read := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, delta("Trade "), "\n\n")
		_ = http.NewResponseController(w).Flush()
		<-read
		fmt.Fprint(w, delta("grew."), "\n\n", stop, "\n\n", done, "\n\n")
	}))
	t.Cleanup(srv.Close)
	c := client(t, srv.URL, func(o *llm.Options) { o.FirstTokenTimeout = 100 * time.Millisecond })
	timer := time.NewTimer(300 * time.Millisecond)
	defer timer.Stop()
	first := true
	reply, err := c.Chat(t.Context(), ask("?"), func(string) error {
		if first {
			<-timer.C
			close(read)
		}
		first = false
		return nil
	})
	if err != nil || reply.Text != "Trade grew." {
		t.Errorf("Chat = %+v, %v", reply, err)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	c := client(t, s.Failing("hang-middle"))
	_, err := c.Chat(ctx, ask("?"), func(delta string) error {
		if strings.HasPrefix(delta, "reach") {
			cancel()
		}
		return nil
	})
	e, ok := errors.AsType[*llm.Error](err)
	if !ok || e.Kind != llm.KindCancelled || !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if e.Usage.Input == 0 || e.Usage.Output == 0 || !e.Usage.Estimated {
		t.Errorf("usage %+v: the server has worked", e.Usage)
	}
	<-s.Gone() // and knows that nobody listens
}

func TestStoppedByTheReader(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	enough := errors.New("enough")
	calls := 0
	_, err := client(t, s.Failing("hang-middle")).Chat(t.Context(), ask("?"), func(string) error {
		calls++
		return enough
	})
	if kind(err) != llm.KindStopped || !errors.Is(err, enough) {
		t.Errorf("error %v", err)
	}
	if calls != 1 {
		t.Errorf("the reader was called %d times", calls)
	}
	<-s.Gone()
}

// A redirect is not followed: neither the key nor the question go to another host.
func TestRedirect(t *testing.T) {
	t.Parallel()
	other := serve(t, nil)
	for _, status := range []int{http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		s := serve(t, func(modeltest.Request) modeltest.Response {
			return modeltest.Response{Status: status, Body: "moved"}.With("Location", other.BaseURL()+"/chat/completions")
		})
		e := failed(t, client(t, s.BaseURL()), ask("?"))
		if e.Kind != llm.KindNoEndpoint || !strings.Contains(e.Error(), other.BaseURL()) {
			t.Errorf("%d: error %v, want the address it leads to", status, e)
		}
	}
	if n := len(other.Requests()); n != 0 {
		t.Errorf("the other host got %d requests", n)
	}
}

// tracked is a body that tells whether it was read to its end before it was closed.
type tracked struct {
	io.Reader
	ended, closedEarly bool
}

func (b *tracked) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.ended = b.ended || err != nil
	return n, err
}

func (b *tracked) Close() error {
	b.closedEarly = !b.ended
	return nil
}

// A reply is read to its end, which comes after the last word of the protocol: net/http keeps the connection only then,
// and the next call does not wait for another handshake.
func TestConnectionIsKept(t *testing.T) {
	t.Parallel()
	body := &tracked{Reader: iotest.OneByteReader(strings.NewReader(delta("a") + "\n\n" + stop + "\n\n" + done + "\n\n"))}
	c := client(t, "http://model.test", func(o *llm.Options) {
		o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: body, Request: r}, nil
		})
	})
	if _, err := c.Chat(t.Context(), ask("?"), nil); err != nil {
		t.Fatal(err)
	}
	if body.closedEarly {
		t.Error("the body was closed before its end")
	}
}

// Servers repeat what they refuse; nothing of it reaches an error.
func TestSecretsStaySecret(t *testing.T) {
	t.Parallel()
	const header = "token-of-the-gateway"
	for _, status := range []int{200, 400, 401, 403, 404, 429, 500} {
		s := serve(t, func(r modeltest.Request) modeltest.Response {
			told := fmt.Sprintf("wrong: %s and %s\x1b[31m\n", r.Header.Get("Authorization"), r.Header.Get("X-Gateway"))
			if status == http.StatusUnauthorized {
				told = "wrong: " + secret[:12] + "..."
			}
			if status == http.StatusOK {
				return modeltest.Events(fmt.Sprintf(`data: {"error":{"message":%q}}`, told))
			}
			return modeltest.Status(status, told)
		})
		c := client(t, s.BaseURL(), func(o *llm.Options) { o.Headers = map[string]string{"X-Gateway": "Bearer " + header} })
		e := failed(t, c, ask("?"))
		if text := fmt.Sprintf("%v %+v", e, *e); strings.Contains(text, secret[:12]) || strings.Contains(text, header) || strings.ContainsAny(e.Error(), "\n\x1b") {
			t.Errorf("%d: %q", status, text)
		}
		r := s.Requests()[0]
		if r.Header.Get("Authorization") != "Bearer "+secret || r.Header.Get("X-Gateway") != "Bearer "+header {
			t.Errorf("headers %v", r.Header)
		}
	}
}
