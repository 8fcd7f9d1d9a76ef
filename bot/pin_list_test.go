package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
	"amur/bot/discord"
	"amur/bot/markup"
	"amur/internal/store"
	"amur/internal/text"
)

// publishIn pins a summary in another channel.
func (d *desk) publishIn(t *testing.T, channel discord.ChannelID, section string) {
	t.Helper()
	at := discord.Channel{ID: channel, Guild: "g", Type: discord.GuildText}
	draft := d.do(t, discord.Interaction{
		Kind: discord.CommandInteraction, Command: "summary", Channel: at, Options: []discord.Option{{Name: "topic", Value: section}},
	})
	d.pressOn(t, discord.Message{ID: "private", Flags: 64, Channel: channel}, draft.Body, "draft_publish")
}

// The list has the pins of the channels that the moderator can read, and says which are not the bot's.
func TestPinsShowsWhatCanBeRead(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	d.publishIn(t, "c", "harbours#north")
	d.publishIn(t, "other", "harbours#north")
	d.publishIn(t, "secret", "harbours#south")
	d.board.messages = append(d.board.messages, discord.Message{ID: "theirs", Channel: "c", Author: discord.User{ID: "5"}, Content: "Rules"})
	if err := d.board.Pin(t.Context(), "c", "theirs", ""); err != nil {
		t.Fatal(err)
	}
	list := d.do(t, discord.Interaction{
		Kind: discord.CommandInteraction, Command: "pins", Member: discord.Member{User: discord.User{ID: "mod"}, Permissions: discord.ManageMessages},
	})
	said := list.Body.Content
	if !list.Body.Private || !strings.Contains(said, "2 pins of mine") || strings.Contains(said, "secret") || !strings.Contains(said, "<#other>") {
		t.Errorf("the list: %s", said)
	}
	if !strings.Contains(said, "Not mine: 1 other pin") || !strings.Contains(said, "/theirs") {
		t.Errorf("the list does not tell what is not ours: %s", said)
	}
	inSecret := d.do(t, discord.Interaction{
		Kind: discord.CommandInteraction, Command: "pins", Channel: discord.Channel{ID: "secret", Guild: "g"},
	})
	if !strings.Contains(inSecret.Body.Content, "3 pins of mine") {
		t.Errorf("in the channel itself: %s", inSecret.Body.Content)
	}
}

func TestPinsPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	for _, c := range []discord.ChannelID{"c", "d", "e", "f", "g1", "h", "i"} {
		d.publishIn(t, c, "harbours#north")
	}
	first := d.command(t, "pins")
	second := d.press(t, first.Body, "pin_page:1")
	if a, b := options(first.Body), options(second.Body); len(a) != 5 || len(b) != 2 || slices.Contains(a, b[0]) {
		t.Errorf("pages %q and %q", a, b)
	}
	shown := d.press(t, second.Body, "pin_show", options(second.Body)[0])
	history := d.press(t, shown.Body, "pin_history")
	if !strings.Contains(history.Body.Content, "published · <@mod>") {
		t.Errorf("history: %s", history.Body.Content)
	}
	if again := d.press(t, d.press(t, history.Body, "pin_show").Body, "pin_refresh"); !strings.Contains(again.Body.Content, "up to date") {
		t.Errorf("refreshed: %s", again.Body.Content)
	}
}

