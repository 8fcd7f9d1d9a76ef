package bot

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// showDraft shows a draft to its author, as it will be pinned.
func (b *Bot) showDraft(r Request, d store.Draft) Reply {
	preview, fit := b.pinText(sheetOfDraft(d), r.Edition.Base)
	parts := []string{r.Say("draft.head", phrase.Markup("until", markup.Time(d.Saved.Add(store.DraftsKept), "D"))), preview}
	if fit < len(d.Lines) {
		parts = append(parts, r.Say("draft.cut", phrase.Count("n", len(d.Lines)-fit), phrase.Count("fit", fit)))
	}
	if byHand := handWritten(d.Lines); len(byHand) > 0 {
		parts = append(parts, r.Say("draft.by_hand", phrase.Count("n", len(byHand)), phrase.Markup("lines", b.list(r.Locale, byHand))))
	}
	reply := private(strings.Join(parts, "\n\n"), discord.ActionRow{Components: []discord.Component{
		discord.Button{
			Style: discord.Success, Label: r.Say("draft.publish"), CustomID: customID("draft_publish", string(d.ID)), Disabled: fit == 0,
		},
		discord.Button{Style: discord.Secondary, Label: r.Say("draft.edit"), CustomID: customID("draft_edit", string(d.ID))},
		discord.Button{Style: discord.Secondary, Label: r.Say("draft.discard"), CustomID: customID("draft_discard", string(d.ID))},
	}})
	return reply.as("draft")
}

// handWritten are the numbers of the lines that have no source, from 1.
func handWritten(lines []store.PinLine) []int {
	var out []int
	for i, line := range lines {
		if line.ModeratorsWords {
			out = append(out, i+1)
		}
	}
	return out
}

// draft reads the draft that a button speaks of. There is none any more where the reply is not nil.
func (b *Bot) draft(ctx context.Context, r Request, id string) (store.Draft, *Reply, error) {
	d, err := b.store.Draft(ctx, r.Server(), r.Person(), store.DraftID(id))
	if errors.Is(err, store.ErrNotFound) {
		gone := private(r.Say("draft.gone")).as("lapsed")
		gone.Update = r.Message != nil
		return store.Draft{}, &gone, nil
	}
	return d, nil, err
}

func (b *Bot) draftOpen(ctx context.Context, r Request) (Reply, error) {
	id := r.Arg(0)
	if len(r.Values) > 0 {
		id = r.Values[0]
	}
	d, gone, err := b.draft(ctx, r, id)
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	reply := b.showDraft(r, d)
	reply.Update = true
	return reply, nil
}

func (b *Bot) draftDiscard(ctx context.Context, r Request) (Reply, error) {
	if err := b.store.DropDraft(ctx, r.Server(), r.Person(), store.DraftID(r.Arg(0))); err != nil {
		return Reply{}, err
	}
	reply := private(r.Say("draft.discarded"))
	reply.Update = true
	return reply, nil
}

// formRoom is how much a field of a form holds
// (https://docs.discord.com/developers/components/reference#text-input).
const formRoom = 4000

