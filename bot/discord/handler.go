package discord

import "context"

// Handler is told what happens. Each call comes on a goroutine of its own, several at once and in no promised order; its
// context does not end with Run's, so that what has begun is finished. A panic inside is caught and logged. Functions left nil are skipped.
//
// Discord may send an event twice (after a reconnect): interactions and new messages are told once.
type Handler struct {
	Interaction    func(context.Context, Interaction)
	Message        func(context.Context, Message)
	MessageEdited  func(context.Context, Message) // the whole message as it is now; Author.ID may be empty
	MessageDeleted func(context.Context, GuildID, ChannelID, []MessageID)
	PinsChanged    func(context.Context, GuildID, ChannelID)   // which message and by whom is not said
	ChannelDeleted func(context.Context, GuildID, ChannelID)   // threads too
	GuildJoined    func(context.Context, Guild)                // each guild once after a start, too, and again after an outage
	GuildRemoved   func(context.Context, GuildID)              // the bot was removed; never for an outage of Discord
	Connected      func(ctx context.Context, guilds []GuildID) // a shard is ready, with the guilds it has; nil after a resume
}
