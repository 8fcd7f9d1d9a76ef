package bot_test

import (
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// A question is kept for insights only where all members could have read it.
func TestQuestionsOfClosedChannelsAreNotKept(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.Insights = true })
	closed := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "closed"}).ID
	w.fake.SetOverwrite(closed, discordtest.Overwrite{ID: w.guild.ID, Deny: discordtest.ViewChannel})
	w.fake.SetOverwrite(closed, discordtest.Overwrite{ID: "7", Type: 1, Allow: discordtest.ViewChannel | discordtest.SendMessages})
	w.fake.SetOverwrite(closed, discordtest.Overwrite{ID: w.fake.BotID(), Type: 1, Allow: discordtest.ViewChannel | discordtest.SendMessages})
	w.ask("7", closed, "How long is the border between China and Russia?")
	w.ask("7", w.channel.ID, tradeQuestion)
	var kept []store.Question
	w.until("the public question is kept", func() bool {
		var err error
		if kept, err = w.store.Questions(w.Context(), store.Server(w.guild.ID), w.clock.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		return len(kept) > 0
	})
	if len(kept) != 1 || kept[0].Text != tradeQuestion {
		t.Errorf("kept: %+v", kept)
	}
	w.clean()
}

// TestInsightsAlone asks publicly what the asker alone is answered after all, because others have just asked or because it took long:
// insights do not keep it.
func TestInsightsAlone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*bot.Options)
		kept   int
	}{
		{"public", nil, 2},
		{"a crowd", func(o *bot.Options) { o.Policy.Limits.PublicPerMinute = 1 }, 1},
		{"late", func(o *bot.Options) { o.Policy.Limits.Patience = time.Nanosecond }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *bot.Options) {
				o.Policy.Servers.MaxRetentionDays = 30
				if tt.change != nil {
					tt.change(o)
				}
			})
			w.save(func(s *store.Settings) { s.Insights, s.RetentionDays = true, 30 })
			for _, user := range []discordtest.ID{"7", "8"} {
				i, _ := w.ask(user, trade)
				w.until("it is answered", func() bool { return strings.Contains(w.log.String(), "msg=replied interaction_id="+string(i.ID)) })
			}
			kept, err := w.store.Questions(t.Context(), store.Server(w.guild.ID), w.clock.Now().Add(-time.Hour))
			if err != nil || len(kept) != tt.kept {
				t.Errorf("%d questions are kept, want %d; %v", len(kept), tt.kept, err)
			}
			w.clean()
		})
	}
}
