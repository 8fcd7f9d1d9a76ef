package bot

import (
	"context"
	"errors"
	"hash/fnv"

	"amur/bot/discord"
	"amur/internal/store"
)

// tendPins finishes what was left, lets pins that wait too long say so, posts cards that could not be posted, and looks whether the pins
// of a part of the channels are still there.
func (b *Bot) tendPins(ctx context.Context) error {
	failed := []error{b.finishPins(ctx, interactionLife)}
	part := b.pinReads.part()
	type room struct {
		server  store.Server
		channel store.Channel
	}
	var turn []room
	seen := map[room]bool{}
	cardless := map[store.Server][]store.Pin{}
	for p, err := range b.store.AllPins(ctx) {
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		if waits(p) && p.CardMessage == "" {
			cardless[p.Server] = append(cardless[p.Server], p)
		}
		if p.State == store.PinStale && b.now().Sub(p.StaleSince) >= undecided {
			failed = append(failed, b.review(ctx, p))
		}
		if at := (room{p.Server, p.Channel}); !seen[at] && partOf(p.Channel) == part {
			seen[at] = true
			turn = append(turn, at)
		}
	}
	for server, pins := range cardless {
		failed = append(failed, b.postStale(ctx, server, pins))
	}
	for _, at := range turn {
		failed = append(failed, b.lookIn(ctx, at.server, at.channel))
	}
	return errors.Join(failed...)
}

// partOf is the part of lookEvery in which a channel is read, always the same.
func partOf(channel store.Channel) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(channel)) // never fails
	return int(h.Sum32() % uint32(lookParts))
}

// review lets a pin say that it is under review.
func (b *Bot) review(ctx context.Context, p store.Pin) error {
	reviewed := p
	reviewed.State = store.PinReview
	content, fit := b.pinText(sheetOfPin(reviewed), b.Edition().Base)
	if fit == 0 {
		return nil
	}
	switch err := b.rewrite(ctx, p, content); {
	case errors.Is(err, discord.ErrUnknownMessage), errors.Is(err, discord.ErrUnknownChannel):
		_, err = b.lose(ctx, p, pinDeleted)
		return err
	case closedTo(err):
		return nil
	case err != nil:
		return err
	}
	_, err := b.store.SavePin(ctx, reviewed, "", pinReviewed)
	if errors.Is(err, store.ErrChanged) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
