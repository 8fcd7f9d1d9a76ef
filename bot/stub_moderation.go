package bot

import (
	"amur/bot/discord"
	"context"
	"errors"
	"time"
)

var _ = time.Now

func (b *Bot) pause(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) block(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) unblock(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) insights(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) setup(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) settings(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) read(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) sources(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) help(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) privacy(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) forgetMe(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) settingsVerbs() map[string]Action                      { return nil }
func (b *Bot) onGuildJoined(ctx context.Context, g discord.Guild)    {}
func (b *Bot) onGuildRemoved(ctx context.Context, g discord.GuildID) {}
func (b *Bot) sweep(ctx context.Context) error                       { return nil }
