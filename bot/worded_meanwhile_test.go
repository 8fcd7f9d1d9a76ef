package bot_test

import (
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// TestWordedHidden hides what an answer rests on while the language model words it: it does not say that after all.
func TestWordedHidden(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		private bool
	}{
		{"public", false},
		{"private", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			model := newSlowModel(t)
			w := newStaffed(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
			question := discordtest.Text("question", tradeQuestion)
			first := w.fake.User("7").Slash(w.channel.ID, "ask", question)
			<-model.asked
			model.let(2)
			wrong := w.outcome(first, says(wordedBy)).Message()
			w.clock.Advance(time.Minute)
			second := w.fake.User("8").Slash(w.channel.ID, "ask", question, discordtest.Truth("private", tt.private))
			<-model.asked
			w.hide("21", wrong)
			model.let(2)
			if said := w.outcome(second, says(quotedNow)).Message().Text(); containsAny(said, "240") {
				t.Errorf("what was hidden meanwhile is said:\n%s", said)
			}
			w.clean()
		})
	}
}

// TestWordedGone deletes a question while the language model words the answer: that goes, too, and does not come back.
func TestWordedGone(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	asked := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	answer := w.reply(asked)
	<-model.asked
	if err := w.fake.User("7").Delete(w.channel.ID, asked.Message.ID); err != nil {
		t.Fatal(err)
	}
	w.until("the answer goes", func() bool {
		_, there := w.fake.Message(w.channel.ID, answer.ID)
		return !there
	})
	model.let(2)
	w.until("the wording ends", func() bool { return strings.Contains(w.log.String(), "msg=mention ") })
	if left := w.fake.Messages(w.channel.ID); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	if kept, err := w.store.AnswersTo(t.Context(), store.Server(w.guild.ID), store.Message(asked.Message.ID)); err != nil || len(kept) != 0 {
		t.Errorf("kept: %+v, %v", kept, err)
	}
	w.fake.TakeViolations() // an edit of what is gone
	w.clean()
}
