package bot

import (
	"amur/bot/discord"
	"context"
	"errors"
	"time"
)

var _ = time.Now

func (b *Bot) summary(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) completeTopic(ctx context.Context, r Request) ([]discord.Choice, error) {
	return nil, nil
}
func (b *Bot) pinAnswer(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) pins(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) pinVerbs() map[string]Action { return nil }
func (b *Bot) pinsGone(ctx context.Context, guild discord.GuildID, channel discord.ChannelID, gone []discord.MessageID) {
}
func (b *Bot) onMessageEdited(ctx context.Context, m discord.Message)                              {}
func (b *Bot) onPinsChanged(ctx context.Context, guild discord.GuildID, channel discord.ChannelID) {}
func (b *Bot) onChannelDeleted(ctx context.Context, guild discord.GuildID, channel discord.ChannelID) {
}
func (b *Bot) resumePins(ctx context.Context) error                     { return nil }
func (b *Bot) comparePins(ctx context.Context, old, new *Edition) error { return nil }
func (b *Bot) tendPins(ctx context.Context) error                       { return nil }
