package discord

import (
	"context"
	"errors"
)

// Client speaks with Discord. Its methods may be called from several goroutines.
type Client struct {
	rest *rest
	app  Application
}

// Open asks Discord who the token belongs to. It does not connect to the gateway: Run does. An unknown token is
// ErrUnauthorized.
func Open(ctx context.Context, o Options) (*Client, error) {
	return nil, errors.ErrUnsupported
}

// Run connects to the gateway and stays connected until the context ends, then closes politely and returns nil. It returns
// only then: where going on would harm (the token is refused, an intent is not allowed, too few Identifies are left), it
// parks, which State tells.
func (c *Client) Run(ctx context.Context) error { return errors.ErrUnsupported }

// State says how the connection stands.
func (c *Client) State() State { return State{} }

// Application returns the bot's own ids, as Open found them.
func (c *Client) Application() Application { return c.app }
