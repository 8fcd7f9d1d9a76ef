package bot

import (
	"maps"
	"slices"
	"strconv"

	"amur/bot/phrase"
	"amur/internal/store"
)

// automatic stands for "as Discord says" in a menu.
const automatic = "auto"

// settingChoice is a setting that is chosen from a menu. Its name is the phrase settings.KEY.
type settingChoice struct {
	key    string
	area   area
	values []string
	get    func(s store.Settings) string
	set    func(s *store.Settings, value string)
}

// settingChoices are the settings that are chosen from menus, with what the operator leaves to the managers.
func (b *Bot) settingChoices(e *Edition) []settingChoice {
	position := func(key string, at area, standard bool, field func(s *store.Settings) *store.Switch) settingChoice {
		return settingChoice{
			key: key, area: at, values: []string{string(store.On), string(store.Off)},
			get: func(s store.Settings) string {
				if field(&s).Is(standard) {
					return string(store.On)
				}
				return string(store.Off)
			},
			set: func(s *store.Settings, value string) { *field(s) = store.Switch(value) },
		}
	}
	out := []settingChoice{{
		key: "layout", area: areaAnswers, values: []string{string(store.LayoutComponents), string(store.LayoutPlain)},
		get: func(s store.Settings) string {
			if s.Layout == store.LayoutDefault {
				return string(store.LayoutComponents)
			}
			return string(s.Layout)
		},
		set: func(s *store.Settings, value string) { s.Layout = store.Layout(value) },
	}}
	if b.hasModel(e) {
		out = append(out,
			position("use_model", areaAnswers, true, func(s *store.Settings) *store.Switch { return &s.UseModel }),
			position("streaming", areaAnswers, true, func(s *store.Settings) *store.Switch { return &s.Streaming }))
	}
	out = append(out, settingChoice{
		key: "language", area: areaLanguage, values: localeValues(),
		get: func(s store.Settings) string { return orAutomatic(s.Language) },
		set: func(s *store.Settings, value string) { s.Language = notAutomatic(value) },
	}, position("check", areaChecks, true, func(s *store.Settings) *store.Switch { return &s.Check }),
		position("notes", areaChecks, true, func(s *store.Settings) *store.Switch { return &s.Notes }))
	if days := b.retentions(); len(days) > 0 {
		out = append(out, settingChoice{
			key: "retention", area: areaInsights, values: days,
			get: func(s store.Settings) string { return strconv.Itoa(b.retentionDays(s)) },
			set: func(s *store.Settings, value string) { s.RetentionDays, _ = strconv.Atoi(value) },
		})
	}
	return out
}

// hasModel reports whether managers may have answers worded by a language model.
func (b *Bot) hasModel(e *Edition) bool {
	return e.Answerer != nil && e.Answerer.Model != nil && !b.policy().Servers.NoModel
}

// retentions are for how many days questions may be kept, within the operator's ceiling; none where they are never kept.
func (b *Bot) retentions() []string {
	var out []string
	for _, days := range []int{7, 14, 30, 60, 90, 180, 365} {
		if days <= b.policy().Servers.MaxRetentionDays {
			out = append(out, strconv.Itoa(days))
		}
	}
	if most := strconv.Itoa(b.policy().Servers.MaxRetentionDays); b.policy().Servers.MaxRetentionDays > 0 && !slices.Contains(out, most) {
		out = append(out, most)
	}
	return out
}

// retentionDays is for how many days questions are kept where insights are on.
func (b *Bot) retentionDays(s store.Settings) int {
	days := s.RetentionDays
	if days <= 0 {
		days = store.DefaultRetentionDays
	}
	return min(days, b.policy().Servers.MaxRetentionDays)
}

// valueName is a value of a menu as a reader sees it.
func (b *Bot) valueName(r Request, value string) string {
	if days, err := strconv.Atoi(value); err == nil {
		return r.Say("settings.days", phrase.Count("n", days))
	}
	return r.Say("settings.value." + value)
}

func localeValues() []string {
	out := []string{automatic}
	for _, l := range phrase.Locales() {
		out = append(out, string(l))
	}
	return out
}

func orAutomatic(language string) string {
	if language == "" {
		return automatic
	}
	return language
}

func notAutomatic(value string) string {
	if value == automatic {
		return ""
	}
	return value
}

func sortedChannels(languages map[store.Channel]string) []store.Channel {
	return slices.Sorted(maps.Keys(languages))
}
