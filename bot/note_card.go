package bot

import (
	"context"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/knowledge"
)

// postNoteCard posts the card of a note, and notes where. Its error wraps errNoLog where there is nowhere to post.
func (b *Bot) postNoteCard(ctx context.Context, s store.Settings, l phrase.Locale, n store.Note, e *Edition) (store.Note, error) {
	body := b.noteCard(l, n, e)
	body.Nonce = string(n.ID)
	if n.IsApproved() {
		body.Nonce += "-again"
	}
	channel, message, err := b.postCard(ctx, n.Server, s, body)
	if err != nil {
		return n, err
	}
	if err := b.store.SetNoteCard(ctx, n.Server, n.ID, channel, message); err != nil {
		return n, err
	}
	n.CardChannel, n.CardMessage = channel, message
	return n, nil
}

// noteCard shows a proposal, or a note that stands, with what moderators can do about it.
func (b *Bot) noteCard(l phrase.Locale, n store.Note, e *Edition) discord.Body {
	button := func(style discord.ButtonStyle, label, verb string) discord.Component {
		return discord.Button{Style: style, Label: b.phrases.Say(l, label), CustomID: customID(verb, string(n.ID))}
	}
	until := phrase.Markup("until", markup.Time(n.Expires, "D"))
	if !n.IsApproved() {
		return discord.Body{
			Content: fitted(b.noteHead(l, n, e), b.phrases.Say(l, "note.card_proposal", until)),
			Components: []discord.Component{discord.ActionRow{Components: []discord.Component{
				button(discord.Success, "note.approve", "note-approve"), button(discord.Danger, "note.reject", "note-reject"),
			}}},
		}
	}
	return discord.Body{
		Content: fitted(b.noteHead(l, n, e), b.noteApproved(l, n), b.phrases.Say(l, "note.card_stands", until)),
		Components: []discord.Component{discord.ActionRow{Components: []discord.Component{
			button(discord.Primary, "note.renew", "note-renew"), button(discord.Danger, "note.remove", "note-remove"),
		}}},
	}
}

// noteHead says what a note is about, what it says and who proposed it.
func (b *Bot) noteHead(l phrase.Locale, n store.Note, e *Edition) string {
	heading := n.Target
	if s, ok := e.section(knowledge.SectionID(n.Target), l); ok {
		heading = b.written(l, s.Heading)
	}
	return b.phrases.Say(l, "note.card_title", phrase.Text("heading", markup.Clip(heading, 150)), by(n.Proposer),
		phrase.Markup("when", markup.Time(n.Proposed, "f"))) + "\n> " + markup.Escape(n.Text)
}

// noteApproved says who approved a note, and when.
func (b *Bot) noteApproved(l phrase.Locale, n store.Note) string {
	key := "note.approved"
	if n.Alone {
		key = "note.approved_alone"
	}
	return b.phrases.Say(l, key, by(n.Approver), phrase.Markup("when", markup.Time(n.Approved, "f")))
}

// withNote adds to the buttons of a card what opens the form for a note: a button where one section is concerned, a menu of them
// where there are several. card is the card of a report that the note settles; empty for none.
func (b *Bot) withNote(l phrase.Locale, buttons []discord.Component, card store.CardID, sections []knowledge.SectionID, e *Edition) []discord.Component {
	var options []discord.SelectOption
	for _, id := range sections {
		if s, ok := e.section(id, l); ok && len(options) < mostChoices {
			options = append(options, discord.SelectOption{Label: markup.Clip(b.written(l, s.Heading), 100), Value: sectionKey(id)})
		}
	}
	label := b.phrases.Say(l, "note.write")
	switch len(options) {
	case 0:
		return []discord.Component{discord.ActionRow{Components: buttons}}
	case 1:
		buttons = append(buttons, discord.Button{Style: discord.Primary, Label: label, CustomID: customID("note-on", string(card), options[0].Value)})
		return []discord.Component{discord.ActionRow{Components: buttons}}
	}
	menu := discord.Select{CustomID: customID("note-on", string(card)), Placeholder: b.phrases.Say(l, "note.write_on"), Options: options, Min: 1}
	return []discord.Component{discord.ActionRow{Components: buttons}, discord.ActionRow{Components: []discord.Component{menu}}}
}
