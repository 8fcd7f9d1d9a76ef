package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
	"amur/rag"
)

// Set-up is one screen: one command, and all its menus stand under one message.
func TestSetup(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	if err := w.store.EraseServer(t.Context(), store.Server(w.guild.ID)); err != nil { // as on the first day
		t.Fatal(err)
	}
	closed := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "closed"})
	w.fake.SetOverwrite(closed.ID, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.SendMessages | discordtest.PinMessages})

	screen := w.slash("1", "setup")
	w.says(screen, "private everywhere until you choose")
	if n := len(screen.Message().Components); n > 5 {
		t.Errorf("%d rows", n)
	}
	m := screen.Message()
	for _, menu := range []string{"setup-channels", "setup-roles", "setup-log", "setup-preset"} {
		if !strings.Contains(allIDs(m), menu) {
			t.Errorf("no %s on the screen", menu)
		}
	}
	m = w.choose("1", m, "setup-channels", string(w.channel.ID), string(closed.ID)).Message()
	w.has(m.Text(), "Ask channel", "<#"+string(w.channel.ID)+">", "In <#"+string(closed.ID)+"> I lack: Send Messages, Pin Messages")
	m = w.choose("1", m, "setup-roles", string(w.mods)).Message()
	m = w.choose("1", m, "setup-log", string(w.log)).Message()
	w.has(m.Text(), "Everybody can read <#"+string(w.log)+">")
	w.fake.SetOverwrite(w.log, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.ViewChannel})
	w.fake.SetOverwrite(w.log, discordtest.Overwrite{ID: w.fake.BotID(), Type: 1, Allow: discordtest.ViewChannel})
	m = w.press("1", m, "Finish").Message()
	if w.has(m.Text(), "Ready", "/settings"); strings.Contains(m.Text(), "Everybody") {
		t.Errorf("warns in vain:\n%s", m.Text())
	}
	if len(m.Components) > 0 {
		t.Error("the finished set-up has menus")
	}
	want := store.Settings{
		Preset: store.PresetAsk, AskChannels: []store.Channel{store.Channel(w.channel.ID), store.Channel(closed.ID)},
		ModeratorRoles: []store.Role{store.Role(w.mods)}, LogChannel: store.Channel(w.log),
	}
	got := w.stored()
	got.Version, got.Saved = 0, time.Time{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	w.clean()
}

func TestSetupRefuses(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	secret := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "secret"})
	w.fake.SetOverwrite(secret.ID, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.ViewChannel})
	m := w.slash("1", "setup").Message()
	m = w.choose("1", m, "setup-log", string(secret.ID)).Message()
	w.has(m.Text(), "Not saved", "cannot see")
	m = w.choose("1", m, "setup-roles", string(w.guild.ID)).Message()
	w.has(m.Text(), "Not saved", "every member a moderator")
	if s := w.stored(); s.LogChannel != store.Channel(w.log) || len(s.ModeratorRoles) > 0 {
		t.Errorf("saved: %+v", s)
	}
	member := w.fake.User("21")
	member.Overridden = true
	w.says(w.outcome(member.Slash(w.channel.ID, "setup"), nil), "may manage this server")
	w.fake.TakeViolations() // to look at the secret channel is one
}

// Who acts on a screen that another manager has made old is told and shown what holds.
func TestSettingsConflict(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	m := w.slash("1", "setup").Message()
	w.save(func(s *store.Settings) { s.Language = "ru" })
	m = w.press("1", m, "Quiet").Message()
	w.has(m.Text(), "Somebody else has changed")
	if s := w.stored(); s.Preset != store.PresetOpen || s.Language != "ru" {
		t.Errorf("saved: %+v", s)
	}
	m = w.press("1", m, "Quiet").Message() // on what is shown now
	w.has(m.Text(), "Quiet")
	if s := w.stored(); s.Preset != store.PresetQuiet || s.Language != "ru" {
		t.Errorf("saved: %+v", s)
	}
	w.clean()
}

func TestSettings(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, func(o *bot.Options) { o.Policy.Servers.MaxDailyPerMember, o.Policy.Servers.MaxRetentionDays = 100, 60 })
	screen := w.slash("1", "settings")
	w.says(screen, "Settings of this server", "Check against sources: **on**")
	m := screen.Message()

	set := func(area, key, value string) {
		t.Helper()
		m = w.choose("1", m, "settings-area", area).Message()
		m = w.choose("1", m, fmt.Sprintf("settings-set:%d:%s", w.stored().Version, key), value).Message()
	}
	set("answers", "layout", "plain")
	set("checks", "check", "off")
	set("checks", "notes", "off")
	set("language", "language", "uk")
	set("insights", "retention", "14")
	m = w.choose("1", m, "settings-area", "language").Message()
	m = w.choose("1", m, "settings-channel", string(w.channel.ID)).Message()
	m = w.choose("1", m, "settings-lang", "zh-TW").Message()
	w.has(m.Text(), "<#"+string(w.channel.ID)+">: **繁體中文**", "plain text", "Check against sources: **off**")

	m = w.choose("1", m, "settings-area", "limits").Message()
	bad := w.submit("1", w.pressed("1", m, "Change the limits"), discordtest.Field{CustomID: "member", Value: "101"})
	w.has(bad.Message().Text(), "Not saved", "0 to 100")
	m = w.submit("1", w.pressed("1", bad.Message(), "Change the limits"), discordtest.Field{CustomID: "member", Value: "30"},
		discordtest.Field{CustomID: "cooldown", Value: "0"}, discordtest.Field{CustomID: "wait", Value: ""}).Message()
	w.has(m.Text(), "0 s between", "30 questions a member")

	want := store.Settings{
		Preset: store.PresetOpen, LogChannel: store.Channel(w.log), Layout: store.LayoutPlain, Check: store.Off, Notes: store.Off,
		Language: "uk", Languages: map[store.Channel]string{store.Channel(w.channel.ID): "zh-TW"}, RetentionDays: 14,
		CooldownSeconds: -1, DailyPerMember: 30,
	}
	got := w.stored()
	got.Version, got.Saved = 0, time.Time{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	w.clean()
}

