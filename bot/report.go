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

const (
	reportLength = 200 // of what a member writes, on a card
	reportTexts  = 5   // of those, the newest
)

// reported takes a member's report of an answer: kind is one of wrong, unsupported, outdated, one-sided, offensive and
// unanswered, text may be empty. Equal reports are one card in the log channel. The member is thanked in private.
func (b *Bot) reported(ctx context.Context, r Request, answer store.Answer, kind, text string) (Reply, error) {
	if r.Guild == "" {
		return private(r.Say("card.no_moderators", b.operatorContact(r.Locale))).as("refused"), nil
	}
	card, _, err := b.store.AddReport(ctx, store.Report{Server: r.Server(), Answer: answer.ID, Kind: kind, By: r.Person(), Text: strings.TrimSpace(text)})
	if err != nil {
		return Reply{}, err
	}
	thanks := private(r.Say("card.thanks")).as("reported")
	news, err := b.store.FirstToday(ctx, r.Server(), r.Person(), "report "+string(card.ID))
	if err != nil {
		return Reply{}, err
	}
	if !news && card.Message != "" {
		return thanks, nil // who presses again and again changes nothing
	}
	if err := b.store.Count(ctx, r.Server(), "reported"); err != nil {
		return Reply{}, err
	}
	b.observe(Event{Kind: "report", Outcome: kind, Language: string(r.Locale)})
	if err := b.showReport(ctx, r.Settings, cardLocale(r), card, answer, r.Edition); err != nil && !errors.Is(err, errNoLog) {
		b.log.WarnContext(ctx, "report card not posted", "err", err, "guild_id", r.Guild)
	}
	return thanks, nil
}

// showReport posts the card of equal reports, or brings it up to date.
func (b *Bot) showReport(ctx context.Context, s store.Settings, l phrase.Locale, card store.Card, answer store.Answer, e *Edition) error {
	if card.State != store.CardOpen {
		return nil
	}
	if card.Message != "" {
		return b.redrawReport(ctx, l, card, answer, e)
	}
	body := b.reportCard(l, card, answer, e)
	body.Nonce = string(card.ID)
	channel, message, err := b.postCard(ctx, card.Server, s, body)
	if err != nil {
		return err
	}
	if err := b.store.SetCardMessage(ctx, card.Server, card.ID, channel, message); err != nil {
		return err
	}
	now, err := b.store.Card(ctx, card.Server, card.ID)
	if err != nil || same(card, now) {
		return err
	}
	return b.redrawReport(ctx, l, now, answer, e)
}

// redrawReport brings the message of a card up to date. Others may do so at the same moment, with what they read before or after: so
// each looks again after writing, and the last one writes what holds.
func (b *Bot) redrawReport(ctx context.Context, l phrase.Locale, card store.Card, answer store.Answer, e *Edition) error {
	for {
		b.changeCard(ctx, card.Channel, card.Message, b.reportCard(l, card, answer, e))
		now, err := b.store.Card(ctx, card.Server, card.ID)
		if err != nil || same(card, now) {
			return err
		}
		card = now
	}
}

// same reports whether a card looks the same in two states.
func same(a, b store.Card) bool {
	return a.Members == b.Members && a.State == b.State && a.ClosedBy == b.ClosedBy
}

// reportCard shows equal reports and what moderators can do about them.
func (b *Bot) reportCard(l phrase.Locale, card store.Card, answer store.Answer, e *Edition) discord.Body {
	body := discord.Body{Content: b.reportText(l, card, answer, e)}
	if card.State != store.CardOpen {
		return body
	}
	var buttons []discord.Component
	if card.Kind != "unanswered" {
		buttons = append(buttons, discord.Button{Style: discord.Danger, Label: b.phrases.Say(l, "card.hide"), CustomID: customID("card-hide", string(card.ID))})
	}
	buttons = append(buttons, discord.Button{Style: discord.Secondary, Label: b.phrases.Say(l, "card.dismiss"), CustomID: customID("card-dismiss", string(card.ID))})
	body.Components = b.withNote(l, buttons, card.ID, reportedSections(answer), e)
	return body
}

