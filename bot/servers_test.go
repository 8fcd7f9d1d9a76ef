package bot_test

import (
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// TestRemovedMeanwhile removes the bot from a server while it is away, of which it is told nothing: what is kept of that server is erased
// all the same.
func TestRemovedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	left := w.fake.AddGuild(discordtest.Guild{Name: "Left", OwnerID: "1"}).ID
	known := func(id discordtest.ID) (store.ServerState, bool) {
		servers, err := w.store.Servers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range servers {
			if s.Server == store.Server(id) {
				return s, true
			}
		}
		return store.ServerState{}, false
	}
	w.until("both servers are noted", func() bool {
		_, one := known(w.guild.ID)
		_, other := known(left)
		return one && other
	})
	w.stop()
	w.fake.KickBot(left)
	w.start(nil)
	if err := w.bot.NoticeRemovals(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, _ := known(left); s.Removed.IsZero() {
		t.Error("the removal was not noticed")
	}
	if s, _ := known(w.guild.ID); !s.Removed.IsZero() {
		t.Error("the server where the bot is counts as left")
	}
	w.clock.Advance(store.RemovedKept + time.Hour)
	if err := w.bot.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, there := known(left); there {
		t.Error("what is kept of the server is not erased")
	}
}
