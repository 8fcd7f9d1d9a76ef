package bot_test

import (
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

func TestHideAnswer(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.has(answer.Text(), tradeAnswer)

	out := w.hide("21", answer) // one interaction
	w.says(out, "Taken away", "discord.com/channels/"+string(w.guild.ID)+"/"+string(w.log))
	if w.visible(answer) {
		t.Error("the answer still stands")
	}
	card := w.card()
	w.has(card.Text(), "<@21>", tradeAnswer)
	for _, question := range []string{tradeQuestion, "Каков объём торговли между Китаем и Россией?", "中俄贸易额有多大？"} {
		w.clock.Advance(time.Minute)
		if text := w.ask("8", w.channel.ID, question).Text(); containsAny(text, "240") {
			t.Errorf("what was hidden is said again:\n%s", text)
		}
	}
	w.says(w.slash("8", "sources"), "Hidden on this server")
	w.says(w.slash("8", "read", discordtest.Text("what", "trade#volume")), "hidden on this server")

	restored := w.press("22", card, "Restore")
	w.has(restored.Message().Text(), "Restored by <@22>")
	if card = w.card(); len(card.Components) > 0 {
		t.Error("the decided card has buttons")
	}
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("what was restored is not used")
	}
	w.says(w.slash("8", "sources"), "nothing is hidden")
	w.clean()
}

func TestKeepHidden(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.hide("21", w.ask("7", w.channel.ID, tradeQuestion))
	w.says(w.press("21", w.card(), "Keep hidden"), "second moderator")
	w.has(w.press("22", w.card(), "Keep hidden").Message().Text(), "Kept hidden by <@22>")
	w.clock.Advance(store.HideLasts + time.Hour)
	if w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("what was kept hidden has come back")
	}
	if w.card().Button("Keep hidden") != nil {
		t.Error("it can be kept twice")
	}
	w.press("21", w.card(), "Restore")
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("what was restored is not used")
	}
	w.clean()
}

func TestHideLapses(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.hide("21", w.ask("7", w.channel.ID, tradeQuestion))
	w.clock.Advance(store.HideLasts - time.Hour)
	if w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("it came back too early")
	}
	w.clock.Advance(2 * time.Hour)
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("it did not come back")
	}
	w.says(w.press("22", w.card(), "Keep hidden"), "decided already")
	w.clean()
}

// Two moderators who press at once get one decision.
func TestHideTwice(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	first := w.fake.User("21").MessageCommand(w.channel.ID, "Hide answer", answer.ID)
	second := w.fake.User("22").MessageCommand(w.channel.ID, "Hide answer", answer.ID)
	w.outcome(first, nil)
	w.outcome(second, nil)
	if n := len(w.cards()); n != 1 {
		t.Errorf("%d cards", n)
	}
	for _, v := range w.fake.TakeViolations() { // both have deleted the message
		if v.Rule != discordtest.RuleUnknown {
			t.Error(v)
		}
	}
	one, two := w.pressed("21", w.card(), "Restore"), w.pressed("22", w.card(), "Restore")
	w.outcome(one, nil)
	w.outcome(two, nil)
	if len(w.card().Components) > 0 {
		t.Error("the decided card has buttons")
	}
	w.clean()
}

func TestHideWithoutLog(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.LogChannel = "" })
	out := w.hide("21", w.ask("7", w.channel.ID, tradeQuestion))
	w.says(out, "no log channel")
	w.has(w.press("21", out.Message(), "Restore").Message().Text(), "Restored by")
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("what was restored is not used")
	}
	w.clean()
}

// A card that could not be posted comes as soon as there is a log channel.
func TestCardsCatchUp(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.LogChannel = "" })
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.report("8", answer, "wrong")
	w.hide("21", answer)
	out := w.slash("1", "setup")
	w.choose("1", out.Message(), "setup-log", string(w.log))
	w.until("both cards are there", func() bool { return len(w.cards()) == 2 })
	w.clean()
}

func TestHideIsForModeratorsAndOwnAnswers(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	member := w.fake.User("8")
	member.Overridden = true
	w.says(w.outcome(member.MessageCommand(w.channel.ID, "Hide answer", answer.ID), nil), "moderators of this server")
	said := w.fake.User("8").Say(w.channel.ID, "hello")
	w.says(w.hide("21", said.Message), "my own messages")
	w.hide("21", answer)
	w.says(w.hide("22", w.card()), "card for the moderators")
	if !w.visible(said.Message) {
		t.Error("somebody else's message was deleted")
	}
	w.clean()
}

// Rights count at the moment that a button is pressed.
func TestRightsArePressed(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.hide("21", w.ask("7", w.channel.ID, tradeQuestion))
	card := w.card()
	w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: "22"}}) // has lost the role
	w.says(w.press("22", card, "Restore"), "moderators of this server")
	w.save(func(s *store.Settings) {
		s.ModeratorRoles = []store.Role{store.Role(w.fake.SetRole(w.guild.ID, discordtest.Role{ID: "900", Name: "helpers"}).ID)}
	})
	w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: "22"}, Roles: []discordtest.ID{"900"}})
	w.has(w.press("22", card, "Keep hidden").Message().Text(), "Kept hidden by <@22>")
	w.clean()
}

// Nothing of one server is hidden, shown or noted in another.
func TestServersAreApart(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	other := w.fake.AddGuild(discordtest.Guild{Name: "Ussuri", OwnerID: "1"})
	channel := w.fake.AddChannel(discordtest.Channel{GuildID: other.ID, Name: "ask"})
	log, _ := w.staff(other.ID)
	w.fake.AddMember(other.ID, discordtest.Member{User: discordtest.User{ID: "8"}, JoinedAt: w.clock.Now().AddDate(0, 0, -1)})
	if err := w.store.SaveSettings(t.Context(), store.Server(other.ID), store.Settings{Preset: store.PresetOpen, LogChannel: store.Channel(log)}, "1"); err != nil {
		t.Fatal(err)
	}
	w.note("21", "trade#volume", "MARKER-NOTE")
	w.press("22", w.card(), "Approve")
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.has(answer.Text(), "MARKER-NOTE")
	w.hide("21", answer)

	elsewhere := w.ask("8", channel.ID, tradeQuestion)
	w.has(elsewhere.Text(), tradeAnswer)
	sources := w.outcome(w.fake.User("8").Slash(channel.ID, "sources"), nil)
	read := w.outcome(w.fake.User("8").Slash(channel.ID, "read", discordtest.Text("what", "trade#volume")), nil)
	list := w.outcome(w.fake.User("21").Slash(channel.ID, "note list"), nil)
	for _, out := range []discordtest.Outcome{sources, read, list} {
		if text := out.Message().Text(); containsAny(text, "MARKER", "Hidden on this server") {
			t.Errorf("seen in another server:\n%s", text)
		}
	}
	hides, err := w.store.Hides(t.Context(), store.Server(other.ID))
	if err != nil || len(hides) != 0 || len(w.fake.Messages(log)) != 0 {
		t.Errorf("hides %v, cards %d, err %v", hides, len(w.fake.Messages(log)), err)
	}
	w.clean()
}
