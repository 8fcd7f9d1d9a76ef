package discord

import (
	"context"
	"net/http"
)

// Channel reads a channel or thread.
func (c *Client) Channel(ctx context.Context, id ChannelID) (Channel, error) {
	var raw rawChannel
	if err := c.rest.do(ctx, call{method: http.MethodGet, route: "/channels/{channel}", ids: []string{string(id)}}, &raw); err != nil {
		return Channel{}, err
	}
	return raw.channel(), nil
}

// Channels reads a guild's channels, without threads.
func (c *Client) Channels(ctx context.Context, id GuildID) ([]Channel, error) {
	var raw []rawChannel
	if err := c.rest.do(ctx, call{method: http.MethodGet, route: "/guilds/{guild}/channels", ids: []string{string(id)}}, &raw); err != nil {
		return nil, err
	}
	channels := make([]Channel, 0, len(raw))
	for _, r := range raw {
		channel := r.channel()
		channel.Guild = id
		channels = append(channels, channel)
	}
	return channels, nil
}

// Guild reads a guild with its roles.
func (c *Client) Guild(ctx context.Context, id GuildID) (Guild, error) {
	var raw rawGuild
	if err := c.rest.do(ctx, call{method: http.MethodGet, route: "/guilds/{guild}", ids: []string{string(id)}}, &raw); err != nil {
		return Guild{}, err
	}
	return raw.guild(), nil
}

// Member reads a member of a guild.
func (c *Client) Member(ctx context.Context, guild GuildID, id UserID) (Member, error) {
	var raw rawMember
	err := c.rest.do(ctx, call{
		method: http.MethodGet, route: "/guilds/{guild}/members/{user}", ids: []string{string(guild), string(id)},
	}, &raw)
	if err != nil {
		return Member{}, err
	}
	return raw.member(nil), nil
}

// DirectMessage opens the channel of direct messages with a person.
func (c *Client) DirectMessage(ctx context.Context, id UserID) (ChannelID, error) {
	body := struct {
		Recipient UserID `json:"recipient_id"`
	}{id}
	var raw rawChannel
	err := c.rest.do(ctx, call{method: http.MethodPost, route: "/users/@me/channels", body: body, again: true}, &raw)
	if err != nil {
		return "", err
	}
	return raw.ID, nil
}
