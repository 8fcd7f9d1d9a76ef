package bot

import (
	"context"
	"time"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// asker is who asks something, and where: by a command, a button or a mention.
type asker struct {
	member   discord.Member
	guild    discord.GuildID
	channel  discord.Channel
	settings store.Settings
	locale   phrase.Locale
}

// from is who stands behind a request.
func from(r Request) asker {
	return asker{member: r.Member, guild: r.Guild, channel: r.Channel, settings: r.Settings, locale: r.Locale}
}

// admit decides whether a question is taken, and counts it. Where it is not, it returns what the asker is told: in words and with a
// time, never about money.
func (b *Bot) admit(ctx context.Context, a asker) (refusal string, outcome string, err error) {
	if refusal, outcome, err = b.silenced(ctx, a); err != nil || refusal != "" {
		return refusal, outcome, err
	}
	if until := a.member.Joined.Add(b.wait(a.settings)); a.guild != "" && !a.member.Joined.IsZero() && until.After(b.now()) {
		return b.turnedAway(a, "too_new", until), "limited", nil
	}
	taken, err := b.store.Take(ctx, store.Server(a.guild), store.Member(a.member.User.ID), b.allowance(a.settings))
	if err != nil {
		return "", "", err
	}
	switch taken.Limit {
	case "":
		return "", "", nil
	case store.LimitCooldown:
		return b.turnedAway(a, "cooldown", taken.Until), "limited", nil
	case store.LimitServer:
		return b.turnedAway(a, "server_limit", taken.Until), "limited", nil
	}
	return b.turnedAway(a, "daily_limit", taken.Until), "limited", nil
}

// silenced says what somebody is told where the moderators wish that the bot does not answer: in that channel now, or this person.
// Empty where they do not.
func (b *Bot) silenced(ctx context.Context, a asker) (refusal string, outcome string, err error) {
	if a.guild == "" {
		return "", "", nil
	}
	server := store.Server(a.guild)
	channels := []store.Channel{store.Channel(a.channel.ID)}
	if a.channel.Parent != "" {
		channels = append(channels, store.Channel(a.channel.Parent))
	}
	until, err := b.store.PausedUntil(ctx, server, channels...)
	if err != nil {
		return "", "", err
	}
	if until.After(b.now()) {
		return b.turnedAway(a, "paused", until), "paused", nil
	}
	until, blocked, err := b.store.Blocked(ctx, server, store.Member(a.member.User.ID))
	switch {
	case err != nil:
		return "", "", err
	case blocked && until.IsZero():
		return b.turnedAway(a, "blocked", until), "blocked", nil
	case blocked:
		return b.turnedAway(a, "blocked_until", until), "blocked", nil
	}
	return "", "", nil
}

// turnedAway counts a refusal, and says it.
func (b *Bot) turnedAway(a asker, key string, until time.Time) string {
	b.observe(Event{Kind: "refusal", Outcome: key})
	return b.phrases.Say(a.locale, key, phrase.Markup("when", markup.Time(until, "R")))
}

// wait is how long somebody has to be on a server before they may ask.
func (b *Bot) wait(s store.Settings) time.Duration {
	return time.Duration(chosen(s.MinMinutesOnServer, int(b.policy().Limits.Wait/time.Minute), 0)) * time.Minute
}

// allowance is how much may be asked on a server: what its managers chose, within what the operator allows.
func (b *Bot) allowance(s store.Settings) store.Allowance {
	return store.Allowance{
		Cooldown:  time.Duration(chosen(s.CooldownSeconds, int(b.policy().Limits.Cooldown/time.Second), 0)) * time.Second,
		PerMember: chosen(s.DailyPerMember, b.policy().Limits.PerMember, b.policy().Servers.MaxDailyPerMember),
		PerServer: chosen(s.DailyPerServer, b.policy().Limits.PerServer, b.policy().Servers.MaxDailyPerServer),
	}
}

// chosen is a number of the settings (0 for the standard, -1 for no limit, which is 0 then) within a ceiling (0 for none).
func chosen(n, standard, ceiling int) int {
	switch {
	case n == 0:
		n = standard
	case n < 0:
		n = 0
	}
	if ceiling > 0 && (n == 0 || n > ceiling) {
		return ceiling
	}
	return n
}
