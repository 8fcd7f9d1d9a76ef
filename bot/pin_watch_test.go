package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"amur/bot/discord"
	"amur/internal/store"
	"amur/internal/text"
)

// stalePins publishes both sections and changes a sentence of each: a figure in the north, words and a figure in the south.
func stalePins(t *testing.T) (d *desk, north, south store.Pin) {
	t.Helper()
	d = newDesk(t, library(t, twoChapters(), text.EN))
	north, south = d.publish(t, "harbours#north"), d.publish(t, "harbours#south")
	next := twoChapters()
	next[0].facts[1].number = 75
	next[1].facts[0].reworded, next[1].facts[0].number = true, 900
	d.reload(t, library(t, next, text.EN))
	return d, d.pin(t, north.ID), d.pin(t, south.ID)
}

func TestPinCardOfSeveral(t *testing.T) {
	t.Parallel()
	d, north, south := stalePins(t)
	card, body := d.board.last(t, "log")
	if got := len(d.board.in("log")); got != 1 || !strings.Contains(card.Content, "Line 1, words and figures changed: 812 tonnes → 900 tonnes") || !strings.Contains(card.Content, "only figures changed") {
		t.Fatalf("%d cards, the last: %s", got, card.Content)
	}
	done := d.pressOn(t, card, body, "pin_figures")
	if d.pin(t, north.ID).State != store.PinFresh || d.pin(t, south.ID).State != store.PinStale {
		t.Errorf("after updating all with other figures: north %s, south %s", d.pin(t, north.ID).State, d.pin(t, south.ID).State)
	}
	card.Content = done.Body.Content
	if ids := customIDs(done.Body); !slices.Contains(ids, "pin_keep:"+string(south.ID)) || strings.Contains(strings.Join(ids, " "), string(north.ID)) {
		t.Errorf("left on the card: %q", ids)
	}
	done = d.pressOn(t, card, done.Body, "pin_keep")
	kept := d.pin(t, south.ID)
	if kept.State != store.PinFresh || !kept.Lines[0].ModeratorsWords || kept.Lines[1].ModeratorsWords {
		t.Errorf("kept: %+v", kept)
	}
	if m := d.board.in("c")[1]; !strings.Contains(m.Content, "(moderators' words)") {
		t.Errorf("the pin does not say whose words they are: %s", m.Content)
	}
	if len(done.Body.Components) != 0 || strings.Count(done.Body.Content, "<@mod>") != 2 {
		t.Errorf("the card at the end: %+v", done.Body)
	}
}

// A card never breaks a limit, however much has changed.
func TestPinCardIsSplit(t *testing.T) {
	t.Parallel()
	var old, next []chapter
	for i := range 30 {
		c := chapter{slug: "s" + strings.Repeat("x", i), heading: "What was shipped? " + strings.Repeat("A long heading. ", 6)}
		for j := range 3 {
			c.facts = append(c.facts, fact{who: "Harbour " + strings.Repeat("Q", i+1), what: "coal " + strings.Repeat("lump ", 20), number: 100 + j*7})
		}
		old = append(old, c)
		c.facts = slices.Clone(c.facts)
		for j := range c.facts {
			c.facts[j].number += 500
		}
		next = append(next, c)
	}
	d := newDesk(t, library(t, old, text.EN))
	for _, c := range old {
		d.publish(t, "harbours#"+c.slug)
	}
	d.reload(t, library(t, next, text.EN))
	cards := d.board.in("log") // the board refuses messages that are too long
	all := ""
	for _, m := range cards {
		all += m.Content + "\n"
	}
	if got := strings.Count(all, "only figures changed"); got != 90 {
		t.Errorf("%d lines are accounted for on %d messages, want 90", got, len(cards))
	}
	offered := 0
	for _, m := range cards {
		offered += len(options(d.board.bodies[m.ID]))
	}
	if offered != 30 {
		t.Errorf("%d pins can be decided on, want 30", offered)
	}
}

// After seven days without a decision the pin itself says so, until there is one.
func TestPinUnderReview(t *testing.T) {
	t.Parallel()
	d, north, _ := stalePins(t)
	d.clock.pass(6 * 24 * time.Hour)
	d.tend(t)
	if m := d.board.in("c")[0]; strings.Contains(m.Content, "under review") {
		t.Errorf("after six days: %s", m.Content)
	}
	d.clock.pass(25 * time.Hour)
	d.tend(t)
	m := d.board.in("c")[0]
	if want := "Sources for line 2 changed on <t:"; !strings.Contains(m.Content, want) || !strings.HasSuffix(m.Content, "; under review.") {
		t.Errorf("after seven days, want %q: %s", want, m.Content)
	}
	edits := d.board.edits
	d.tend(t)
	if d.board.edits != edits || d.pin(t, north.ID).State != store.PinReview {
		t.Errorf("tended again: %d edits, %s", d.board.edits-edits, d.pin(t, north.ID).State)
	}
	d.reload(t, library(t, twoChapters(), text.EN)) // the documents are as they were
	if m := d.board.in("c")[0]; strings.Contains(m.Content, "under review") || d.pin(t, north.ID).State != store.PinFresh {
		t.Errorf("with the old documents back it is %s: %s", d.pin(t, north.ID).State, m.Content)
	}
}

