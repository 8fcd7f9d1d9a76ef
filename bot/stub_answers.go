package bot

import (
	"amur/bot/discord"
	"context"
	"errors"
	"time"
)

var _ = time.Now

func (b *Bot) ask(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) askAbout(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) check(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, errors.ErrUnsupported
}
func (b *Bot) completeQuestion(ctx context.Context, r Request) ([]discord.Choice, error) {
	return nil, nil
}
func (b *Bot) answerVerbs() map[string]Action                   { return nil }
func (b *Bot) onMessage(ctx context.Context, m discord.Message) {}
func (b *Bot) answerGone(ctx context.Context, guild discord.GuildID, channel discord.ChannelID, gone []discord.MessageID) {
}
