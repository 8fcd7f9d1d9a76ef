package bot

import (
	"context"
	"errors"
	"time"

	"amur/internal/store"
)

// reminded is how long before its end moderators are asked about a note again: within the day that ends with it.
const reminded = 7 * 24 * time.Hour

// sweep deletes what was kept long enough, posts cards that could not be posted, and asks about notes that end soon.
func (b *Bot) sweep(ctx context.Context) error {
	swept, err := b.store.Sweep(ctx)
	if err != nil {
		return err
	}
	for _, server := range swept.Servers {
		b.log.InfoContext(ctx, "server erased", "guild_id", server)
	}
	servers, err := b.store.Servers(ctx)
	if err != nil {
		return err
	}
	for _, s := range servers {
		if s.Removed.IsZero() && ctx.Err() == nil {
			b.catchUp(ctx, s.Server)
		}
	}
	return ctx.Err()
}

// catchUp posts the cards of a server that are not in its log channel yet. What fails is tried again by the next sweep.
func (b *Bot) catchUp(ctx context.Context, server store.Server) {
	settings, err := b.store.Settings(ctx, server)
	if err == nil && settings.LogChannel != "" {
		err = errors.Join(b.catchUpHides(ctx, server, settings), b.catchUpNotes(ctx, server, settings), b.catchUpReports(ctx, server, settings))
	}
	if err != nil && !errors.Is(err, errNoLog) && ctx.Err() == nil {
		b.log.WarnContext(ctx, "cards not posted", "err", err, "guild_id", server)
	}
}

func (b *Bot) catchUpHides(ctx context.Context, server store.Server, s store.Settings) error {
	hides, err := b.store.Hides(ctx, server)
	if err != nil {
		return err
	}
	for _, h := range hides {
		if h.CardMessage != "" {
			continue
		}
		if _, err := b.postHideCard(ctx, s, b.moderatorsLocale(ctx, server, s), h, b.Edition()); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) catchUpNotes(ctx context.Context, server store.Server, s store.Settings) error {
	notes, err := b.store.Notes(ctx, server)
	if err != nil {
		return err
	}
	for _, n := range notes {
		due := n.CardMessage == "" && !n.IsApproved()
		if left := n.Expires.Sub(b.now()); n.IsApproved() && left <= reminded && left > reminded-24*time.Hour {
			if due, err = b.store.FirstToday(ctx, server, "", "note "+string(n.ID)); err != nil {
				return err
			}
		}
		if !due {
			continue
		}
		if _, err := b.postNoteCard(ctx, s, b.moderatorsLocale(ctx, server, s), n, b.Edition()); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) catchUpReports(ctx context.Context, server store.Server, s store.Settings) error {
	cards, err := b.store.Cards(ctx, server)
	if err != nil {
		return err
	}
	for _, c := range cards {
		if c.State != store.CardOpen || c.Message != "" {
			continue
		}
		answer, err := b.store.Answer(ctx, server, c.Answer)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := b.showReport(ctx, s, b.moderatorsLocale(ctx, server, s), c, answer, b.Edition()); err != nil {
			return err
		}
	}
	return nil
}
