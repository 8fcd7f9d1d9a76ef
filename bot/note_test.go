package bot_test

import (
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// Correcting a fact takes three interactions: the command, the form, the second moderator's approval.
func TestNote(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	const hostile = "@everyone **since** [2024](https://evil.example) it is 245"
	w.says(w.note("21", "trade#volume", hostile), "second moderator", string(w.card().ID))
	w.has(w.card().Text(), "How much do China and Russia trade?", "<@21>")
	if w.uses(w.channel.ID, tradeQuestion, "it is 245") {
		t.Error("a proposal is shown")
	}
	w.has(w.press("22", w.card(), "Approve").Message().Text(), "Approved by <@22>")
	if len(w.card().Components) > 0 {
		t.Error("the decided card has buttons")
	}
	w.clock.Advance(time.Minute)
	answer := w.ask("7", w.channel.ID, tradeQuestion).Text()
	w.has(answer, tradeAnswer, "Server note, <t:", "it is 245")
	if strings.Index(answer, tradeAnswer) > strings.Index(answer, "Server note") {
		t.Error("the note stands before what the documents say")
	}
	for _, text := range []string{answer, w.card().Text()} {
		if containsAny(text, " @everyone", "**since**", "](https://evil.example)") {
			t.Errorf("markup of a note is live:\n%s", text)
		}
	}
	w.says(w.slash("8", "sources"), "it is 245")
	w.says(w.slash("8", "read", discordtest.Text("what", "trade#volume")), "it is 245")

	w.clock.Advance(store.NoteLasts + time.Hour)
	if w.uses(w.channel.ID, tradeQuestion, "it is 245") {
		t.Error("the note did not lapse")
	}
	w.clean()
}

// The proposer cannot be the second person, neither at once nor later, and not when another moderator is there.
func TestNoteTakesTwo(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.note("21", "trade#volume", "it is 245 now")
	card := w.card()
	out := w.press("21", card, "Approve")
	w.says(out, "second moderator has to approve")
	if len(out.Message().Components) > 0 {
		t.Error("a moderator who is no manager is offered to approve alone")
	}
	w.press("22", card, "Reject")
	w.has(w.card().Text(), "Rejected by <@22>")
	if len(w.card().Components) > 0 {
		t.Error("the decided card has buttons")
	}

	w.note("1", "trade#volume", "it is 246 now") // the owner; 21 has acted here
	w.note("21", "trade#volume", "it is 247 now")
	w.says(w.press("1", w.cards()[len(w.cards())-2], "Approve"), "second moderator has to approve")
	w.clean()
}

func TestNoteAlone(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.note("1", "trade#volume", "it is 245 now")
	offer := w.press("1", w.card(), "Approve")
	w.says(offer, "only one here")
	w.press("1", offer.Message(), "I am the only moderator: approve")
	w.has(w.card().Text(), "Approved by <@1> alone")
	w.clock.Advance(time.Minute)
	w.has(w.ask("7", w.channel.ID, tradeQuestion).Text(), "approved by one manager alone", "it is 245 now")

	// Another moderator has come: what was offered before does not hold any more.
	w.note("1", "trade#balance", "it is 3 now")
	offer = w.press("1", w.card(), "Approve")
	w.note("21", "trade#balance", "it is 4 now")
	w.says(w.press("1", offer.Message(), "I am the only moderator: approve"), "second moderator has to approve")
	w.clean()
}

func TestNoteListAndRemove(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.says(w.slash("21", "note list"), "no notes")
	w.save(func(s *store.Settings) { s.LogChannel = "" })
	w.says(w.note("21", "trade#volume", "it is 245 now"), "/note list")
	list := w.slash("22", "note list")
	w.says(list, "One note", "proposal", "it is 245 now")
	notes, err := w.store.Notes(t.Context(), store.Server(w.guild.ID))
	if err != nil || len(notes) != 1 {
		t.Fatal(notes, err)
	}
	shown := w.choose("22", list.Message(), "note-show", string(notes[0].ID))
	w.has(w.press("22", shown.Message(), "Approve").Message().Text(), "Approved by <@22>")
	w.says(w.slash("22", "note list"), "stands until")

	offered := w.outcome(w.fake.User("21").Autocomplete(w.channel.ID, "note remove", discordtest.Typing("note", "245")), nil)
	if len(offered.Choices) != 1 {
		t.Fatalf("choices: %v", offered.Choices)
	}
	w.says(w.slash("21", "note remove", discordtest.Text("note", string(notes[0].ID))), "Taken away")
	w.says(w.slash("21", "note remove", discordtest.Text("note", string(notes[0].ID))), "no such note")
	if w.uses(w.channel.ID, tradeQuestion, "it is 245") {
		t.Error("a note that was taken away is shown")
	}
	w.clean()
}

// A week before its end moderators are asked about a note, once; approved again it stands as long as before.
func TestNoteRenewed(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.note("21", "trade#volume", "it is 245 now")
	w.press("22", w.card(), "Approve")
	w.clock.Advance(store.NoteLasts - 7*24*time.Hour + time.Hour)
	for range 3 {
		if err := w.bot.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(w.cards()); n != 2 {
		t.Fatalf("%d cards, want 2", n)
	}
	w.says(w.press("21", w.card(), "Approve again"), "second moderator has to approve")
	w.press("22", w.card(), "Approve again")
	w.clock.Advance(30 * 24 * time.Hour)
	if !w.uses(w.channel.ID, tradeQuestion, "it is 245") {
		t.Error("a note that was approved again is not shown")
	}
	w.clean()
}

func TestNotesSwitchedOff(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.note("21", "trade#volume", "it is 245 now")
	w.press("22", w.card(), "Approve")
	w.save(func(s *store.Settings) { s.Notes = store.Off })
	w.says(w.slash("21", "note add", discordtest.Text("section", "trade#volume")), "switched off")
	if w.uses(w.channel.ID, tradeQuestion, "it is 245") {
		t.Error("a note is shown where notes are off")
	}
	w.save(func(s *store.Settings) { s.Notes = store.On })
	w.says(w.slash("21", "note add", discordtest.Text("section", "qqqqqq")), "nothing of that name")
	w.clean()
}

// TestNoteApprovedHalf has a process end right after a note was approved: whoever presses again tells the pins, too.
func TestNoteApprovedHalf(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	draft := w.slash("21", "summary", discordtest.Text("topic", "trade#volume"))
	w.click(draft.Message(), "draft_publish")
	w.note("21", "trade#volume", "it is 245 now")
	card := w.card()
	notes, err := w.store.Notes(t.Context(), store.Server(w.guild.ID))
	if err != nil || len(notes) != 1 {
		t.Fatal(notes, err)
	}
	if _, err := w.store.ApproveNote(t.Context(), notes[0].Server, notes[0].ID, "22", false); err != nil {
		t.Fatal(err)
	}
	w.has(w.press("22", card, "Approve").Message().Text(), "Approved by <@22>")
	if p := w.onlyPin(); p.State != store.PinStale {
		t.Errorf("the pin is %s", p.State)
	}
	w.until("the card is decided", func() bool {
		m, _ := w.fake.Message(card.ChannelID, card.ID)
		return len(m.Components) == 0
	})
	w.clean()
}
