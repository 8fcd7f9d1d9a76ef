package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// pinsOnPage is how many pins one message of the list has.
const pinsOnPage = 5

// pins lists the pins of the server, in the channels that the moderator can read; private.
func (b *Bot) pins(ctx context.Context, r Request) (Reply, error) { return b.listPins(ctx, r, 0) }

// pinPage shows another page of the list.
func (b *Bot) pinPage(ctx context.Context, r Request) (Reply, error) {
	page, err := strconv.Atoi(r.Arg(0))
	if err != nil || page < 0 {
		page = 0
	}
	reply, err := b.listPins(ctx, r, page)
	reply.Update = err == nil
	return reply, err
}

func (b *Bot) listPins(ctx context.Context, r Request, page int) (Reply, error) {
	pins, err := b.readablePins(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	pages := max(1, (len(pins)+pinsOnPage-1)/pinsOnPage)
	page = min(page, pages-1)
	onPage := pins[page*pinsOnPage : min(len(pins), (page+1)*pinsOnPage)]

	parts := []string{r.Say("pins.head", phrase.Count("n", len(pins)), phrase.Count("page", page+1), phrase.Count("pages", pages))}
	if len(pins) == 0 {
		parts = []string{r.Say("pins.none")}
	}
	var options []discord.SelectOption
	for _, p := range onPage {
		parts = append(parts, b.pinRow(r, p))
		options = append(options, discord.SelectOption{
			Label: markup.Clip(p.Topic, choiceRoom), Value: string(p.ID), Description: markup.Clip(b.stateOf(r, p), choiceRoom),
		})
	}
	if foreign := b.foreignPins(ctx, r); foreign != "" && page == 0 {
		parts = append(parts, foreign)
	}
	var rows []discord.Component
	if len(options) > 0 {
		rows = append(rows, discord.ActionRow{Components: []discord.Component{
			discord.Select{CustomID: customID("pin_show"), Placeholder: r.Say("pins.choose"), Options: options},
		}})
	}
	buttons := []discord.Component{discord.Button{Style: discord.Secondary, Label: r.Say("pins.drafts"), CustomID: customID("pin_drafts")}}
	if pages > 1 {
		buttons = append(buttons,
			discord.Button{Style: discord.Secondary, Label: r.Say("pins.newer"), CustomID: customID("pin_page", strconv.Itoa(max(0, page-1)), "newer"), Disabled: page == 0},
			discord.Button{Style: discord.Secondary, Label: r.Say("pins.older"), CustomID: customID("pin_page", strconv.Itoa(page+1), "older"), Disabled: page == pages-1},
		)
	}
	rows = append(rows, discord.ActionRow{Components: buttons})
	return private(fitting(parts, contentRoom), rows...), nil
}

// contentRoom is how long the text of a message may be, in code points
// (https://docs.discord.com/developers/resources/message#create-message).
const contentRoom = 2000

// fitting joins rows as far as they fit: none is cut, for that could break its markup.
func fitting(rows []string, room int) string {
	for len(rows) > 1 && utf8.RuneCountInString(strings.Join(rows, "\n")) > room {
		rows = rows[:len(rows)-1]
	}
	return strings.Join(rows, "\n")
}

// pinRow is a pin in the list.
func (b *Bot) pinRow(r Request, p store.Pin) string {
	return r.Say("pins.row",
		phrase.Text("topic", markup.Clip(p.Topic, 70)), phrase.Markup("channel", channelName(p.Channel)),
		phrase.Markup("published", markup.Time(p.Published, "R")), phrase.Markup("state", b.stateOf(r, p)),
		phrase.Text("date", b.pinDate(r.Locale, p)), phrase.Markup("link", messageLink(p.Server, p.Channel, p.Message)))
}

// pinDate is the date that a pin speaks of.
func (b *Bot) pinDate(l phrase.Locale, p store.Pin) string {
	if p.AsOf == "" {
		return "–"
	}
	return b.dateWords(l, p.AsOf)
}

// stateOf says how a pin is.
func (b *Bot) stateOf(r Request, p store.Pin) string {
	switch p.State {
	case store.PinStale:
		return r.Say("pins.stale", phrase.Count("n", len(staleLines(p.Lines))), phrase.Markup("lines", b.list(r.Locale, staleLines(p.Lines))))
	case store.PinReview:
		return r.Say("pins.review", phrase.Count("n", len(staleLines(p.Lines))), phrase.Markup("lines", b.list(r.Locale, staleLines(p.Lines))))
	case store.PinLost:
		return r.Say("pins.lost")
	}
	return r.Say("pins.fresh")
}

// readablePins are the pins of the server in channels that the moderator can read, those that wait for a decision first, then the
// newest.
func (b *Bot) readablePins(ctx context.Context, r Request) ([]store.Pin, error) {
	pins, err := b.store.Pins(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	can := &reader{bot: b, request: r, known: map[store.Channel]bool{store.Channel(r.Channel.ID): true}}
	pins = slices.DeleteFunc(pins, func(p store.Pin) bool { return !can.read(ctx, p.Channel) })
	slices.Reverse(pins)
	slices.SortStableFunc(pins, func(a, b store.Pin) int { return urgency(a) - urgency(b) })
	return pins, nil
}

func urgency(p store.Pin) int {
	if p.State == store.PinFresh {
		return 1
	}
	return 0
}

// reader knows which channels the one who asks can read.
type reader struct {
	bot     *Bot
	request Request
	guild   *discord.Guild
	known   map[store.Channel]bool
}

// read reports whether a channel can be read. What cannot be found out counts as no; the pins of a channel that is gone are
// everybody's.
func (p *reader) read(ctx context.Context, channel store.Channel) bool {
	can, ok := p.known[channel]
	if !ok {
		can = p.look(ctx, discord.ChannelID(channel))
		p.known[channel] = can
	}
	return can
}

func (p *reader) look(ctx context.Context, id discord.ChannelID) bool {
	b, r := p.bot, p.request
	if p.guild == nil {
		guild, err := b.discord.Guild(ctx, r.Guild)
		if err != nil {
			return false
		}
		p.guild = &guild
	}
	channel, err := b.discord.Channel(ctx, id)
	if err != nil {
		return errors.Is(err, discord.ErrUnknownChannel)
	}
	parent := channel
	if channel.Type.IsThread() {
		if parent, err = b.discord.Channel(ctx, channel.Parent); err != nil || channel.Type == discord.PrivateThread {
			return false // who is in a private thread is not known here
		}
	}
	rights := discord.ChannelPermissions(*p.guild, r.Member, channel, parent)
	return rights.Has(discord.ViewChannel | discord.ReadMessageHistory)
}

// foreignPins names what others have pinned in this channel: it is not the bot's to look after.
func (b *Bot) foreignPins(ctx context.Context, r Request) string {
	pinned, err := b.discord.Pins(ctx, r.Channel.ID)
	if err != nil {
		b.log.DebugContext(ctx, "pins not read", "err", err, "channel_id", r.Channel.ID)
		return ""
	}
	const named = 3
	var links []string
	n := 0
	for _, one := range pinned {
		if one.Message.Author.ID == b.discord.Application().User.ID {
			continue
		}
		if n++; n <= named {
			links = append(links, messageLink(r.Server(), store.Channel(r.Channel.ID), store.Message(one.Message.ID)))
		}
	}
	if n == 0 {
		return ""
	}
	return r.Say("pins.foreign", phrase.Count("n", n), phrase.Markup("links", strings.Join(links, " ")))
}

// draftsShown is how many drafts the list has.
const draftsShown = 10

// pinDrafts lists the moderator's own drafts.
func (b *Bot) pinDrafts(ctx context.Context, r Request) (Reply, error) {
	drafts, err := b.store.Drafts(ctx, r.Server(), r.Person())
	if err != nil {
		return Reply{}, err
	}
	reply := private(r.Say("drafts.none"), b.backToList(r))
	reply.Update = true
	if len(drafts) == 0 {
		return reply, nil
	}
	parts := []string{r.Say("drafts.head", phrase.Count("n", len(drafts)))}
	var options []discord.SelectOption
	for _, d := range drafts[:min(draftsShown, len(drafts))] {
		until := markup.Time(d.Saved.Add(store.DraftsKept), "D")
		parts = append(parts, r.Say("drafts.row", phrase.Text("topic", markup.Clip(d.Topic, 50)), phrase.Markup("until", until)))
		options = append(options, discord.SelectOption{Label: markup.Clip(d.Topic, choiceRoom), Value: string(d.ID)})
	}
	reply.Body.Content = fitting(parts, contentRoom)
	reply.Body.Components = []discord.Component{
		discord.ActionRow{Components: []discord.Component{
			discord.Select{CustomID: customID("draft_open"), Placeholder: r.Say("drafts.choose"), Options: options},
		}},
		b.backToList(r),
	}
	return reply, nil
}

func (b *Bot) backToList(r Request) discord.ActionRow {
	return discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Secondary, Label: r.Say("pins.back"), CustomID: customID("pin_page", "0")},
	}}
}
