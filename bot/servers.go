package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"amur/bot/discord"
	"amur/internal/store"
)

// onGuildJoined notes that the bot is in a server. It posts nothing there: nobody has asked it anything. Only the moderators of a server
// that it comes back to are told what has become of their pins.
func (b *Bot) onGuildJoined(ctx context.Context, g discord.Guild) {
	b.present.Store(g.ID, true)
	server := store.Server(g.ID)
	left, err := b.leftPins(ctx, server)
	if err != nil {
		b.log.ErrorContext(ctx, "pins of a server not read", "err", err, "guild_id", g.ID)
	}
	if err := b.store.Joined(ctx, server); err != nil {
		b.log.ErrorContext(ctx, "server not noted", "err", err, "guild_id", g.ID)
	}
	if len(left) == 0 {
		return
	}
	if err := b.compareServer(ctx, compareWith(b.Edition().Base, nil), server, left, nil); err != nil {
		b.log.ErrorContext(ctx, "pins not compared", "err", err, "guild_id", g.ID)
	}
}

// leftPins are the pins of a server that the bot was removed from: they were not compared with the documents since. None of others.
func (b *Bot) leftPins(ctx context.Context, server store.Server) ([]store.Pin, error) {
	pins, err := b.store.Pins(ctx, server)
	if err != nil || len(pins) == 0 {
		return nil, err
	}
	servers, err := b.store.Servers(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(servers, func(s store.ServerState) bool { return s.Server == server && !s.Removed.IsZero() }) {
		return nil, nil
	}
	return pins, nil
}

// onGuildRemoved notes that the bot was removed from a server: what is kept of it is erased after store.RemovedKept, so that a wrong
// kick loses nothing.
func (b *Bot) onGuildRemoved(ctx context.Context, g discord.GuildID) {
	b.present.Delete(g)
	if err := b.store.Removed(ctx, store.Server(g)); err != nil {
		b.log.ErrorContext(ctx, "removal from server not noted", "err", err, "guild_id", g)
	}
}

// noticeRemovals finds the servers that the bot was removed from while it was not connected, of which Discord tells nothing: those that
// it has not named since the start, and does not know the bot in.
func (b *Bot) noticeRemovals(ctx context.Context) error {
	servers, err := b.store.Servers(ctx)
	if err != nil {
		return err
	}
	for _, s := range servers {
		id := discord.GuildID(s.Server)
		if _, there := b.present.Load(id); there || !s.Removed.IsZero() {
			continue
		}
		_, err := b.discord.Guild(ctx, id)
		var refusal *discord.Error
		switch {
		case err == nil: // its shard is not connected yet
		case errors.As(err, &refusal) && (refusal.Status == http.StatusForbidden || refusal.Status == http.StatusNotFound):
			b.onGuildRemoved(ctx, id)
		default:
			return err
		}
	}
	return nil
}
