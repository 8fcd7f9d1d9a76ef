package bot

import (
	"context"
	"errors"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
)

// noteList lists the notes and proposals of the server, with a menu that opens one of them.
func (b *Bot) noteList(ctx context.Context, r Request) (Reply, error) {
	notes, err := b.store.Notes(ctx, r.Server())
	if err != nil {
		return Reply{}, err
	}
	if len(notes) == 0 {
		return private(r.Say("note.none")), nil
	}
	lines := []string{r.Say("note.list", phrase.Count("n", len(notes)))}
	var options []discord.SelectOption
	for _, n := range notes {
		name, until := b.noteName(r.Locale, n, r.Edition), phrase.Markup("until", markup.Time(n.Expires, "D"))
		state := r.Say("note.list_proposal", until)
		if n.IsApproved() {
			state = r.Say("note.list_stands", until)
		}
		lines = append(lines, "- **"+markup.Escape(name)+"** ("+state+"): "+markup.Escape(markup.Clip(n.Text, 200)))
		if len(options) < mostChoices {
			options = append(options, discord.SelectOption{Label: markup.Clip(name, 100), Value: string(n.ID), Description: markup.Clip(oneLine(n.Text), 100)})
		}
	}
	reply := inParts(lines)
	menu := discord.Select{CustomID: customID("note-show"), Placeholder: r.Say("note.open"), Options: options, Min: 1}
	last := &reply.Body
	if len(reply.More) > 0 {
		last = &reply.More[len(reply.More)-1]
	}
	last.Components = []discord.Component{discord.ActionRow{Components: []discord.Component{menu}}}
	return reply, nil
}

// noteShow shows one note with what can be done about it.
func (b *Bot) noteShow(ctx context.Context, r Request) (Reply, error) {
	if len(r.Values) == 0 {
		return Reply{}, nil
	}
	n, err := b.store.Note(ctx, r.Server(), store.NoteID(r.Values[0]))
	if errors.Is(err, store.ErrNotFound) {
		return private(r.Say("note.gone")).as("lapsed"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	body := b.noteCard(r.Locale, n, r.Edition)
	body.Private = true
	return Reply{Body: body}, nil
}

// noteRemove takes a note away, or withdraws a proposal.
func (b *Bot) noteRemove(ctx context.Context, r Request) (Reply, error) {
	n, err := b.store.Note(ctx, r.Server(), store.NoteID(r.Option("note")))
	if errors.Is(err, store.ErrNotFound) {
		return private(r.Say("note.gone")).as("refused"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if err := b.takeNote(ctx, n); err != nil {
		return Reply{}, err
	}
	b.changeCard(ctx, n.CardChannel, n.CardMessage, b.noteGone(cardLocale(r), r, n))
	return private(r.Say("note.taken", phrase.Text("heading", b.noteName(r.Locale, n, r.Edition)))), nil
}

// completeNote offers the notes of the server.
func (b *Bot) completeNote(ctx context.Context, r Request) ([]discord.Choice, error) {
	notes, err := b.store.Notes(ctx, r.Server())
	if err != nil {
		return nil, err
	}
	typed := strings.ToLower(r.Option("note"))
	var out []discord.Choice
	for _, n := range notes {
		name := b.noteName(r.Locale, n, r.Edition) + ": " + oneLine(n.Text)
		if strings.Contains(strings.ToLower(name), typed) && len(out) < mostChoices {
			out = append(out, discord.Choice{Name: markup.Clip(name, 100), Value: string(n.ID)})
		}
	}
	return out, nil
}

// noteName is what a note is about, as a reader sees it.
func (b *Bot) noteName(l phrase.Locale, n store.Note, e *Edition) string {
	if s, ok := e.section(knowledge.SectionID(n.Target), l); ok {
		return b.written(l, s.Heading)
	}
	return n.Target
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
