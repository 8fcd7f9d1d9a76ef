package bot

import (
	"context"
	"errors"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/rag"
)

// outcomeWording is the outcome in the record of an answer that is being worded: what it will say is not known, and it cannot be pinned.
const outcomeWording rag.Outcome = "wording"

// worded is an answer that the language model words after the first reply. quick is the answer in quotations, which stands where the
// model gives none: a reply that was public never becomes a refusal.
//
// Its record is there from the first, so that what is deleted or hidden meanwhile is found.
func (b *Bot) worded(ctx context.Context, id store.AnswerID, in inquiry, quick rag.Answer, alone bool, start time.Time) Reply {
	first := b.growing(in, quick, draft{})
	first.Private = alone && in.asker.guild != ""
	begun := quick
	begun.Outcome = outcomeWording
	if err := b.record(ctx, id, in, begun, first.Private); err != nil {
		b.log.WarnContext(ctx, "answer to be worded not noted", "err", err, "guild_id", in.asker.guild)
	}
	return Reply{Body: first, Outcome: string(quick.Outcome), Then: func(ctx context.Context, sent Sent) error {
		return b.word(ctx, id, in, quick, sent, start)
	}}
}

// growing is an answer of which the first sentences are there.
func (b *Bot) growing(in inquiry, quick rag.Answer, d draft) discord.Body {
	l := phrase.ForLang(quick.AnswerLanguage)
	p := b.page(in, rag.Answer{
		AnswerLanguage: quick.AnswerLanguage, Outcome: quick.Outcome, Mode: rag.ModeModel, Claims: d.claims, Citations: d.citations,
	}, nil, b.policy().Links.Mode)
	p.sources, p.bare, p.below = nil, nil, nil
	p.foot = []string{b.phrases.Say(l, "answer.wording")}
	return p.bodies(in.asker.settings.Layout)[0]
}

// word has the language model word an answer, shows its sentences as they are checked, and then the whole.
func (b *Bot) word(ctx context.Context, id store.AnswerID, in inquiry, quick rag.Answer, sent Sent, start time.Time) error {
	if err := b.sentAs(ctx, in, id, sent.Private, sent.Message); err != nil {
		b.log.WarnContext(ctx, "message of an answer to be worded not noted", "err", err, "guild_id", in.asker.guild)
	}
	ans, err := b.watch(ctx, in, quick, sent)
	if err != nil {
		b.log.WarnContext(ctx, "answer not worded", "err", err, "guild_id", in.asker.guild)
		ans = quick
	}
	if _, gone := b.recent.withdrawn(id); gone {
		return nil // with its question, or by its asker
	}
	taken := err == nil && (sent.Private || in.private)
	if !tells(ans) && !taken {
		ans = quick
	}
	ans = b.stillUsed(ctx, in, ans)
	switch {
	case tells(ans):
	case sent.Private || in.private:
		return b.takeBack(ctx, id, in, ans, sent, start)
	default: // a public reply never becomes a refusal
		return b.goWithQuestion(ctx, store.Answer{Server: in.server(), ID: id})
	}
	b.told(ctx, in, ans, sent.Private, b.now().Sub(start))
	alone := sent.Private && in.asker.guild != ""
	bodies, err := b.finished(ctx, id, in, ans, alone)
	if err != nil { // the asker gets the answer all the same, without buttons
		bodies = b.page(in, ans, nil, b.policy().Links.Mode).bodies(in.asker.settings.Layout)
		return errors.Join(err, b.lastEdit(ctx, in, sent, bodies[0]))
	}
	switch err := b.lastEdit(ctx, in, sent, bodies[0]); {
	case errors.Is(err, discord.ErrUnknownMessage):
		return nil // somebody deleted it: nothing is to follow
	case err != nil:
		return err
	}
	return b.follow(ctx, id, in, ans, sent, bodies)
}

// stillUsed is an answer or, where something that it cites was hidden since it was begun, one in quotations without that. It tells
// nothing where that cannot be made.
func (b *Bot) stillUsed(ctx context.Context, in inquiry, ans rag.Answer) rag.Answer {
	hidden, err := b.withheldSince(ctx, in, ans.Citations)
	if hidden {
		ans, err = b.quotes(ctx, in)
	}
	if err != nil {
		b.log.WarnContext(ctx, "hidden passages not compared with an answer", "err", err, "guild_id", in.asker.guild)
	}
	return ans
}

// takeBack makes a private reply a refusal, because the model says that the passages do not answer.
func (b *Bot) takeBack(ctx context.Context, id store.AnswerID, in inquiry, ans rag.Answer, sent Sent, start time.Time) error {
	b.told(ctx, in, ans, sent.Private, b.now().Sub(start))
	reply, err := b.refusal(ctx, id, in, ans)
	if err != nil {
		return err
	}
	body := reply.Body
	if in.asker.settings.Layout != store.LayoutPlain { // the first reply was made of components, and that cannot be taken off
		body = discord.Body{V2: true, Components: append([]discord.Component{discord.TextDisplay{Content: body.Content}}, body.Components...)}
	}
	return b.lastEdit(ctx, in, sent, body)
}

// watch asks the model and shows what it says.
func (b *Bot) watch(ctx context.Context, in inquiry, quick rag.Answer, sent Sent) (_ rag.Answer, err error) {
	defer recovered(&err) // the answer in quotations stands then
	withheld, err := b.hiddenIn(ctx, in.server())
	if err != nil {
		return rag.Answer{}, err
	}
	asking, stop := context.WithCancel(ctx)
	defer stop()
	see := func(rag.Progress) {}
	if !sent.Private && in.asker.settings.Streaming.Is(true) {
		var d draft
		s := newStream(ctx, b.policy().Limits.EditEvery, sent.Edit)
		defer s.end(ctx)
		see = func(p rag.Progress) {
			if !d.see(p) {
				return
			}
			if hidden, err := b.withheldSince(ctx, in, d.citations); hidden || err != nil {
				stop() // what is shown goes at once
				return
			}
			s.show(b.growing(in, quick, d))
		}
	}
	return in.edition.Answerer.Watch(asking, in.asRag(withheld), see)
}

// lastEdit makes the first reply what it is to stay. Where the interaction's own way is closed, the message of a public answer is
// edited as any other.
func (b *Bot) lastEdit(ctx context.Context, in inquiry, sent Sent, body discord.Body) error {
	err := sent.Edit(ctx, body)
	if err == nil || sent.Private || sent.Message == "" || errors.Is(err, discord.ErrUnknownMessage) {
		return err
	}
	b.log.WarnContext(ctx, "last edit repeated", "err", err, "guild_id", in.asker.guild)
	_, err = b.discord.Edit(ctx, in.asker.channel.ID, sent.Message, body)
	return err
}
