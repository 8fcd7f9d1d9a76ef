package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// How often pins are looked after without being asked.
const (
	undecided = 7 * 24 * time.Hour    // after which a stale pin itself says so
	lookEvery = 6 * time.Hour         // each channel with pins is read that often
	lookParts = lookEvery / tendEvery // in so many parts, one at a time
)

// pinReads says which channels' pins are about to be read, which drafts are being published, and whose turn it is to be read.
type pinReads struct {
	mu   sync.Mutex
	busy map[string]bool
	next int // of the parts of lookEvery
}

func newPinReads() *pinReads { return &pinReads{busy: map[string]bool{}} }

// begin reports whether nobody is at something yet, and notes that somebody is.
func (p *pinReads) begin(what string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[what] {
		return false
	}
	p.busy[what] = true
	return true
}

func (p *pinReads) end(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.busy, what)
}

// part returns the part of the channels whose turn it is.
func (p *pinReads) part() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = (p.next + 1) % int(lookParts)
	return p.next
}

// pinsGone notices that messages of pins were deleted.
func (b *Bot) pinsGone(ctx context.Context, guild discord.GuildID, _ discord.ChannelID, gone []discord.MessageID) {
	for _, id := range gone {
		p, err := b.store.PinByMessage(ctx, store.Server(guild), store.Message(id))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err == nil {
			_, err = b.lose(ctx, p, pinDeleted)
		}
		b.noteFailure(ctx, "deleted pin not noted", err, guild)
	}
}

// onMessageEdited notices that the message of a pin was unpinned, or pinned again.
func (b *Bot) onMessageEdited(ctx context.Context, m discord.Message) {
	p, err := b.store.PinByMessage(ctx, store.Server(m.Guild), store.Message(m.ID))
	if errors.Is(err, store.ErrNotFound) || err == nil && m.Pinned == (p.State != store.PinLost) {
		return
	}
	b.noteFailure(ctx, "edited message not compared with pins", err, m.Guild)
	b.onPinsChanged(ctx, m.Guild, m.Channel)
}

// onPinsChanged reads the pins of a channel again, once, some moments after the first word of a change: which message it was is not
// said, and one change is often told twice.
func (b *Bot) onPinsChanged(ctx context.Context, guild discord.GuildID, channel discord.ChannelID) {
	if guild == "" || !b.pinReads.begin(string(channel)) {
		return
	}
	timer := time.NewTimer(b.policy().Limits.PinsSettle)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	b.pinReads.end(string(channel))
	if ctx.Err() == nil {
		b.noteFailure(ctx, "pins not read", b.lookIn(ctx, store.Server(guild), store.Channel(channel)), guild)
	}
}

// onChannelDeleted notices that the pins of a channel went with it.
func (b *Bot) onChannelDeleted(ctx context.Context, guild discord.GuildID, channel discord.ChannelID) {
	pins, err := b.inChannel(ctx, store.Server(guild), store.Channel(channel))
	for _, p := range pins {
		_, lost := b.lose(ctx, p, pinDeleted)
		err = errors.Join(err, lost)
	}
	b.noteFailure(ctx, "pins of deleted channel not noted", err, guild)
}

func (b *Bot) noteFailure(ctx context.Context, what string, err error, guild discord.GuildID) {
	if err != nil && ctx.Err() == nil {
		b.log.WarnContext(ctx, "pins not watched", "what", what, "err", err, "guild_id", guild)
	}
}

func (b *Bot) inChannel(ctx context.Context, server store.Server, channel store.Channel) ([]store.Pin, error) {
	pins, err := b.store.Pins(ctx, server)
	return slices.DeleteFunc(pins, func(p store.Pin) bool { return p.Channel != channel }), err
}

// lookIn looks whether the pins of a channel are still pinned. The list of a channel is empty, too, where the bot may not read its
// history: so a pin that is not in it is looked at itself before it counts as lost.
func (b *Bot) lookIn(ctx context.Context, server store.Server, channel store.Channel) error {
	pins, err := b.inChannel(ctx, server, channel)
	if err != nil || len(pins) == 0 {
		return err
	}
	pinned, err := b.discord.Pins(ctx, discord.ChannelID(channel))
	switch {
	case errors.Is(err, discord.ErrUnknownChannel):
		pinned = nil
	case closedTo(err):
		return nil // nothing can be known now
	case err != nil:
		return err
	}
	var failed []error
	for _, p := range pins {
		there := slices.ContainsFunc(pinned, func(one discord.Pinned) bool { return store.Message(one.Message.ID) == p.Message })
		if there == (p.State != store.PinLost) {
			continue
		}
		_, err := b.look(ctx, p)
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// look looks at the message of a pin: one that is deleted or no longer pinned is lost, one that was lost and is pinned again is not.
func (b *Bot) look(ctx context.Context, p store.Pin) (store.Pin, error) {
	m, err := b.discord.Get(ctx, discord.ChannelID(p.Channel), discord.MessageID(p.Message))
	switch {
	case errors.Is(err, discord.ErrUnknownMessage), errors.Is(err, discord.ErrUnknownChannel):
		return b.lose(ctx, p, pinDeleted)
	case closedTo(err):
		return p, nil
	case err != nil:
		return store.Pin{}, err
	case !m.Pinned:
		return b.lose(ctx, p, pinLost)
	case p.State != store.PinLost:
		return p, nil
	}
	p.State, p.StaleSince = store.PinFresh, time.Time{}
	if p, err = b.store.SavePin(ctx, p, "", pinRestored); err != nil {
		return store.Pin{}, err
	}
	return b.recheck(ctx, p)
}

// lose notes that a pin is lost and tells the moderators.
func (b *Bot) lose(ctx context.Context, p store.Pin, what string) (store.Pin, error) {
	if p.State != store.PinFresh && !waits(p) {
		return p, nil // known already, or not published yet
	}
	p.State = store.PinLost
	p, err := b.store.SavePin(ctx, p, "", what)
	if errors.Is(err, store.ErrChanged) || errors.Is(err, store.ErrNotFound) {
		return p, nil // somebody has just decided on it
	}
	if err != nil {
		return store.Pin{}, err
	}
	b.observe(Event{Kind: "pin", Outcome: "lost", Mode: p.Mode, Language: p.Language})
	err = b.postPinCard(ctx, p.Server, []store.Pin{p}, func(l phrase.Locale) string {
		return b.phrases.Say(l, "pin.card_"+what, phrase.Text("topic", markup.Clip(p.Topic, 150)),
			phrase.Markup("channel", channelName(p.Channel)), phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message)))
	})
	if err != nil {
		return store.Pin{}, err
	}
	noted, err := b.store.Pin(ctx, p.Server, p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return p, nil // forgotten as soon as the card was there
	}
	return noted, err
}
