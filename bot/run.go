package bot

import (
	"context"
	"time"

	"amur/bot/discord"
)

// How often what is due from time to time is done.
const (
	tendEvery  = 10 * time.Minute // pins: reminders, and whether they are still there
	sweepEvery = time.Hour        // what was kept long enough
	lapseEvery = time.Minute      // what was remembered long enough
)

// Run does what is due from time to time until ctx ends.
func (b *Bot) Run(ctx context.Context) {
	b.due(ctx, "pins resumed", b.resumePins)
	tend, sweep, lapse := time.NewTicker(tendEvery), time.NewTicker(sweepEvery), time.NewTicker(lapseEvery)
	defer lapse.Stop()
	defer tend.Stop()
	defer sweep.Stop()
	b.due(ctx, "swept", b.sweep)
	for {
		select {
		case <-ctx.Done():
			return
		case <-lapse.C:
			b.recent.expire(b.now())
		case <-tend.C:
			b.due(ctx, "pins tended", b.tendPins)
		case <-sweep.C:
			b.due(ctx, "removals noticed", b.noticeRemovals)
			b.due(ctx, "swept", b.sweep)
		}
	}
}

func (b *Bot) due(ctx context.Context, what string, do func(context.Context) error) {
	err := func() (err error) {
		defer recovered(&err)
		return do(ctx)
	}()
	if err != nil && ctx.Err() == nil {
		b.log.ErrorContext(ctx, "due work failed", "work", what, "err", err)
	}
}

// Reload answers from another state of the documents from now on, and tells the moderators which pins that makes stale. What is being
// answered is finished from the old one. On an error the pins that are left will be looked at with the next reload or start.
func (b *Bot) Reload(ctx context.Context, e *Edition) error {
	old := b.edition.Swap(e)
	return b.comparePins(ctx, old, e)
}

func (b *Bot) onConnected(ctx context.Context, guilds []discord.GuildID) {
	for _, g := range guilds {
		b.present.Store(g, true)
	}
	if err := b.Register(ctx); err != nil {
		b.log.ErrorContext(ctx, "commands not registered", "err", err)
	}
}

func (b *Bot) onMessageDeleted(ctx context.Context, guild discord.GuildID, channel discord.ChannelID, gone []discord.MessageID) {
	b.answerGone(ctx, guild, channel, gone)
	b.pinsGone(ctx, guild, channel, gone)
}
