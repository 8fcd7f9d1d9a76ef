package discord

import (
	"context"
	"net/http"
)

// Send posts a message to a channel, thread or direct message. It is safe against doubling: the same Nonce within some
// minutes returns the message that is there already, so a send of unknown outcome is repeated.
func (c *Client) Send(ctx context.Context, channel ChannelID, b Body) (Message, error) {
	body, err := newMessage(b)
	if err != nil {
		return Message{}, err
	}
	return c.message(ctx, call{
		method: http.MethodPost, route: "/channels/{channel}/messages", ids: []string{string(channel)},
		body: body, files: b.Files, again: true,
	})
}

// Edit makes a message of the bot into b.
func (c *Client) Edit(ctx context.Context, channel ChannelID, id MessageID, b Body) (Message, error) {
	body, err := changedMessage(b)
	if err != nil {
		return Message{}, err
	}
	return c.message(ctx, call{
		method: http.MethodPatch, route: "/channels/{channel}/messages/{message}", ids: []string{string(channel), string(id)},
		body: body, files: b.Files,
	})
}

// Get reads a message.
func (c *Client) Get(ctx context.Context, channel ChannelID, id MessageID) (Message, error) {
	return c.message(ctx, call{
		method: http.MethodGet, route: "/channels/{channel}/messages/{message}", ids: []string{string(channel), string(id)},
	})
}

// Delete takes a message away.
func (c *Client) Delete(ctx context.Context, channel ChannelID, id MessageID) error {
	return c.rest.do(ctx, call{
		method: http.MethodDelete, route: "/channels/{channel}/messages/{message}", ids: []string{string(channel), string(id)},
	}, nil)
}

// Typing shows for ten seconds that the bot is writing.
func (c *Client) Typing(ctx context.Context, channel ChannelID) error {
	return c.rest.do(ctx, call{method: http.MethodPost, route: "/channels/{channel}/typing", ids: []string{string(channel)}}, nil)
}

// React puts the bot's reaction under a message; emoji is the character itself.
func (c *Client) React(ctx context.Context, channel ChannelID, id MessageID, emoji string) error {
	return c.rest.do(ctx, reaction(http.MethodPut, channel, id, emoji), nil)
}

// Unreact takes the bot's own reaction away.
func (c *Client) Unreact(ctx context.Context, channel ChannelID, id MessageID, emoji string) error {
	return c.rest.do(ctx, reaction(http.MethodDelete, channel, id, emoji), nil)
}

func reaction(method string, channel ChannelID, id MessageID, emoji string) call {
	return call{
		method: method, route: "/channels/{channel}/messages/{message}/reactions/{emoji}/@me",
		ids: []string{string(channel), string(id), emoji},
	}
}

func (c *Client) message(ctx context.Context, request call) (Message, error) {
	var raw rawMessage
	if err := c.rest.do(ctx, request, &raw); err != nil {
		return Message{}, err
	}
	return raw.message(), nil
}
