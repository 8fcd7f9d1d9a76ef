package cli_test

import (
	"amur/internal/discordtest"
)

// setUp goes through the screen of the first minute.
func (s *dayServer) setUp() {
	o := s.owner
	screen := o.slash("setup").Message()
	if screen.ID == "" {
		s.day.Fatalf("%s: no screen", s)
	}
	o.choose(screen, "setup-channels", string(s.ask))
	o.choose(s.screen(screen), "setup-log", string(s.log))
	o.choose(s.screen(screen), "setup-roles", string(s.modRole))
	o.press(s.screen(screen), "setup-preset/"+[]string{"ask", "open", "quiet"}[s.n%3])
	o.press(s.screen(screen), "setup-done")
}

// quiet reports whether the server chose that all answers are private.
func (s *dayServer) quiet() bool { return s.n%3 == 2 }

// tuning goes through the settings.
func (s *dayServer) tuning() {
	o := s.owner
	screen := o.slash("settings").Message()
	set := func(area, key, value string) {
		o.choose(s.screen(screen), "settings-area", area)
		o.choose(s.screen(screen), "settings-set/"+key, value)
	}
	if s.n%2 == 1 {
		set("answers", "layout", "plain")
	}
	if !s.speaks() {
		set("answers", "use_model", "off")
	}
	if s.n%8 == 4 {
		set("answers", "streaming", "off")
	}
	if s.n%5 == 0 {
		set("insights", "retention", "14")
		o.press(s.screen(screen), "settings-insights/on")
	}
	if s.n%10 == 3 {
		o.choose(s.screen(screen), "settings-area", "language")
		o.choose(s.screen(screen), "settings-channel", string(s.talk))
		o.choose(s.screen(screen), "settings-lang", locales()[1+s.n%4])
	}
	if s.n%10 == 1 {
		o.choose(s.screen(screen), "settings-area", "limits")
		o.fill(o.press(s.screen(screen), "settings-limits"), "0", "5000", "50000", "0")
	}
	if !s.day.hasMessage(screen) {
		s.day.Errorf("%s: the screen of the settings is gone", s)
	}
}

// hasMessage reports whether a message stands.
func (d *day) hasMessage(m discordtest.Message) bool {
	_, ok := d.fake.Message(m.ChannelID, m.ID)
	return ok
}

// limiting has the limits of the server hold, which its members see and nobody else.
func (s *dayServer) limiting() {
	o := s.owner
	who := guest{server: s, id: s.day.newPerson(s, "ru"), at: s.ask, speaks: "ru"} // who has not asked yet
	screen := o.slash("settings").Message()
	limits := func(texts ...string) {
		o.choose(s.screen(screen), "settings-area", "limits")
		o.fill(o.press(s.screen(screen), "settings-limits"), texts...)
	}
	limits("3600", "", "", "")
	first := who.asks(s.question(who.speaks))
	first.answered()
	s.unanswered(who.asks(s.question(who.speaks)))
	limits("0", "1", "", "")
	s.unanswered(who.asks(s.question(who.speaks)))
	limits("", "", "", "")
	who.asks(s.question(who.speaks)).answered()
}

// unanswered holds that a question got a private reply that is no answer.
func (s *dayServer) unanswered(a act) {
	s.day.Helper()
	for _, m := range a.Messages {
		if component(m, "evidence") != nil || !m.Private() {
			s.day.Errorf("%s: %s was answered: %s", s, a.what, a.text())
		}
	}
}

// leaving has people have erased what is kept of them, and of their server.
func (s *dayServer) leaving() {
	who := s.anyone()
	who.press(who.slash("forget-me").Message(), "forget-yes")
}

// erasing has all that is kept of the server erased.
func (s *dayServer) erasing() {
	o := s.owner
	screen := o.slash("settings").Message()
	o.choose(screen, "settings-area", "insights")
	o.press(s.screen(screen), "settings-insights/off")
	o.choose(s.screen(screen), "settings-area", "data")
	o.press(o.press(s.screen(screen), "settings-erase").Message(), "settings-erase-yes")
}
