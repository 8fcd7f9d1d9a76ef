package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// click presses a button under a message, by its verb.
func (w *world) click(user discordtest.ID, m discordtest.Message, verb string) (*discordtest.Interaction, discordtest.Outcome) {
	w.Helper()
	i := w.fake.User(user).Click(w.channel.ID, m.ID, w.custom(m, verb))
	return i, w.outcome(i, nil)
}

// choose chooses in the menu under a message.
func (w *world) choose(user discordtest.ID, m discordtest.Message, verb, value string) (*discordtest.Interaction, discordtest.Outcome) {
	w.Helper()
	i := w.fake.User(user).Select(w.channel.ID, m.ID, w.custom(m, verb), value)
	return i, w.outcome(i, nil)
}

// says fails the test where an outcome is not private or does not say something.
func (w *world) says(out discordtest.Outcome, private bool, wants ...string) {
	w.Helper()
	if out.Private != private {
		w.Errorf("private %v, want %v: %s", out.Private, private, out.Message().Text())
	}
	for _, want := range wants {
		if !strings.Contains(out.Message().Text(), want) {
			w.Errorf("%q is not in:\n%s", want, out.Message().Text())
		}
	}
}

// answerID is the id in the custom ids under an answer.
func (w *world) answerID(m discordtest.Message) store.AnswerID {
	w.Helper()
	_, id, _ := strings.Cut(w.custom(m, "evidence"), ":")
	return store.AnswerID(id)
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	_, out := w.click("8", answer.Message(), "evidence")
	w.says(out, true, "amur's wording of what the source says", "**Trade between China and Russia reached a record $240 billion in 2023.**",
		"Says it: Council on Foreign Relations", "https://www.cfr.org/", "Look there for: $240 billion · 2023")
	w.until("all parts are there", func() bool {
		var last string
		for _, m := range w.fake.Messages(w.channel.ID) {
			last = m.Text()
		}
		return strings.Contains(last, "**5 ")
	})
	w.clock.Advance(store.AnswersKept + time.Hour)
	if _, err := w.store.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, out = w.click("8", answer.Message(), "evidence")
	w.says(out, true, "This answer's record has lapsed")
	w.clean()
}

func TestFollowUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	form, out := w.click("8", answer.Message(), "follow")
	if out.Modal == nil || len(out.Modal.Components) != 1 {
		t.Fatalf("no form of one field: %+v", out)
	}
	out = w.outcome(w.fake.User("8").Submit(form, discordtest.Field{CustomID: "question", Value: balance}), nil)
	w.says(out, false, surplus, "> "+balance)
	// After a restart nothing is remembered: the earlier question stands in the message.
	w.restart()
	form, _ = w.click("8", answer.Message(), "follow")
	out = w.outcome(w.fake.User("8").Submit(form, discordtest.Field{CustomID: "question", Value: balance}), nil)
	w.says(out, false, surplus)
	_, alone := w.ask("7", trade, discordtest.Truth("private", true))
	form, _ = w.click("7", alone.Message(), "follow")
	out = w.outcome(w.fake.User("7").Submit(form, discordtest.Field{CustomID: "question", Value: balance}), nil)
	w.says(out, true, surplus)
	w.clean()
}

func TestVotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	votes := func() store.Votes {
		v, err := w.store.Votes(t.Context(), store.Server(w.guild.ID), w.answerID(answer.Message()))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	_, out := w.choose("8", answer.Message(), "more", "helpful")
	w.says(out, true, "Counted.")
	if v := votes(); v != (store.Votes{Helpful: 1}) {
		t.Errorf("votes %+v after Helpful", v)
	}
	form, out := w.choose("8", answer.Message(), "more", "unhelpful")
	if v := votes(); out.Modal == nil || v != (store.Votes{NotHelpful: 1}) {
		t.Errorf("after one press: form %+v, votes %+v", out.Modal, v)
	}
	out = w.outcome(w.fake.User("8").Submit(form, discordtest.Field{CustomID: "reason", Value: "too long"}), nil)
	w.says(out, true, "Counted.")
	if v := votes(); v != (store.Votes{NotHelpful: 1}) {
		t.Errorf("votes %+v after the reason", v)
	}
	w.clean()
}

