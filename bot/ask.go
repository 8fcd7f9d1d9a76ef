package bot

import (
	"context"
	"strings"
)

// ask answers a question.
func (b *Bot) ask(ctx context.Context, r Request) (Reply, error) {
	question := strings.TrimSpace(r.Option("question"))
	if question == "" {
		return private(r.Say("refusal.empty")).as("refused"), nil
	}
	return b.respond(ctx, r, b.inquire(r, question))
}
