package llm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// errorBytes is how much of an error's body is read.
const errorBytes = 64 << 10

// errStatus says that the status is not that of a reply.
var errStatus = errors.New("status")

// exchange is one HTTP request and its reply. It stands between go-openai and net/http: it adds what go-openai cannot
// send, and keeps what go-openai would lose.
type exchange struct {
	client  *Client
	dialect dialect
	watch   *watch

	status  int
	refused *Error // the server's refusal, if any
	said    complaint
	events  *events
}

// openai is go-openai's client, sending through the exchange.
func (x *exchange) openai() *openai.Client {
	config := openai.DefaultConfig(x.client.options.Key)
	config.BaseURL = x.client.base
	config.HTTPClient = x
	return openai.NewClientWithConfig(config)
}

// Do sends the request.
func (x *exchange) Do(req *http.Request) (*http.Response, error) {
	for name, value := range x.client.options.Headers {
		req.Header.Set(name, value)
	}
	if err := x.complete(req); err != nil {
		return nil, err
	}
	trace := httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { x.watch.connected() }}
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), &trace))
	resp, err := x.client.http.Do(req) //nolint:gosec // the address is the operator's word
	if err != nil {
		return nil, err
	}
	x.watch.connected()
	x.status = resp.StatusCode
	if resp.StatusCode/100 == 2 {
		x.events = newEvents(resp.Body)
		resp.Body = x.events
		return resp, nil
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, errorBytes)) // the status says enough without it
	_, x.said = complained(body)
	x.refused = refusal(resp.StatusCode, x.said)
	x.refused.RetryAfter = retryAfter(resp.Header, x.client.options.Now())
	if to := moved(resp); to != "" {
		x.refused.Err = fmt.Errorf("it has moved: %s may be the address to set", to)
	}
	return nil, errStatus
}

// complete adds the temperature, which go-openai leaves out when it is 0.
func (x *exchange) complete(req *http.Request) error {
	if x.dialect.noTemperature || req.Body == nil {
		return nil
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	body = append([]byte(`{"temperature":0,`), bytes.TrimPrefix(body, []byte("{"))...)
	req.Body = io.NopCloser(bytes.NewReader(body))
	req.ContentLength = int64(len(body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return nil
}

// moved is where a redirect leads. It is not followed: the key is for the server that was named.
func moved(resp *http.Response) string {
	if resp.StatusCode < 300 || resp.StatusCode > 399 {
		return ""
	}
	to, err := resp.Location()
	if err != nil {
		return ""
	}
	to = &url.URL{Scheme: to.Scheme, Host: to.Host, Path: strings.TrimSuffix(to.Path, "/chat/completions")}
	return to.String()
}

// watch ends an attempt that keeps one waiting.
type watch struct {
	cancel context.CancelCauseFunc
	first  time.Duration // to the first token

	mutex sync.Mutex
	timer *time.Timer
	met   bool // the server was reached
}

func newWatch(cancel context.CancelCauseFunc, connect, first time.Duration) *watch {
	w := &watch{cancel: cancel, first: first}
	w.next(connect, errConnectTimeout)
	return w
}

// connected waits for the first token from now on.
func (w *watch) connected() {
	w.mutex.Lock()
	was := w.met
	w.met = true
	w.mutex.Unlock()
	if !was {
		w.next(w.first, errFirstToken)
	}
}

// reached tells whether there was a connection.
func (w *watch) reached() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.met
}

// next ends the attempt after d unless something happens before.
func (w *watch) next(d time.Duration, cause error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.timer != nil {
		w.timer.Stop()
	}
	w.timer = time.AfterFunc(d, func() { w.cancel(cause) })
}

// stop waits no longer.
func (w *watch) stop() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.timer.Stop()
}
