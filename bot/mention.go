package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/rag"
)

const (
	// oldMention is how old a message may be that is still answered: after an outage nobody waits for the rest.
	oldMention = 10 * time.Minute
	// busy is the reaction to a mention that is not answered because of a limit.
	busy = "⏳"
	// Types of messages that people write (Discord's numbers).
	ordinaryMessage, replyMessage = 0, 19
)

// mention is a message that is meant for the bot.
type mention struct {
	asker

	message discord.Message
}

// onMessage answers those who mention the bot, reply to it or write to it directly. Bots, the bot itself among them, are not answered.
func (b *Bot) onMessage(ctx context.Context, m discord.Message) {
	self := b.discord.Application().User.ID
	switch {
	case m.Author.Bot, m.Webhook, m.Author.ID == self, m.Author.ID == "", m.Type != ordinaryMessage && m.Type != replyMessage:
		return
	case m.Guild != "" && !slices.Contains(m.Mentions, self) && !b.repliesToMe(m):
		return
	}
	defer b.open.enter()()
	start := b.now()
	outcome, err := b.onMention(ctx, m)
	if closedTo(err) {
		outcome, err = "forbidden", nil
	}
	if err != nil {
		incident := newIncident()
		b.log.ErrorContext(ctx, "mention not answered", "err", err, "guild_id", m.Guild, "channel_id", m.Channel, "message_id", m.ID,
			"incident", incident)
		if outcome == "" { // nothing was said
			b.failMention(ctx, m, incident)
		}
		outcome = "failed"
	} else {
		b.log.InfoContext(ctx, "mention", "guild_id", m.Guild, "channel_id", m.Channel, "message_id", m.ID, "outcome", outcome,
			"duration", b.now().Sub(start))
	}
	b.observe(Event{Kind: "mention", Outcome: outcome, Took: b.now().Sub(start)})
}

// repliesToMe reports whether a message replies to one of the bot's.
func (b *Bot) repliesToMe(m discord.Message) bool {
	return m.Referenced != nil && m.Referenced.Author.ID == b.discord.Application().User.ID
}

// onMention decides what becomes of a message that is meant for the bot. With an error, an outcome says that a reply was sent, or tried.
func (b *Bot) onMention(ctx context.Context, m discord.Message) (outcome string, err error) {
	defer recovered(&err)
	switch {
	case b.now().Sub(m.Sent) > oldMention:
		return "old", nil
	case !b.serves(m.Guild):
		return "not served", nil
	}
	where, err := b.where(ctx, m)
	if err != nil {
		return "", err
	}
	question := b.questionOf(m)
	fallback := fallbackLanguage(where.settings, where.channel, phrase.EN)
	where.locale = phrase.ForLang(text.Detect(question, fallback))
	if silence, outcome, err := b.silenced(ctx, where.asker); err != nil || silence != "" {
		return outcome, err // nothing is said
	}
	switch {
	case b.draining.Load():
		return b.later(ctx, m, where.locale, "draining")
	case m.Content == "" && b.repliesToMe(m):
		return b.hint(ctx, where)
	case m.Guild == "":
	case !b.crowd.take(m.Channel, b.now(), b.policy().Limits.PublicPerMinute):
		return b.later(ctx, m, where.locale, "crowded")
	}
	switch {
	case question == "":
		return "help", b.fleeting(ctx, m, b.phrases.Say(where.locale, "mention.help"))
	case m.Guild != "" && !speaksIn(where.settings, where.channel):
		return "elsewhere", b.fleeting(ctx, m, b.phrases.Say(where.locale, "mention.elsewhere"))
	}
	return b.inTurn(ctx, where, question, fallback)
}

// where looks up the channel and what the managers chose.
func (b *Bot) where(ctx context.Context, m discord.Message) (mention, error) {
	out := mention{message: m, asker: asker{member: discord.Member{User: m.Author}, guild: m.Guild, channel: discord.Channel{ID: m.Channel, Guild: m.Guild}}}
	if m.Member != nil {
		out.member.Roles, out.member.Joined = m.Member.Roles, m.Member.Joined
	}
	if m.Guild == "" {
		return out, nil
	}
	var err error
	if out.settings, err = b.store.Settings(ctx, store.Server(m.Guild)); err != nil {
		return mention{}, err
	}
	if slices.Contains(out.settings.AskChannels, store.Channel(m.Channel)) {
		return out, nil // no thread
	}
	if c, err := b.discord.Channel(ctx, m.Channel); err == nil {
		out.channel = c
	}
	return out, nil
}

