package bot_test

import (
	"testing"

	"pgregory.net/rapid"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
	"amur/internal/text"
)

// corrected draws what an editor makes of documents whose sentences all stay: other figures, other words, another order.
func corrected(t *rapid.T, old []chapter) change {
	out := change{was: map[fact]string{}}
	for _, c := range old {
		next := chapter{slug: c.slug, heading: c.heading}
		for _, f := range c.facts {
			g := f
			switch what := rapid.SampledFrom([]string{"same", "same", "figures", "changed"}).Draw(t, "what"); what {
			case "figures":
				g.number += rapid.IntRange(1, 99).Draw(t, "more")
				out.was[f] = what
			case "changed":
				g.reworded = !g.reworded
				out.was[f] = what
			}
			next.facts = append(next.facts, g)
		}
		if rapid.Bool().Draw(t, "moved") {
			next.facts = rapid.Permutation(next.facts).Draw(t, "order")
		}
		out.chapters = append(out.chapters, next)
	}
	return out
}

// The same as TestPinRounds through Discord's own interface: messages are edited where they are, round after round. Its rate limits
// would stretch more rounds to a minute.
func TestPinRoundsInDiscord(t *testing.T) {
	t.Parallel()
	const rounds = 6
	old := chapters().Example(3)
	d := &desk{}
	edition := d.edition(t, library(t, old, text.EN))
	w := newStaffed(t, func(o *bot.Options) { o.Edition = edition })
	for _, c := range old {
		draft := w.slash("21", "summary", discordtest.Text("topic", "harbours#"+c.slug))
		w.click(draft.Message(), "draft_publish")
	}
	server := store.Server(w.guild.ID)
	stales := 0
	for round := range rounds {
		before, err := w.store.Pins(t.Context(), server)
		if err != nil || len(before) != len(old) {
			t.Fatalf("round %d: pins %v, %v", round, before, err)
		}
		edit := rapid.Custom(func(t *rapid.T) change { return corrected(t, old) }).Example(round)
		changed := map[string]bool{}
		for f := range edit.was {
			changed[f.text(text.EN)] = true
		}
		if err := w.bot.Reload(t.Context(), d.edition(t, library(t, edit.chapters, text.EN))); err != nil {
			t.Fatal(err)
		}
		for _, was := range before {
			is, err := w.store.Pin(t.Context(), server, was.ID)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range is.Lines {
				if want := changed[was.Lines[i].Text]; line.Stale != want {
					t.Fatalf("round %d: line %q is stale: %v, want %v", round, line.Text, line.Stale, want)
				}
			}
			if is.State == store.PinFresh {
				continue
			}
			stales++
			w.click(w.click(w.slash("21", "pins").Message(), "pin_show", string(is.ID)).Message(), "pin_update")
			if is, err = w.store.Pin(t.Context(), server, was.ID); err != nil || is.State != store.PinFresh || is.Message != was.Message {
				t.Fatalf("round %d: updated: %+v, %v", round, is, err)
			}
		}
		old = edit.chapters
	}
	if pinned := w.fake.Messages(w.channel.ID); stales < rounds/2 || len(pinned) < len(old) {
		t.Errorf("%d pins were stale, %d messages", stales, len(pinned))
	}
	w.clean()
}
