package bot

import (
	"context"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

const listedPassages = 5 // of what is hidden, on a card

// postHideCard posts the card of a hide, and notes where. Its error wraps errNoLog where there is nowhere to post.
func (b *Bot) postHideCard(ctx context.Context, s store.Settings, l phrase.Locale, h store.Hide, e *Edition) (store.Hide, error) {
	body := b.hideCard(l, h, e)
	body.Nonce = string(h.ID)
	channel, message, err := b.postCard(ctx, h.Server, s, body)
	if err != nil {
		return h, err
	}
	if err := b.store.SetHideCard(ctx, h.Server, h.ID, channel, message); err != nil {
		return h, err
	}
	h.CardChannel, h.CardMessage = channel, message
	return h, nil
}

// hideCard shows what was hidden, by whom and until when, with what can be done about it.
func (b *Bot) hideCard(l phrase.Locale, h store.Hide, e *Edition) discord.Body {
	lines := []string{b.phrases.Say(l, "hide.card_title", by(h.By), phrase.Markup("when", markup.Time(h.At, "f")))}
	if h.KeptBy == "" {
		lines = append(lines, b.phrases.Say(l, "hide.card_until", phrase.Markup("until", untilTime(b.phrases, l, h))))
	} else {
		lines = append(lines, b.phrases.Say(l, "hide.kept", by(h.KeptBy), b.stamp()))
	}
	lines = append(lines, b.hiddenLines(l, h.Passages, e)...)
	return discord.Body{Content: fitted(lines...), Components: b.hideButtons(l, h, e)}
}

// hiddenLines lists sentences that are hidden, each once, in the language of the reader where there is one.
func (b *Bot) hiddenLines(l phrase.Locale, hidden []store.HiddenPassage, e *Edition) []string {
	withheld := map[string]bool{}
	for _, p := range hidden {
		withheld[p.Hash] = true
	}
	var lines []string
	left := 0
	for _, id := range sectionsOf(hidden) {
		section, ok := e.section(id, l)
		if !ok {
			lines = append(lines, "- "+markup.Escape(string(id)))
			continue
		}
		for _, p := range e.Base.Passages() {
			switch {
			case p.Section != id || p.Lang != section.Lang || !withheld[p.Hash]:
			case len(lines) >= listedPassages:
				left++
			default:
				text, heading := markup.Clip(b.written(l, p.Text), 160), markup.Clip(b.written(l, section.Heading), 80)
				lines = append(lines, "- “"+markup.Escape(text)+"” ("+markup.Escape(heading)+")")
			}
		}
	}
	if left > 0 {
		lines = append(lines, "- "+b.phrases.Say(l, "hide.more", phrase.Count("n", left)))
	}
	return lines
}

// hideButtons are what moderators can do about a hide. One that was kept can only be restored.
func (b *Bot) hideButtons(l phrase.Locale, h store.Hide, e *Edition) []discord.Component {
	buttons := []discord.Component{
		discord.Button{Style: discord.Secondary, Label: b.phrases.Say(l, "hide.restore"), CustomID: customID("hide-restore", string(h.ID))},
	}
	if h.KeptBy != "" {
		return []discord.Component{discord.ActionRow{Components: buttons}}
	}
	buttons = append(buttons,
		discord.Button{Style: discord.Danger, Label: b.phrases.Say(l, "hide.keep"), CustomID: customID("hide-keep", string(h.ID))})
	return b.withNote(l, buttons, "", sectionsOf(h.Passages), e)
}
