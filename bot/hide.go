package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// hideAnswer takes an answer away: its message goes, and what it cites is not used in the server for store.HideLasts.
func (b *Bot) hideAnswer(ctx context.Context, r Request) (Reply, error) {
	if r.Target == nil || r.Target.Author.ID != b.discord.Application().User.ID {
		return private(r.Say("hide.not_mine")).as("refused"), nil
	}
	message := store.Message(r.Target.ID)
	answer, err := b.answerIn(ctx, r.Server(), *r.Target)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return b.hideUnknown(ctx, r)
	case err != nil:
		return Reply{}, err
	}
	if !slices.Contains(answer.Messages, message) {
		answer.Messages = append(answer.Messages, message)
	}
	return b.hide(ctx, r, answer)
}

// answerIn finds the answer that a message of the bot carries: by the message or, where it was sent a moment ago and is not noted
// yet, by its buttons.
func (b *Bot) answerIn(ctx context.Context, server store.Server, m discord.Message) (store.Answer, error) {
	answer, err := b.store.AnswerByMessage(ctx, server, store.Message(m.ID))
	verbs := b.answerVerbs()
	for _, id := range m.CustomIDs {
		if !errors.Is(err, store.ErrNotFound) {
			break
		}
		if verb, args := readCustomID(id); len(args) > 0 && verbs[verb].Run != nil {
			answer, err = b.store.Answer(ctx, server, store.AnswerID(args[0]))
		}
	}
	return answer, err
}

// hideUnknown deletes a message of the bot that is no answer whose record is still kept. Cards and pins have their own buttons.
func (b *Bot) hideUnknown(ctx context.Context, r Request) (Reply, error) {
	if store.Channel(r.Channel.ID) == r.Settings.LogChannel {
		return private(r.Say("hide.card")).as("refused"), nil
	}
	_, err := b.store.PinByMessage(ctx, r.Server(), store.Message(r.Target.ID))
	if err == nil {
		return private(r.Say("hide.pin")).as("refused"), nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return Reply{}, err
	}
	if !b.deleteMessages(ctx, store.Channel(r.Channel.ID), store.Message(r.Target.ID)) {
		return private(r.Say("hide.still_there")).as("forbidden"), nil
	}
	return private(r.Say("hide.deleted")), nil
}

// hide withholds what an answer cites, deletes its messages and tells the moderators.
func (b *Bot) hide(ctx context.Context, r Request, answer store.Answer) (Reply, error) {
	if len(answer.Passages) == 0 {
		if !b.deleteMessages(ctx, answer.Channel, answer.Messages...) {
			return private(r.Say("hide.still_there")).as("forbidden"), nil
		}
		return private(r.Say("hide.deleted")), nil
	}
	h, first, err := b.store.AddHide(ctx, store.Hide{
		Server: r.Server(), Answer: answer.ID, By: r.Person(), Passages: inAllLanguages(r.Edition.Base, answer.Passages),
	})
	if err != nil {
		return Reply{}, err
	}
	gone := b.deleteMessages(ctx, answer.Channel, answer.Messages...)
	if !first {
		return private(r.Say("hide.already", by(h.By), phrase.Markup("when", markup.Time(h.At, "f")))), nil
	}
	if err := b.hidingChanged(ctx, h, "hidden"); err != nil {
		return Reply{}, err
	}
	if h, err = b.postHideCard(ctx, r.Settings, cardLocale(r), h, r.Edition); err != nil && !errors.Is(err, errNoLog) {
		return Reply{}, err
	}
	return b.hideReply(r, h, gone), nil
}

