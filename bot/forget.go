package bot

import (
	"context"

	"amur/bot/discord"
)

// forgetMe asks whether all that can be erased of the asker is to be erased.
func (b *Bot) forgetMe(_ context.Context, r Request) (Reply, error) {
	return private(r.Say("forget.sure"), discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Danger, Label: r.Say("forget.yes"), CustomID: customID("forget-yes")},
	}}), nil
}

// forgetYes erases it, in all servers and direct messages: what is stored, and what is in memory.
func (b *Bot) forgetYes(ctx context.Context, r Request) (Reply, error) {
	b.recent.forget(r.Person())
	if err := b.store.EraseMember(ctx, r.Person()); err != nil {
		return Reply{}, err
	}
	return Reply{Body: discord.Body{Content: r.Say("forget.done"), Private: true}, Update: true, Outcome: "erased"}, nil
}
