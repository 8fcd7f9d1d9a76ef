package discord

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

const (
	pinsRoute = "/channels/{channel}/messages/pins"
	pinPage   = "50"
	pinPages  = 20 // many more than the 250 pins of a channel take
)

// Pinned is a pinned message. Without the intent to read messages, foreign ones come without content.
type Pinned struct {
	At      time.Time
	Message Message
}

// Pins reads all pinned messages of a channel, newest pin first. Without the right to read the channel's history the list
// is empty.
func (c *Client) Pins(ctx context.Context, channel ChannelID) ([]Pinned, error) {
	var pins []Pinned
	query, seen := url.Values{"limit": {pinPage}}, map[MessageID]bool{}
	for range pinPages {
		var page struct {
			Items []struct {
				At      string     `json:"pinned_at"`
				Message rawMessage `json:"message"`
			} `json:"items"`
			More bool `json:"has_more"`
		}
		err := c.rest.do(ctx, call{method: http.MethodGet, route: pinsRoute, ids: []string{string(channel)}, query: query}, &page)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			if seen[item.Message.ID] { // pinned while the pages were read
				continue
			}
			seen[item.Message.ID] = true
			at, _ := time.Parse(time.RFC3339Nano, item.At)
			pins = append(pins, Pinned{At: at, Message: item.Message.message()})
		}
		if !page.More || len(page.Items) == 0 {
			break
		}
		query.Set("before", page.Items[len(page.Items)-1].At)
	}
	return pins, nil
}

// Pin pins a message, which needs PinMessages; reason (any script, up to 512 characters once encoded) goes into the audit log.
func (c *Client) Pin(ctx context.Context, channel ChannelID, id MessageID, reason string) error {
	return c.rest.do(ctx, pin(http.MethodPut, channel, id, reason), nil)
}

// Unpin unpins a message.
func (c *Client) Unpin(ctx context.Context, channel ChannelID, id MessageID, reason string) error {
	return c.rest.do(ctx, pin(http.MethodDelete, channel, id, reason), nil)
}

func pin(method string, channel ChannelID, id MessageID, reason string) call {
	return call{method: method, route: pinsRoute + "/{message}", ids: []string{string(channel), string(id)}, reason: reason}
}
