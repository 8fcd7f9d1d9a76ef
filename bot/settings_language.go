package bot

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

const (
	languageChannels = 50 // that may have a language of their own
	shownLanguages   = 8  // of them, on the screen
)

// settingsChannel offers the languages of a channel.
func (b *Bot) settingsChannel(ctx context.Context, r Request) (Reply, error) {
	channels, news, err := b.channelsHere(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if news != "" || len(channels) == 0 {
		return Reply{Body: b.settingsScreen(r, r.Settings, areaLanguage, news), Update: true}, nil
	}
	channel := channels[0]
	menu := discord.Select{
		CustomID: customID("settings-lang", strconv.FormatInt(r.Settings.Version, 10), string(channel)), Min: 1,
		Placeholder: r.Say("settings.pick_language"),
	}
	for _, value := range localeValues() {
		menu.Options = append(menu.Options, discord.SelectOption{
			Label: b.valueName(r, value), Value: value, Default: value == orAutomatic(r.Settings.Languages[channel]),
		})
	}
	news = r.Say("settings.channel_language", phrase.Markup("channel", channelName(channel)))
	row := discord.ActionRow{Components: []discord.Component{menu}}
	return Reply{Body: b.settingsScreen(r, r.Settings, areaLanguage, news, row), Update: true}, nil
}

// settingsLanguage sets the language of a channel.
func (b *Bot) settingsLanguage(ctx context.Context, r Request) (Reply, error) {
	s, news, err := b.change(ctx, r, func(_ context.Context, r Request, s *store.Settings) (string, error) {
		if len(r.Values) == 0 || !slices.Contains(localeValues(), r.Values[0]) {
			return "", nil
		}
		s.Languages = maps.Clone(s.Languages)
		if s.Languages == nil {
			s.Languages = map[store.Channel]string{}
		}
		channel := store.Channel(r.Arg(1))
		switch language := notAutomatic(r.Values[0]); {
		case language == "":
			delete(s.Languages, channel)
		case len(s.Languages) >= languageChannels:
			return r.Say("settings.too_many_channels", phrase.Count("most", languageChannels)), nil
		default:
			s.Languages[channel] = language
		}
		return "", nil
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: b.settingsScreen(r, s, areaLanguage, news), Update: true}, nil
}
