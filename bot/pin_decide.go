package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// pin reads the pin that a button speaks of. There is none any more where the reply is not nil.
func (b *Bot) pin(ctx context.Context, r Request, id string) (store.Pin, *Reply, error) {
	p, err := b.store.Pin(ctx, r.Server(), store.PinID(id))
	if errors.Is(err, store.ErrNotFound) {
		gone := private(r.Say("pin.gone")).as("lapsed")
		return store.Pin{}, &gone, nil
	}
	return p, nil, err
}

// What is done with pins: words of their history. The store writes "published" itself.
const (
	pinUpdated   = "updated"
	pinKept      = "kept"
	pinWentStale = "stale"
	pinRecovered = "fresh again"
	pinReviewed  = "under review"
	pinLost      = "lost"
	pinDeleted   = "deleted"
	pinRestored  = "pinned again"
)

// pinUpdate brings a pin up to what the documents say now.
func (b *Bot) pinUpdate(ctx context.Context, r Request) (Reply, error) {
	return b.decide(ctx, r, pinUpdated, b.renewed)
}

// pinKeep leaves the words of a pin alone. Lines that the documents no longer carry become the moderators' words.
func (b *Bot) pinKeep(ctx context.Context, r Request) (Reply, error) {
	return b.decide(ctx, r, pinKept, b.kept)
}

// deciding makes the lines of a pin into what a decision makes of them.
type deciding func(ctx context.Context, e *Edition, p store.Pin) ([]store.PinLine, error)

// decide carries out a decision on a stale pin.
func (b *Bot) decide(ctx context.Context, r Request, what string, how deciding) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if !waits(p) {
		return b.decidedAlready(ctx, r, p)
	}
	p, said, err := b.carryOut(ctx, r, p, what, how)
	if err != nil {
		return Reply{}, err
	}
	return b.settled(ctx, r, p, said)
}

// carryOut changes the lines of a pin, its message, and then what is kept of it, in this order: a process that dies in between does
// it again. What it returns says to the moderator what was done; where it could not be done the pin is as it was.
func (b *Bot) carryOut(ctx context.Context, r Request, p store.Pin, what string, how deciding) (store.Pin, string, error) {
	lines, err := how(ctx, r.Edition, p)
	if err != nil {
		return store.Pin{}, "", err
	}
	changed := p
	changed.Lines, changed.State, changed.StaleSince = lines, store.PinFresh, time.Time{}
	changed.AsOf = newestOf(lines, r.Edition.Base)
	if what == pinUpdated {
		changed.Edition = r.Edition.Name
	}
	content, fit := b.pinText(sheetOfPin(changed), r.Edition.Base)
	if fit == 0 {
		return p, r.Say("pin.nothing_left"), nil
	}
	changed.Lines = beside(r.Edition.Base, lines[:fit])
	if old, _ := b.pinText(sheetOfPin(p), r.Edition.Base); old != content || what == pinUpdated {
		switch err := b.rewrite(ctx, p, content); {
		case errors.Is(err, discord.ErrUnknownMessage), errors.Is(err, discord.ErrUnknownChannel):
			p, err = b.lose(ctx, p, pinDeleted)
			return p, r.Say("pin.message_gone"), err
		case closedTo(err):
			return p, r.Say("pin.no_access", phrase.Markup("channel", channelName(p.Channel))), nil
		case err != nil:
			return store.Pin{}, "", err
		}
	}
	saved, err := b.store.SavePin(ctx, changed, r.Person(), what)
	if errors.Is(err, store.ErrChanged) {
		return p, r.Say("pin.changed"), nil
	}
	if err != nil {
		return store.Pin{}, "", err
	}
	b.observe(Event{Kind: "pin", Outcome: what, Mode: p.Mode, Language: p.Language})
	return saved, b.sayDone(r, saved, what), nil
}

func (b *Bot) sayDone(r Request, p store.Pin, what string) string {
	if what == pinUpdated {
		return r.Say("pin.updated")
	}
	if byHand := handWritten(p.Lines); len(byHand) > 0 {
		return r.Say("pin.kept_by_hand", phrase.Count("n", len(byHand)), phrase.Markup("lines", b.list(r.Locale, byHand)))
	}
	return r.Say("pin.kept")
}

// rewrite puts a text into the message of a pin.
func (b *Bot) rewrite(ctx context.Context, p store.Pin, content string) error {
	channel, message := discord.ChannelID(p.Channel), discord.MessageID(p.Message)
	m, err := b.discord.Get(ctx, channel, message)
	if err != nil {
		return err
	}
	_, err = b.discord.Edit(ctx, channel, message, shown(content, m.Flags))
	return err
}

