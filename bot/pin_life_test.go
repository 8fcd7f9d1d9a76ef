package bot_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"amur/bot/discord"
	"amur/internal/store"
	"amur/internal/text"
)

func twoChapters() []chapter {
	return []chapter{
		{slug: "north", heading: "What did the north ship?", facts: []fact{
			{who: "Murmansk", what: "coal", number: 300}, {who: "Magadan", what: "fish", number: 70}, {who: "Vanino", what: "timber", number: 41},
		}},
		{slug: "south", heading: "What did the south ship?", facts: []fact{
			{who: "Ningbo", what: "machinery", number: 812}, {who: "Xiamen", what: "grain", number: 55},
		}},
	}
}

// One number changes: exactly the pins that rest on it are stale, the card names the line, Update edits in place.
func TestPinLife(t *testing.T) {
	t.Parallel()
	old := twoChapters()
	d := newDesk(t, library(t, old, text.EN))
	north, south := d.publish(t, "harbours#north"), d.publish(t, "harbours#south")
	if m, _ := d.board.last(t, "c"); !m.Pinned || string(m.ID) != string(south.Message) || !strings.Contains(m.Content, "2. Xiamen shipped 55 tonnes") {
		t.Fatalf("the second pin is %+v", m)
	}

	next := twoChapters()
	next[0].facts[1].number = 75
	d.reload(t, library(t, next, text.EN))
	north, south = d.pin(t, north.ID), d.pin(t, south.ID)
	if north.State != store.PinStale || south.State != store.PinFresh {
		t.Errorf("north is %s, south is %s, want stale and fresh", north.State, south.State)
	}
	if north.Lines[0].Stale || !north.Lines[1].Stale || north.Lines[2].Stale {
		t.Errorf("stale lines of north: %+v", north.Lines)
	}
	card, body := d.board.last(t, "log")
	for _, want := range []string{"Line 2, only figures changed: 70 tonnes → 75 tonnes.", "Was: “Magadan shipped 70", "Now: “Magadan shipped 75"} {
		if !strings.Contains(card.Content, want) {
			t.Errorf("the card lacks %q:\n%s", want, card.Content)
		}
	}

	done := d.pressOn(t, card, body, "pin_update")
	if done.Kind != discord.RespondUpdate || len(done.Body.Components) != 0 || !strings.Contains(done.Body.Content, "updated · <@mod>") {
		t.Errorf("the card became %+v", done)
	}
	updated := d.pin(t, north.ID)
	if updated.State != store.PinFresh || updated.Message != north.Message || updated.Lines[1].Text != "Magadan shipped 75 tonnes of fish in the whole year." {
		t.Errorf("updated: %+v", updated)
	}
	if m := d.board.in("c"); len(m) != 2 || !strings.Contains(m[0].Content, "Magadan shipped 75 tonnes") || !m[0].Pinned {
		t.Errorf("in the channel: %+v", m)
	}
	d.reload(t, library(t, next, text.EN))
	if got := d.pin(t, north.ID); got.State != store.PinFresh || len(d.board.in("log")) != 1 {
		t.Errorf("a reload of the same made it %s, with %d cards", got.State, len(d.board.in("log")))
	}
	events, err := d.store.PinHistory(t.Context(), "g", north.ID)
	if err != nil {
		t.Fatal(err)
	}
	var history []string
	for _, e := range events {
		history = append(history, e.What+" by "+string(e.Who))
	}
	if got, want := strings.Join(history, ", "), "published by mod, stale by , updated by mod"; got != want {
		t.Errorf("history %q, want %q", got, want)
	}
}

// 50 rounds of random documents, each edited twice at random: no false stale pin, no missed one, Update edits in place.
func TestPinRounds(t *testing.T) {
	t.Parallel()
	old := chapters().Example(1)
	d := newDesk(t, library(t, old, text.EN))
	compared := 0
	for round := range 50 {
		old := chapters().Example(round)
		d.start(t, library(t, old, text.EN))
		var pins []store.Pin
		for _, c := range old {
			pins = append(pins, d.publish(t, "harbours#"+c.slug))
		}
		for again := range 2 {
			edit := rapid.Custom(func(t *rapid.T) change { return changed(t, old) }).Example(2*round + again)
			if len(edit.chapters) == 0 {
				break
			}
			before := map[store.PinID]store.Pin{}
			for _, p := range pins {
				before[p.ID] = d.pin(t, p.ID)
			}
			now := library(t, edit.chapters, text.EN)
			if (round+again)%2 == 0 {
				d.reload(t, now)
			} else { // changed while the bot was away
				d.start(t, now)
				if err := d.bot.ResumePins(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for _, p := range pins {
				compared += d.compare(t, before[p.ID], edit, old)
			}
			old = edit.chapters
		}
		if got := len(d.board.pins["c"]); got != len(pins) || len(d.board.in("c")) != got {
			t.Errorf("round %d: %d messages, %d of them pinned, want %d", round, len(d.board.in("c")), got, len(pins))
		}
		for _, p := range pins {
			d.press(t, d.press(t, d.command(t, "pins").Body, "pin_show", string(p.ID)).Body, "pin_unpin")
			if err := d.board.Delete(t.Context(), "c", discord.MessageID(p.Message)); err != nil {
				t.Error(err)
			}
		}
	}
	if compared < 300 {
		t.Errorf("%d lines were compared, too few to say anything", compared)
	}
}

// compare checks what an edit has made of a pin, and settles it. It returns how many lines it has looked at.
func (d *desk) compare(t *testing.T, was store.Pin, edit change, old []chapter) int {
	t.Helper()
	changed := map[string]bool{}
	for _, c := range old {
		for _, f := range c.facts {
			changed[f.text(text.EN)] = edit.was[f] != "same"
		}
	}
	is := d.pin(t, was.ID)
	stale := false
	for i, line := range is.Lines {
		want := changed[was.Lines[i].Text] && !was.Lines[i].ModeratorsWords
		if line.Stale != want {
			t.Fatalf("line %q is stale: %v, want %v", line.Text, line.Stale, want)
		}
		stale = stale || want
	}
	if stale != (is.State == store.PinStale) {
		t.Fatalf("the pin is %s, want stale: %v", is.State, stale)
	}
	if stale {
		d.settle(t, is)
		if got := d.pin(t, is.ID); got.Message != was.Message {
			t.Fatalf("the message was %s and is %s", was.Message, got.Message)
		}
	}
	return len(is.Lines)
}

// settle updates a stale pin from the list or, where nothing would be left of it, keeps it.
func (d *desk) settle(t testing.TB, p store.Pin) {
	t.Helper()
	list := d.command(t, "pins")
	shown := d.press(t, list.Body, "pin_show", string(p.ID))
	done := d.press(t, shown.Body, "pin_update")
	if d.pin(t, p.ID).State == store.PinFresh {
		return
	}
	if !strings.Contains(done.Body.Content, "Nothing would be left") {
		t.Fatalf("not updated: %q", done.Body.Content)
	}
	d.press(t, done.Body, "pin_keep")
	if got := d.pin(t, p.ID); got.State != store.PinFresh {
		t.Fatalf("neither updated nor kept: %+v", got)
	}
}
