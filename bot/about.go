package bot

import (
	"context"
	"strings"
)

// askAbout takes a message for a question. Only who asks sees the answer, and may share it; it goes when the message goes.
func (b *Bot) askAbout(ctx context.Context, r Request) (Reply, error) {
	question := ""
	if r.Target != nil {
		question = b.questionOf(*r.Target)
	}
	if strings.TrimSpace(question) == "" {
		return private(r.Say("refusal.empty")).as("refused"), nil
	}
	in := b.inquire(r, question)
	in.private, in.asking = true, r.Target.ID
	return b.respond(ctx, r, in)
}
