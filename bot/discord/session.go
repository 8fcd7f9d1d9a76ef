package discord

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// session is a session of discordgo that speaks through a tap. It keeps what a Resume needs: discordgo's own session id and
// sequence are inside it, so that a session that is thrown away cannot be resumed and the next one identifies.
type session struct {
	dg   *discordgo.Session
	tls  *tls.Config   // nil: the default
	gone chan struct{} // told when discordgo has closed its connection

	mu     sync.Mutex
	target *url.URL // where the next connection goes
	link   *link
	tap    *tap
	up     bool // READY has come once: the session can be resumed
}

func newSession(o Options, shard, shards int, event func(kind string, data []byte)) (*session, error) {
	dg, err := discordgo.New(o.Token)
	if err != nil {
		return nil, err
	}
	s := &session{dg: dg, gone: make(chan struct{}, 1)}
	if t, ok := o.HTTP.Transport.(*http.Transport); ok {
		s.tls = t.TLSClientConfig // who trusts another authority for REST does so here
	}
	dg.Identify.Token = o.Token
	dg.Identify.Intents = discordgo.Intent(o.Intents)
	dg.Identify.Compress, dg.Compress = false, false // the tap reads plain text
	dg.Identify.LargeThreshold = 50
	dg.Identify.Properties.Browser, dg.Identify.Properties.Device = "amur", "amur"
	dg.ShardID, dg.ShardCount = shard, shards
	dg.StateEnabled = false
	dg.SyncEvents = true // events are handed to goroutines here, with a bound
	dg.ShouldReconnectOnError, dg.ShouldReconnectVoiceOnSessionError = false, false
	dg.LogLevel = -1 // what went wrong is in the errors, and its log would name tokens
	dg.Client = &http.Client{Transport: gatewayAddress{s}}
	dialer := *dg.Dialer
	dialer.Proxy = s.direct
	dialer.NetDialContext, dialer.NetDialTLSContext = s.dial, s.dialTLS
	dialer.HandshakeTimeout = o.Timing.Hello
	dg.Dialer = &dialer
	dg.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if kind, ok := strings.CutPrefix(e.Type, foreign); ok {
			event(kind, e.RawData)
		}
	})
	dg.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case s.gone <- struct{}{}:
		default:
		}
	})
	return s, nil
}

// open connects to an address and returns when READY or RESUMED has come, or an error why not. If discordgo hangs in spite of
// all, errHung is returned after a while, and the session must be thrown away.
func (s *session) open(ctx context.Context, target *url.URL, l *link) (*tap, error) {
	s.mu.Lock()
	s.target, s.link, s.tap = target, l, nil
	s.mu.Unlock()
	select { // of the connection before
	case <-s.gone:
	default:
	}
	opened := make(chan error, 1)
	go func() { opened <- s.dg.Open() }()
	limit := time.NewTimer(2*l.timing.Hello + l.timing.Ready)
	defer limit.Stop()
	var err error
	select {
	case err = <-opened:
	case <-ctx.Done():
		err = s.give(opened, ctx.Err())
	case <-limit.C:
		err = s.give(opened, errNoReady)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.tap == nil {
		err = errClosed
	}
	if err == nil || errors.Is(err, errHung) {
		return s.tap, err
	}
	if s.tap == nil { // no connection came about
		return nil, bare(err)
	}
	s.tap.cut(err, resumableCode)
	<-s.tap.ended
	return nil, s.tap.why
}

func (s *session) setReady() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.up = true
}

func (s *session) resumable() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.up
}

// errHung says that discordgo does not come back.
var errHung = errors.New("library hangs")

// give cuts a connection that is being opened, and waits for discordgo to notice.
func (s *session) give(opened <-chan error, why error) error {
	s.mu.Lock()
	t := s.tap
	s.target = nil // no further dialing
	s.mu.Unlock()
	if t != nil {
		code := resumableCode
		if errors.Is(why, context.Canceled) {
			code = endingCode
		}
		t.cut(why, code)
	}
	wait := time.NewTimer(5 * time.Second)
	defer wait.Stop()
	select {
	case err := <-opened:
		if err == nil { // it came open just then: its reader closes it now
			return s.left()
		}
		return why
	case <-wait.C:
		return errHung
	}
}

// left waits until discordgo has put a connection down that has ended. It takes a second about it.
func (s *session) left() error {
	wait := time.NewTimer(5 * time.Second)
	defer wait.Stop()
	select {
	case <-s.gone:
		return errClosed
	case <-wait.C:
		return errHung
	}
}

// direct sends a handshake to the target: discordgo knows version 9 of the gateway and no address for resuming.
func (s *session) direct(r *http.Request) (*url.URL, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.target == nil {
		return nil, errClosed
	}
	r.URL.Host, r.Host = s.target.Host, s.target.Host
	r.URL.Path, r.URL.RawQuery = s.target.Path, "v=10&encoding=json"
	return nil, nil
}

func (s *session) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	addr, err := s.address("80")
	if err != nil {
		return nil, err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return s.tapped(conn)
}

func (s *session) dialTLS(ctx context.Context, network, _ string) (net.Conn, error) {
	addr, err := s.address("443")
	if err != nil {
		return nil, err
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.tls != nil {
		c = s.tls.Clone()
	}
	c.NextProtos = []string{"http/1.1"}
	conn, err := (&tls.Dialer{Config: c}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return s.tapped(conn)
}

// address is the target's, whatever the library believes it to be.
func (s *session) address(port string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.target == nil {
		return "", errClosed
	}
	if p := s.target.Port(); p != "" {
		port = p
	}
	return net.JoinHostPort(s.target.Hostname(), port), nil
}

func (s *session) tapped(conn net.Conn) (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.target == nil || s.tap != nil {
		_ = conn.Close()
		return nil, errClosed
	}
	s.tap = newTap(conn, s.link)
	return s.tap, nil
}

// gatewayAddress answers the one question that discordgo asks of REST, where the gateway is, and no other.
type gatewayAddress struct{ s *session }

// RoundTrip answers without a network.
func (g gatewayAddress) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	if g.s.target == nil || !strings.HasSuffix(r.URL.Path, "/gateway") {
		return nil, errClosed
	}
	body, err := json.Marshal(struct {
		URL string `json:"url"`
	}{g.s.target.Scheme + "://" + g.s.target.Host + "/"})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(body))), Request: r,
	}, nil
}
