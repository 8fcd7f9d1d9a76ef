package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// limitField is a number of the settings that is typed into a form: 0 is kept for the standard, -1 for none.
type limitField struct {
	key  string // of the phrase that names it
	most int
	at   func(s *store.Settings) *int
}

func (b *Bot) limitFields() []limitField {
	ceiling := func(n int) int {
		if n <= 0 {
			return 100_000
		}
		return n
	}
	return []limitField{
		{"cooldown", int(time.Hour / time.Second), func(s *store.Settings) *int { return &s.CooldownSeconds }},
		{"member", ceiling(b.policy().Servers.MaxDailyPerMember), func(s *store.Settings) *int { return &s.DailyPerMember }},
		{"server", ceiling(b.policy().Servers.MaxDailyPerServer), func(s *store.Settings) *int { return &s.DailyPerServer }},
		{"wait", 30 * 24 * 60, func(s *store.Settings) *int { return &s.MinMinutesOnServer }},
	}
}

// settingsLimits opens the form for the limits.
func (b *Bot) settingsLimits(_ context.Context, r Request) (Reply, error) {
	form := discord.Modal{CustomID: customID("settings-limits-save", r.Arg(0)), Title: r.Say("settings.limits_form")}
	for _, f := range b.limitFields() {
		value := ""
		switch n := *f.at(&r.Settings); {
		case n > 0:
			value = strconv.Itoa(n)
		case n < 0:
			value = "0"
		}
		form.Inputs = append(form.Inputs, discord.TextInput{
			CustomID: f.key, Label: r.Say("settings.limit." + f.key), Placeholder: r.Say("settings.limit_hint", phrase.Count("most", f.most)),
			Value: value, Optional: true, Max: 6,
		})
	}
	return Reply{Modal: &form}, nil
}

// settingsLimitsSave takes the form. Empty means the operator's standard, 0 none.
func (b *Bot) settingsLimitsSave(ctx context.Context, r Request) (Reply, error) {
	s, news, err := b.change(ctx, r, func(_ context.Context, r Request, s *store.Settings) (string, error) {
		for _, f := range b.limitFields() {
			written := strings.TrimSpace(r.Fields[f.key])
			n, err := strconv.Atoi(written)
			switch {
			case written == "":
				n = 0
			case err != nil || n < 0 || n > f.most:
				return r.Say("settings.limit_bad", phrase.Markup("field", r.Say("settings.limit."+f.key)), phrase.Count("most", f.most)), nil
			case n == 0:
				n = -1
			}
			*f.at(s) = n
		}
		return "", nil
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: b.settingsScreen(r, s, areaLimits, news), Update: true}, nil
}
