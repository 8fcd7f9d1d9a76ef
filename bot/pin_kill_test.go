package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"amur/bot/discord"
	"amur/internal/store"
	"amur/internal/text"
)

// dieAt makes everything fail from a moment on, as when the process is killed there.
func (b *board) dieAt(moment string) {
	dead := false
	b.fail = func(call string) error {
		dead = dead || call == moment
		if dead {
			return errors.New("killed")
		}
		return nil
	}
}

// A process that is killed between any two steps of publishing goes on where it was, and posts nothing twice.
func TestPinKilled(t *testing.T) {
	t.Parallel()
	for _, moment := range []string{"Send", "Send done", "Pin", "Pin done"} {
		for _, again := range []string{"at the start", "later", "pressed again"} {
			t.Run(moment+" "+again, func(t *testing.T) {
				t.Parallel()
				base := library(t, twoChapters(), text.EN)
				d := newDesk(t, base)
				draft := d.command(t, "summary", "topic", "harbours#north")
				d.board.dieAt(moment)
				if said := d.press(t, draft.Body, "draft_publish"); !strings.Contains(said.Body.Content, "Something broke") {
					t.Fatalf("killed, it says %q", said.Body.Content)
				}
				d.board.fail = nil
				if again == "later" {
					d.clock.pass(time.Hour)
				}
				d.start(t, base)
				switch {
				case again == "pressed again":
					d.press(t, draft.Body, "draft_publish")
					fallthrough
				default:
					if err := d.bot.ResumePins(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				inChannel, pins := d.board.in("c"), d.pins(t)
				if again == "later" && strings.HasPrefix(moment, "Send") {
					if len(pins) != 0 || len(inChannel) > 1 || len(d.board.in("log")) != 1 {
						t.Errorf("%d pins, %d messages, %d cards, want none, no second one, and a card", len(pins), len(inChannel), len(d.board.in("log")))
					}
					return
				}
				if len(pins) != 1 || len(inChannel) != 1 || !inChannel[0].Pinned || pins[0].State != store.PinFresh ||
					string(pins[0].Message) != string(inChannel[0].ID) {
					t.Errorf("pins %+v, messages %+v", pins, inChannel)
				}
				if pending, err := d.store.PendingPins(t.Context()); err != nil || len(pending) != 0 {
					t.Errorf("pending %v, %v", pending, err)
				}
				d.press(t, draft.Body, "draft_publish")
				if got := len(d.board.in("c")); got != 1 {
					t.Errorf("pressed once more: %d messages", got)
				}
			})
		}
	}
}

// What Discord refuses is explained privately, and nothing is left half done.
func TestPinRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, call string
		code       int
		want       string
	}{
		{"no right to send", "Send", 50013, "Allow me Pin Messages and Send Messages"},
		{"no access", "Send", 50001, "I cannot see <#c> any more"},
		{"channel gone", "Send", 10003, "That channel is deleted"},
		{"no right to pin", "Pin", 50013, "Allow me Pin Messages and Send Messages"},
		{"deleted before it was pinned", "Pin", 10008, "That message is deleted"},
		{"full of others' pins", "Pin", 30003, "none of them is mine"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, library(t, twoChapters(), text.EN))
			draft := d.command(t, "summary", "topic", "harbours#north")
			d.board.fail = func(call string) error {
				if call == tt.call {
					return refusal(tt.code)
				}
				return nil
			}
			said := d.press(t, draft.Body, "draft_publish")
			if !strings.Contains(said.Body.Content, tt.want) || !said.Body.Private {
				t.Errorf("it says %q (private: %v), want %q", said.Body.Content, said.Body.Private, tt.want)
			}
			d.board.fail = nil
			pending, err := d.store.PendingPins(t.Context())
			if err != nil || len(pending) != 0 || len(d.pins(t)) != 0 || len(d.board.in("c")) != 0 {
				t.Errorf("left: pending %v, pins %v, messages %v, %v", pending, d.pins(t), d.board.in("c"), err)
			}
			d.press(t, draft.Body, "draft_publish") // the draft is still there
			if got := d.pins(t); len(got) != 1 {
				t.Errorf("afterwards it cannot be published: %v", got)
			}
		})
	}
}

