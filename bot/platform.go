package bot

import (
	"context"

	"amur/bot/discord"
)

// Platform is what the bot does in Discord; discord.Client is it. Methods may be called from several goroutines at once, wait
// for rate limits no longer than ctx allows, and return errors that wrap package discord's.
type Platform interface {
	// Application is the bot itself.
	Application() discord.Application

	// Respond answers an interaction first, and names the message that came of it, if one did. EditReply and DeleteReply change
	// that message, or the one that carries the pressed component; FollowUp adds one.
	Respond(ctx context.Context, in discord.Interaction, r discord.Response) (discord.MessageID, error)
	EditReply(ctx context.Context, in discord.Interaction, body discord.Body) (discord.Message, error)
	DeleteReply(ctx context.Context, in discord.Interaction) error
	FollowUp(ctx context.Context, in discord.Interaction, body discord.Body) (discord.Message, error)
	EditFollowUp(ctx context.Context, in discord.Interaction, message discord.MessageID, body discord.Body) (discord.Message, error)

	Send(ctx context.Context, channel discord.ChannelID, body discord.Body) (discord.Message, error)
	Edit(ctx context.Context, channel discord.ChannelID, message discord.MessageID, body discord.Body) (discord.Message, error)
	Delete(ctx context.Context, channel discord.ChannelID, message discord.MessageID) error
	Get(ctx context.Context, channel discord.ChannelID, message discord.MessageID) (discord.Message, error)
	React(ctx context.Context, channel discord.ChannelID, message discord.MessageID, emoji string) error

	Pins(ctx context.Context, channel discord.ChannelID) ([]discord.Pinned, error)
	Pin(ctx context.Context, channel discord.ChannelID, message discord.MessageID, reason string) error
	Unpin(ctx context.Context, channel discord.ChannelID, message discord.MessageID, reason string) error

	Channel(ctx context.Context, id discord.ChannelID) (discord.Channel, error)
	Guild(ctx context.Context, id discord.GuildID) (discord.Guild, error)
	Member(ctx context.Context, guild discord.GuildID, user discord.UserID) (discord.Member, error)

	// Sync registers the commands where they differ from those that are registered.
	Sync(ctx context.Context, commands []discord.Command) ([]discord.RegisteredCommand, bool, error)
}
