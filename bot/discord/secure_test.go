package discord_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestSecure connects over TLS, as the real Discord wants it, through a proxy that adds TLS to the fake.
func TestSecure(t *testing.T) {
	t.Parallel()
	var front *httptest.Server
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		fake, err := url.Parse(strings.TrimSuffix(o.API, "/api/v10"))
		if err != nil {
			t.Fatal(err)
		}
		proxy := &httputil.ReverseProxy{
			Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(fake) },
			ModifyResponse: func(r *http.Response) error {
				if !strings.HasSuffix(r.Request.URL.Path, "/gateway/bot") {
					return nil
				}
				body, err := io.ReadAll(r.Body)
				if err != nil {
					return err
				}
				body = bytes.ReplaceAll(body, []byte("ws://"+fake.Host), []byte("wss://"+front.Listener.Addr().String()))
				r.Body = io.NopCloser(bytes.NewReader(body))
				r.ContentLength = int64(len(body))
				r.Header.Set("Content-Length", strconv.Itoa(len(body)))
				return nil
			},
		}
		front = httptest.NewTLSServer(proxy)
		t.Cleanup(front.Close)
		o.API, o.HTTP = front.URL+"/api/v10", front.Client()
	})
	stop := w.connect()
	w.fake.DropConnections()
	w.until("connected again", func(s discord.State) bool { return s.Connected && s.Resumes == 1 })
	// The fake's address for resuming is not of TLS: it must not be used.
	for _, c := range w.fake.Connections() {
		if c.Path != "/socket/gateway" {
			t.Errorf("connected to %s without TLS", c.Path)
		}
	}
	stop()
	w.clean()
}