// hideReply tells the moderator what was done. Without a card in the log channel it carries the card's buttons itself.
func (b *Bot) hideReply(r Request, h store.Hide, gone bool) Reply {
	text := r.Say("hide.done", phrase.Count("n", sentences(h.Passages)), phrase.Markup("until", untilTime(r.book, r.Locale, h)))
	if !gone {
		text += "\n" + r.Say("hide.still_there")
	}
	if h.CardMessage != "" {
		link := messageLink(h.Server, h.CardChannel, h.CardMessage)
		return private(text + "\n" + r.Say("hide.see_card", phrase.Markup("link", link)))
	}
	return private(text+"\n"+r.Say("card.no_log"), b.hideButtons(r.Locale, h, r.Edition)...)
}

// sentences is how many passages there are, those of all languages counted once.
func sentences(hidden []store.HiddenPassage) int {
	seen := map[string]bool{}
	for _, p := range hidden {
		name, _, _ := strings.Cut(p.Passage, "@")
		seen[name] = true
	}
	return len(seen)
}

// untilTime says until when passages stay hidden.
func untilTime(book *phrase.Book, l phrase.Locale, h store.Hide) string {
	if h.Until.IsZero() {
		return book.Say(l, "hide.until_restored")
	}
	return markup.Time(h.Until, "f")
}

// deleteMessages deletes messages of the bot, and reports whether they are gone.
func (b *Bot) deleteMessages(ctx context.Context, channel store.Channel, messages ...store.Message) bool {
	gone := true
	for _, m := range messages {
		err := b.discord.Delete(ctx, discord.ChannelID(channel), discord.MessageID(m))
		if err != nil && !errors.Is(err, discord.ErrUnknownMessage) && !errors.Is(err, discord.ErrUnknownChannel) {
			b.log.WarnContext(ctx, "message not deleted", "err", err, "channel_id", channel)
			gone = false
		}
	}
	return gone
}

// hidingChanged tells the pins that passages were hidden or brought back.
func (b *Bot) hidingChanged(ctx context.Context, h store.Hide, why string) error {
	hashes := make([]string, len(h.Passages))
	for i, p := range h.Passages {
		hashes[i] = p.Hash
	}
	if err := b.passagesChanged(ctx, h.Server, hashes, why); err != nil {
		return fmt.Errorf("tell pins of hide %s: %w", h.ID, err)
	}
	return nil
}

// hideRestore brings passages back into use.
func (b *Bot) hideRestore(ctx context.Context, r Request) (Reply, error) {
	h, err := b.store.Hide(ctx, r.Server(), store.HideID(r.Arg(0)))
	if errors.Is(err, store.ErrNotFound) {
		return private(r.Say("card.decided_already")).as("lapsed"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if err := b.store.RestoreHide(ctx, r.Server(), h.ID); err != nil {
		return Reply{}, err
	}
	if err := b.hidingChanged(ctx, h, "restored"); err != nil {
		return Reply{}, err
	}
	l := cardLocale(r)
	lines := []string{
		b.phrases.Say(l, "hide.card_title", by(h.By), phrase.Markup("when", markup.Time(h.At, "f"))),
		b.phrases.Say(l, "hide.restored", by(r.Person()), b.stamp()),
	}
	body := discord.Body{Content: fitted(append(lines, b.hiddenLines(l, h.Passages, r.Edition)...)...)}
	return b.decided(ctx, r, h.CardChannel, h.CardMessage, body), nil
}

// hideKeep keeps passages hidden until they are restored. It takes a second moderator.
func (b *Bot) hideKeep(ctx context.Context, r Request) (Reply, error) {
	h, err := b.store.KeepHide(ctx, r.Server(), store.HideID(r.Arg(0)), r.Person())
	switch {
	case errors.Is(err, store.ErrNotFound):
		return private(r.Say("card.decided_already")).as("lapsed"), nil
	case errors.Is(err, store.ErrSamePerson):
		return private(r.Say("hide.second_person")).as("refused"), nil
	case err != nil:
		return Reply{}, err
	}
	return b.decided(ctx, r, h.CardChannel, h.CardMessage, b.hideCard(cardLocale(r), h, r.Edition)), nil
}