// draftEdit opens the form with all lines of a draft, one in a row.
func (b *Bot) draftEdit(ctx context.Context, r Request) (Reply, error) {
	d, gone, err := b.draft(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	rows := ""
	for _, line := range d.Lines {
		if row := line.Text + "\n"; utf8.RuneCountInString(rows+row) <= formRoom {
			rows += row
		}
	}
	return Reply{Modal: &discord.Modal{
		CustomID: customID("draft_form", string(d.ID)), Title: r.Say("draft.form_title"),
		Inputs: []discord.TextInput{
			{CustomID: "topic", Label: r.Say("draft.form_topic"), Value: markup.Clip(d.Topic, 200), Max: 200, Min: 1},
			{CustomID: "lines", Label: r.Say("draft.form_lines"), Value: strings.TrimSpace(rows), Long: true, Max: formRoom, Min: 1},
		},
	}}, nil
}

// draftForm takes an edited draft: each line is checked again.
func (b *Bot) draftForm(ctx context.Context, r Request) (Reply, error) {
	d, gone, err := b.draft(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if topic := strings.TrimSpace(r.Fields["topic"]); topic != "" {
		d.Topic = topic
	}
	lines, err := b.rewritten(ctx, r.Edition, phrase.Locale(d.Language), d.Lines, r.Fields["lines"])
	if err != nil {
		return Reply{}, err
	}
	if len(lines) == 0 {
		return private(r.Say("draft.empty")).as("refused"), nil
	}
	d.Lines, d.AsOf = lines, newestOf(lines, r.Edition.Base)
	d, err = b.store.SaveDraft(ctx, d)
	if errors.Is(err, store.ErrChanged) {
		return private(r.Say("pin.changed")).as("refused"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	reply := b.showDraft(r, d)
	reply.Update = r.Message != nil
	return reply, nil
}

// draftPublish publishes a draft and pins it. A second press while that goes on does nothing.
func (b *Bot) draftPublish(ctx context.Context, r Request) (Reply, error) {
	if !b.pinReads.begin(r.Arg(0)) {
		return Reply{Update: true}, nil
	}
	defer b.pinReads.end(r.Arg(0))
	d, gone, err := b.draft(ctx, r, r.Arg(0))
	if gone != nil || err != nil {
		return orNothing(gone), err
	}
	if lacking := lacks(r, d.Channel); lacking != 0 {
		return b.sayLacking(r, lacking), nil
	}
	if renewed, changed, err := b.upToDate(ctx, r, d); changed || err != nil {
		return renewed, err
	}
	_, fit := b.pinText(sheetOfDraft(d), r.Edition.Base)
	p, err := b.publish(ctx, store.Pin{
		Server: d.Server, Channel: d.Channel, Language: d.Language, Topic: d.Topic, Edition: d.Edition, AsOf: d.AsOf,
		Mode: d.Mode, Model: d.Model, Lines: d.Lines[:fit], PublishedBy: r.Person(),
	}, "")
	if err != nil {
		return b.sayUnpublished(ctx, r, d.Channel, customID("draft_room", string(d.ID)), err)
	}
	if err := b.store.DropDraft(ctx, r.Server(), r.Person(), d.ID); err != nil {
		b.log.WarnContext(ctx, "published draft not dropped", "err", err, "guild_id", r.Guild)
	}
	return b.sayPinned(r, p), nil
}

// upToDate brings a draft up to what the documents say now, and shows it again where they have changed since it was made.
func (b *Bot) upToDate(ctx context.Context, r Request, d store.Draft) (reply Reply, changed bool, err error) {
	hidden, err := b.hiddenIn(ctx, r.Server())
	if err != nil {
		return Reply{}, false, err
	}
	lines := compareWith(r.Edition.Base, nil).lines(d.Lines, hidden)
	if len(staleLines(lines)) == 0 {
		return Reply{}, false, nil
	}
	d.Lines, err = b.renewed(ctx, r.Edition, store.Pin{Lines: lines, Language: d.Language, Mode: d.Mode})
	if err != nil {
		return Reply{}, false, err
	}
	d.Edition, d.AsOf = r.Edition.Name, newestOf(d.Lines, r.Edition.Base)
	if d, err = b.store.SaveDraft(ctx, d); err != nil {
		return Reply{}, false, err
	}
	reply = b.showDraft(r, d)
	reply.Update = true
	reply.Body.Content = r.Say("draft.renewed") + "\n" + reply.Body.Content
	return reply, true, nil
}

// draftRoom unpins what the moderator chose to make room, and publishes the draft.
func (b *Bot) draftRoom(ctx context.Context, r Request) (Reply, error) {
	if reply, err := b.makeRoom(ctx, r); reply != nil || err != nil {
		return orNothing(reply), err
	}
	return b.draftPublish(ctx, r)
}
