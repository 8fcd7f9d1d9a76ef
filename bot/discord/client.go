package discord

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

const defaultAPI = "https://discord.com/api/v10"

// Client speaks with Discord. Its methods may be called from several goroutines.
type Client struct {
	o       Options
	app     Application
	rest    *rest
	events  *events
	gateway *gateway
}

// Open asks Discord who the token belongs to. It does not connect to the gateway: Run does. An unknown token is
// ErrUnauthorized.
func Open(ctx context.Context, o Options) (*Client, error) {
	if o.Token == "" {
		return nil, fmt.Errorf("no token of a bot is given: %w", ErrUnauthorized)
	}
	o = o.filled()
	c := &Client{o: o, rest: newREST(o)}
	app, err := c.rest.application(ctx)
	if err != nil {
		return nil, err
	}
	c.app = app
	c.events = newEvents(o, c.rest.limits.reopen)
	c.gateway = newGateway(o, c.rest, c.events)
	return c, nil
}

// Run connects to the gateway, tells h of what happens and stays connected until the context ends, then closes politely. It returns
// only then: where going on would harm (the token is refused, an intent is not allowed, too few Identifies are left), it
// parks, which State tells. Handlers that are at work when it returns go on, and the other methods with them. Call it once.
func (c *Client) Run(ctx context.Context, h Handler) {
	c.events.begin(ctx, h)
	defer c.events.end()
	c.gateway.run(ctx)
}

// State says how the connection stands.
func (c *Client) State() State { return c.gateway.state() }

// Application returns the bot's own ids, as Open found them.
func (c *Client) Application() Application { return c.app }

// Self is the bot's own user.
func (c *Client) Self() UserID { return c.app.User.ID }

// filled puts the defaults in.
func (o Options) filled() Options {
	if o.API == "" {
		o.API = defaultAPI
	}
	if o.HTTP == nil {
		o.HTTP = newHTTP()
	}
	if o.Intents == 0 {
		o.Intents = Intents
	}
	if o.Website == "" {
		o.Website = "https://example.org/amur"
	}
	if o.Version == "" {
		o.Version = "0"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Identifies == nil {
		o.Identifies = &memoryLog{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Workers <= 0 {
		o.Workers = 256
	}
	o.Timing = o.Timing.filled()
	return o
}

func (t Timing) filled() Timing {
	for _, f := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Hello, 15 * time.Second},
		{&t.Ready, 30 * time.Second},
		{&t.Silence, 15 * time.Second},
		{&t.Backoff, time.Second},
		{&t.BackoffMax, 2 * time.Minute},
		{&t.Identify, 5500 * time.Millisecond},
		{&t.ParkedEvery, 10 * time.Minute},
	} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return t
}

// newHTTP has a time limit on every step but the answer's body, which each call limits itself.
func newHTTP() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConns: 64, MaxIdleConnsPerHost: 32,
			IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func newREST(o Options) *rest {
	return &rest{
		api: o.API, token: o.Token, agent: fmt.Sprintf("DiscordBot (%s, %s)", o.Website, o.Version), http: o.HTTP, log: o.Log,
		limits: newLimits(),
	}
}
