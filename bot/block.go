package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// block keeps the bot from answering a member of the server, for some days or until unblocked. Moderators and bots cannot be
// blocked: the former would unblock themselves, the latter are not answered anyway.
func (b *Bot) block(ctx context.Context, r Request) (Reply, error) {
	who := discord.UserID(r.Option("member"))
	refused, err := b.unblockable(ctx, r, who)
	if err != nil {
		return Reply{}, err
	}
	if refused != "" {
		return private(r.Say(refused)).as("refused"), nil
	}
	var until time.Time
	if days := r.Int("days", 0); days > 0 {
		until = b.now().AddDate(0, 0, days)
	}
	if err := b.store.Block(ctx, r.Server(), store.Member(who), until); err != nil {
		return Reply{}, err
	}
	name := by(store.Member(who))
	if until.IsZero() {
		return private(r.Say("block.done", name)), nil
	}
	return private(r.Say("block.done_until", name, phrase.Markup("until", markup.Time(until, "f")))), nil
}

// unblockable says why somebody cannot be blocked, by the key of a phrase; "" for those who can. One who has left can be.
func (b *Bot) unblockable(ctx context.Context, r Request, who discord.UserID) (string, error) {
	if who == b.discord.Application().User.ID {
		return "block.bot", nil
	}
	m, err := b.discord.Member(ctx, r.Guild, who)
	var refusal *discord.Error
	if errors.As(err, &refusal) && refusal.Status == http.StatusNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if m.User.Bot {
		return "block.bot", nil
	}
	guild, err := b.discord.Guild(ctx, r.Guild)
	if err != nil {
		return "", err
	}
	m.Permissions = guildPermissions(guild, m)
	if moderates(m, r.Settings) {
		return "block.moderator", nil
	}
	return "", nil
}

// guildPermissions are what a member may do in the server at large, before channels change it.
func guildPermissions(g discord.Guild, m discord.Member) discord.Permissions {
	if m.User.ID == g.Owner {
		return discord.Administrator
	}
	var out discord.Permissions
	for _, role := range g.Roles {
		if slices.Contains(m.Roles, role.ID) || string(role.ID) == string(g.ID) { // @everyone has the server's id
			out |= role.Permissions
		}
	}
	return out
}

// unblock ends a block.
func (b *Bot) unblock(ctx context.Context, r Request) (Reply, error) {
	who := store.Member(r.Option("member"))
	if err := b.store.Unblock(ctx, r.Server(), who); err != nil {
		return Reply{}, err
	}
	return private(r.Say("block.ended", by(who))), nil
}
