package bot

import (
	"context"
	"errors"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

const standardPause = 60 // minutes

// pause silences the bot in a channel, or in the whole server; 0 minutes end a pause.
func (b *Bot) pause(ctx context.Context, r Request) (Reply, error) {
	channel := store.Channel(r.Option("channel"))
	where := phrase.Markup("where", r.Say("pause.everywhere"))
	cardWhere := phrase.Markup("where", b.phrases.Say(cardLocale(r), "pause.everywhere"))
	if channel != "" {
		where = phrase.Markup("where", channelName(channel))
		cardWhere = where
	}
	minutes := r.Int("minutes", standardPause)
	if minutes <= 0 {
		if err := b.store.Unpause(ctx, r.Server(), channel); err != nil {
			return Reply{}, err
		}
		b.tellModerators(ctx, r, "pause.card_ended", cardWhere)
		return private(r.Say("pause.ended", where)), nil
	}
	until := b.now().Add(time.Duration(minutes) * time.Minute)
	if err := b.store.Pause(ctx, r.Server(), channel, until); err != nil {
		return Reply{}, err
	}
	b.tellModerators(ctx, r, "pause.card", cardWhere, phrase.Markup("until", markup.Time(until, "f")))
	return private(r.Say("pause.done", where, phrase.Markup("until", markup.Time(until, "f")))), nil
}

// tellModerators posts a line to the log channel, where there is one, that says who did something.
func (b *Bot) tellModerators(ctx context.Context, r Request, key string, fill ...phrase.Fill) {
	text := b.phrases.Say(cardLocale(r), key, append(fill, by(r.Person()))...)
	_, _, err := b.postCard(ctx, r.Server(), r.Settings, discord.Body{Content: text})
	if err != nil && !errors.Is(err, errNoLog) {
		b.log.WarnContext(ctx, "moderators not told", "err", err, "guild_id", r.Guild)
	}
}
