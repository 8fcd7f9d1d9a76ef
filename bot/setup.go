package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

const setupChannels = 20 // that may be chosen

// setup shows everything for the first minute on one screen. What is chosen holds at once.
func (b *Bot) setup(ctx context.Context, r Request) (Reply, error) {
	return Reply{Body: b.setupScreen(ctx, r, r.Settings, "")}, nil
}

// setupScreen is the screen, with what has just happened said above it.
func (b *Bot) setupScreen(ctx context.Context, r Request, s store.Settings, news string) discord.Body {
	version := strconv.FormatInt(s.Version, 10)
	row := func(parts ...discord.Component) discord.Component { return discord.ActionRow{Components: parts} }
	lines := []string{}
	if news != "" {
		lines = append(lines, news, "")
	}
	lines = append(lines, r.Say("setup.title"))
	lines = append(lines, b.setupLines(r, s)...)
	lines = append(lines, b.missingRights(ctx, r, s)...)
	buttons := []discord.Component{}
	for _, p := range []store.Preset{store.PresetQuiet, store.PresetAsk, store.PresetOpen} {
		style := discord.Secondary
		if s.Preset == p {
			style = discord.Primary
		}
		buttons = append(buttons, discord.Button{
			Style: style, Label: r.Say("setup.preset." + string(p)), CustomID: customID("setup-preset", version, string(p)),
		})
	}
	buttons = append(buttons, discord.Button{Style: discord.Success, Label: r.Say("setup.finish"), CustomID: customID("setup-done", version)})
	return discord.Body{Content: fitted(lines...), Private: true, Components: []discord.Component{
		row(discord.Select{
			Kind: discord.ChannelSelect, CustomID: customID("setup-channels", version), Placeholder: r.Say("setup.pick_channels"),
			Max: setupChannels, Defaults: plain(s.AskChannels),
			Channels: []discord.ChannelType{discord.GuildText, discord.GuildAnnouncement, discord.GuildForum},
		}),
		row(discord.Select{
			Kind: discord.RoleSelect, CustomID: customID("setup-roles", version), Placeholder: r.Say("setup.pick_roles"),
			Max: 10, Defaults: plain(s.ModeratorRoles),
		}),
		row(discord.Select{
			Kind: discord.ChannelSelect, CustomID: customID("setup-log", version), Placeholder: r.Say("setup.pick_log"),
			Max: 1, Defaults: plain(some(s.LogChannel)), Channels: []discord.ChannelType{discord.GuildText},
		}),
		row(buttons...),
	}}
}

// some is a list of what is not empty.
func some[T ~string](id T) []T {
	if id == "" {
		return nil
	}
	return []T{id}
}

// plain are ids as Discord's menus take them.
func plain[T ~string](ids []T) []string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}

// setupLines say what holds now.
func (b *Bot) setupLines(r Request, s store.Settings) []string {
	name := func(ids []string, open, none string) phrase.Fill {
		for i, id := range ids {
			ids[i] = open + id + ">"
		}
		if len(ids) == 0 {
			return phrase.Markup("what", r.Say(none))
		}
		return phrase.Markup("what", strings.Join(ids, " "))
	}
	preset := "setup.now.none"
	if s.Preset != store.PresetNone {
		preset = "setup.now." + string(s.Preset)
	}
	moderators := r.Say("setup.roles_only")
	if len(s.ModeratorRoles) > 0 {
		moderators = r.Say("setup.roles", name(plain(s.ModeratorRoles), "<@&", "")) + " " + r.Say("setup.roles_hint")
	}
	return []string{
		"- " + r.Say(preset),
		"- " + r.Say("setup.channels", name(plain(s.AskChannels), "<#", "setup.no_channels")),
		"- " + moderators,
		"- " + r.Say("setup.log", name(plain(some(s.LogChannel)), "<#", "setup.no_log")),
	}
}

// setupChange saves a choice made on the screen, which shows what holds then.
func (b *Bot) setupChange(change func(ctx context.Context, r Request, s *store.Settings) (news string, err error)) func(context.Context, Request) (Reply, error) {
	return func(ctx context.Context, r Request) (Reply, error) {
		s, news, err := b.change(ctx, r, change)
		if err != nil {
			return Reply{}, err
		}
		return Reply{Body: b.setupScreen(ctx, r, s, news), Update: true}, nil
	}
}

