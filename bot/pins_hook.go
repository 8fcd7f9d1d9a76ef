package bot

import (
	"context"

	"amur/internal/store"
)

// passagesChanged tells the pins of a server that passages were hidden, brought back or noted.
func (b *Bot) passagesChanged(_ context.Context, _ store.Server, _ []string, _ string) error {
	return nil
}
