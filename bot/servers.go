package bot

import (
	"context"

	"amur/bot/discord"
	"amur/internal/store"
)

// onGuildJoined notes that the bot is in a server. It posts nothing there: nobody has asked it anything.
func (b *Bot) onGuildJoined(ctx context.Context, g discord.Guild) {
	if err := b.store.Joined(ctx, store.Server(g.ID)); err != nil {
		b.log.ErrorContext(ctx, "server not noted", "err", err, "guild_id", g.ID)
	}
}

// onGuildRemoved notes that the bot was removed from a server: what is kept of it is erased after store.RemovedKept, so that a wrong
// kick loses nothing.
func (b *Bot) onGuildRemoved(ctx context.Context, g discord.GuildID) {
	if err := b.store.Removed(ctx, store.Server(g)); err != nil {
		b.log.ErrorContext(ctx, "removal from server not noted", "err", err, "guild_id", g)
	}
}
