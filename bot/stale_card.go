package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
)

// cardRoom is how long the text of a card is at first: what is decided is written under it.
const cardRoom = 1500

// postStale posts what has changed for pins of a server to its log channel: one card, over several messages where it is long. Where
// there is no log channel the pins wait in the list.
func (b *Bot) postStale(ctx context.Context, server store.Server, pins []store.Pin) error {
	if len(pins) == 0 {
		return nil
	}
	return b.postPinCard(ctx, server, pins, func(l phrase.Locale) string {
		rows := []string{b.phrases.Say(l, "stale.card", phrase.Count("n", len(pins)), phrase.Text("edition", b.Edition().Name))}
		for _, p := range pins {
			rows = append(rows, b.staleBlock(l, p)...)
		}
		return strings.Join(rows, "\n")
	})
}

// staleBlock is a pin on a card.
func (b *Bot) staleBlock(l phrase.Locale, p store.Pin) []string {
	head := b.phrases.Say(l, "stale.pin", phrase.Text("topic", markup.Clip(p.Topic, 150)),
		phrase.Markup("channel", channelName(p.Channel)), phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message)))
	return append([]string{"", head}, b.accounts(l, b.Edition().Base, p, quoteRoom)...)
}

// postPinCard posts a card about pins, with buttons under each message for at most as many pins as a menu can name, and notes where
// it is.
func (b *Bot) postPinCard(ctx context.Context, server store.Server, pins []store.Pin, text func(phrase.Locale) string) error {
	settings, err := b.store.Settings(ctx, server)
	if err != nil || settings.LogChannel == "" {
		return err
	}
	l := b.moderatorsLocale(ctx, server, settings)
	parts := markup.Split(text(l), markup.Room{Runes: cardRoom})
	groups := slices.Collect(slices.Chunk(pins, mostChoices))
	for len(parts) < len(groups) {
		parts = append(parts, b.phrases.Say(l, "stale.more"))
	}
	first := len(parts) - len(groups) // the messages that carry buttons come last
	var failed []error
	for i, part := range parts {
		body := discord.Body{Content: part, Nonce: cardNonce(pins, i)}
		var group []store.Pin
		if i >= first {
			group = groups[i-first]
			body.Components = b.cardButtons(l, b.Edition().Base, group)
		}
		channel, message, err := b.postCard(ctx, server, settings, body)
		if errors.Is(err, errNoLog) {
			b.log.WarnContext(ctx, "no card for pins", "err", err, "guild_id", server)
			return errors.Join(failed...)
		}
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, p := range group {
			p.CardChannel, p.CardMessage = channel, message
			if _, err := b.store.SavePin(ctx, p, "", ""); err != nil && !errors.Is(err, store.ErrChanged) && !errors.Is(err, store.ErrNotFound) {
				failed = append(failed, err)
			}
		}
	}
	return errors.Join(failed...)
}

// cardNonce names a part of a card by what it says of which pins, so that a card is not posted twice when the process dies
// before it has noted the first.
func cardNonce(pins []store.Pin, part int) string {
	var all strings.Builder
	for _, p := range pins {
		all.WriteString(string(p.ID) + string(p.State))
		for _, line := range p.Lines {
			all.WriteString(line.Account + "/")
		}
	}
	all.WriteString(strconv.Itoa(part))
	sum := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(sum[:12])
}

// cardButtons are what moderators can do from a card; nothing where all is decided.
func (b *Bot) cardButtons(l phrase.Locale, base *knowledge.Base, pins []store.Pin) []discord.Component {
	open := slices.DeleteFunc(slices.Clone(pins), func(p store.Pin) bool { return !waits(p) && p.State != store.PinLost })
	button := func(style discord.ButtonStyle, verb string, args ...string) discord.Component {
		return discord.Button{Style: style, Label: b.phrases.Say(l, "button."+verb), CustomID: customID(verb, args...)}
	}
	switch {
	case len(open) == 0:
		return nil
	case len(open) == 1 && open[0].State == store.PinLost:
		id := string(open[0].ID)
		return []discord.Component{row(button(discord.Primary, "pin_again", id), button(discord.Danger, "pin_forget", id))}
	case len(open) == 1:
		id := string(open[0].ID)
		return []discord.Component{row(button(discord.Primary, "pin_update", id), button(discord.Secondary, "pin_keep", id), button(discord.Danger, "pin_unpin", id))}
	}
	menu := discord.Select{CustomID: customID("pin_card"), Placeholder: b.phrases.Say(l, "stale.choose")}
	figures := 0
	for _, p := range open[:min(mostChoices, len(open))] {
		menu.Options = append(menu.Options, discord.SelectOption{
			Label: markup.Clip(p.Topic, choiceRoom), Value: string(p.ID),
			Description: markup.Clip(b.phrases.Say(l, "stale.lines", phrase.Count("n", len(staleLines(p.Lines))),
				phrase.Markup("lines", b.list(l, staleLines(p.Lines)))), choiceRoom),
		})
		if onlyFigures(p) {
			figures++
		}
	}
	rows := []discord.Component{row(menu)}
	if figures > 0 {
		rows = append(rows, row(button(discord.Primary, "pin_figures")))
	}
	return rows
}

