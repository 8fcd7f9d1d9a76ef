package bot

import (
	"context"
	"time"

	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

// share shows a private answer to the channel, where its asker may write there. Addresses are left out.
func (b *Bot) share(ctx context.Context, r Request) (Reply, error) {
	if r.Guild == "" || r.Visiting || !mayWrite(r) {
		return private(r.Say("share.no_right")).as("forbidden"), nil
	}
	if refusal, outcome, err := b.silenced(ctx, from(r)); err != nil || refusal != "" {
		return private(refusal).as(outcome), err
	}
	known, ok := b.recent.of(r.Server(), store.AnswerID(r.Arg(0)), b.now())
	if !ok {
		return private(r.Say("share.lapsed")).as("lapsed"), nil
	}
	if withheld, err := b.withheldSince(ctx, known.in, known.answer.Citations); err != nil || withheld {
		return private(r.Say("evidence.hidden")).as("refused"), err
	}
	if !b.crowd.take(r.Channel.ID, b.now(), b.policy().Limits.PublicPerMinute) {
		when := markup.Time(b.now().Add(time.Minute), "R")
		return private(r.Say("share.busy", phrase.Markup("when", when))).as("limited"), nil
	}
	in, id := known.in, store.NewAnswerID()
	in.asker, in.hidden, in.history = from(r), false, nil // what was said before stays private
	if err := b.record(ctx, id, in, known.answer, false); err != nil {
		return Reply{}, err
	}
	bodies, err := b.laidOut(ctx, id, in, known.answer, false, linksTitles)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: bodies[0], Outcome: "shared", Then: func(ctx context.Context, sent Sent) error {
		return b.follow(ctx, id, in, known.answer, sent, bodies)
	}}, nil
}

// withheldSince reports whether something that an answer cites has been hidden since it was given.
func (b *Bot) withheldSince(ctx context.Context, in inquiry, citations []rag.Citation) (bool, error) {
	hidden, err := b.hiddenIn(ctx, in.server())
	if err != nil {
		return false, err
	}
	for _, c := range citations {
		if p, ok := in.edition.Base.Passage(c.Passage); ok && hidden[p.Hash] {
			return true, nil
		}
	}
	return false, nil
}
