package bot

import (
	"context"
	"errors"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

const reachable = 30 * 24 * time.Hour // since a moderator last acted here, as far as the bot saw

// noteApprove lets a proposal stand. It takes a second moderator.
func (b *Bot) noteApprove(ctx context.Context, r Request) (Reply, error) {
	return b.approve(ctx, r, false, false)
}

// noteRenew lets a note stand for another store.NoteLasts.
func (b *Bot) noteRenew(ctx context.Context, r Request) (Reply, error) {
	return b.approve(ctx, r, false, true)
}

// noteAlone lets a manager approve the note that he proposed himself, where nobody else moderates; the note says so.
func (b *Bot) noteAlone(ctx context.Context, r Request) (Reply, error) {
	others, err := b.othersModerate(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if others {
		return private(r.Say("note.second_person")).as("refused"), nil
	}
	return b.approve(ctx, r, true, r.Arg(1) == "again")
}

func (b *Bot) approve(ctx context.Context, r Request, alone, again bool) (Reply, error) {
	id := store.NoteID(r.Arg(0))
	n, err := b.store.Note(ctx, r.Server(), id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return private(r.Say("card.decided_already")).as("lapsed"), nil
	case err != nil:
		return Reply{}, err
	case n.IsApproved() && !again: // pressed twice, or the process that approved it ended before it told the pins
		return b.noteStands(ctx, r, n)
	}
	n, err = b.store.ApproveNote(ctx, r.Server(), id, r.Person(), alone)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return private(r.Say("card.decided_already")).as("lapsed"), nil
	case errors.Is(err, store.ErrSamePerson):
		return b.aloneReply(ctx, r, again)
	case err != nil:
		return Reply{}, err
	}
	return b.noteStands(ctx, r, n)
}

// noteStands tells the pins of a note that is approved, and shows so on its card.
func (b *Bot) noteStands(ctx context.Context, r Request, n store.Note) (Reply, error) {
	if err := b.noteChanged(ctx, n, "noted"); err != nil {
		return Reply{}, err
	}
	l := cardLocale(r)
	body := discord.Body{Content: fitted(b.noteHead(l, n, r.Edition), b.noteApproved(l, n))}
	return b.decided(ctx, r, n.CardChannel, n.CardMessage, body), nil
}

// aloneReply says that a second moderator is needed; a manager who is the only one may go on.
func (b *Bot) aloneReply(ctx context.Context, r Request, again bool) (Reply, error) {
	others, err := b.othersModerate(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if others || !may(r, Managers) {
		return private(r.Say("note.second_person")).as("refused"), nil
	}
	args := []string{r.Arg(0)}
	if again {
		args = append(args, "again")
	}
	return private(r.Say("note.alone_offer"), discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Primary, Label: r.Say("note.alone"), CustomID: customID("note-alone", args...)},
	}}).as("refused"), nil
}

// othersModerate reports whether another moderator has acted in the server of late. Who else might is not to be had:
// Discord lists the members of a server only to bots that may know all of them.
func (b *Bot) othersModerate(ctx context.Context, r Request) (bool, error) {
	since := b.now().Add(-reachable)
	other := func(m store.Member, at time.Time) bool { return m != "" && m != r.Person() && at.After(since) }
	notes, err := b.store.Notes(ctx, r.Server())
	if err != nil {
		return false, err
	}
	for _, n := range notes {
		if other(n.Proposer, n.Proposed) || other(n.Approver, n.Approved) {
			return true, nil
		}
	}
	hides, err := b.store.Hides(ctx, r.Server())
	if err != nil {
		return false, err
	}
	for _, h := range hides {
		if other(h.By, h.At) || other(h.KeptBy, h.At) {
			return true, nil
		}
	}
	cards, err := b.store.Cards(ctx, r.Server())
	if err != nil {
		return false, err
	}
	for _, c := range cards {
		if other(c.ClosedBy, c.Created) {
			return true, nil
		}
	}
	return false, nil
}

// noteReject ends a proposal, or takes a note away: one person is enough.
func (b *Bot) noteReject(ctx context.Context, r Request) (Reply, error) {
	n, err := b.store.Note(ctx, r.Server(), store.NoteID(r.Arg(0)))
	if errors.Is(err, store.ErrNotFound) {
		return private(r.Say("card.decided_already")).as("lapsed"), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if err := b.takeNote(ctx, n); err != nil {
		return Reply{}, err
	}
	l := cardLocale(r)
	return b.decided(ctx, r, n.CardChannel, n.CardMessage, b.noteGone(l, r, n)), nil
}

// noteGone shows who has taken a note away.
func (b *Bot) noteGone(l phrase.Locale, r Request, n store.Note) discord.Body {
	key := "note.rejected"
	if n.IsApproved() {
		key = "note.removed"
	}
	return discord.Body{Content: fitted(b.noteHead(l, n, r.Edition), b.phrases.Say(l, key, by(r.Person()), b.stamp()))}
}

func (b *Bot) takeNote(ctx context.Context, n store.Note) error {
	if err := b.store.RemoveNote(ctx, n.Server, n.ID); err != nil {
		return err
	}
	if !n.IsApproved() {
		return nil
	}
	return b.noteChanged(ctx, n, "note removed")
}
