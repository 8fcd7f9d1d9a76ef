package bot_test

import (
	"testing"
	"time"

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
