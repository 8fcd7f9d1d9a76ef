package bot

import "context"

// NoticeRemovals does what is due every hour, too.
func (b *Bot) NoticeRemovals(ctx context.Context) error { return b.noticeRemovals(ctx) }

// Sweep does what is due every hour.
func (b *Bot) Sweep(ctx context.Context) error { return b.sweep(ctx) }