// A full channel offers which pin of ours goes.
func TestPinFull(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	d.board.limit = 1
	north := d.publish(t, "harbours#north")
	draft := d.command(t, "summary", "topic", "harbours#south")
	full := d.press(t, draft.Body, "draft_publish")
	if !strings.Contains(full.Body.Content, "Choose one of mine to unpin") || len(d.board.in("c")) != 1 {
		t.Fatalf("it says %q, with %d messages", full.Body.Content, len(d.board.in("c")))
	}
	done := d.press(t, full.Body, "draft_room", options(full.Body)[0])
	pins := d.pins(t)
	if len(pins) != 1 || pins[0].ID == north.ID || pins[0].State != store.PinFresh {
		t.Errorf("after %q: %+v", done.Body.Content, pins)
	}
	if m := d.board.in("c"); len(m) != 2 || m[0].Pinned || !m[1].Pinned {
		t.Errorf("messages %+v", m)
	}
}

func TestPinWithoutRights(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	draft := d.command(t, "summary", "topic", "harbours#north")
	said := d.pressWith(t, draft.Body, "draft_publish", everything&^(1<<3|1<<51))
	if want := "I lack: Pin Messages"; !strings.Contains(said.Body.Content, want) || len(d.board.in("c")) != 0 {
		t.Errorf("it says %q, want %q", said.Body.Content, want)
	}
}

// A decision that is broken off is made again by pressing again; a card that could not be posted comes later, once.
func TestPinDecisionKilled(t *testing.T) {
	t.Parallel()
	for _, moment := range []string{"Get", "Edit", "Edit done"} {
		t.Run(moment, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, library(t, twoChapters(), text.EN))
			p := d.publish(t, "harbours#north")
			next := twoChapters()
			next[0].facts[1].number = 75
			now := library(t, next, text.EN)

			d.board.dieAt("Send")
			if err := d.bot.Reload(t.Context(), d.edition(t, now)); err == nil {
				t.Error("a card that was not posted is no error")
			}
			d.board.fail = nil
			if got := d.pin(t, p.ID); got.State != store.PinStale || len(d.board.in("log")) != 0 {
				t.Fatalf("without a card it is %s", got.State)
			}
			d.start(t, now)
			if err := d.bot.ResumePins(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.tend(t)
			if got := len(d.board.in("log")); got != 1 {
				t.Fatalf("%d cards, want 1", got)
			}

			card, body := d.board.last(t, "log")
			d.board.dieAt(moment)
			d.pressOn(t, card, body, "pin_update")
			d.board.fail = nil
			if got := d.pin(t, p.ID); got.State != store.PinStale {
				t.Errorf("broken off, it is %s", got.State)
			}
			d.start(t, now)
			d.pressOn(t, card, body, "pin_update")
			if got := d.pin(t, p.ID); got.State != store.PinFresh || got.Message != p.Message {
				t.Errorf("pressed again: %+v", got)
			}
			if m := d.board.in("c"); len(m) != 1 || !strings.Contains(m[0].Content, "shipped 75 tonnes") {
				t.Errorf("in the channel: %+v", m)
			}
		})
	}
}

// A second person who decides at the same time does not undo the first.
func TestPinDecidedTwice(t *testing.T) {
	t.Parallel()
	d, north, _ := stalePins(t)
	list := d.command(t, "pins")
	shown := d.press(t, list.Body, "pin_show", string(north.ID))
	d.press(t, shown.Body, "pin_update")
	edits := d.board.edits
	if again := d.press(t, shown.Body, "pin_keep"); d.pin(t, north.ID).State != store.PinFresh || strings.Contains(again.Body.Content, "Kept") {
		t.Errorf("decided again: %s, %s", d.pin(t, north.ID).State, again.Body.Content)
	}
	if m := d.board.in("c")[0]; !strings.Contains(m.Content, "75 tonnes") || d.board.edits != edits {
		t.Errorf("after %d more edits: %s", d.board.edits-edits, m.Content)
	}
}

// A pin that changes again while its card waits gets a new card; the old card still works, and stays what it is.
func TestPinOldCard(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	p := d.publish(t, "harbours#north")
	next := twoChapters()
	next[0].facts[1].number = 75
	d.reload(t, library(t, next, text.EN))
	old, body := d.board.last(t, "log")
	next[0].facts[1].number = 76
	d.reload(t, library(t, next, text.EN))
	if card, _ := d.board.last(t, "log"); card.ID == old.ID || !strings.Contains(card.Content, "70 tonnes → 76 tonnes") {
		t.Fatalf("the second card: %s", card.Content)
	}
	said := d.pressOn(t, old, body, "pin_update")
	if said.Kind != discord.RespondMessage || !said.Body.Private || d.pin(t, p.ID).Lines[1].Text != next[0].facts[1].text(text.EN) {
		t.Errorf("from the old card: %+v, the pin %+v", said, d.pin(t, p.ID).Lines)
	}
	if now := d.board.in("log"); now[0].Content != old.Content || !strings.Contains(now[1].Content, "updated · <@mod>") {
		t.Errorf("the cards: %+v", now)
	}
}
