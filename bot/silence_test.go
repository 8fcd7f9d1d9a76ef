package bot_test

import (
	"strings"
	"testing"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// heard waits until the bot has decided what becomes of a mention.
func (w *world) heard(said *discordtest.Said, outcome string) {
	w.Helper()
	if said.Err() != nil {
		w.Fatal(said.Err())
	}
	w.until("the mention is "+outcome, func() bool {
		for line := range strings.SplitSeq(w.log.String(), "\n") {
			if strings.Contains(line, "msg=mention ") && strings.Contains(line, "message_id="+string(said.Message.ID)+" ") {
				return strings.Contains(line, "outcome="+outcome)
			}
		}
		return false
	})
}

// TestSilence mentions a bot that is to be silent, or one that does not answer this member: it says nothing, nor does it react.
func TestSilence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		preset     store.Preset
	}{
		{"a question", trade, store.PresetOpen},
		{"elsewhere", trade, store.PresetQuiet},
		{"nothing asked", "", store.PresetOpen},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newStaffed(t, nil)
			w.save(func(s *store.Settings) { s.Preset = tt.preset })
			w.slash("21", "block", discordtest.Text("member", "7"))
			blocked := w.fake.User("7").Say(w.channel.ID, w.mention()+tt.text)
			w.heard(blocked, "blocked")
			w.slash("21", "pause", discordtest.Number("minutes", 60))
			paused := w.fake.User("8").Say(w.channel.ID, w.mention()+tt.text)
			w.heard(paused, "paused")
			for _, said := range []*discordtest.Said{blocked, paused} {
				if replies := said.Replies(); len(replies) > 0 {
					t.Errorf("said: %s", replies[0].Text())
				}
				if m, _ := w.fake.Message(w.channel.ID, said.Message.ID); len(m.Reactions) > 0 {
					t.Errorf("reacted: %+v", m.Reactions)
				}
			}
			w.clean()
		})
	}
}

// TestBlockedShare has a member blocked who has a private answer: it stays private.
func TestBlockedShare(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	_, out := w.world.ask("7", trade, discordtest.Truth("private", true))
	w.slash("21", "block", discordtest.Text("member", "7"))
	_, shared := w.world.choose("7", out.Message(), "more", "share")
	w.says(shared, "moderators")
	w.clean()
}
