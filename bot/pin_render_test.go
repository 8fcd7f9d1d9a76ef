package bot_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/bot/discord"
	"amur/bot/phrase"
)

// What people see of a pin in its life, in each language of the interface.
func TestPinRendering(t *testing.T) {
	t.Parallel()
	for _, l := range phrase.Locales() {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			got := pinStory(t, l)
			file := filepath.Join("testdata", "pins", string(l)+".txt")
			if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
				if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", file, diff)
			}
		})
	}
}

func pinStory(t *testing.T, l phrase.Locale) string {
	t.Helper()
	d := newDesk(t, library(t, twoChapters(), languages()...))
	d.locale = string(l)
	settings, err := d.store.Settings(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}
	settings.Language = string(l)
	if err := d.store.SaveSettings(t.Context(), "g", settings, "boss"); err != nil {
		t.Fatal(err)
	}
	var story strings.Builder
	tell := func(what string, body discord.Body) {
		story.WriteString("== " + what + "\n" + body.Content + "\n")
		if labels := labels(body); labels != "" {
			story.WriteString(labels + "\n")
		}
		story.WriteString("\n")
	}
	inChannel := func(what string, channel discord.ChannelID, n int) (discord.Message, discord.Body) {
		m := d.board.in(channel)[n]
		tell(what, d.board.bodies[m.ID])
		return m, d.board.bodies[m.ID]
	}
	draft := d.command(t, "summary", "topic", "harbours#north")
	tell("draft", draft.Body)
	form := d.press(t, draft.Body, "draft_edit")
	input := form.Modal.Inputs[1]
	tell("form", discord.Body{Content: form.Modal.Title + " · " + form.Modal.Inputs[0].Label + " · " + input.Label})
	edited := d.do(t, discord.Interaction{
		Kind: discord.ModalInteraction, CustomID: form.Modal.CustomID, Message: &discord.Message{ID: "private", Flags: 64},
		Fields: map[string]string{"topic": "*A* heading", "lines": input.Value + "\nBe kind to **all** of us, @everyone."},
	})
	tell("edited", edited.Body)
	tell("published", d.press(t, edited.Body, "draft_publish").Body)
	inChannel("pin", "c", 0)
	d.publish(t, "harbours#south")

	next := twoChapters()
	next[0].facts[0].number = 301
	next[0].facts = next[0].facts[:2]
	next[1].facts[1].reworded = true
	d.reload(t, library(t, next, languages()...))
	card, _ := inChannel("card", "log", 0)
	list := d.command(t, "pins")
	tell("list", list.Body)
	shown := d.press(t, list.Body, "pin_show", options(list.Body)[1])
	tell("shown", shown.Body)
	d.clock.pass(8 * 24 * time.Hour)
	d.tend(t)
	inChannel("pin under review", "c", 0)
	kept := d.pressOn(t, card, d.press(t, list.Body, "pin_show", options(list.Body)[0]).Body, "pin_keep")
	tell("kept, on the card", kept.Body)
	tell("updated", d.press(t, shown.Body, "pin_update").Body)
	inChannel("pin updated", "c", 0)
	inChannel("pin kept", "c", 1)
	tell("history", d.press(t, shown.Body, "pin_history").Body)
	if err := d.board.Unpin(t.Context(), "c", d.board.pins["c"][0], ""); err != nil {
		t.Fatal(err)
	}
	d.bot.Handler().PinsChanged(t.Context(), "g", "c")
	inChannel("unpinned by hand", "log", 1)
	return story.String()
}

// labels are what stands on the buttons and in the menus of a message.
func labels(body discord.Body) string {
	var out []string
	for _, c := range body.Components {
		r, ok := c.(discord.ActionRow)
		if !ok {
			continue
		}
		for _, part := range r.Components {
			switch part := part.(type) {
			case discord.Button:
				label := "[" + part.Label + "]"
				if part.Disabled {
					label += " (disabled)"
				}
				out = append(out, label)
			case discord.Select:
				out = append(out, "["+part.Placeholder+" ▾]")
				for _, o := range part.Options {
					out = append(out, "  "+o.Label+" / "+o.Description)
				}
			}
		}
	}
	return strings.Join(out, "\n")
}
