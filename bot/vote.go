package bot

import (
	"context"
	"strings"

	"amur/bot/discord"
)

// longestReason is how much a member may write about an answer, in code points.
const longestReason = 500

// vote counts a vote at once; a vote against opens a form that may be left empty or closed.
func (b *Bot) vote(ctx context.Context, r Request, helpful bool) (Reply, error) {
	answer, reply, err := b.answerOf(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	if _, err := b.store.Vote(ctx, r.Server(), answer.ID, r.Person(), helpful, ""); err != nil {
		return Reply{}, err
	}
	if helpful {
		return private(r.Say("vote.counted")), nil
	}
	return Reply{Modal: &discord.Modal{
		CustomID: customID("vote-reason", string(answer.ID)), Title: r.Say("vote.title"),
		Inputs: []discord.TextInput{{CustomID: "reason", Label: r.Say("vote.reason"), Long: true, Optional: true, Max: longestReason}},
	}}, nil
}

// voteReason adds the reason to a vote against.
func (b *Bot) voteReason(ctx context.Context, r Request) (Reply, error) {
	answer, reply, err := b.answerOf(ctx, r)
	if err != nil || reply != nil {
		return orNothing(reply), err
	}
	if reason := strings.TrimSpace(r.Fields["reason"]); reason != "" {
		if _, err := b.store.Vote(ctx, r.Server(), answer.ID, r.Person(), false, reason); err != nil {
			return Reply{}, err
		}
	}
	return private(r.Say("vote.counted")), nil
}
