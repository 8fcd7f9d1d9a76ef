package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"amur/internal/cli"
	"amur/rag"
)

// TestRealModelKilled kills a model's process when the first words of its answer are out. The reader gets quotations,
// and is told why, before the time is up.
func TestRealModelKilled(t *testing.T) { // not parallel, as TestRealModel
	realModel(t)
	server, address := startModel(t)
	killed := false
	gate := killingProxy(t, address, func() {
		killed = server.Process.Kill() == nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // amur's own limit comes before
	defer cancel()
	environ := append(modelEnviron(t, gate), "AMUR_LLM_TIMEOUT=30s")
	var stdout, stderr bytes.Buffer
	streams := cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr}
	if code := cli.Main(ctx, []string{"ask", "--json", "How much do China and Russia trade?"}, streams, environ); code != 0 {
		t.Fatalf("amur ask: status %d, want 0\n%s", code, stderr.String())
	}
	err := server.Wait()
	if !killed || !server.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		t.Fatalf("the model was not killed: it ended with %v", err)
	}
	var a rag.Answer
	if err := json.Unmarshal(stdout.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	if a.Mode != rag.ModeQuotes || a.Fallback != "unavailable" || a.Note == "" || len(a.Claims) == 0 {
		t.Errorf("mode %q, fallback %q, note %q, %d claims; want quotations and a word why", a.Mode, a.Fallback, a.Note, len(a.Claims))
	}
	if !strings.Contains(a.Text, a.Note) {
		t.Errorf("the note %q is not in the text: %s", a.Note, a.Text)
	}
}

// startModel starts a language model for this test alone.
func startModel(t *testing.T) (server *exec.Cmd, address string) {
	t.Helper()
	server = exec.CommandContext(t.Context(), filepath.Join("..", "..", ".ci", "real-model.sh"))
	var stderr bytes.Buffer
	server.Stderr = &stderr
	if _, err := server.StdinPipe(); err != nil { // it ends when this does
		t.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the model does not start: %v\n%s", err, stderr.String())
	}
	return server, strings.TrimSpace(line)
}

// killingProxy stands before the server at an address and calls kill when the first words of an answer come by.
func killingProxy(t *testing.T, address string, kill func()) string {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(address, "/v1"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(to) },
		FlushInterval: -1,
		ErrorLog:      log.New(io.Discard, "", 0),
		ModifyResponse: func(r *http.Response) error {
			r.Body = &watchedBody{ReadCloser: r.Body, words: []byte(`"delta":{"content":"`), seen: kill}
			return nil
		},
	})
	t.Cleanup(proxy.Close)
	return proxy.URL + "/v1"
}

// watchedBody calls seen once, when words have been read.
type watchedBody struct {
	io.ReadCloser

	words, read []byte
	seen        func()
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read = append(b.read, p[:n]...)
	if b.seen != nil && bytes.Contains(b.read, b.words) {
		b.seen()
		b.seen = nil
	}
	return n, err
}
