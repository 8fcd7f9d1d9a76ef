package bot

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// publish posts a pin and pins it, or pins a message that is there already. Every step is written down before the next, so that a
// process that dies on the way goes on where it was. After an error that Discord has decided, nothing is left of it.
//
// A pin that was begun before and not finished is finished, and one that is there already is returned: who presses again after a
// failure does not post twice.
func (b *Bot) publish(ctx context.Context, p store.Pin, there store.Message) (store.Pin, error) {
	p.Lines = beside(b.Edition().Base, p.Lines)
	begun, err := b.begun(ctx, p)
	switch {
	case err != nil:
		return store.Pin{}, err
	case begun.State == store.PinPublishing || begun.State == store.PinSent:
		return b.finish(ctx, begun)
	case begun.ID != "":
		return begun, nil
	}
	p, err = b.store.BeginPin(ctx, p)
	if err != nil {
		return store.Pin{}, err
	}
	if there != "" {
		if err := b.store.PinSent(ctx, p.Server, p.ID, there); err != nil {
			return store.Pin{}, err
		}
		p.Message, p.State = there, store.PinSent
	}
	return b.finish(ctx, p)
}

// begun finds a pin with the same lines in the same channel that is being published, or was; the zero Pin for none.
func (b *Bot) begun(ctx context.Context, p store.Pin) (store.Pin, error) {
	pending, err := b.store.PendingPins(ctx)
	if err != nil {
		return store.Pin{}, err
	}
	published, err := b.store.Pins(ctx, p.Server)
	if err != nil {
		return store.Pin{}, err
	}
	for _, other := range append(pending, published...) {
		if other.Server == p.Server && other.Channel == p.Channel && other.Topic == p.Topic && other.State != store.PinLost &&
			reflect.DeepEqual(other.Lines, p.Lines) {
			return other, nil
		}
	}
	return store.Pin{}, nil
}

// finish does what is left to do for a pin that is being published.
func (b *Bot) finish(ctx context.Context, p store.Pin) (store.Pin, error) {
	if p.State == store.PinPublishing {
		content, _ := b.pinText(sheetOfPin(p), b.Edition().Base)
		m, err := b.discord.Send(ctx, discord.ChannelID(p.Channel), discord.Body{Content: content, Nonce: p.Nonce})
		if err != nil {
			return store.Pin{}, b.giveUp(ctx, p, err)
		}
		if err := b.store.PinSent(ctx, p.Server, p.ID, store.Message(m.ID)); err != nil {
			return store.Pin{}, err
		}
		p.Message, p.State = store.Message(m.ID), store.PinSent
	}
	reason := b.phrases.Say(phrase.Locale(p.Language), "pin.reason")
	if err := b.discord.Pin(ctx, discord.ChannelID(p.Channel), discord.MessageID(p.Message), reason); err != nil {
		return store.Pin{}, b.giveUp(ctx, p, err)
	}
	p, err := b.store.PinPublished(ctx, p.Server, p.ID)
	if err != nil {
		return store.Pin{}, err
	}
	b.observe(Event{Kind: "pin", Outcome: "published", Mode: p.Mode, Language: p.Language})
	checked, err := b.recheck(ctx, p) // what changed while it was sent did not find it among the pins
	if err != nil {
		b.log.WarnContext(ctx, "published pin not compared", "err", err, "guild_id", p.Server, "channel_id", p.Channel)
		return p, nil
	}
	return checked, nil
}

// giveUp takes back what there is of a pin that Discord has refused. Of a failure that may pass it keeps all: the pin is finished later.
func (b *Bot) giveUp(ctx context.Context, p store.Pin, why error) error {
	if !refusedByDiscord(why) {
		return fmt.Errorf("publish pin %s: %w", p.ID, why)
	}
	if p.Message != "" && !b.isAnswer(ctx, p) {
		err := b.discord.Delete(ctx, discord.ChannelID(p.Channel), discord.MessageID(p.Message))
		if err != nil && !refusedByDiscord(err) {
			return errors.Join(why, err)
		}
	}
	return errors.Join(why, b.store.AbandonPin(ctx, p.Server, p.ID))
}

// refusedByDiscord reports whether an error is an answer that will not change when it is asked again.
func refusedByDiscord(err error) bool {
	return closedTo(err) || errors.Is(err, discord.ErrTooManyPins) || errors.Is(err, discord.ErrUnknownMessage) ||
		errors.Is(err, discord.ErrInvalid)
}

// isAnswer reports whether the message of a pin was there before it was pinned: it is not the bot's to delete then.
func (b *Bot) isAnswer(ctx context.Context, p store.Pin) bool {
	_, err := b.store.AnswerByMessage(ctx, p.Server, p.Message)
	return !errors.Is(err, store.ErrNotFound)
}
