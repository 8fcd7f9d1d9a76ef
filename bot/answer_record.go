package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"amur/bot/discord"
	"amur/internal/store"
	"amur/rag"
)

// record keeps what the buttons of an answer need: no question, no text. It is written before its message is sent, so that no
// button is there without it.
func (b *Bot) record(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer, private bool) error {
	a := store.Answer{
		ID: id, Server: in.server(), Channel: store.Channel(in.asker.channel.ID), Asking: store.Message(in.asking),
		Asker: store.Member(in.asker.member.User.ID), Edition: in.edition.Name, Passages: spans(in.edition, ans.Citations),
		Outcome: string(ans.Outcome), Mode: string(ans.Mode), Language: string(ans.AnswerLanguage), Private: private, Created: b.now(),
	}
	if err := b.store.SaveAnswer(ctx, a); err != nil {
		return fmt.Errorf("keep the record of an answer: %w", err)
	}
	b.recent.add(id, in, ans, b.now())
	return nil
}

// spans are the cited parts of passages.
func spans(e *Edition, citations []rag.Citation) []store.AnswerPassage {
	out := make([]store.AnswerPassage, 0, len(citations))
	for _, c := range citations {
		p, ok := e.Base.Passage(c.Passage)
		if !ok {
			continue
		}
		out = append(out, store.AnswerPassage{
			Passage: string(c.Passage), Section: string(c.Section), Hash: p.Hash, Start: c.Start - p.Start, End: c.End - p.Start,
		})
	}
	return out
}

// sentAs notes a message of an answer in its record. Where the answer was taken away meanwhile, a public one goes, too.
func (b *Bot) sentAs(ctx context.Context, in inquiry, id store.AnswerID, private bool, sent discord.MessageID) error {
	message := store.Message(sent)
	if message == "" {
		return nil
	}
	b.recent.sending.RLock()
	defer b.recent.sending.RUnlock()
	taken, gone := b.recent.withdrawn(id)
	if !gone {
		return b.store.AddAnswerMessages(ctx, in.server(), id, message)
	}
	if !private && !slices.Contains(taken, message) {
		b.deleteMessages(ctx, store.Channel(in.asker.channel.ID), message)
	}
	return b.store.DropAnswer(ctx, in.server(), id)
}

// answerGone takes answers away whose question was deleted within a day.
func (b *Bot) answerGone(ctx context.Context, guild discord.GuildID, _ discord.ChannelID, gone []discord.MessageID) {
	for _, id := range gone {
		b.recent.questionGone(store.Message(id))
		answers, err := b.store.AnswersTo(ctx, store.Server(guild), store.Message(id))
		if err != nil {
			b.log.WarnContext(ctx, "answers to a deleted message not found", "err", err, "guild_id", guild)
			continue
		}
		for _, a := range answers {
			if b.now().Sub(a.Created) > goesWithQuestion {
				continue
			}
			if err := b.goWithQuestion(ctx, a); err != nil {
				b.log.WarnContext(ctx, "answer not taken away", "err", err, "guild_id", guild)
			}
		}
	}
}

// goWithQuestion takes an answer away. Private ones cannot be reached, and only their record goes. What moderators have pinned is theirs, and
// stays.
func (b *Bot) goWithQuestion(ctx context.Context, a store.Answer) error {
	if pinned, err := b.isPinned(ctx, a.Server, a.Messages...); err != nil || pinned {
		return err
	}
	a, err := b.dropped(ctx, a, "")
	if err == nil && !a.Private {
		b.deleteMessages(ctx, a.Channel, a.Messages...)
	}
	return err
}

// isPinned reports whether moderators have pinned one of the messages of an answer.
func (b *Bot) isPinned(ctx context.Context, server store.Server, messages ...store.Message) (bool, error) {
	for _, m := range messages {
		p, err := b.store.PinByMessage(ctx, server, m)
		if err == nil && p.State != store.PinLost {
			return true, nil
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
	}
	return false, nil
}

// dropped drops the record of an answer, and returns it as it was, with the message that is known to be of it. Messages that are still
// being sent are taken away by who sends them.
func (b *Bot) dropped(ctx context.Context, a store.Answer, message discord.MessageID) (store.Answer, error) {
	b.recent.sending.Lock()
	defer b.recent.sending.Unlock()
	known, err := b.store.Answer(ctx, a.Server, a.ID)
	if errors.Is(err, store.ErrNotFound) {
		return store.Answer{}, nil
	}
	if err != nil {
		return store.Answer{}, err
	}
	if m := store.Message(message); m != "" && !slices.Contains(known.Messages, m) {
		known.Messages = append(known.Messages, m)
	}
	b.recent.withdraw(a.ID, known.Messages)
	return known, b.store.DropAnswer(ctx, a.Server, a.ID)
}
