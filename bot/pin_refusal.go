package bot

import (
	"context"
	"errors"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// lacks are the rights that the bot needs to publish a pin in the channel of a request, and does not have there.
func lacks(r Request, channel store.Channel) discord.Permissions {
	if store.Channel(r.Channel.ID) != channel {
		return 0 // not known here: Discord will say
	}
	needs := discord.ViewChannel | discord.SendMessages | discord.ReadMessageHistory | discord.PinMessages
	if r.Channel.Type.IsThread() {
		needs = needs&^discord.SendMessages | discord.SendMessagesInThreads
	}
	if r.AppPermissions.Has(discord.Administrator) {
		return 0
	}
	return needs &^ r.AppPermissions
}

// sayLacking names the rights that the bot needs, and who can give them.
func (b *Bot) sayLacking(r Request, lacking discord.Permissions) Reply {
	names := ""
	for _, right := range []struct {
		bit discord.Permissions
		key string
	}{
		{discord.ViewChannel, "right.view"},
		{discord.SendMessages, "right.send"},
		{discord.SendMessagesInThreads, "right.send_in_threads"},
		{discord.ReadMessageHistory, "right.history"},
		{discord.PinMessages, "right.pin"},
	} {
		if lacking&right.bit == 0 {
			continue
		}
		if names != "" {
			names += r.Say("pin.list_comma")
		}
		names += r.Say(right.key)
	}
	return private(r.Say("pin.lacking", phrase.Markup("rights", names))).as("forbidden")
}

// sayPinned says that a pin is done.
func (b *Bot) sayPinned(r Request, p store.Pin) Reply {
	reply := private(r.Say("pin.done", phrase.Count("n", len(p.Lines)), phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message))))
	reply.Update = onPrivate(r)
	return reply
}

// sayUnpublished says why a pin could not be published, and what to do. room is the custom id of a menu that makes room.
func (b *Bot) sayUnpublished(ctx context.Context, r Request, channel store.Channel, room string, err error) (Reply, error) {
	where := phrase.Markup("channel", channelName(channel))
	switch {
	case errors.Is(err, discord.ErrTooManyPins):
		return b.offerRoom(ctx, r, channel, room)
	case errors.Is(err, discord.ErrMissingPermissions):
		return private(r.Say("pin.no_right", where)).as("forbidden"), nil
	case errors.Is(err, discord.ErrMissingAccess):
		return private(r.Say("pin.no_access", where)).as("forbidden"), nil
	case errors.Is(err, discord.ErrUnknownChannel):
		return private(r.Say("pin.channel_gone")).as("refused"), nil
	case errors.Is(err, discord.ErrUnknownMessage):
		return private(r.Say("pin.message_gone")).as("refused"), nil
	}
	return Reply{}, err
}

// offerRoom offers which of the bot's own pins to unpin where a channel is full.
func (b *Bot) offerRoom(ctx context.Context, r Request, channel store.Channel, room string) (Reply, error) {
	pins, err := b.store.Pins(ctx, r.Server())
	if err != nil {
		return Reply{}, err
	}
	var options []discord.SelectOption
	for _, p := range pins { // oldest first
		if p.Channel == channel && p.State != store.PinLost && len(options) < mostChoices {
			options = append(options, discord.SelectOption{
				Label: markup.Clip(p.Topic, choiceRoom), Value: string(p.ID), Description: p.Published.UTC().Format("2006-01-02"),
			})
		}
	}
	if len(options) == 0 {
		return private(r.Say("pin.full")).as("refused"), nil
	}
	return private(r.Say("pin.full_choose"), discord.ActionRow{Components: []discord.Component{
		discord.Select{CustomID: room, Placeholder: r.Say("pin.full_placeholder"), Options: options},
	}}).as("refused"), nil
}

// makeRoom unpins the pin that was chosen. A reply that is not nil says why not.
func (b *Bot) makeRoom(ctx context.Context, r Request) (*Reply, error) {
	if len(r.Values) == 0 {
		return nil, nil
	}
	p, gone, err := b.pin(ctx, r, r.Values[0])
	if gone != nil || err != nil {
		return gone, err
	}
	return b.unpin(ctx, r, p)
}
