package discord

import (
	"context"
	"time"
)

// Pinned is a pinned message. Without the intent to read messages, foreign ones come without content.
type Pinned struct {
	At      time.Time
	Message Message
}

// Pins reads all pinned messages of a channel, newest pin first. Without the right to read the channel's history the list
// is empty.
func (c *Client) Pins(ctx context.Context, channel ChannelID) ([]Pinned, error) { return nil, nil }

// Pin pins a message, which needs PinMessages; reason (any script, up to 512 characters once encoded) goes into the audit log.
func (c *Client) Pin(ctx context.Context, channel ChannelID, id MessageID, reason string) error {
	return nil
}

// Unpin unpins a message.
func (c *Client) Unpin(ctx context.Context, channel ChannelID, id MessageID, reason string) error {
	return nil
}
