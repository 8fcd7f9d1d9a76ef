package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
)

const noteLength = 600 // of a note, in characters

// notesFor returns the notes of a server on sections as they are shown to members, in the language of the asker as far as the bot
// speaks. They stand after what the documents say, never in its place.
func (b *Bot) notesFor(ctx context.Context, server store.Server, sections []string, l phrase.Locale) ([]string, error) {
	if server == "" || len(sections) == 0 {
		return nil, nil
	}
	settings, err := b.store.Settings(ctx, server)
	if err != nil || !settings.Notes.Is(true) {
		return nil, err
	}
	notes, err := b.store.NotesFor(ctx, server, sections)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range notes {
		out = append(out, b.noteLine(l, n))
	}
	return out, nil
}

// noteLine is a note as members see it.
func (b *Bot) noteLine(l phrase.Locale, n store.Note) string {
	key := "note.line"
	if n.Alone {
		key = "note.line_alone"
	}
	return b.phrases.Say(l, key, phrase.Markup("date", markup.Time(n.Approved, "D")), phrase.Text("text", n.Text))
}

// noteAdd opens the form for a note on a section.
func (b *Bot) noteAdd(_ context.Context, r Request) (Reply, error) {
	found := b.find(b.readingPlaces(r.Edition, r.Locale, false), r.Option("section"))
	if len(found) == 0 || r.Option("section") == "" {
		return private(r.Say("read.not_found")).as("refused"), nil
	}
	return b.noteForm(r, found[0].Section, ""), nil
}

// noteOn opens the form for a note from a card: its arguments are the card of a report, or "", and the section's key, which
// a menu gives as its value.
func (b *Bot) noteOn(_ context.Context, r Request) (Reply, error) {
	key := r.Arg(1)
	if key == "" && len(r.Values) > 0 {
		key = r.Values[0]
	}
	section, ok := r.Edition.sectionByKey(key)
	if !ok {
		return private(r.Say("note.section_gone")).as("refused"), nil
	}
	return b.noteForm(r, section, store.CardID(r.Arg(0))), nil
}

// noteForm is the form for the text of a note.
func (b *Bot) noteForm(r Request, section knowledge.SectionID, card store.CardID) Reply {
	if !r.Settings.Notes.Is(true) {
		return private(r.Say("note.off")).as("refused")
	}
	heading := string(section)
	if s, ok := r.Edition.section(section, r.Locale); ok {
		heading = b.written(r.Locale, s.Heading)
	}
	return Reply{Modal: &discord.Modal{
		CustomID: customID("note-text", sectionKey(section), string(card)),
		Title:    markup.Clip(r.Say("note.form", phrase.Markup("heading", heading)), 45),
		Inputs: []discord.TextInput{{
			CustomID: "text", Label: r.Say("note.form_text"), Placeholder: r.Say("note.form_hint"), Long: true, Min: 5, Max: noteLength,
		}},
	}}
}

// sectionByKey finds a section by its short name.
func (e *Edition) sectionByKey(key string) (knowledge.SectionID, bool) {
	for _, d := range e.Base.Documents() {
		for _, s := range d.Sections {
			if sectionKey(s.ID) == key {
				return s.ID, true
			}
		}
	}
	return "", false
}

// notePropose takes the text of a note and lays it before the other moderators.
func (b *Bot) notePropose(ctx context.Context, r Request) (Reply, error) {
	section, ok := r.Edition.sectionByKey(r.Arg(0))
	if !ok {
		return private(r.Say("note.section_gone")).as("refused"), nil
	}
	written := strings.TrimSpace(strings.ToValidUTF8(r.Fields["text"], "\ufffd"))
	if written == "" {
		return private(r.Say("note.empty")).as("refused"), nil
	}
	n, err := b.store.ProposeNote(ctx, store.Note{
		Server: r.Server(), Kind: store.TargetSection, Target: string(section), Language: string(r.Locale),
		Text: markup.Clip(written, noteLength), Proposer: r.Person(),
	})
	if err != nil {
		return Reply{}, err
	}
	if err := b.handled(ctx, r, store.CardID(r.Arg(1))); err != nil {
		return Reply{}, err
	}
	n, err = b.postNoteCard(ctx, r.Settings, cardLocale(r), n, r.Edition)
	if errors.Is(err, errNoLog) {
		return private(r.Say("note.proposed_no_log")).as("proposed"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	link := messageLink(n.Server, n.CardChannel, n.CardMessage)
	return private(r.Say("note.proposed", phrase.Markup("link", link))).as("proposed"), nil
}

// noteChanged tells the pins that what stands on a section has changed.
func (b *Bot) noteChanged(ctx context.Context, n store.Note, why string) error {
	var hashes []string
	for _, p := range b.Edition().Base.Passages() {
		if string(p.Section) == n.Target && !slices.Contains(hashes, p.Hash) {
			hashes = append(hashes, p.Hash)
		}
	}
	return b.passagesChanged(ctx, n.Server, hashes, why)
}
