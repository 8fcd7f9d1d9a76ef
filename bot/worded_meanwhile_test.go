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

// standing are the messages of the bot that all in the channel see.
func (w *world) standing() []string {
	var out []string
	for _, m := range w.fake.Messages(w.channel.ID) {
		if m.Author.ID == w.fake.BotID() && !m.Private() {
			out = append(out, m.Text())
		}
	}
	return out
}

// TestWordedHiddenShown hides what an answer cites of which a sentence is shown already: it does not stand.
func TestWordedHiddenShown(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newStaffed(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	model.let(2)
	first, _ := w.world.ask("7", trade)
	hidden := w.outcome(first, says(wordedBy)).Message()
	w.clock.Advance(time.Minute)
	second, _ := w.world.ask("8", trade)
	model.let(1)
	w.outcome(second, says("[1]"))
	w.hide("21", hidden)
	model.let(1)
	if out := w.outcome(second, says(quotedNow)); strings.Contains(out.Message().Text(), "240") {
		t.Errorf("it was hidden, and is said:\n%s", out.Message().Text())
	}
	w.clean()
}

// TestHideGrowing hides an answer that the model is still wording: it goes, and nothing follows it.
func TestHideGrowing(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newStaffed(t, func(o *bot.Options) { o.Edition = worded(t, model.URL) })
	i, out := w.world.ask("7", trade)
	w.until("it is noted", func() bool {
		_, err := w.store.AnswerByMessage(t.Context(), store.Server(w.guild.ID), store.Message(out.Message().ID))
		return err == nil
	})
	w.says(w.outcome(w.fake.User("21").MessageCommand(w.channel.ID, "Pin answer", out.Message().ID), nil), "nothing to pin")
	w.says(w.hide("21", out.Message()), "Taken away")
	model.let(2)
	w.until("the interaction ends", func() bool { return strings.Contains(w.world.log.String(), "interaction_id="+string(i.ID)) })
	if left := w.standing(); len(left) > 0 {
		t.Errorf("left: %s", left)
	}
	w.fake.TakeViolations() // the edit of what is gone
	w.clean()
}

// TestGoneWhileWaiting deletes a question that waits for its turn.
func TestGoneWhileWaiting(t *testing.T) {
	t.Parallel()
	model := newSlowModel(t)
	w := newWorld(t, func(o *bot.Options) { o.Edition, o.Policy.Limits.Workers = worded(t, model.URL), 1 })
	before := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	w.reply(before)
	said := w.fake.User("8").Say(w.channel.ID, w.mention()+trade)
	w.until("it waits", func() bool { return w.bot.Waiting() == 1 })
	if err := w.fake.User("8").Delete(w.channel.ID, said.Message.ID); err != nil {
		t.Fatal(err)
	}
	w.heard(said, "gone")
	model.let(2)
	w.heard(before, "answered")
	if got := said.Replies(); len(got) > 0 {
		t.Errorf("a reply to what is gone: %s", got[0].Text())
	}
	w.clean()
}
