package bot

import (
	"context"

	"amur/bot/discord"
	"amur/internal/store"
)

// deleteAnswer takes an answer away for who asked for it and for moderators, at any time. What is pinned only moderators take away.
func (b *Bot) deleteAnswer(ctx context.Context, r Request) (Reply, error) {
	allowed, err := b.mayDelete(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if !allowed {
		return private(r.Say("delete.forbidden")).as("forbidden"), nil
	}
	if seenByOne(r.Message) { // only the interaction reaches it
		return Reply{Then: func(ctx context.Context, _ Sent) error { return b.discord.DeleteReply(ctx, r.Interaction) }}, nil
	}
	message := discord.MessageID("")
	if r.Message != nil {
		message = r.Message.ID
	}
	if pinned, err := b.isPinned(ctx, r.Server(), store.Message(message)); err != nil || pinned && !may(r, Moderators) {
		return private(r.Say("delete.pinned")).as("forbidden"), err
	}
	answer, err := b.dropped(ctx, store.Answer{Server: r.Server(), ID: store.AnswerID(r.Arg(0))}, message)
	if err != nil {
		return Reply{}, err
	}
	if answer.ID == "" { // its record has lapsed
		answer = store.Answer{Channel: store.Channel(r.Channel.ID), Messages: []store.Message{store.Message(message)}}
	}
	if !b.deleteMessages(ctx, answer.Channel, answer.Messages...) {
		return private(r.Say("delete.still_there")).as("forbidden"), nil
	}
	return private(r.Say("delete.done")), nil
}

// mayDelete reports whether an answer is the presser's own, by its message or its record, or the presser moderates.
func (b *Bot) mayDelete(ctx context.Context, r Request) (bool, error) {
	if r.Guild == "" || may(r, Moderators) {
		return true, nil
	}
	if r.Message != nil && r.Message.Invoker != "" && r.Message.Invoker == r.Member.User.ID {
		return true, nil
	}
	return b.store.AskedBy(ctx, r.Server(), store.AnswerID(r.Arg(0)), r.Person())
}

// mayWrite reports whether a member may write in the channel of a request.
func mayWrite(r Request) bool {
	if r.Channel.Type.IsThread() {
		return r.Member.Permissions.Has(discord.SendMessagesInThreads)
	}
	return r.Member.Permissions.Has(discord.SendMessages)
}
