package bot

import (
	"context"
	"errors"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// deleteWithin is how long the deletion of a short reply may take.
const deleteWithin = 10 * time.Second

// fleeting replies shortly to a mention; in a server the reply goes after a minute, or when the bot ends before.
func (b *Bot) fleeting(ctx context.Context, m discord.Message, text string) error {
	sent, err := b.replyTo(ctx, m, discord.Body{Content: text})
	if err != nil || m.Guild == "" {
		return err
	}
	gone := b.open.enter()
	go func() {
		defer gone()
		b.vanish(ctx, m.Channel, sent.Message)
	}()
	return nil
}

// vanish deletes a message when its time has come.
func (b *Bot) vanish(ctx context.Context, channel discord.ChannelID, id discord.MessageID) {
	timer := time.NewTimer(b.policy().Limits.Fleeting)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-b.ending:
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deleteWithin)
	defer cancel()
	if err := b.discord.Delete(ctx, channel, id); err != nil && !errors.Is(err, discord.ErrUnknownMessage) {
		b.log.WarnContext(ctx, "short reply not deleted", "err", err, "channel_id", channel)
	}
}

// hint tells a member once a day why a reply gets no answer: its text is not given to the bot.
func (b *Bot) hint(ctx context.Context, where mention) (string, error) {
	m := where.message
	first, err := b.store.FirstToday(ctx, store.Server(m.Guild), store.Member(m.Author.ID), "hint")
	if err != nil || !first {
		return "unreadable", err
	}
	return "hint", b.fleeting(ctx, m, b.phrases.Say(where.locale, "mention.hint"))
}

// limited tells a member once a day in words that a limit is reached, and otherwise by a reaction.
func (b *Bot) limited(ctx context.Context, where mention, refusal string) (string, error) {
	m := where.message
	first, err := b.store.FirstToday(ctx, store.Server(m.Guild), store.Member(m.Author.ID), "limit")
	if err != nil {
		return "", err
	}
	if !first {
		return b.later(ctx, m, where.locale, "limited")
	}
	return "limited", b.fleeting(ctx, m, refusal)
}

// later says by a reaction that a mention is not answered now; without the right to react, in words, once a minute in a channel.
func (b *Bot) later(ctx context.Context, m discord.Message, l phrase.Locale, outcome string) (string, error) {
	err := b.discord.React(ctx, m.Channel, m.ID, busy)
	if err == nil || errors.Is(err, discord.ErrUnknownMessage) {
		return outcome, nil
	}
	b.log.DebugContext(ctx, "reaction not set", "err", err, "channel_id", m.Channel)
	if !b.crowd.take(spokenBusy+m.Channel, b.now(), 1) {
		return outcome, nil
	}
	return outcome, b.fleeting(ctx, m, b.phrases.Say(l, "mention.busy"))
}

// spokenBusy stands before a channel in the count of how often it was told that there are too many questions.
const spokenBusy = "busy "