func (b *Bot) reportText(l phrase.Locale, card store.Card, answer store.Answer, e *Edition) string {
	kind := card.Kind
	if key := "card.kind." + card.Kind; b.phrases.Has(key) {
		kind = b.phrases.Say(l, key)
	}
	lines := []string{b.phrases.Say(l, "card.title", phrase.Text("kind", kind), phrase.Count("n", card.Members))}
	if card.State != store.CardOpen {
		lines = append(lines, b.phrases.Say(l, "card."+string(card.State), by(card.ClosedBy), b.stamp()))
	}
	if len(answer.Messages) > 0 && !answer.Private {
		lines = append(lines, b.phrases.Say(l, "card.message", phrase.Markup("link", messageLink(card.Server, answer.Channel, answer.Messages[0]))))
	}
	for _, id := range reportedSections(answer) {
		if s, ok := e.section(id, l); ok && len(lines) < 8 {
			lines = append(lines, "- "+markup.Escape(markup.Clip(b.written(l, s.Heading), 120)))
		}
	}
	texts := card.Texts[max(0, len(card.Texts)-reportTexts):]
	for _, text := range texts {
		if text != "" {
			lines = append(lines, "> "+markup.Escape(markup.Clip(text, reportLength)))
		}
	}
	return fitted(lines...)
}

// reportedSections are the sections that an answer cites, each once, in their order.
func reportedSections(answer store.Answer) []knowledge.SectionID {
	var out []knowledge.SectionID
	for _, p := range answer.Passages {
		if id := knowledge.SectionID(p.Section); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// openCard reads the card of a pressed button and its answer, which is empty where its record has lapsed. A reply says why
// there is nothing to decide.
func (b *Bot) openCard(ctx context.Context, r Request) (store.Card, store.Answer, *Reply, error) {
	card, err := b.store.Card(ctx, r.Server(), store.CardID(r.Arg(0)))
	if errors.Is(err, store.ErrNotFound) || err == nil && card.State != store.CardOpen {
		reply := private(r.Say("card.decided_already")).as("lapsed")
		return store.Card{}, store.Answer{}, &reply, nil
	}
	if err != nil {
		return store.Card{}, store.Answer{}, nil, err
	}
	answer, err := b.store.Answer(ctx, r.Server(), card.Answer)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Card{}, store.Answer{}, nil, err
	}
	return card, answer, nil, nil
}

// cardHide takes the reported answer away.
func (b *Bot) cardHide(ctx context.Context, r Request) (Reply, error) {
	card, answer, reply, err := b.openCard(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	if answer.ID == "" {
		return private(r.Say("card.answer_gone")).as("lapsed"), nil
	}
	hidden, err := b.hide(ctx, r, answer)
	if err != nil {
		return Reply{}, err
	}
	if err := b.close(ctx, r, card.ID, answer, store.CardHandled); err != nil {
		return Reply{}, err
	}
	return hidden, nil
}

// cardDismiss closes a card without consequences.
func (b *Bot) cardDismiss(ctx context.Context, r Request) (Reply, error) {
	card, answer, reply, err := b.openCard(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	if err := b.close(ctx, r, card.ID, answer, store.CardDismissed); err != nil {
		return Reply{}, err
	}
	return private(r.Say("card.done")), nil
}

// handled closes the card of a report that a note has settled; an empty id is none.
func (b *Bot) handled(ctx context.Context, r Request, id store.CardID) error {
	if id == "" {
		return nil
	}
	card, err := b.store.Card(ctx, r.Server(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && card.State != store.CardOpen {
		return nil
	}
	if err != nil {
		return err
	}
	answer, err := b.store.Answer(ctx, r.Server(), card.Answer)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return b.close(ctx, r, id, answer, store.CardHandled)
}

// close decides a card and shows on it who did and when. Where somebody else was quicker, his decision stands.
func (b *Bot) close(ctx context.Context, r Request, id store.CardID, answer store.Answer, state store.CardState) error {
	card, err := b.store.CloseCard(ctx, r.Server(), id, state, r.Person())
	if errors.Is(err, store.ErrChanged) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.redrawReport(ctx, cardLocale(r), card, answer, r.Edition)
}

// orNothing is a reply that may not be there.
func orNothing(r *Reply) Reply {
	if r == nil {
		return Reply{}
	}
	return *r
}
