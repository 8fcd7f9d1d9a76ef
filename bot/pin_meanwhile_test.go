package bot_test

import (
	"context"
	"testing"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// slowPins is a Discord that takes its time to pin.
type slowPins struct {
	bot.Platform

	asked, let chan struct{}
}

func (s slowPins) Pin(ctx context.Context, c discord.ChannelID, m discord.MessageID, reason string) error {
	s.asked <- struct{}{}
	<-s.let
	return s.Platform.Pin(ctx, c, m, reason)
}

// TestPinChangedMeanwhile changes what a pin rests on while it is being published: it is stale from the first.
func TestPinChangedMeanwhile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(w *staffed, wrong discordtest.Message)
	}{
		{"the documents", func(w *staffed, _ discordtest.Message) {
			if err := w.bot.Reload(w.Context(), reworded(w.T, "trade#volume", "$240 billion", "$251 billion")); err != nil {
				w.Fatal(err)
			}
		}},
		{"what is hidden", func(w *staffed, wrong discordtest.Message) { w.hide("22", wrong) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			slow := slowPins{asked: make(chan struct{}, 1), let: make(chan struct{}, 1)}
			w := newStaffed(t, func(o *bot.Options) {
				slow.Platform = o.Discord
				o.Discord = slow
			})
			wrong := w.ask("7", w.channel.ID, tradeQuestion)
			draft := w.slash("21", "summary", discordtest.Text("topic", "trade#volume")).Message()
			publishing := w.fake.User("21").Click(w.channel.ID, draft.ID, w.custom(draft, "draft_publish"))
			<-slow.asked
			tt.change(w, wrong)
			slow.let <- struct{}{}
			w.outcome(publishing, nil)
			if p := w.onlyPin(); p.State != store.PinStale {
				t.Errorf("published over a change of %s it is %s", tt.name, p.State)
			}
			w.clean()
		})
	}
}
