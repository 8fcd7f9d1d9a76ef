package cli_test

import (
	"strings"
	"time"

	"amur/internal/discordtest"
)

// public asks in the channel for questions until an answer is public, or privately where all are.
func (s *dayServer) public(who guest) act {
	s.day.Helper()
	a := who.asks(s.question(who.speaks))
	a.answered()
	return a
}

// reporting has members report answers, and moderators decide.
func (s *dayServer) reporting() {
	who := s.anyone()
	m := s.public(who).answered()
	for _, kind := range []string{"wrong", "outdated", "one-sided"} { // three cards: each is decided in another way
		who.choose(who.press(m, "report").Message(), "report-kind", kind)
	}
	s.writeNote(s.card("note-on"))
	s.mods[0].in(s.log).press(s.card("card-dismiss"), "card-dismiss")
	s.mods[1].in(s.log).press(s.card("card-hide"), "card-hide")
	s.mods[0].in(s.log).press(s.card("hide-restore"), "hide-restore")
}

// writeNote proposes a note from a card, and rejects it.
func (s *dayServer) writeNote(card discordtest.Message) {
	one := s.mods[0].in(s.log)
	on := component(card, "note-on")
	var form act
	if len(on.Options) > 0 {
		form = one.choose(card, "note-on", on.Options[0].Value)
	} else {
		form = one.press(card, "note-on")
	}
	one.fill(form, "See our own list "+s.mark)
	one.press(s.card("note-reject"), "note-reject")
}

// noting has moderators write notes: two people for one that stands.
func (s *dayServer) noting() {
	one, two := s.mods[0], s.mods[1]
	choices := one.types("note add", discordtest.Typing("section", "")).Choices
	if len(choices) == 0 {
		s.day.Errorf("%s: no section is offered for a note", s)
		return
	}
	section := choiceText(choices[s.rand.IntN(len(choices))])
	write := func(who guest, text string) {
		who.fill(who.slash("note add", discordtest.Text("section", section)), text)
	}
	write(one, "Our own figure differs, see "+s.mark)
	one.in(s.log).press(s.card("note-approve"), "note-approve") // not the second person
	two.in(s.log).press(s.card("note-approve"), "note-approve")
	write(two, "Not this one "+s.mark)
	one.in(s.log).press(s.card("note-reject"), "note-reject")
	list := two.slash("note list")
	menu := component(list.Message(), "note-show")
	if menu == nil || len(menu.Options) == 0 {
		s.day.Fatalf("%s: no note is listed: %s", s, list.text())
	}
	shown := two.choose(list.Message(), "note-show", menu.Options[0].Value)
	shown.shows(s.mark)
	one.press(one.choose(one.slash("note list").Message(), "note-show", menu.Options[0].Value).Message(), "note-renew")
	s.browse(s.anyone()).shows(s.mark)
	if s.n%2 == 0 {
		two.press(shown.Message(), "note-remove")
		return
	}
	note := one.types("note remove", discordtest.Typing("note", "")).Choices
	if len(note) == 0 {
		s.day.Fatalf("%s: no note is offered for removal", s)
	}
	one.slash("note remove", discordtest.Text("note", choiceText(note[0])))
}

// hiding has a wrong answer taken away by one person: within ten seconds it is gone and not said again, here and nowhere else.
func (s *dayServer) hiding() {
	const limit = 10 * time.Second
	who, question := s.anyone(), s.question("en-US")
	answer := who.asks(question).answered()
	wrong := claim(answer)
	if wrong == "" {
		s.day.Fatalf("%s: no sentence in %s", s, answer.Text())
	}
	start := time.Now()
	if answer.Private() {
		s.hideByReport(who, answer)
	} else {
		s.mods[0].menu("Hide answer", answer)
	}
	again := s.anyone().asks(question)
	if took := time.Since(start); took > limit {
		s.day.Errorf("%s: it took %v to hide an answer", s, took)
	}
	if strings.Contains(again.text(), wrong) {
		s.day.Errorf("%s: a hidden answer is repeated: %s", s, again.text())
	}
	if !answer.Private() && s.day.hasMessage(answer) {
		s.day.Errorf("%s: a hidden answer is still there", s)
	}
	card := s.card("hide-keep")
	s.mods[0].in(s.log).press(card, "hide-keep") // not the second person
	if s.n%2 == 0 {
		s.mods[1].in(s.log).press(card, "hide-keep")
	}
	s.browse(s.anyone())
	s.mods[1].in(s.log).press(s.screen(card), "hide-restore")
}

// hideByReport hides a private answer, which only its card reaches.
func (s *dayServer) hideByReport(who guest, answer discordtest.Message) {
	who.choose(who.press(answer, "report").Message(), "report-kind", "offensive")
	s.mods[0].in(s.log).press(s.card("card-hide"), "card-hide")
}

// claim is the first sentence of an answer.
func claim(m discordtest.Message) string {
	for line := range strings.Lines(m.Text()) {
		if strings.HasPrefix(line, "> ") {
			continue
		}
		if sentence, _, ok := strings.Cut(line, " [1]"); ok {
			return strings.TrimSpace(sentence)
		}
	}
	return ""
}

// ordering has moderators pause the bot and block a member, and look what was asked.
func (s *dayServer) ordering() {
	one, who := s.mods[0], s.anyone()
	one.slash("pause", discordtest.Number("minutes", 5), discordtest.Text("channel", string(s.ask)))
	s.unanswered(who.asks(s.question(who.speaks)))
	one.slash("pause", discordtest.Number("minutes", 0), discordtest.Text("channel", string(s.ask)))
	one.slash("block", discordtest.Text("member", string(who.id)), discordtest.Number("days", 1))
	s.unanswered(who.asks(s.question(who.speaks)))
	one.slash("unblock", discordtest.Text("member", string(who.id)))
	who.asks(s.question(who.speaks)).answered()
	one.slash("insights", discordtest.Number("days", 7))
	// What is hidden from members can be shown to them by a server's settings; it is refused all the same, in private.
	stranger := who.user()
	stranger.Overridden = true
	for _, command := range []string{"pins", "setup", "insights"} {
		a := who.did(stranger.Slash(s.ask, command), "/"+command)
		if !a.Private || len(a.Message().Components) > 0 {
			s.day.Errorf("%s: a member gets /%s: %s", s, command, a.text())
		}
	}
}
