package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// question is one that the built-in documents answer, and answer what they say.
const (
	tradeQuestion = "How big is trade between China and Russia?"
	tradeAnswer   = "$240 billion"
)

// staffed is a world with all commands, a log channel, and two moderators beside the owner: 21 and 22.
type staffed struct {
	*world
	log, mods discordtest.ID
}

func newStaffed(t *testing.T, change func(*bot.Options)) *staffed {
	t.Helper()
	w := &staffed{world: newWorld(t, func(o *bot.Options) {
		o.Policy.Limits.Patience = patience // that a reply is on its way is tested elsewhere
		if change != nil {
			change(o)
		}
	})}
	if _, _, err := w.client.Sync(t.Context(), w.bot.Registration()); err != nil {
		t.Fatal(err)
	}
	w.log, w.mods = w.staff(w.guild.ID)
	w.save(func(s *store.Settings) { s.LogChannel = store.Channel(w.log) })
	return w
}

// staff gives a guild a channel for cards and the moderators 21 and 22.
func (w *staffed) staff(guild discordtest.ID) (log, mods discordtest.ID) {
	log = w.fake.AddChannel(discordtest.Channel{GuildID: guild, Name: "log"}).ID
	mods = w.fake.SetRole(guild, discordtest.Role{Name: "mods", Permissions: discordtest.ManageMessages}).ID
	for _, id := range []discordtest.ID{"21", "22"} {
		w.fake.AddMember(guild, discordtest.Member{User: discordtest.User{ID: id}, Roles: []discordtest.ID{mods}, JoinedAt: w.clock.Now().AddDate(0, 0, -1)})
	}
	return log, mods
}

// ask asks in public and returns the message of the answer.
func (w *staffed) ask(user, channel discordtest.ID, question string) discordtest.Message {
	w.Helper()
	return w.outcome(w.fake.User(user).Slash(channel, "ask", discordtest.Text("question", question)), nil).Message()
}

// slash uses a command and returns what came of it.
func (w *staffed) slash(user discordtest.ID, command string, options ...discordtest.Option) discordtest.Outcome {
	w.Helper()
	return w.outcome(w.fake.User(user).Slash(w.channel.ID, command, options...), nil)
}

// hide takes an answer away by the menu of its message.
func (w *staffed) hide(user discordtest.ID, m discordtest.Message) discordtest.Outcome {
	w.Helper()
	return w.outcome(w.fake.User(user).MessageCommand(m.ChannelID, "Hide answer", m.ID), nil)
}

// press presses a button by its label.
func (w *staffed) press(user discordtest.ID, m discordtest.Message, label string) discordtest.Outcome {
	w.Helper()
	return w.outcome(w.pressed(user, m, label), nil)
}

func (w *staffed) pressed(user discordtest.ID, m discordtest.Message, label string) *discordtest.Interaction {
	w.Helper()
	button := m.Button(label)
	if button == nil {
		w.Fatalf("no button %q under %s", label, m.Text())
	}
	return w.fake.User(user).Click(m.ChannelID, m.ID, button.CustomID)
}

// choose chooses in the menu whose custom id begins like that.
func (w *staffed) choose(user discordtest.ID, m discordtest.Message, menu string, values ...string) discordtest.Outcome {
	w.Helper()
	for _, row := range m.Components {
		for _, c := range row.Components {
			if strings.HasPrefix(c.CustomID, menu) {
				return w.outcome(w.fake.User(user).Select(m.ChannelID, m.ID, c.CustomID, values...), nil)
			}
		}
	}
	w.Fatalf("no menu %q under %s", menu, m.Text())
	return discordtest.Outcome{}
}

// submit fills in the form that a press opened.
func (w *staffed) submit(user discordtest.ID, from *discordtest.Interaction, fields ...discordtest.Field) discordtest.Outcome {
	w.Helper()
	w.outcome(from, nil)
	return w.outcome(w.fake.User(user).Submit(from, fields...), nil)
}

// cards are the messages of the log channel that all moderators see.
func (w *staffed) cards() []discordtest.Message {
	return slices.DeleteFunc(w.fake.Messages(w.log), discordtest.Message.Private)
}

// card is the last message of the log channel.
func (w *staffed) card() discordtest.Message {
	w.Helper()
	cards := w.cards()
	if len(cards) == 0 {
		w.Fatalf("the log channel is empty\n%s", w.world.log)
	}
	return cards[len(cards)-1]
}

// stored are the settings of the guild.
func (w *staffed) stored() store.Settings {
	w.Helper()
	s, err := w.store.Settings(w.Context(), store.Server(w.guild.ID))
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// says fails the test unless a reply is private and has all of that.
func (w *staffed) says(out discordtest.Outcome, wanted ...string) {
	w.Helper()
	var text strings.Builder
	for _, m := range out.Messages {
		text.WriteString(m.Text())
	}
	if !out.Private {
		w.Errorf("public: %s", text.String())
	}
	for _, want := range wanted {
		if !strings.Contains(text.String(), want) {
			w.Errorf("the reply lacks %q:\n%s", want, text.String())
		}
	}
}

// has fails the test unless a text has all of that.
func (w *staffed) has(text string, wanted ...string) {
	w.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			w.Errorf("lacks %q:\n%s", want, text)
		}
	}
}

// uses reports whether an answer in the guild says it.
func (w *staffed) uses(channel discordtest.ID, question, wanted string) bool {
	w.Helper()
	w.clock.Advance(time.Minute)
	return strings.Contains(w.ask("8", channel, question).Text(), wanted)
}

// visible reports whether people still see a message.
func (w *staffed) visible(m discordtest.Message) bool {
	return slices.ContainsFunc(w.fake.Messages(m.ChannelID), func(other discordtest.Message) bool { return other.ID == m.ID })
}

// report reports an answer.
func (w *staffed) report(user discordtest.ID, answer discordtest.Message, kind string) discordtest.Outcome {
	w.Helper()
	return w.choose(user, w.press(user, answer, "Report").Message(), "report-kind", kind)
}

// note proposes a note on a section.
func (w *staffed) note(user discordtest.ID, section, text string) discordtest.Outcome {
	w.Helper()
	form := w.fake.User(user).Slash(w.channel.ID, "note add", discordtest.Text("section", section))
	return w.submit(user, form, discordtest.Field{CustomID: "text", Value: text})
}

func containsAny(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}
