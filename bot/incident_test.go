package bot_test

import (
	"regexp"
	"strings"
	"testing"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// TestMentionFails breaks what answers: who mentioned the bot is told so, with a code that the operator finds.
func TestMentionFails(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		direct           bool
	}{
		{"in a channel", trade, "Something broke on my side", false},
		{"in Russian", "Каков товарооборот Китая и России?", "Сбой", false},
		{"in a direct message", trade, "Something broke on my side", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *bot.Options) {
				o.Edition = &bot.Edition{Name: "2026-11", Base: opened(t).base} // nothing answers: a panic
				o.Policy.Limits.PublicPerMinute = 3
			})
			channel, server := w.channel.ID, store.Server(w.guild.ID)
			if tt.direct {
				channel, server = w.fake.DirectMessages("7").ID, ""
			}
			said := w.fake.User("7").Say(channel, w.mention()+tt.text)
			got := w.reply(said)
			if !strings.Contains(got.Text(), tt.want) || strings.Contains(got.Text(), "panic") {
				t.Errorf("the reply: %s", got.Text())
			}
			code := regexp.MustCompile(`[0-9A-F]{6}`).FindString(got.Text())
			var found []store.Answer
			w.until("the incident is kept", func() bool {
				var err error
				found, err = w.store.AnswersOfIncident(t.Context(), code)
				return err == nil && len(found) == 1
			})
			if found[0].Server != server || found[0].Outcome != "failed" || !strings.Contains(w.log.String(), "incident="+code) {
				t.Errorf("kept: %+v", found[0])
			}
			if tt.direct {
				return
			}
			if err := w.fake.User("7").Delete(channel, said.Message.ID); err != nil {
				t.Fatal(err)
			}
			w.until("it goes with the question", func() bool { return !w.there(channel, got.ID) })
		})
	}
}

func (w *world) there(channel, message discordtest.ID) bool {
	_, there := w.fake.Message(channel, message)
	return there
}