// A draft is its author's, is listed, and is brought up to date when the documents have changed meanwhile.
func TestDrafts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, library(t, twoChapters(), text.EN))
	d.command(t, "summary", "topic", "harbours#north")
	drafts := d.press(t, d.command(t, "pins").Body, "pin_drafts")
	ids := options(drafts.Body)
	if len(ids) != 1 {
		t.Fatalf("drafts: %+v", drafts.Body)
	}
	stolen := d.do(t, discord.Interaction{
		Kind: discord.ComponentInteraction, CustomID: "draft_publish:" + ids[0], Message: &discord.Message{ID: "private", Flags: 64},
		Member: discord.Member{User: discord.User{ID: "other"}, Permissions: discord.ManageMessages},
	})
	if !strings.Contains(stolen.Body.Content, "no longer there") || len(d.pins(t)) != 0 {
		t.Errorf("another moderator gets %q", stolen.Body.Content)
	}
	next := twoChapters()
	next[0].facts[0].number = 333
	d.reload(t, library(t, next, text.EN))
	opened := d.press(t, drafts.Body, "draft_open", ids[0])
	renewed := d.press(t, opened.Body, "draft_publish")
	if !strings.Contains(renewed.Body.Content, "have changed since this draft") || !strings.Contains(renewed.Body.Content, "333") || len(d.pins(t)) != 0 {
		t.Errorf("of an old draft it says %q, with %d pins", renewed.Body.Content, len(d.pins(t)))
	}
	d.press(t, renewed.Body, "draft_publish")
	if got := d.pins(t); len(got) != 1 || got[0].State != store.PinFresh {
		t.Errorf("published: %+v", got)
	}
	d.command(t, "summary", "topic", "harbours#south")
	d.clock.pass(8 * 24 * time.Hour)
	if drafts := d.press(t, d.command(t, "pins").Body, "pin_drafts"); len(options(drafts.Body)) != 0 {
		t.Errorf("after 8 days there are drafts: %+v", drafts.Body)
	}
}

// Lines that a model worded keep their words while the documents carry them, and become quotations where they do not.
func TestPinOfModel(t *testing.T) {
	t.Parallel()
	old := twoChapters()
	base := library(t, old, text.EN)
	d := newDesk(t, base)
	worded := "Magadan shipped 70 tonnes of fish in a year."
	cite := func(f fact) []store.PinCite {
		return []store.PinCite{bot.CitePassage(passageWith(t, base, f, text.EN))}
	}
	draft, err := d.store.SaveDraft(t.Context(), store.Draft{
		Server: "g", Author: "mod", Channel: "c", Language: "en", Edition: "2026-11", Mode: "model", Model: "Example 1", Topic: "Fish",
		Lines: []store.PinLine{{Text: worded, Citations: cite(old[0].facts[1])}, {Text: "Xiamen shipped 55 tonnes of grain.", Citations: cite(old[1].facts[1])}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d.do(t, discord.Interaction{Kind: discord.ComponentInteraction, CustomID: "draft_publish:" + string(draft.ID), Message: &discord.Message{ID: "private", Flags: 64}})
	p := d.pins(t)[0]
	if m, _ := d.board.last(t, "c"); !strings.Contains(m.Content, "Worded by Example 1") {
		t.Errorf("the pin: %s", m.Content)
	}
	next := twoChapters()
	next[0].facts[1].number = 75
	d.reload(t, library(t, next, text.EN))
	card, body := d.board.last(t, "log")
	d.pressOn(t, card, body, "pin_update")
	p = d.pin(t, p.ID)
	if want := next[0].facts[1].text(text.EN); p.Lines[0].Text != want || p.Lines[1].Text != "Xiamen shipped 55 tonnes of grain." {
		t.Errorf("updated: %+v", p.Lines)
	}
	if m, _ := d.board.last(t, "c"); !strings.Contains(m.Content, "[1] (quoted from the documents)") || strings.Count(m.Content, "(quoted") != 1 {
		t.Errorf("the pin: %s", m.Content)
	}
}

func TestSaidIn(t *testing.T) {
	t.Parallel()
	cites := []store.PinCite{{Hash: "a"}, {Hash: "b"}, {Hash: "c"}}
	got := bot.SaidIn("> A question [1]?\n\n"+markup.Escape("It grew by 5 percent.")+" [1][3] "+markup.Escape("It fell (by *two* [2]).")+" [2]\nnothing here\n1 [Trade](<https://example.org>)", cites)
	want := []store.PinLine{
		{Text: "It grew by 5 percent.", Citations: []store.PinCite{cites[0], cites[2]}},
		{Text: "It fell (by *two* [2]).", Citations: []store.PinCite{cites[1]}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
}

func TestWithoutMarks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"It grew. [1]": "It grew. ", "[12][3]": "", "a [b] c": "a [b] c", "open [": "open [", "[123] is kept": "[123] is kept", "": "",
	} {
		if got := bot.WithoutMarks(in); got != want {
			t.Errorf("WithoutMarks(%q) = %q, want %q", in, got, want)
		}
	}
}
