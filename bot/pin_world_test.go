package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
)

// reworded are the built-in documents with other words in one place of an English section.
func reworded(t *testing.T, id knowledge.SectionID, old, next string) *bot.Edition {
	t.Helper()
	e := *opened(t).edition
	docs := slices.Clone(e.Base.Documents())
	for i, doc := range docs {
		if doc.Lang != text.EN {
			continue
		}
		docs[i].Sections = slices.Clone(doc.Sections)
		for j, s := range doc.Sections {
			if s.ID != id || !strings.Contains(s.Text, old) {
				continue
			}
			_, slug, _ := strings.Cut(string(id), "#")
			asks := s.Asks
			docs[i].Sections[j] = knowledge.NewSection(doc.ID, slug, s.Heading, s.Lang, strings.Split(strings.Replace(s.Text, old, next, 1), "\n\n"), s.Sentences[0].Refs)
			docs[i].Sections[j].Asks = asks
		}
	}
	base, err := knowledge.New(docs)
	if err != nil {
		t.Fatal(err)
	}
	e.Base, e.Name = base, "2026-12"
	return &e
}

// click presses the button or opens the menu of that verb under a message.
func (w *staffed) click(m discordtest.Message, verb string, values ...string) discordtest.Outcome {
	w.Helper()
	id := ""
	for _, c := range m.Components {
		for _, part := range c.Components {
			if part.CustomID == verb || strings.HasPrefix(part.CustomID, verb+":") {
				id = part.CustomID
			}
		}
	}
	if len(values) > 0 {
		return w.outcome(w.fake.User("21").Select(m.ChannelID, m.ID, id, values...), nil)
	}
	return w.outcome(w.fake.User("21").Click(m.ChannelID, m.ID, id), nil)
}

func (w *staffed) onlyPin() store.Pin {
	w.Helper()
	pins, err := w.store.Pins(w.Context(), store.Server(w.guild.ID))
	if err != nil || len(pins) != 1 {
		w.Fatalf("pins %+v, %v, want one", pins, err)
	}
	return pins[0]
}

// An answer is pinned as it stands, in two interactions at the most, and followed through a change of its documents.
func TestPinAnswerInDiscord(t *testing.T) {
	t.Parallel()
	for _, layout := range []store.Layout{store.LayoutComponents, store.LayoutPlain} {
		t.Run(string(layout), func(t *testing.T) {
			t.Parallel()
			w := newStaffed(t, func(o *bot.Options) { o.Policy.Limits.PinsSettle = 1 })
			w.save(func(s *store.Settings) { s.Layout = layout })
			answer := w.ask("7", w.channel.ID, tradeQuestion)
			w.until("the answer is recorded", func() bool {
				_, err := w.store.AnswerByMessage(t.Context(), store.Server(w.guild.ID), store.Message(answer.ID))
				return err == nil
			})
			done := w.outcome(w.fake.User("21").MessageCommand(w.channel.ID, "Pin answer", answer.ID), nil)
			if m, _ := w.fake.Message(w.channel.ID, answer.ID); !m.Pinned || !done.Private || !strings.Contains(done.Message().Text(), "Published and pinned") {
				t.Fatalf("pinned %v: %s", m.Pinned, done.Message().Text())
			}
			p := w.onlyPin()
			if string(p.Message) != string(answer.ID) || len(p.Lines) == 0 || !strings.Contains(p.Lines[0].Text, tradeAnswer) || p.Lines[0].Citations[0].Section != "trade#volume" {
				t.Fatalf("remembered: %+v", p)
			}
			w.changeAndUpdate(p, layout)
			if err := w.fake.User("1").Unpin(w.channel.ID, answer.ID); err != nil {
				t.Fatal(err)
			}
			w.until("the pin counts as lost", func() bool { return w.onlyPin().State == store.PinLost })
			w.clean()
		})
	}
}

// changeAndUpdate changes a figure of the documents, and has the stale pin updated from its card.
func (w *staffed) changeAndUpdate(p store.Pin, layout store.Layout) {
	w.Helper()
	if err := w.bot.Reload(w.Context(), reworded(w.T, "trade#volume", "$240 billion", "$251 billion")); err != nil {
		w.Fatal(err)
	}
	if got := w.onlyPin(); got.State != store.PinStale {
		w.Fatalf("after the change it is %s: %+v", got.State, got.Lines)
	}
	cards := w.fake.Messages(w.log)
	card := cards[len(cards)-1]
	if want := "$240 billion → $251 billion"; !strings.Contains(card.Text(), want) {
		w.Errorf("the card lacks %q: %s", want, card.Text())
	}
	after := w.click(card, "pin_update")
	if !strings.Contains(after.Message().Text(), "updated · <@21>") {
		w.Errorf("the card says %s", after.Message().Text())
	}
	m, _ := w.fake.Message(w.channel.ID, discordtest.ID(p.Message))
	if !m.Pinned || !strings.Contains(m.Text(), "$251 billion") || strings.Contains(m.Text(), "$240 billion") || w.onlyPin().State != store.PinFresh {
		w.Errorf("in layout %s the pin is now: %s", layout, m.Text())
	}
	if strings.Contains(fmt.Sprint(m.Components), "evidence:") {
		w.Errorf("the buttons of the old answer are still there: %+v", m.Components)
	}
}

