package bot

import (
	"context"
	"fmt"

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

// sentAs notes the messages of an answer in its record.
func (b *Bot) sentAs(ctx context.Context, in inquiry, id store.AnswerID, messages []discord.MessageID) error {
	var list []store.Message
	for _, m := range messages {
		if m != "" {
			list = append(list, store.Message(m))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return b.store.AddAnswerMessages(ctx, in.server(), id, list...)
}

// answerGone takes answers away whose question was deleted within a day.
func (b *Bot) answerGone(ctx context.Context, guild discord.GuildID, _ discord.ChannelID, gone []discord.MessageID) {
	for _, id := range gone {
		answers, err := b.store.AnswersTo(ctx, store.Server(guild), store.Message(id))
		if err != nil {
			b.log.WarnContext(ctx, "answers to a deleted message not found", "err", err, "guild_id", guild)
			continue
		}
		for _, a := range answers {
			if b.now().Sub(a.Created) > goesWithQuestion {
				continue
			}
			b.deleteMessages(ctx, a.Channel, a.Messages...)
			if err := b.store.DropAnswer(ctx, a.Server, a.ID); err != nil {
				b.log.WarnContext(ctx, "record of an answer not dropped", "err", err, "guild_id", guild)
			}
		}
	}
}
