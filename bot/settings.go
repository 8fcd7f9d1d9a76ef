package bot

import (
	"context"
	"slices"
	"strconv"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

// area is a part of the settings: one screen.
type area string

const (
	areaAnswers  area = "answers"
	areaLanguage area = "language"
	areaLimits   area = "limits"
	areaChecks   area = "checks"
	areaInsights area = "insights"
	areaData     area = "data"
)

func areas() []area {
	return []area{areaAnswers, areaLanguage, areaLimits, areaChecks, areaInsights, areaData}
}

// settings shows what holds in the server, with a menu of what can be changed.
func (b *Bot) settings(_ context.Context, r Request) (Reply, error) {
	return Reply{Body: b.settingsScreen(r, r.Settings, "", "")}, nil
}

// settingsVerbs are the buttons, menus and forms of set-up, settings and of what everybody may press.
func (b *Bot) settingsVerbs() map[string]Action {
	managers := func(run func(context.Context, Request) (Reply, error)) Action {
		return Action{Who: Managers, Update: true, Run: run}
	}
	return map[string]Action{
		"setup-channels":       managers(b.setupChange(b.chooseChannels)),
		"setup-roles":          managers(b.setupChange(b.chooseRoles)),
		"setup-log":            managers(b.setupChange(b.chooseLog)),
		"setup-preset":         managers(b.setupChange(b.choosePreset)),
		"setup-done":           managers(b.setupDone),
		"settings-area":        managers(b.settingsArea),
		"settings-set":         managers(b.settingsSet),
		"settings-channel":     managers(b.settingsChannel),
		"settings-lang":        managers(b.settingsLanguage),
		"settings-limits":      {Who: Managers, Run: b.settingsLimits},
		"settings-limits-save": managers(b.settingsLimitsSave),
		"settings-insights":    managers(b.settingsInsights),
		"settings-erase":       {Who: Managers, Run: b.settingsErase},
		"settings-erase-yes":   managers(b.settingsEraseYes),
		"forget-yes":           {Update: true, Run: b.forgetYes},
		"sources":              {Update: true, Run: b.sourcesPage},
	}
}

// settingsScreen shows what holds, with the menu of areas, and what can be chosen in one of them. extra are further rows.
func (b *Bot) settingsScreen(r Request, s store.Settings, at area, news string, extra ...discord.Component) discord.Body {
	var lines []string
	if news != "" {
		lines = append(lines, news, "")
	}
	lines = append(lines, r.Say("settings.title"))
	for _, c := range b.settingChoices(r.Edition) {
		lines = append(lines, "- "+r.Say("settings."+c.key)+": **"+b.valueName(r, c.get(s))+"**")
	}
	lines = append(lines, b.settingLines(r, s)...)
	menu := discord.Select{CustomID: customID("settings-area"), Placeholder: r.Say("settings.pick"), Min: 1}
	for _, a := range areas() {
		menu.Options = append(menu.Options, discord.SelectOption{Label: r.Say("settings.area." + string(a)), Value: string(a), Default: a == at})
	}
	rows := []discord.Component{discord.ActionRow{Components: []discord.Component{menu}}}
	rows = append(rows, b.areaRows(r, s, at)...)
	return discord.Body{Content: fitted(lines...), Private: true, Components: append(rows, extra...)}
}

// areaRows are the menus and buttons of an area.
func (b *Bot) areaRows(r Request, s store.Settings, at area) []discord.Component {
	version := strconv.FormatInt(s.Version, 10)
	var rows []discord.Component
	row := func(c discord.Component) { rows = append(rows, discord.ActionRow{Components: []discord.Component{c}}) }
	button := func(style discord.ButtonStyle, label, verb string, args ...string) {
		row(discord.Button{Style: style, Label: r.Say(label), CustomID: customID(verb, args...)})
	}
	for _, c := range b.settingChoices(r.Edition) {
		if c.area != at {
			continue
		}
		menu := discord.Select{CustomID: customID("settings-set", version, c.key), Min: 1}
		for _, value := range c.values {
			menu.Options = append(menu.Options, discord.SelectOption{
				Label: r.Say("settings."+c.key) + ": " + b.valueName(r, value), Value: value, Default: value == c.get(s),
			})
		}
		row(menu)
	}
	switch at {
	case areaLanguage:
		row(discord.Select{
			Kind: discord.ChannelSelect, CustomID: customID("settings-channel", version), Placeholder: r.Say("settings.pick_channel"), Min: 1,
			Channels: []discord.ChannelType{discord.GuildText, discord.GuildAnnouncement, discord.GuildForum},
		})
	case areaLimits:
		button(discord.Primary, "settings.limits_change", "settings-limits", version)
	case areaInsights:
		switch {
		case s.Insights:
			button(discord.Danger, "settings.insights_stop", "settings-insights", version, "off")
		case b.policy().Servers.MaxRetentionDays > 0:
			button(discord.Primary, "settings.insights_start", "settings-insights", version, "on")
		}
	case areaData:
		button(discord.Danger, "settings.erase", "settings-erase")
	}
	return rows
}

// settingsArea opens an area.
func (b *Bot) settingsArea(_ context.Context, r Request) (Reply, error) {
	at := area("")
	if len(r.Values) > 0 && slices.Contains(areas(), area(r.Values[0])) {
		at = area(r.Values[0])
	}
	return Reply{Body: b.settingsScreen(r, r.Settings, at, ""), Update: true}, nil
}

// settingsSet saves the choice of a menu.
func (b *Bot) settingsSet(ctx context.Context, r Request) (Reply, error) {
	choices := b.settingChoices(r.Edition)
	n := slices.IndexFunc(choices, func(c settingChoice) bool { return c.key == r.Arg(1) })
	if n < 0 || len(r.Values) == 0 || !slices.Contains(choices[n].values, r.Values[0]) {
		return Reply{Body: b.settingsScreen(r, r.Settings, "", ""), Update: true}, nil
	}
	s, news, err := b.change(ctx, r, func(_ context.Context, r Request, s *store.Settings) (string, error) {
		choices[n].set(s, r.Values[0])
		return "", nil
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Body: b.settingsScreen(r, s, choices[n].area, news), Update: true}, nil
}

// settingsErase asks whether all that is kept of the server is to be erased.
func (b *Bot) settingsErase(_ context.Context, r Request) (Reply, error) {
	return private(r.Say("settings.erase_sure"), discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Danger, Label: r.Say("settings.erase_yes"), CustomID: customID("settings-erase-yes")},
	}}), nil
}

