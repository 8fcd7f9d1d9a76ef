package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/internal/store"
	"amur/rag"
)

// longestFollowUp is how long a follow-up may be, in code points.
const longestFollowUp = 1000

// followUp opens the form for a further question.
func (b *Bot) followUp(_ context.Context, r Request) (Reply, error) {
	return Reply{Modal: &discord.Modal{
		CustomID: customID("follow-ask", r.Arg(0)), Title: r.Say("follow.title"),
		Inputs: []discord.TextInput{{CustomID: "question", Label: r.Say("follow.label"), Long: true, Min: 1, Max: longestFollowUp}},
	}}, nil
}

// followAsk answers a further question. What was said before is read from the message that carries the button.
func (b *Bot) followAsk(ctx context.Context, r Request) (Reply, error) {
	question := strings.TrimSpace(r.Fields["question"])
	if question == "" {
		return private(r.Say("refusal.empty")).as("refused"), nil
	}
	in := b.inquire(r, question)
	var err error
	if in.history, err = b.earlier(ctx, r); err != nil {
		return Reply{}, err
	}
	in.private = seenByOne(r.Message)
	return b.respond(ctx, r, in)
}

// earlier is what was said before a follow-up: the question and the answer that it hangs under, from memory or from the messages
// themselves.
func (b *Bot) earlier(ctx context.Context, r Request) ([]rag.Turn, error) {
	if known, ok := b.recent.of(r.Server(), store.AnswerID(r.Arg(0)), b.now()); ok {
		turns := slices.Concat(known.in.history, exchange(known.in.question, claimsText(known.answer)))
		return turns[max(0, len(turns)-longestChain):], nil
	}
	if r.Message == nil {
		return nil, nil
	}
	question, answer := readAnswer(*r.Message)
	if question != "" {
		return exchange(question, answer), nil
	}
	record, err := b.store.Answer(ctx, r.Server(), store.AnswerID(r.Arg(0)))
	if errors.Is(err, store.ErrNotFound) {
		return exchange("", answer), nil
	}
	if err != nil {
		return nil, err
	}
	return b.recordedTurns(ctx, r.Channel.ID, record, answer), nil
}
