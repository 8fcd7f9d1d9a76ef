package bot

import (
	"context"
	"errors"

	"amur/bot/discord"
	"amur/internal/store"
)

// answerVerbs are the buttons, menus and forms under answers. Their first argument is the id of the answer.
func (b *Bot) answerVerbs() map[string]Action {
	return map[string]Action{
		"evidence":    {Run: b.evidence},
		"follow":      {Run: b.followUp},
		"follow-ask":  {Heavy: true, Run: b.followAsk},
		"report":      {Run: b.report},
		"report-kind": {Run: b.reportKind},
		"more":        {Run: b.more},
		"vote-reason": {Run: b.voteReason},
		"tell":        {Run: b.tell},
	}
}

// answerOf reads the record of the answer under which a button was pressed. A reply says that it has lapsed.
func (b *Bot) answerOf(ctx context.Context, r Request) (store.Answer, *Reply, error) {
	answer, err := b.store.Answer(ctx, r.Server(), store.AnswerID(r.Arg(0)))
	if errors.Is(err, store.ErrNotFound) {
		reply := private(r.Say("more.gone")).as("lapsed")
		return store.Answer{}, &reply, nil
	}
	return answer, nil, err
}

// more does what was chosen in the menu under an answer.
func (b *Bot) more(ctx context.Context, r Request) (Reply, error) {
	if len(r.Values) == 0 {
		return Reply{}, nil
	}
	switch r.Values[0] {
	case "share":
		return b.share(ctx, r)
	case "delete":
		return b.deleteAnswer(ctx, r)
	case "helpful":
		return b.vote(ctx, r, true)
	case "unhelpful":
		return b.vote(ctx, r, false)
	}
	return private(r.Say("lapsed")).as("lapsed"), nil
}

// report asks what is wrong with an answer.
func (b *Bot) report(ctx context.Context, r Request) (Reply, error) {
	answer, reply, err := b.answerOf(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	menu := discord.Select{CustomID: customID("report-kind", string(answer.ID)), Placeholder: r.Say("report.placeholder")}
	for _, kind := range []string{"wrong", "unsupported", "outdated", "one-sided", "offensive"} {
		menu.Options = append(menu.Options, discord.SelectOption{Label: r.Say("report." + kind), Value: kind})
	}
	return private(r.Say("report.choose"), row(menu)), nil
}

// reportKind passes a report on to the moderators.
func (b *Bot) reportKind(ctx context.Context, r Request) (Reply, error) {
	answer, reply, err := b.answerOf(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	if len(r.Values) == 0 {
		return Reply{}, nil
	}
	return b.reported(ctx, r, answer, r.Values[0], "")
}