// Where a language model is set, managers choose whether it words answers, and /privacy names who runs it.
func TestSettingsOfModel(t *testing.T) {
	t.Parallel()
	edition, err := opened(t).make(opened(t).index)
	if err != nil {
		t.Fatal(err)
	}
	edition.Answerer.Model = &rag.Model{Name: "nebula-7"}
	w := newStaffed(t, func(o *bot.Options) {
		o.Edition = edition
		o.Policy.Operator = bot.Operator{Name: "Ana_Operator", Contact: "ana@example.org", ModelProvider: "Nebula Ltd"}
	})
	w.says(w.slash("7", "privacy"), "Nebula Ltd", "Ana\\_Operator")
	m := w.slash("1", "settings").Message()
	m = w.choose("1", m, "settings-area", "answers").Message()
	m = w.choose("1", m, fmt.Sprintf("settings-set:%d:use_model", w.stored().Version), "off").Message()
	w.choose("1", m, fmt.Sprintf("settings-set:%d:streaming", w.stored().Version), "off")
	if s := w.stored(); s.UseModel != store.Off || s.Streaming != store.Off {
		t.Errorf("saved: %+v", s)
	}
	w.says(w.slash("7", "privacy"), "No language model words answers here")
	w.clean()
}

// Insights are announced where the bot speaks when they are switched on; switched off, what was kept is gone.
func TestInsightsSwitch(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, func(o *bot.Options) { o.Policy.Servers.MaxRetentionDays = 60 })
	w.says(w.slash("7", "privacy"), "no questions are kept")
	w.says(w.slash("21", "insights"), "not kept here", "/settings")
	m := w.slash("1", "settings").Message()
	m = w.choose("1", m, "settings-area", "insights").Message()
	m = w.press("1", m, "Keep questions and announce it").Message()
	w.has(m.Text(), "Insights: **on**", "30 days")
	announced := w.fake.Messages(w.channel.ID)
	if !slices.ContainsFunc(announced, func(m discordtest.Message) bool {
		return !m.Private() && strings.Contains(m.Text(), "kept for 30 days without names")
	}) {
		t.Error("it was not announced")
	}
	w.says(w.slash("7", "privacy"), "kept as text without author for 30 days")

	w.ask("7", w.channel.ID, tradeQuestion)
	server := store.Server(w.guild.ID)
	w.until("the question is kept", func() bool {
		kept, err := w.store.Questions(t.Context(), server, time.Time{})
		return err == nil && len(kept) == 1
	})
	m = w.press("1", m, "Stop, and delete what was kept").Message()
	w.has(m.Text(), "Insights: **off**")
	w.save(func(s *store.Settings) { s.Insights = true })
	if kept, err := w.store.Questions(t.Context(), server, time.Time{}); err != nil || len(kept) != 0 {
		t.Error(kept, err)
	}
	w.clean()
}

func TestInsightsAreNotSwitchedOnUnannounced(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, func(o *bot.Options) { o.Policy.Servers.MaxRetentionDays = 60 })
	w.fake.SetOverwrite(w.channel.ID, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.SendMessages})
	w.fake.SetOverwrite(w.channel.ID, discordtest.Overwrite{ID: w.fake.BotID(), Type: 1, Deny: discordtest.SendMessages})
	m := w.slash("1", "settings").Message()
	m = w.choose("1", m, "settings-area", "insights").Message()
	w.has(w.press("1", m, "Keep questions and announce it").Message().Text(), "Not switched on")
	if w.stored().Insights {
		t.Error("insights are on")
	}
}

func TestEraseServer(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.note("21", "trade#volume", "MARKER")
	m := w.slash("1", "settings").Message()
	m = w.choose("1", m, "settings-area", "data").Message()
	sure := w.press("1", m, "Erase everything…")
	w.says(sure, "for good")
	w.has(w.press("1", sure.Message(), "Erase everything of this server").Message().Text(), "Erased")
	kept, err := w.store.ExportServer(t.Context(), store.Server(w.guild.ID))
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.Notes) > 0 || kept.Settings.Version != 0 || kept.Settings.LogChannel != "" {
		t.Errorf("kept: %+v", kept)
	}
	w.clean()
}

func allIDs(m discordtest.Message) string {
	var out []string
	for _, row := range m.Components {
		for _, c := range row.Components {
			out = append(out, c.CustomID)
		}
	}
	return strings.Join(out, " ")
}
