package bot

import (
	"context"
	"errors"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// pinShow shows one pin with all that can be done with it, in the place of the list.
func (b *Bot) pinShow(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, chosenID(r))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	return b.showPin(ctx, r, p)
}

// pinCard shows one pin of a card, privately.
func (b *Bot) pinCard(ctx context.Context, r Request) (Reply, error) {
	reply, err := b.pinShow(ctx, r)
	reply.Update = false
	return reply, err
}

// chosenID is the id that was chosen in a menu, or that the button carries.
func chosenID(r Request) string {
	if len(r.Values) > 0 {
		return r.Values[0]
	}
	return r.Arg(0)
}

// shownRoom leaves room for what was just done, and for what can be done.
const shownRoom = contentRoom - 500

func (b *Bot) showPin(_ context.Context, r Request, p store.Pin) (Reply, error) {
	head := r.Say("pin.shown",
		phrase.Text("topic", markup.Clip(p.Topic, 150)), phrase.Markup("channel", channelName(p.Channel)),
		phrase.Markup("state", b.stateOf(r, p)), phrase.Markup("published", markup.Time(p.Published, "D")), by(p.PublishedBy),
		phrase.Text("edition", p.Edition), phrase.Text("date", b.pinDate(r.Locale, p)),
		phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message)))
	content := fitting(append([]string{head}, b.accounts(r.Locale, r.Edition.Base, p, quoteRoom/2)...), shownRoom)
	if waits(p) {
		content += "\n" + r.Say("pin.what_to_do")
	}
	reply := private(content, b.pinButtons(r, p)...)
	reply.Update = onPrivate(r)
	return reply, nil
}

// onPrivate reports whether the pressed component is on a message that only the one who pressed sees: another is not theirs to replace.
func onPrivate(r Request) bool {
	return r.Kind == discord.ComponentInteraction && seenByOne(r.Message)
}

// seenByOne reports whether only one person sees a message
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
func seenByOne(m *discord.Message) bool { return m != nil && m.Flags&(1<<6) != 0 }

// pinButtons are what can be done with a pin.
func (b *Bot) pinButtons(r Request, p store.Pin) []discord.Component {
	button := func(style discord.ButtonStyle, verb string) discord.Component {
		return discord.Button{Style: style, Label: r.Say("button." + verb), CustomID: customID(verb, string(p.ID))}
	}
	var first []discord.Component
	switch p.State {
	case store.PinStale, store.PinReview:
		first = []discord.Component{button(discord.Primary, "pin_update"), button(discord.Secondary, "pin_keep"), button(discord.Danger, "pin_unpin")}
	case store.PinLost:
		first = []discord.Component{button(discord.Primary, "pin_again"), button(discord.Danger, "pin_forget")}
	default:
		first = []discord.Component{button(discord.Danger, "pin_unpin")}
	}
	return []discord.Component{
		discord.ActionRow{Components: append(first, button(discord.Secondary, "pin_refresh"), button(discord.Secondary, "pin_history"))},
		b.backToList(r),
	}
}

// pinRefresh looks whether a pin is still there and what the documents say of it now.
func (b *Bot) pinRefresh(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if p, err = b.look(ctx, p); err == nil {
		p, err = b.recheck(ctx, p)
	}
	if errors.Is(err, store.ErrChanged) {
		return private(r.Say("pin.changed")).as("refused"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.showPin(ctx, r, p)
}

// pinHistory tells who did what with a pin, and when.
func (b *Bot) pinHistory(ctx context.Context, r Request) (Reply, error) {
	p, gone, err := b.pin(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	events, err := b.store.PinHistory(ctx, p.Server, p.ID)
	if err != nil {
		return Reply{}, err
	}
	const told = 15
	rows := []string{r.Say("pin.history", phrase.Text("topic", markup.Clip(p.Topic, 150)))}
	for _, e := range events[max(0, len(events)-told):] {
		who := r.Say("pin.by_itself")
		if e.Who != "" {
			who = memberName(e.Who)
		}
		rows = append(rows, markup.Time(e.At, "f")+" · "+b.eventName(r.Locale, e.What)+" · "+who)
	}
	reply := private(fitting(rows, contentRoom), discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Secondary, Label: r.Say("pins.back_to_pin"), CustomID: customID("pin_show", string(p.ID))},
	}})
	reply.Update = true
	return reply, nil
}

// eventName is a word of a pin's history in a language.
func (b *Bot) eventName(l phrase.Locale, what string) string {
	key := "pin.event." + strings.ReplaceAll(what, " ", "_")
	if !b.phrases.Has(key) {
		return markup.Escape(what)
	}
	return b.phrases.Say(l, key)
}