// onlyFigures reports whether of the sources of a pin only numbers and dates have changed.
func onlyFigures(p store.Pin) bool {
	if !waits(p) {
		return false
	}
	for _, line := range p.Lines {
		if line.Stale && !readShifts(line.Account).only(shiftFigures) {
			return false
		}
	}
	return true
}

// ofCard are the pins that a card speaks of.
func (b *Bot) ofCard(ctx context.Context, server store.Server, card store.Message) ([]store.Pin, error) {
	pins, err := b.store.Pins(ctx, server)
	return slices.DeleteFunc(pins, func(p store.Pin) bool { return p.CardMessage != card }), err
}

// pinFigures updates all pins of a card of whose sources only figures have changed.
func (b *Bot) pinFigures(ctx context.Context, r Request) (Reply, error) {
	pins, err := b.ofCard(ctx, r.Server(), store.Message(r.Message.ID))
	if err != nil {
		return Reply{}, err
	}
	var rows []string
	for _, p := range pins {
		if !onlyFigures(p) {
			continue
		}
		changed, said, err := b.carryOut(ctx, r, p, pinUpdated, b.renewed)
		if err != nil {
			return Reply{}, err
		}
		if waits(changed) { // it could not be done
			rows = append(rows, "**"+markup.Escape(markup.Clip(p.Topic, 100))+"**: "+said)
			continue
		}
		rows = append(rows, b.decision(r, changed, pinUpdated))
	}
	if len(rows) == 0 {
		return private(r.Say("stale.none_left")).as("refused"), nil
	}
	return b.withDecision(ctx, r, r.Message.Content, store.Message(r.Message.ID), strings.Join(rows, "\n"))
}

// closeCard writes a decision under the card that speaks of a pin, and takes away what is decided. onCard says that the pressed button is
// on the card itself, so that the reply is the card.
func (b *Bot) closeCard(ctx context.Context, r Request, p store.Pin, said string) (reply Reply, onCard bool, err error) {
	if p.CardMessage == "" {
		return Reply{}, false, nil
	}
	onCard = r.Message != nil && store.Message(r.Message.ID) == p.CardMessage
	if onCard && waits(p) && said != "" { // it could not be done: the one who tried is told, the card stays
		return private(said).as("refused"), true, nil
	}
	what := b.lastEvent(ctx, p)
	if onCard {
		reply, err = b.withDecision(ctx, r, r.Message.Content, p.CardMessage, b.decision(r, p, what))
		return reply, true, err
	}
	card, err := b.discord.Get(ctx, discord.ChannelID(p.CardChannel), discord.MessageID(p.CardMessage))
	if err != nil {
		return Reply{}, false, nil //nolint:nilerr // the card is gone or closed to the bot; the decision holds
	}
	body, err := b.withDecision(ctx, r, card.Content, p.CardMessage, b.decision(r, p, what))
	if err == nil {
		b.changeCard(ctx, p.CardChannel, p.CardMessage, body.Body)
	}
	return Reply{}, false, err
}

// lastEvent is what was last done with a pin; one that is no more was unpinned.
func (b *Bot) lastEvent(ctx context.Context, p store.Pin) string {
	events, err := b.store.PinHistory(ctx, p.Server, p.ID)
	if err != nil || len(events) == 0 {
		return "unpinned"
	}
	return events[len(events)-1].What
}

// decision says on a card what was decided, by whom and when.
func (b *Bot) decision(r Request, p store.Pin, what string) string {
	l := cardLocale(r)
	return b.phrases.Say(l, "stale.decision", phrase.Text("topic", markup.Clip(p.Topic, 100)),
		phrase.Markup("what", b.eventName(l, what)), by(r.Person()), b.stamp())
}

// withDecision is a card with a decision written under it, and with what is still to decide.
func (b *Bot) withDecision(ctx context.Context, r Request, content string, card store.Message, decision string) (Reply, error) {
	pins, err := b.ofCard(ctx, r.Server(), card)
	if err != nil {
		return Reply{}, err
	}
	rows := append(strings.Split(content, "\n"), strings.Split(decision, "\n")...)
	for len(rows) > 2 && utf8.RuneCountInString(strings.Join(rows, "\n")) > contentRoom {
		rows = slices.Delete(rows, 1, 2) // what was decided first needs its account least
	}
	body := discord.Body{Content: fitting(rows, contentRoom), Components: b.cardButtons(cardLocale(r), r.Edition.Base, pins)}
	return Reply{Body: body, Update: true}, nil
}