// settingsEraseYes erases all that is kept of the server.
func (b *Bot) settingsEraseYes(ctx context.Context, r Request) (Reply, error) {
	if err := b.store.EraseServer(ctx, r.Server()); err != nil {
		return Reply{}, err
	}
	b.log.InfoContext(ctx, "server erased", "guild_id", r.Guild)
	if err := b.store.Joined(ctx, r.Server()); err != nil { // the bot is still there
		return Reply{}, err
	}
	return Reply{Body: discord.Body{Content: r.Say("settings.erased"), Private: true}, Update: true, Outcome: "erased"}, nil
}

// settingLines say what holds beside the choices of menus.
func (b *Bot) settingLines(r Request, s store.Settings) []string {
	limit := b.allowance(s)
	lines := []string{
		"- " + r.Say("settings.limits", phrase.Count("cooldown", int(limit.Cooldown.Seconds())), phrase.Count("member", limit.PerMember),
			phrase.Count("server", limit.PerServer), phrase.Count("wait", int(b.wait(s).Minutes()))),
	}
	for i, id := range sortedChannels(s.Languages) {
		if i == shownLanguages {
			lines = append(lines, "- "+r.Say("settings.more_channels", phrase.Count("n", len(s.Languages)-i)))
			break
		}
		lines = append(lines, "- "+channelName(id)+": **"+b.valueName(r, s.Languages[id])+"**")
	}
	switch {
	case s.Insights:
		lines = append(lines, "- "+r.Say("settings.insights_on", phrase.Count("days", b.retentionDays(s))))
	case b.policy().Servers.MaxRetentionDays > 0:
		lines = append(lines, "- "+r.Say("settings.insights_off"))
	default:
		lines = append(lines, "- "+r.Say("settings.insights_never"))
	}
	if !b.hasModel(r.Edition) {
		lines = append(lines, "- "+r.Say("settings.no_model"))
	}
	return append(lines, r.Say("settings.setup_too"))
}