func TestReportAndTell(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	_, menu := w.click("8", answer.Message(), "report")
	w.says(menu, true, "What is wrong with this answer?")
	_, out := w.choose("8", menu.Message(), "report-kind", "outdated")
	if !out.Private {
		t.Errorf("thanks in public: %s", out.Message().Text())
	}
	_, refusal := w.ask("7", offSubject)
	_, out = w.click("7", refusal.Message(), "tell")
	if !out.Private {
		t.Errorf("thanks in public: %s", out.Message().Text())
	}
	cards, err := w.store.Cards(t.Context(), store.Server(w.guild.ID))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, c := range cards {
		kinds[c.Kind] = strings.Join(c.Texts, "|")
	}
	if _, ok := kinds["outdated"]; !ok || kinds["unanswered"] != offSubject {
		t.Errorf("cards: %v", kinds)
	}
	w.clean()
}

func TestDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	id := w.answerID(answer.Message())
	_, out := w.choose("8", answer.Message(), "more", "delete")
	w.says(out, true, "Only the one who asked")
	_, out = w.choose("7", answer.Message(), "more", "delete")
	w.says(out, true, "Deleted.")
	if _, there := w.fake.Message(w.channel.ID, answer.Message().ID); there {
		t.Error("the answer is still there")
	}
	if _, err := w.store.Answer(t.Context(), store.Server(w.guild.ID), id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the record of a deleted answer: %v", err)
	}
	_, answer = w.ask("7", trade)
	_, out = w.choose("1", answer.Message(), "more", "delete") // the owner
	w.says(out, true, "Deleted.")
	w.clean()
}

func TestShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, alone := w.ask("7", trade, discordtest.Truth("private", true))
	w.fake.SetOverwrite(w.channel.ID, discordtest.Overwrite{ID: "7", Type: 1, Deny: discordtest.Permission(discord.SendMessages)})
	_, out := w.choose("7", alone.Message(), "more", "share")
	w.says(out, true, "You may not write in this channel")
	w.fake.SetOverwrite(w.channel.ID, discordtest.Overwrite{ID: "7", Type: 1})
	_, out = w.choose("7", alone.Message(), "more", "share")
	w.says(out, false, tradeSays, "> "+trade, "Council on Foreign Relations")
	if text := out.Message().Text(); strings.Contains(text, "https://") {
		t.Errorf("an address is shared:\n%s", text)
	}
	w.clock.Advance(20 * time.Minute) // longer than it is remembered, and than Discord lets the private answer be reached
	_, alone = w.ask("7", trade, discordtest.Truth("private", true))
	w.restart()
	_, out = w.choose("7", alone.Message(), "more", "share")
	w.says(out, true, "can no longer be shared")
	w.clean()
}

// TestLongAnswer splits an answer: the sources and the buttons are in the last part, all parts are of one kind, and go together.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bot.Options) {
		p := opened(t)
		e, err := p.make(p.index)
		if err != nil {
			t.Fatal(err)
		}
		e.Answerer.MaxSentences = 10
		o.Edition = e
	})
	w.save(func(s *store.Settings) { s.Layout = store.LayoutPlain })
	for _, private := range []bool{false, true} {
		i, _ := w.ask("7", "What does Russia sell to China and why does it matter?", discordtest.Truth("private", private))
		out := w.outcome(i, func(o discordtest.Outcome) bool { return len(o.Messages) > 1 })
		first, last := out.Messages[0], out.Messages[len(out.Messages)-1]
		if strings.Contains(first.Text(), "Sources") || len(first.Components) > 0 || !strings.Contains(last.Text(), "**Sources**") || len(last.Components) == 0 {
			t.Errorf("private %v: first part:\n%s\nlast part:\n%s", private, first.Text(), last.Text())
		}
		for _, m := range out.Messages {
			if m.Private() != private {
				t.Errorf("a part is private: %v, want %v", m.Private(), private)
			}
		}
		if private {
			continue
		}
		w.until("all parts are noted", func() bool {
			a, err := w.store.Answer(t.Context(), store.Server(w.guild.ID), w.answerID(last))
			return err == nil && len(a.Messages) == len(out.Messages)
		})
		_, deleted := w.choose("7", last, "more", "delete")
		w.says(deleted, true, "Deleted.")
		for _, m := range out.Messages {
			if _, there := w.fake.Message(w.channel.ID, m.ID); there {
				t.Errorf("a part is left: %s", m.Text())
			}
		}
	}
	w.clean()
}