func (d *desk) tend(t *testing.T) {
	t.Helper()
	if err := d.bot.TendPins(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// However a pin gets lost, it is noticed and can be brought back.
func TestPinLost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		lose func(t *testing.T, d *desk, p store.Pin)
		card string
	}{
		{"deleted", func(t *testing.T, d *desk, p store.Pin) {
			if err := d.board.Delete(t.Context(), "c", discord.MessageID(p.Message)); err != nil {
				t.Fatal(err)
			}
			d.bot.Handler().MessageDeleted(t.Context(), "g", "c", []discord.MessageID{"other", discord.MessageID(p.Message)})
		}, "was deleted"},
		{"unpinned", func(t *testing.T, d *desk, p store.Pin) {
			if err := d.board.Unpin(t.Context(), "c", discord.MessageID(p.Message), ""); err != nil {
				t.Fatal(err)
			}
			d.bot.Handler().PinsChanged(t.Context(), "g", "c")
		}, "unpinned by hand"},
		{"unpinned, told by an edit", func(t *testing.T, d *desk, p store.Pin) {
			if err := d.board.Unpin(t.Context(), "c", discord.MessageID(p.Message), ""); err != nil {
				t.Fatal(err)
			}
			d.bot.Handler().MessageEdited(t.Context(), discord.Message{ID: discord.MessageID(p.Message), Channel: "c", Guild: "g"})
		}, "unpinned by hand"},
		{"unpinned while the bot was away", func(t *testing.T, d *desk, p store.Pin) {
			if err := d.board.Unpin(t.Context(), "c", discord.MessageID(p.Message), ""); err != nil {
				t.Fatal(err)
			}
			for range 36 { // six hours
				d.tend(t)
			}
		}, "unpinned by hand"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, library(t, twoChapters(), text.EN))
			p := d.publish(t, "harbours#north")
			tt.lose(t, d, p)
			if got := d.pin(t, p.ID); got.State != store.PinLost {
				t.Fatalf("it is %s", got.State)
			}
			card, body := d.board.last(t, "log")
			if !strings.Contains(card.Content, tt.card) {
				t.Errorf("the card says %q, want %q", card.Content, tt.card)
			}
			d.pressOn(t, card, body, "pin_again")
			pins := d.pins(t)
			if len(pins) != 1 || pins[0].State != store.PinFresh {
				t.Fatalf("pinned again: %+v", pins)
			}
			if m := d.board.in("c"); len(m) != 1 || !m[0].Pinned {
				t.Errorf("messages %+v", m)
			}
		})
	}
}

func TestPinChannelDeleted(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	p := d.publish(t, "harbours#north")
	d.board.gone["c"] = true
	d.bot.Handler().ChannelDeleted(t.Context(), "g", "c")
	if got := d.pin(t, p.ID); got.State != store.PinLost {
		t.Errorf("it is %s", got.State)
	}
	card, body := d.board.last(t, "log")
	if said := d.pressOn(t, card, body, "pin_again"); !strings.Contains(said.Body.Content, "deleted") {
		t.Errorf("pinned again in a channel that is gone, it says %q", said.Body.Content)
	}
	d.pressOn(t, card, body, "pin_forget")
	if got := d.pins(t); len(got) != 0 {
		t.Errorf("forgotten, there is %+v", got)
	}
}

// A channel that the bot may not read is no proof that a pin is gone.
func TestPinUnreadable(t *testing.T) {
	t.Parallel()
	for _, code := range []int{50001, 50013} {
		d := newDesk(t, library(t, twoChapters(), text.EN))
		p := d.publish(t, "harbours#north")
		d.board.pins["c"] = nil // as without the right to read the history
		d.board.fail = func(call string) error {
			if call == "Get" {
				return refusal(code)
			}
			return nil
		}
		d.bot.Handler().PinsChanged(t.Context(), "g", "c")
		if got := d.pin(t, p.ID); got.State != store.PinFresh {
			t.Errorf("with %d it is %s", code, got.State)
		}
	}
}

// Hidden passages and notes make the pins that rest on them stale, in their server.
func TestPinPassagesChanged(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	north, south := d.publish(t, "harbours#north"), d.publish(t, "harbours#south")
	hash := north.Lines[0].Citations[0].Hash
	tell := func(why string) {
		t.Helper()
		if err := d.bot.PassagesChanged(t.Context(), "g", []string{hash}, why); err != nil {
			t.Fatal(err)
		}
	}
	states := func(want store.PinState) {
		t.Helper()
		if got := d.pin(t, north.ID); got.State != want || got.Lines[1].Stale || d.pin(t, south.ID).State != store.PinFresh {
			t.Errorf("north is %s, want %s; south is %s", got.State, want, d.pin(t, south.ID).State)
		}
	}
	tell("noted")
	states(store.PinStale)
	d.reload(t, library(t, twoChapters(), text.EN)) // a note stays
	states(store.PinStale)
	tell("note removed")
	states(store.PinFresh)

	h, _, err := d.store.AddHide(t.Context(), store.Hide{Server: "g", Answer: "a", By: "mod", Passages: []store.HiddenPassage{
		{Passage: north.Lines[0].Citations[0].Passage, Section: "harbours#north", Hash: hash},
	}})
	if err != nil {
		t.Fatal(err)
	}
	tell("hidden")
	states(store.PinStale)
	card, body := d.board.last(t, "log")
	if !strings.Contains(card.Content, "moderators have hidden") {
		t.Errorf("the card says %s", card.Content)
	}
	d.pressOn(t, card, body, "pin_update")
	if got := d.pin(t, north.ID); len(got.Lines) != 2 || got.State != store.PinFresh {
		t.Errorf("updated without what is hidden: %+v", got.Lines)
	}
	if err := d.store.RestoreHide(t.Context(), "g", h.ID); err != nil {
		t.Fatal(err)
	}
	tell("restored")
	states(store.PinFresh)
}
