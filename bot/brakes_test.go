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

func TestPause(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	other := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "other"})
	w.says(w.slash("21", "pause", discordtest.Number("minutes", 30), discordtest.Text("channel", string(w.channel.ID))), "Paused for <#")
	w.has(w.card().Text(), "<@21>", "paused me")
	out := w.slash("7", "ask", discordtest.Text("question", tradeQuestion))
	w.says(out, "paused me here", "<t:")
	if !w.uses(other.ID, tradeQuestion, tradeAnswer) {
		t.Error("the other channel is paused too")
	}
	w.clock.Advance(30 * time.Minute)
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("the pause did not end")
	}

	w.says(w.slash("21", "pause"), "the whole server")
	if w.uses(other.ID, tradeQuestion, tradeAnswer) {
		t.Error("the server is not paused")
	}
	w.says(w.slash("7", "read", discordtest.Text("what", "trade#volume")), tradeAnswer)
	w.says(w.slash("22", "pause", discordtest.Number("minutes", 0)), "is over")
	if !w.uses(other.ID, tradeQuestion, tradeAnswer) {
		t.Error("the pause was not ended")
	}
	w.clean()
}

func TestBlock(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: "50", Username: "helper", Bot: true}})
	for who, want := range map[discordtest.ID]string{"22": "Moderators cannot", "1": "Moderators cannot", "50": "Bots are not", w.fake.BotID(): "Bots are not"} {
		w.says(w.slash("21", "block", discordtest.Text("member", string(who))), want)
	}
	w.says(w.slash("21", "block", discordtest.Text("member", "8"), discordtest.Number("days", 2)), "<@8>", "until <t:")
	w.says(w.slash("8", "ask", discordtest.Text("question", tradeQuestion)), "blocked you", "<t:")
	w.has(w.ask("7", w.channel.ID, tradeQuestion).Text(), tradeAnswer)
	w.clock.Advance(48 * time.Hour)
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("the block did not end")
	}
	w.slash("21", "block", discordtest.Text("member", "8"))
	w.clock.Advance(365 * 24 * time.Hour)
	w.says(w.slash("8", "ask", discordtest.Text("question", tradeQuestion)), "blocked you")
	w.says(w.slash("22", "unblock", discordtest.Text("member", "8")), "answered again")
	if !w.uses(w.channel.ID, tradeQuestion, tradeAnswer) {
		t.Error("the block was not ended")
	}
	w.clean()
}

// Groups of fewer than five askers are counted, not shown; nobody is named, and private questions are not there at all.
func TestInsights(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, func(o *bot.Options) {
		edition := *o.Edition
		edition.Embedder = opened(t).model
		o.Edition = &edition
	})
	w.save(func(s *store.Settings) { s.Insights, s.RetentionDays = true, 30 })
	server := store.Server(w.guild.ID)
	add := func(asker, text, outcome string) {
		t.Helper()
		q := store.Question{Server: server, Text: text, Asker: store.Member(asker), Outcome: outcome, Language: "en", Created: w.clock.Now()}
		if err := w.store.AddQuestion(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	same := []string{
		"How high is the tallest building in Moscow?", "How tall is the highest building in Moscow?", "What is the height of Moscow's tallest building?",
		"What height does the tallest building in Moscow have?", "how tall is the tallest building in Moscow",
	}
	for i, text := range same[:4] {
		add(string(rune('a'+i)), text, "refused")
	}
	add("a", same[4], "refused") // the same person again
	add("z", "Who won the ice hockey match SECRET-MARKER yesterday?", "refused")
	add("y", "How big is trade between China and Russia? ANSWERED-MARKER", "answered")
	out := w.slash("21", "insights")
	w.says(out, "6 more questions, not shown because fewer than 5")
	if containsAny(out.Message().Text(), "building", "MARKER") {
		t.Errorf("shown although few have asked:\n%s", out.Message().Text())
	}
	add("e", "How tall is Moscow's tallest building @everyone?", "refused")
	out = w.slash("21", "insights")
	w.says(out, "tallest building", "5 members", "One more question")
	if containsAny(out.Message().Text(), "MARKER", "<@", " @everyone") {
		t.Errorf("shown:\n%s", out.Message().Text())
	}

	for _, user := range []discordtest.ID{"7", "8"} {
		w.slash(user, "ask", discordtest.Text("question", tradeQuestion))
	}
	w.slash("21", "ask", discordtest.Text("question", "Who won the cup PRIVATE-MARKER yesterday?"), discordtest.Truth("private", true))
	out = w.slash("21", "insights", discordtest.Number("days", 7))
	w.says(out, "The last 7 days", "Asked: 3. Not answered: 1.")
	kept, err := w.store.Questions(t.Context(), server, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(kept, func(q store.Question) bool { return strings.Contains(q.Text, "PRIVATE-MARKER") }) {
		t.Error("a private question was kept")
	}
	w.clock.Advance(31 * 24 * time.Hour)
	w.says(w.slash("21", "insights", discordtest.Number("days", 90)), "No public question was left unanswered")
	w.clean()
}

// Without anything that compares meanings, questions of the same words are one group.
func TestInsightsByWords(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.Insights = true })
	for asker, text := range map[store.Member]string{
		"a": "How high is the tallest building in Moscow?", "b": "how high is the tallest building in moscow", "c": "How high is tallest building in Moscow?",
		"d": "How high is the tallest bulding in Moscow?", "e": "How high is the tallest building in Moscow", "f": "When is the next cup?",
	} {
		q := store.Question{Server: store.Server(w.guild.ID), Text: text, Asker: asker, Outcome: "refused", Language: "en"}
		if err := w.store.AddQuestion(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	w.says(w.slash("21", "insights"), "5 members", "One more question")
	w.clean()
}