// A summary takes two interactions; its form checks what is written by hand.
func TestSummaryInDiscord(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	offered := w.outcome(w.fake.User("21").Autocomplete(w.channel.ID, "summary", discordtest.Typing("topic", "how much do")), func(o discordtest.Outcome) bool { return len(o.Choices) > 0 })
	if !slices.ContainsFunc(offered.Choices, func(c discordtest.Choice) bool { return c.Name == "How much do China and Russia trade?" }) {
		t.Fatalf("offered: %+v", offered.Choices)
	}
	draft := w.slash("21", "summary", discordtest.Text("topic", "trade#volume"))
	if !draft.Private {
		t.Fatal("the draft is public")
	}
	form := w.outcome(w.fake.User("21").Click(w.channel.ID, draft.Message().ID, w.custom(draft.Message(), "draft_edit")), nil)
	if form.Modal == nil {
		t.Fatalf("no form: %+v", form)
	}
	lines := "Trade between China and Russia reached a record $240 billion in 2023.\nTrade of the two countries reached $260 billion in 2023.\nBe kind. @everyone"
	edited := w.outcome(w.fake.User("21").Submit(w.fake.Interaction(form.Interaction),
		discordtest.Field{CustomID: "topic", Value: "Trade in a **nutshell**"},
		discordtest.Field{CustomID: "lines", Value: lines}), nil)
	for _, want := range []string{`Trade in a \*\*nutshell\*\*`, "billion in 2023. [1]", "(moderators' words)", "do not carry lines 2 and 3"} {
		if !strings.Contains(edited.Message().Text(), want) {
			t.Errorf("the edited draft lacks %q:\n%s", want, edited.Message().Text())
		}
	}
	w.click(edited.Message(), "draft_publish")
	p := w.onlyPin()
	if len(p.Lines) != 3 || p.Lines[0].ModeratorsWords || !p.Lines[1].ModeratorsWords || !p.Lines[2].ModeratorsWords {
		t.Errorf("published: %+v", p.Lines)
	}
	m, _ := w.fake.Message(w.channel.ID, discordtest.ID(p.Message))
	if !m.Pinned || m.Private() || len(m.Components) != 0 {
		t.Errorf("the pin: %+v", m)
	}
	list := w.slash("22", "pins")
	if !list.Private || !strings.Contains(list.Message().Text(), "up to date") {
		t.Errorf("the list: %s", list.Message().Text())
	}
	w.clean()
}

// A topic in the moderator's own words finds its sections, or is refused privately; lines are in the language of the channel.
func TestSummaryOfTopic(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, language, topic, want string }{
		{"English", "en", "How big is trade between China and Russia?", "1. Trade between China and Russia reached a record $240 billion in 2023. [1]"},
		{"Russian", "ru", "Каков товарооборот Китая и России?", "Цитаты из документов amur"},
		{"Ukrainian", "uk", "Який обсяг торгівлі між Китаєм і Росією?", "Цитати з документів amur"},
		{"Chinese", "zh-CN", "中俄贸易额是多少？", "引自 amur 的资料"},
		{"traditional Chinese", "zh-TW", "中國和俄羅斯的貿易額是多少？", "引自 amur 的資料"},
		{"English in a Chinese channel", "zh-CN", "How big is trade between China and Russia?", "2400"},
		{"nothing", "en", "Who won the football world cup in 1998?", "My documents have nothing to summarise"},
		{"hostile", "en", "@everyone **x** [a](https://evil.example)", "My documents have nothing to summarise"},
	}
	w := newStaffed(t, nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w.save(func(s *store.Settings) { s.Language = tt.language })
			out := w.slash("21", "summary", discordtest.Text("topic", tt.topic))
			if said := out.Message().Text(); !out.Private || !strings.Contains(said, tt.want) {
				t.Errorf("private %v: %s", out.Private, said)
			}
		})
	}
	w.clean()
}

// What is no answer of this bot is refused privately.
func TestPinForeignInDiscord(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	said := w.fake.User("7").Say(w.channel.ID, "I say so")
	out := w.outcome(w.fake.User("21").MessageCommand(w.channel.ID, "Pin answer", said.Message.ID), nil)
	if !out.Private || !strings.Contains(out.Message().Text(), "not an answer of mine") {
		t.Errorf("it says %s", out.Message().Text())
	}
	w.clean()
}

// TestPinnedAnswerStays has the asker delete the question of an answer that moderators have pinned, and press Delete: the pin stays.
func TestPinnedAnswerStays(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	w.save(func(s *store.Settings) { s.Layout = store.LayoutPlain })
	said := w.fake.User("7").Say(w.channel.ID, w.mention()+balanceWhole)
	answer := w.reply(said)
	w.outcome(w.fake.User("21").MessageCommand(w.channel.ID, "Pin answer", answer.ID), nil)
	if p := w.onlyPin(); p.Message != store.Message(answer.ID) {
		t.Fatalf("pinned: %+v", p)
	}
	_, out := w.world.choose("7", answer, "more", "delete")
	w.says(out, "The moderators have pinned this answer")
	if err := w.fake.User("7").Delete(w.channel.ID, said.Message.ID); err != nil {
		t.Fatal(err)
	}
	other := w.fake.User("8").Say(w.channel.ID, w.mention()+balanceWhole)
	goes := w.reply(other)
	w.until("the other answer is noted", func() bool {
		_, err := w.store.AnswerByMessage(t.Context(), store.Server(w.guild.ID), store.Message(goes.ID))
		return err == nil
	})
	if err := w.fake.User("8").Delete(w.channel.ID, other.Message.ID); err != nil { // comes after the first deletion
		t.Fatal(err)
	}
	w.until("the other answer goes", func() bool { return !w.visible(goes) })
	if !w.visible(answer) {
		t.Error("the pin is gone")
	}
	w.clean()
}

// balanceWhole is a question that is answered in one message.
const balanceWhole = "What is the trade balance between China and Russia?"
