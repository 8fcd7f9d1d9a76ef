package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// Each flow takes no more interactions than it must: whoever has to correct something is busy already.
func TestInteractionsOfFlows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		most int
		flow func(w *staffed, answer discordtest.Message)
		done func(w *staffed) bool
	}{
		{
			"correct a fact", 3,
			func(w *staffed, _ discordtest.Message) {
				w.note("21", "trade#volume", "it is 245 now")
				w.press("22", w.card(), "Approve")
			},
			func(w *staffed) bool {
				notes, err := w.store.Notes(w.Context(), store.Server(w.guild.ID))
				return err == nil && len(notes) == 1 && notes[0].IsApproved()
			},
		},
		{
			"take a wrong answer away", 1,
			func(w *staffed, answer discordtest.Message) { w.hide("21", answer) },
			func(w *staffed) bool {
				hidden, err := w.store.Hidden(w.Context(), store.Server(w.guild.ID))
				return err == nil && len(hidden) > 0
			},
		},
		{
			"set up, on one screen", 5, // the command, three choices, and the end
			func(w *staffed, _ discordtest.Message) {
				m := w.slash("1", "setup").Message()
				screen := m.ID
				m = w.choose("1", m, "setup-channels", string(w.channel.ID)).Message()
				m = w.choose("1", m, "setup-roles", string(w.mods)).Message()
				m = w.choose("1", m, "setup-log", string(w.log)).Message()
				if m = w.press("1", m, "Finish").Message(); m.ID != screen {
					w.Error("the set-up has more than one screen")
				}
			},
			func(w *staffed) bool { s := w.stored(); return len(s.AskChannels) == 1 && len(s.ModeratorRoles) == 1 },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newStaffed(t, nil)
			answer := w.ask("7", w.channel.ID, tradeQuestion)
			before := w.fake.Stats().Interactions
			tt.flow(w, answer)
			if n := w.fake.Stats().Interactions - before; n > tt.most {
				t.Errorf("%d interactions, want at most %d", n, tt.most)
			}
			if !tt.done(w) {
				t.Error("it is not done")
			}
			w.clean()
		})
	}
}

// To tell the moderators of a question without an answer takes one press.
func TestInteractionsOfTelling(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	refusal := w.slash("7", "ask", discordtest.Text("question", "How high is the tallest building of Vladivostok?"))
	before := w.fake.Stats().Interactions
	w.press("7", refusal.Message(), "Tell the moderators")
	if n := w.fake.Stats().Interactions - before; n != 1 || len(w.cards()) != 1 {
		t.Errorf("%d interactions, %d cards", n, len(w.cards()))
	}
	w.clean()
}

// Cards speak the language of the server, replies that of the one who asks.
func TestCardsInTheServersLanguage(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.Language = "ru" })
	w.says(w.hide("21", w.ask("7", w.channel.ID, tradeQuestion)), "Taken away")
	w.has(w.card().Text(), "Ответ убран", "Объём торговли")
	w.note("21", "trade#volume", "it is 245 now")
	w.has(w.card().Text(), "Заметка к разделу")
	if w.card().Button("Одобрить") == nil {
		t.Error("the button is in another language")
	}

	// Where nothing was chosen, Discord says it.
	other := w.fake.AddGuild(discordtest.Guild{Name: "Ussuri", OwnerID: "1", Locale: "uk"})
	channel := w.fake.AddChannel(discordtest.Channel{GuildID: other.ID, Name: "ask"})
	log, _ := w.staff(other.ID)
	if err := w.store.SaveSettings(t.Context(), store.Server(other.ID), store.Settings{Preset: store.PresetOpen, LogChannel: store.Channel(log)}, "1"); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(time.Minute)
	w.hide("21", w.ask("21", channel.ID, tradeQuestion))
	w.has(w.fake.Messages(log)[0].Text(), "Відповідь прибрано")
	w.clean()
}

// Who reports the same at the same moment makes one card that counts all.
func TestReportsAtOnce(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	var all []*discordtest.Interaction
	for _, user := range []discordtest.ID{"7", "8", "21", "22", "1"} {
		menu := w.press(user, answer, "Report").Message()
		id := menu.Components[0].Components[0].CustomID
		all = append(all, w.fake.User(user).Select(menu.ChannelID, menu.ID, id, "wrong"))
	}
	for _, i := range all {
		w.says(w.outcome(i, nil), "Thank you")
	}
	w.until("the card counts all", func() bool { return strings.Contains(w.card().Text(), "5 members") })
	if n := len(w.cards()); n != 1 {
		t.Errorf("%d cards", n)
	}
	w.clean()
}

// Screens and cards stay one message, whatever a server has chosen and people have written.
func TestScreensFit(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	var channels []string
	for range 20 {
		c := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "many"})
		w.fake.SetOverwrite(c.ID, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.SendMessages | discordtest.EmbedLinks | discordtest.AttachFiles |
			discordtest.PinMessages | discordtest.ReadMessageHistory})
		channels = append(channels, string(c.ID))
	}
	for locale, setup := range map[string]string{"en-US": "/setup", "ru": "/настройка", "uk": "/налаштування", "zh-CN": "/设置向导", "zh-TW": "/設定精靈"} {
		w.fake.AddUser(discordtest.User{ID: "1", Locale: locale})
		m := w.slash("1", "setup").Message()
		m = w.choose("1", m, "setup-channels", channels...).Message()
		if len(w.stored().AskChannels) != 20 || m.Text() == "" {
			t.Errorf("%s: %d channels, %q", locale, len(w.stored().AskChannels), m.Text())
		}
		w.save(func(s *store.Settings) {
			s.Languages = map[store.Channel]string{}
			for _, id := range channels {
				s.Languages[store.Channel(id)] = "zh-TW"
			}
		})
		w.has(w.slash("1", "settings").Message().Text(), "繁體中文", setup)
	}
	hostile := strings.Repeat("*_~`|<>#[]@ ", 50) // 600 characters, each escaped
	w.fake.AddUser(discordtest.User{ID: "21", Locale: "ru"})
	w.note("21", "trade#volume", hostile)
	if w.card().Text() == "" || len(w.card().Components) == 0 {
		t.Error("no card")
	}
	w.press("22", w.card(), "Approve")
	w.slash("7", "sources")
	w.slash("7", "read", discordtest.Text("what", "trade#volume"))
	w.slash("21", "note list")
	if !slices.ContainsFunc(w.cards(), func(m discordtest.Message) bool { return strings.Contains(m.Text(), "Approved by") }) {
		t.Error("not approved")
	}
	w.clean()
}

func TestHelp(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.says(w.slash("7", "help"), "/ask", "**Check against sources**", "To stop me", "not stated by the operator", "edition 2026-11")
	w.says(w.slash("21", "help"), "For moderators", "**Hide answer**", "/pause")
	if err := w.store.EraseServer(t.Context(), store.Server(w.guild.ID)); err != nil {
		t.Fatal(err)
	}
	w.says(w.slash("1", "help"), "Nobody has set me up")
	w.clean()
}