// inTurn answers a question when its server's turn comes.
func (b *Bot) inTurn(ctx context.Context, where mention, question string, fallback text.Lang) (string, error) {
	m := where.message
	in := inquiry{asker: where.asker, edition: b.Edition(), question: question, lang: fallback, asking: m.ID, hidden: true}
	refusal, outcome, err := b.admit(ctx, in.asker)
	switch {
	case err != nil:
		return "", err
	case outcome == "paused" || outcome == "blocked":
		return outcome, nil // since a moment ago
	case refusal != "":
		return b.limited(ctx, where, refusal)
	}
	id := store.NewAnswerID()
	waiting, end := b.recent.begin(ctx, store.Message(m.ID), id)
	defer end()
	leave, err := b.queue.enter(waiting, string(m.Guild), func(int) {})
	if _, gone := b.recent.withdrawn(id); gone {
		if err == nil {
			leave()
		}
		return "gone", nil
	}
	if errors.Is(err, errFull) {
		return b.later(ctx, m, where.locale, "full")
	}
	if err != nil {
		return "", err
	}
	defer leave()
	in.history = b.chain(ctx, m)
	outcome, err = b.answerMention(ctx, id, in, m)
	if _, gone := b.recent.withdrawn(id); gone {
		outcome = "gone"
	}
	return outcome, err
}

// answerMention answers a question by a message that replies to it, so that replying goes on with the conversation.
func (b *Bot) answerMention(ctx context.Context, id store.AnswerID, in inquiry, m discord.Message) (string, error) {
	start := b.now()
	ans, err := b.quotes(ctx, in)
	if err != nil {
		return "", err
	}
	outcome, took := string(ans.Outcome), b.now().Sub(start)
	if !tells(ans) {
		b.told(ctx, in, ans, false, took)
		return outcome, b.refuseMention(ctx, m, ans)
	}
	if b.words(in) {
		reply := b.worded(ctx, id, in, ans, false, start)
		sent, err := b.replyTo(ctx, m, reply.Body)
		if err != nil {
			return "", err
		}
		return outcome, reply.Then(ctx, sent)
	}
	b.told(ctx, in, ans, false, took)
	bodies, err := b.finished(ctx, id, in, ans, false)
	if err != nil {
		return "", err
	}
	sent, err := b.replyTo(ctx, m, bodies[0])
	if err != nil {
		return "", err
	}
	return outcome, b.follow(ctx, id, in, ans, sent, bodies)
}

// replyTo sends a reply to a message, once however often it is tried.
func (b *Bot) replyTo(ctx context.Context, m discord.Message, body discord.Body) (Sent, error) {
	body.ReplyTo, body.Nonce = m.ID, string(m.ID)
	first, err := b.discord.Send(ctx, m.Channel, body)
	if err != nil {
		return Sent{}, err
	}
	n := 1
	return Sent{
		Message: first.ID,
		Edit: func(ctx context.Context, body discord.Body) error {
			_, err := b.discord.Edit(ctx, m.Channel, first.ID, body)
			return err
		},
		FollowUp: func(ctx context.Context, body discord.Body) (discord.MessageID, error) {
			n++
			body.Nonce = string(m.ID) + "-" + string(rune('0'+n%10))
			next, err := b.discord.Send(ctx, m.Channel, body)
			return next.ID, err
		},
	}, nil
}

// refuseMention says shortly that there is no answer, and where to find more in private. In direct messages it is said in full.
func (b *Bot) refuseMention(ctx context.Context, m discord.Message, ans rag.Answer) error {
	l := phrase.ForLang(ans.AnswerLanguage)
	switch {
	case m.Guild == "":
		return b.fleeting(ctx, m, b.refusalText(l, ans))
	case ans.Outcome == rag.Refused && len(ans.Nearest) > 0:
		return b.fleeting(ctx, m, b.phrases.Say(l, "mention.refused"))
	}
	ans.Nearest = nil
	return b.fleeting(ctx, m, markup.Clip(b.refusalText(l, ans), markup.Plain().Runes))
}
