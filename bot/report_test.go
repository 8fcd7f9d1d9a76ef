package bot_test

import (
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

func TestReports(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.says(w.report("7", answer, "wrong"), "Thank you")
	w.says(w.report("7", answer, "wrong"), "Thank you") // counts once
	w.report("8", answer, "wrong")
	if n := len(w.cards()); n != 1 {
		t.Fatalf("%d cards for equal reports", n)
	}
	w.has(w.card().Text(), "Report: wrong", "2 members", string(answer.ID))
	w.report("8", answer, "outdated")
	if n := len(w.cards()); n != 2 {
		t.Fatalf("%d cards for reports of two kinds", n)
	}

	outdated, wrong := w.card(), w.cards()[0]
	one, two := w.pressed("21", outdated, "Dismiss"), w.pressed("22", outdated, "Dismiss") // at once
	w.says(w.outcome(one, nil))
	w.says(w.outcome(two, nil))
	w.has(w.card().Text(), "Dismissed by <@2")
	w.report("7", answer, "outdated")
	if w.has(w.card().Text(), "Dismissed by <@2"); len(w.card().Components) > 0 {
		t.Error("a report has opened a closed card")
	}

	w.says(w.press("22", wrong, "Hide answer"), "Taken away")
	w.has(w.cards()[0].Text(), "Handled by <@22>")
	if w.visible(answer) {
		t.Error("the answer still stands")
	}
	w.clean()
}

// A note from a report: press, form, and the second moderator; the card is handled with it.
func TestNoteFromReport(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, "How long is the border between China and Russia?")
	w.report("7", answer, "wrong")
	report := w.card()
	var form *discordtest.Interaction
	if report.Button("Write a note") != nil {
		form = w.pressed("21", report, "Write a note")
	} else {
		menu := report.Components[1].Components[0]
		form = w.fake.User("21").Select(w.log, report.ID, menu.CustomID, menu.Options[0].Value)
	}
	w.says(w.submit("21", form, discordtest.Field{CustomID: "text", Value: "the border is longer"}), "Proposed")
	w.has(w.cards()[0].Text(), "Handled by <@21>")
	w.press("22", w.card(), "Approve")
	w.clock.Advance(time.Minute)
	w.has(w.ask("8", w.channel.ID, "How long is the border between China and Russia?").Text(), "the border is longer")
	w.clean()
}

// Telling the moderators takes one interaction.
func TestTellModerators(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	refusal := w.slash("7", "ask", discordtest.Text("question", "How high is the tallest building of Vladivostok?"))
	if !refusal.Private {
		t.Fatalf("no refusal: %s", refusal.Message().Text())
	}
	w.says(w.press("7", refusal.Message(), "Tell the moderators"), "Thank you")
	w.has(w.card().Text(), "not answered", "tallest building")
	if w.card().Button("Hide answer") != nil {
		t.Error("there is nothing to hide")
	}
	w.press("21", w.card(), "Dismiss")
	w.has(w.card().Text(), "Dismissed by <@21>")
	w.clean()
}

// A log channel that the bot may not write to loses no report.
func TestReportWithClosedLog(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.fake.SetOverwrite(w.log, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.ViewChannel})
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.says(w.report("7", answer, "wrong"), "Thank you")
	cards, err := w.store.Cards(t.Context(), store.Server(w.guild.ID))
	if err != nil || len(cards) != 1 || cards[0].Message != "" {
		t.Fatal(cards, err)
	}
	w.says(w.slash("21", "insights"), "Reported: 1", "wait for a decision: 1")
}