// change changes the settings that a screen showed: its version is the first argument of the button. Where they were changed since,
// nothing is saved, which the news say.
func (b *Bot) change(ctx context.Context, r Request, change func(ctx context.Context, r Request, s *store.Settings) (news string, err error)) (store.Settings, string, error) {
	if strconv.FormatInt(r.Settings.Version, 10) != r.Arg(0) {
		return r.Settings, r.Say("settings.changed"), nil
	}
	s := r.Settings
	news, err := change(ctx, r, &s)
	if err != nil {
		return store.Settings{}, "", err
	}
	if news != "" {
		return r.Settings, news, nil
	}
	err = b.store.SaveSettings(ctx, r.Server(), s, r.Person())
	conflict := errors.Is(err, store.ErrChanged)
	if err != nil && !conflict {
		return store.Settings{}, "", err
	}
	saved, err := b.store.Settings(ctx, r.Server())
	if err != nil {
		return store.Settings{}, "", err
	}
	if conflict {
		return saved, r.Say("settings.changed"), nil
	}
	if saved.LogChannel != r.Settings.LogChannel {
		b.catchUp(ctx, r.Server())
	}
	return saved, "", nil
}

// chooseChannels sets where answers are public.
func (b *Bot) chooseChannels(ctx context.Context, r Request, s *store.Settings) (string, error) {
	channels, news, err := b.channelsHere(ctx, r)
	if err != nil || news != "" {
		return news, err
	}
	s.AskChannels = channels
	if s.Preset == store.PresetNone && len(channels) > 0 {
		s.Preset = store.PresetAsk
	}
	return "", nil
}

// chooseLog sets where cards go.
func (b *Bot) chooseLog(ctx context.Context, r Request, s *store.Settings) (string, error) {
	channels, news, err := b.channelsHere(ctx, r)
	if err != nil || news != "" {
		return news, err
	}
	s.LogChannel = ""
	if len(channels) > 0 {
		s.LogChannel = channels[0]
	}
	return "", nil
}

// channelsHere are the chosen channels. One of another server would carry what is said here out of it.
func (b *Bot) channelsHere(ctx context.Context, r Request) (_ []store.Channel, news string, err error) {
	var out []store.Channel
	for _, id := range r.Values[:min(len(r.Values), setupChannels)] {
		c, err := b.discord.Channel(ctx, discord.ChannelID(id))
		if closedTo(err) {
			return nil, r.Say("setup.cannot_see", phrase.Markup("channel", channelName(store.Channel(id)))), nil
		}
		if err != nil {
			return nil, "", fmt.Errorf("read chosen channel %s: %w", id, err)
		}
		if c.Guild != r.Guild {
			return nil, r.Say("setup.cannot_see", phrase.Markup("channel", channelName(store.Channel(id)))), nil
		}
		out = append(out, store.Channel(id))
	}
	return out, "", nil
}

// chooseRoles sets who moderates, besides those whom Discord's permissions make moderators.
func (b *Bot) chooseRoles(_ context.Context, r Request, s *store.Settings) (string, error) {
	if slices.Contains(r.Values, string(r.Guild)) { // @everyone has the server's id
		return r.Say("setup.everyone"), nil
	}
	s.ModeratorRoles = nil
	for _, id := range r.Values {
		s.ModeratorRoles = append(s.ModeratorRoles, store.Role(id))
	}
	return "", nil
}

// choosePreset sets where the bot speaks in public.
func (b *Bot) choosePreset(_ context.Context, r Request, s *store.Settings) (string, error) {
	switch p := store.Preset(r.Arg(1)); p {
	case store.PresetQuiet, store.PresetAsk, store.PresetOpen:
		s.Preset = p
	}
	return "", nil
}

// setupDone ends the set-up. Nobody having chosen where answers are public, they stay private.
func (b *Bot) setupDone(ctx context.Context, r Request) (Reply, error) {
	lines := append([]string{r.Say("setup.done")}, b.setupLines(r, r.Settings)...)
	lines = append(append(lines, b.missingRights(ctx, r, r.Settings)...), r.Say("setup.next"))
	return Reply{Body: discord.Body{Content: fitted(lines...), Private: true}, Update: true}, nil
}
