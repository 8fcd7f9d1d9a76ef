package bot

import "context"

// Sweep does what is due every hour.
func (b *Bot) Sweep(ctx context.Context) error { return b.sweep(ctx) }
