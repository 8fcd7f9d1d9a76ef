package bot

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
)

// newIncident is a short code that a person can pass on.
func newIncident() string {
	var code [3]byte
	_, _ = rand.Read(code[:]) // never fails
	return strings.ToUpper(hex.EncodeToString(code[:]))
}

// remember keeps what a code of an incident stands for: where and when, no text.
func (b *Bot) remember(ctx context.Context, r Request, incident string) {
	b.keepIncident(ctx, store.Answer{
		Server: r.Server(), Channel: store.Channel(r.Channel.ID), Asker: r.Person(),
		Edition: r.Edition.Name, Language: string(r.Locale), Incident: incident, Private: true,
	})
}

func (b *Bot) keepIncident(ctx context.Context, a store.Answer) {
	a.ID, a.Outcome = store.NewAnswerID(), "failed"
	if err := b.store.SaveAnswer(context.WithoutCancel(ctx), a); err != nil {
		b.log.ErrorContext(ctx, "incident not kept", "err", err, "incident", a.Incident)
	}
}

// spokenFailures stands before a channel in the count of how often it was told there that something broke.
const spokenFailures = "failed "

// failMention tells who mentioned the bot that something broke, not more often in a channel than it answers. What it says goes with
// the message that it replies to.
func (b *Bot) failMention(ctx context.Context, m discord.Message, incident string) {
	l := phrase.ForLang(text.Detect(b.questionOf(m), text.EN))
	var messages []store.Message
	if b.crowd.take(spokenFailures+m.Channel, b.now(), b.policy().Limits.PublicPerMinute) {
		sent, err := b.replyTo(ctx, m, discord.Body{Content: b.phrases.Say(l, "failed", phrase.Markup("code", incident))})
		if err != nil {
			b.log.WarnContext(ctx, "failure not told", "err", err, "guild_id", m.Guild, "channel_id", m.Channel, "incident", incident)
		} else {
			messages = append(messages, store.Message(sent.Message))
		}
	}
	b.keepIncident(ctx, store.Answer{
		Server: store.Server(m.Guild), Channel: store.Channel(m.Channel), Asker: store.Member(m.Author.ID), Asking: store.Message(m.ID),
		Edition: b.Edition().Name, Language: string(l), Incident: incident, Messages: messages,
	})
}
