package discord

import "context"

// Channel reads a channel or thread.
func (c *Client) Channel(ctx context.Context, id ChannelID) (Channel, error) { return Channel{}, nil }

// Channels reads a guild's channels, without threads.
func (c *Client) Channels(ctx context.Context, id GuildID) ([]Channel, error) { return nil, nil }

// Guild reads a guild with its roles.
func (c *Client) Guild(ctx context.Context, id GuildID) (Guild, error) { return Guild{}, nil }

// Member reads a member of a guild.
func (c *Client) Member(ctx context.Context, guild GuildID, id UserID) (Member, error) {
	return Member{}, nil
}

// DirectMessage opens the channel of direct messages with a person.
func (c *Client) DirectMessage(ctx context.Context, id UserID) (ChannelID, error) { return "", nil }
