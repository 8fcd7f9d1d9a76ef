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

// nonceHolds is how long sending a message again with its nonce surely gives the same message: Discord says "a few minutes"
// (https://docs.discord.com/developers/resources/message#create-message).
const nonceHolds = 2 * time.Minute

// resumePins finishes what was being published when the process ended, and compares all pins with the documents, which may have
// changed in between.
func (b *Bot) resumePins(ctx context.Context) error {
	return errors.Join(b.finishPins(ctx, 0), b.comparePins(ctx, nil, b.Edition()))
}

// finishPins finishes what has been about to be published for that long.
func (b *Bot) finishPins(ctx context.Context, since time.Duration) error {
	pending, err := b.store.PendingPins(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, p := range pending {
		if b.now().Sub(p.Begun) >= since {
			failed = append(failed, b.finishPin(ctx, p))
		}
	}
	return errors.Join(failed...)
}

// finishPin finishes a pin whose publication was broken off. Where it cannot be known any more whether its message was sent, it is given
// up rather than posted twice.
func (b *Bot) finishPin(ctx context.Context, p store.Pin) error {
	var err error
	if p.State == store.PinPublishing && b.now().Sub(p.Begun) > nonceHolds {
		err = b.store.AbandonPin(ctx, p.Server, p.ID)
	} else if _, err = b.finish(ctx, p); err == nil || !refusedByDiscord(err) {
		return err
	}
	b.log.WarnContext(ctx, "pin given up", "err", err, "guild_id", p.Server, "channel_id", p.Channel)
	settings, err := b.store.Settings(ctx, p.Server)
	if err != nil {
		return err
	}
	l := b.moderatorsLocale(ctx, p.Server, settings)
	_, _, err = b.postCard(ctx, p.Server, settings, discord.Body{Content: b.phrases.Say(l, "pin.card_given_up",
		phrase.Text("topic", markup.Clip(p.Topic, 150)), phrase.Markup("channel", channelName(p.Channel)))})
	if errors.Is(err, errNoLog) {
		return nil
	}
	return err
}
