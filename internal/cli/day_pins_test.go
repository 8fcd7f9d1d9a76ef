package cli_test

import (
	"amur/internal/discordtest"
)

// pinning has moderators pin answers and summaries, and decide about them.
func (s *dayServer) pinning() {
	one, two := s.mods[0], s.mods[1]
	answer := s.public(s.anyone()).answered()
	if !answer.Private() {
		one.menu("Pin answer", answer)
	}
	s.summarize(one)
	list := two.slash("pins").Message()
	pin := component(list, "pin_show")
	if pin == nil || len(pin.Options) == 0 {
		s.day.Fatalf("%s: no pin is listed: %s", s, list.Text())
	}
	two.choose(list, "pin_show", pin.Options[0].Value)
	two.press(s.screen(list), "pin_refresh")
	two.press(s.screen(list), "pin_history")
	two.press(s.screen(list), "pin_show")
	two.press(s.screen(list), "pin_page")
	two.press(s.screen(list), "pin_drafts")
	s.lose(one)
	s.stale(one)
	list = two.slash("pins").Message()
	if pin := component(list, "pin_show"); pin != nil {
		two.choose(list, "pin_show", pin.Options[0].Value)
		if component(s.screen(list), "pin_unpin") != nil {
			two.press(s.screen(list), "pin_unpin")
		}
	}
}

// summarize drafts summaries, of which one is published.
func (s *dayServer) summarize(who guest) {
	topics := who.types("summary", discordtest.Typing("topic", "")).Choices
	if len(topics) == 0 {
		s.day.Fatalf("%s: no topic is offered", s)
	}
	topic := discordtest.Text("topic", choiceText(topics[s.rand.IntN(len(topics))]))
	draft := who.slash("summary", topic).Message()
	form := who.press(draft, "draft_edit")
	lines := ""
	for _, c := range flat(form.Modal.Components) {
		if c.CustomID == "lines" {
			lines = c.Value
		}
	}
	who.fill(form, "Summary "+s.mark, lines+"\nOur own words "+s.mark)
	who.press(s.screen(draft), "draft_publish")

	dropped := who.slash("summary", topic).Message()
	list := who.slash("pins").Message()
	who.press(list, "pin_drafts")
	menu := component(s.screen(list), "draft_open")
	if menu == nil {
		s.day.Fatalf("%s: no draft is listed: %s", s, s.screen(list).Text())
	}
	who.choose(s.screen(list), "draft_open", menu.Options[0].Value)
	who.press(dropped, "draft_discard")
}

// pinned is the newest message of the bot that is pinned in the channel for questions.
func (s *dayServer) pinned() discordtest.Message {
	s.day.Helper()
	var found discordtest.Message
	for _, m := range s.day.fake.Messages(s.ask) {
		if m.Pinned && m.Author.ID == s.day.fake.BotID() {
			found = m
		}
	}
	if found.ID == "" {
		s.day.Fatalf("%s: nothing is pinned", s)
	}
	return found
}

// lose deletes a pinned message, which the bot notices; it is pinned anew, or forgotten.
func (s *dayServer) lose(who guest) {
	m := s.pinned()
	if err := who.user().Delete(m.ChannelID, m.ID); err != nil {
		s.day.Fatal(err)
	}
	card := s.card("pin_again")
	if s.n%2 == 0 {
		who.in(s.log).press(card, "pin_again")
	} else {
		who.in(s.log).press(card, "pin_forget")
	}
}

// stale hides what a pin rests on, which makes it stale.
func (s *dayServer) stale(who guest) {
	question := s.question("en-US")
	a := s.anyone().asks(question)
	answer := a.answered()
	if answer.Private() {
		return
	}
	pinned := who.menu("Pin answer", answer)
	if component(pinned.Message(), "draft_publish") != nil { // an answer of several messages
		who.press(pinned.Message(), "draft_publish")
	}
	other := s.anyone().asks(question).answered()
	who.menu("Hide answer", other)
	who = who.in(s.log)
	card := s.card("pin_keep", "pin_card")
	if menu := component(card, "pin_card"); menu != nil { // other pins rest on the same
		card = who.choose(card, "pin_card", menu.Options[0].Value).Message()
	}
	switch s.n % 3 {
	case 0:
		who.press(card, "pin_keep")
	case 1:
		who.press(card, "pin_update")
	}
	who.press(s.card("hide-restore"), "hide-restore")
}
