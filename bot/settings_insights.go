package bot

import (
	"context"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// settingsInsights switches on that questions are kept, which is announced to the members where the bot speaks, or switches it off,
// which deletes what was kept.
func (b *Bot) settingsInsights(ctx context.Context, r Request) (Reply, error) {
	if r.Arg(1) == "off" {
		return b.insightsOff(ctx, r)
	}
	var announced discord.Message
	s, news, err := b.change(ctx, r, func(ctx context.Context, r Request, s *store.Settings) (_ string, err error) {
		if b.policy().Servers.MaxRetentionDays <= 0 {
			return r.Say("settings.insights_never"), nil
		}
		s.Insights, s.RetentionDays = true, b.retentionDays(*s)
		announced, err = b.announce(ctx, r, *s)
		if closedTo(err) {
			return r.Say("settings.insights_not_announced"), nil
		}
		return "", err
	})
	if err == nil && s.Insights {
		return Reply{Body: b.settingsScreen(r, s, areaInsights, news), Update: true}, nil
	}
	if announced.ID != "" { // it did not come to it
		b.deleteMessages(ctx, store.Channel(announced.Channel), store.Message(announced.ID))
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: b.settingsScreen(r, s, areaInsights, news), Update: true}, nil
}

// announce tells the members that their public questions are kept, without their names.
func (b *Bot) announce(ctx context.Context, r Request, s store.Settings) (discord.Message, error) {
	where := r.Channel.ID
	if len(s.AskChannels) > 0 {
		where = discord.ChannelID(s.AskChannels[0])
	}
	text := b.phrases.Say(cardLocale(r), "settings.insights_announced", phrase.Count("days", s.RetentionDays))
	m, err := b.discord.Send(ctx, where, discord.Body{Content: text})
	if m.ID != "" && m.Channel == "" {
		m.Channel = where
	}
	return m, err
}

func (b *Bot) insightsOff(ctx context.Context, r Request) (Reply, error) {
	s, news, err := b.change(ctx, r, func(_ context.Context, _ Request, s *store.Settings) (string, error) {
		s.Insights = false
		return "", nil
	})
	if err != nil {
		return Reply{}, err
	}
	if !s.Insights {
		if err := b.store.ForgetQuestions(ctx, r.Server()); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Body: b.settingsScreen(r, s, areaInsights, news), Update: true}, nil
}
