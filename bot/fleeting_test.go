package bot_test

import (
	"testing"

	"amur/internal/store"
)

// TestFleetingAtTheEnd ends the bot soon after a short reply: nobody will delete it later, so it goes now.
func TestFleetingAtTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.save(func(s *store.Settings) { s.Preset = store.PresetQuiet })
	short := w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade))
	if err := w.bot.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, there := w.fake.Message(w.channel.ID, short.ID); there {
		t.Errorf("it stays: %s", m.Text())
	}
	w.clean()
}
