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

// TestComesBack removes the bot from a server and lets it in again, when the documents have changed: the pins there are stale.
func TestComesBack(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	draft := w.slash("21", "summary", discordtest.Text("topic", "trade#volume"))
	w.click(draft.Message(), "draft_publish")
	w.onlyPin()
	removed := func() bool {
		servers, err := w.store.Servers(t.Context())
		return err == nil && len(servers) == 1 && !servers[0].Removed.IsZero()
	}
	w.fake.KickBot(w.guild.ID)
	w.until("the removal is noted", removed)
	if err := w.bot.Reload(t.Context(), reworded(t, "trade#volume", "$240 billion", "$251 billion")); err != nil {
		t.Fatal(err)
	}
	w.fake.AddBot(w.guild.ID)
	w.until("the pin is stale", func() bool { return w.onlyPin().State == store.PinStale })
	w.until("there is a card", func() bool { return len(w.cards()) > 0 })
	w.clean()
}