// pinUnpin unpins a message and forgets that it was pinned. The message stays.
func (b *Bot) pinUnpin(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if reply, err := b.unpin(ctx, r, p); reply != nil || err != nil {
		return orNothing(reply), err
	}
	return b.removed(ctx, r, p, r.Say("pin.unpinned", phrase.Text("topic", p.Topic)))
}

// unpin unpins; a reply that is not nil says why it could not.
func (b *Bot) unpin(ctx context.Context, r Request, p store.Pin) (*Reply, error) {
	reason := r.Say("pin.reason")
	err := b.discord.Unpin(ctx, discord.ChannelID(p.Channel), discord.MessageID(p.Message), reason)
	switch {
	case errors.Is(err, discord.ErrUnknownMessage), errors.Is(err, discord.ErrUnknownChannel):
	case closedTo(err):
		reply := private(r.Say("pin.no_right", phrase.Markup("channel", channelName(p.Channel)))).as("forbidden")
		return &reply, nil
	case err != nil:
		return nil, err
	}
	return nil, b.store.RemovePin(ctx, p.Server, p.ID)
}

// pinForget forgets a pin whose message is lost.
func (b *Bot) pinForget(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if err := b.store.RemovePin(ctx, p.Server, p.ID); err != nil {
		return Reply{}, err
	}
	return b.removed(ctx, r, p, r.Say("pin.forgotten", phrase.Text("topic", p.Topic)))
}

// pinAgain pins a lost pin again, or publishes it anew where its message is gone.
func (b *Bot) pinAgain(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if p.State != store.PinLost {
		return b.decidedAlready(ctx, r, p)
	}
	err = b.discord.Pin(ctx, discord.ChannelID(p.Channel), discord.MessageID(p.Message), r.Say("pin.reason"))
	if errors.Is(err, discord.ErrUnknownMessage) {
		anew := p
		anew.PublishedBy, anew.CardChannel, anew.CardMessage, anew.StaleSince = r.Person(), "", "", time.Time{}
		if anew, err = b.publish(ctx, anew, ""); err == nil {
			err = b.store.RemovePin(ctx, p.Server, p.ID)
			p = anew
		}
	} else if err == nil {
		p.State, p.StaleSince = store.PinFresh, time.Time{}
		p, err = b.store.SavePin(ctx, p, r.Person(), pinRestored)
	}
	switch {
	case errors.Is(err, store.ErrChanged):
		return private(r.Say("pin.changed")).as("refused"), nil
	case err != nil:
		return b.sayUnpublished(ctx, r, p.Channel, customID("pin_again_room", string(p.ID)), err)
	}
	if p, err = b.recheck(ctx, p); err != nil {
		return Reply{}, err
	}
	return b.settled(ctx, r, p, r.Say("pin.restored", phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message))))
}

// pinAgainRoom unpins what the moderator chose to make room, and pins a lost pin again.
func (b *Bot) pinAgainRoom(ctx context.Context, r Request) (Reply, error) {
	if reply, err := b.makeRoom(ctx, r); reply != nil || err != nil {
		return orNothing(reply), err
	}
	return b.pinAgain(ctx, r)
}

// settled shows what came of a decision: on the card in the log channel, and to the moderator where that is elsewhere.
func (b *Bot) settled(ctx context.Context, r Request, p store.Pin, said string) (Reply, error) {
	if reply, onCard, err := b.closeCard(ctx, r, p, said); onCard || err != nil {
		return reply, err
	}
	reply, err := b.showPin(ctx, r, p)
	if err != nil {
		return Reply{}, err
	}
	reply.Body.Content = strings.TrimSpace(said + "\n\n" + reply.Body.Content)
	return reply, nil
}

// decidedAlready shows what somebody else has decided: the card without its buttons for it, or the pin as it is.
func (b *Bot) decidedAlready(ctx context.Context, r Request, p store.Pin) (Reply, error) {
	if r.Message == nil || store.Message(r.Message.ID) != p.CardMessage {
		return b.showPin(ctx, r, p)
	}
	pins, err := b.ofCard(ctx, r.Server(), p.CardMessage)
	if err != nil {
		return Reply{}, err
	}
	body := discord.Body{Content: r.Message.Content, Components: b.cardButtons(cardLocale(r), r.Edition.Base, pins)}
	return Reply{Body: body, Update: true}, nil
}

// removed shows that a pin is no more.
func (b *Bot) removed(ctx context.Context, r Request, p store.Pin, said string) (Reply, error) {
	if reply, onCard, err := b.closeCard(ctx, r, p, said); onCard || err != nil {
		return reply, err
	}
	reply := private(said, b.backToList(r))
	reply.Update = onPrivate(r)
	return reply, nil
}
