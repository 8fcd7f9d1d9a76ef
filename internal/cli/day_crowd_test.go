package cli_test

import (
	"slices"

	"amur/internal/discordtest"
)

// morning has members ask until so many interactions have been. Then what the bot remembers of its last answers is as much as it
// ever is.
func (d *day) morning(until int) {
	d.Helper()
	for d.fake.Stats().Interactions < until {
		d.play(len(d.servers), func(i int) {
			if s := d.servers[i]; !s.speaks() {
				who := s.anyone()
				who.asks(s.question(who.speaks)).answered()
			}
		})
	}
	d.rest()
}

// rest waits until nothing is under way.
func (d *day) rest() {
	d.Helper()
	d.until("nothing is under way", func() bool { return d.bot.figures(d.T)["amur_queue_length"] == 0 })
}

// ordinary has members do what they do most, until so many interactions have been.
func (d *day) ordinary(until int) {
	d.Helper()
	round := 0
	for d.fake.Stats().Interactions < until {
		round++
		d.play(len(d.servers), func(i int) { d.servers[i].ordinary(round) })
		d.orStop()
	}
	d.rest()
}

// ordinary is a little of everything that is looked up.
func (s *dayServer) ordinary(round int) {
	who := s.anyone()
	if round%4 == 0 && !s.speaks() {
		m := who.asks(s.question(who.speaks)).answered()
		who.press(m, "evidence")
		who.choose(m, "more", "helpful")
	}
	for _, typed := range []string{"t", "tr", "tra", "trade"} {
		who.types("ask", discordtest.Typing("question", typed))
	}
	who.types("read", discordtest.Typing("what", "energy"))
	who.slash([]string{"help", "privacy", "sources"}[round%3])
}

// flood has hundreds ask at once in one server, while others ask as ever. Everybody is answered, or told to wait or to come again.
func (d *day) flood() {
	d.Helper()
	crowd, others := d.servers[1], d.servers[2:]
	var flooding []*discordtest.Interaction
	for i := range d.daySize.flood {
		m := crowd.members[i%len(crowd.members)]
		a := m.begun(m.user().Slash(m.at, "ask", discordtest.Text("question", crowd.question(m.speaks))), "/ask")
		flooding = append(flooding, a.handle)
	}
	for _, s := range others[:min(8, len(others))] {
		who := s.anyone()
		a := who.asks(s.question(who.speaks))
		a.answered()
	}
	answered := 0
	d.until("the flood is over", func() bool {
		answered = 0
		return !slices.ContainsFunc(flooding, func(i *discordtest.Interaction) bool {
			o := i.Now()
			if slices.ContainsFunc(o.Messages, func(m discordtest.Message) bool { return component(m, "evidence") != nil }) {
				answered++
			}
			return !d.words.final(o)
		})
	})
	d.Logf("flood: %d of %d questions are answered, the others are told", answered, len(flooding))
	if answered < len(flooding)/4 {
		d.Errorf("only %d of %d questions of the flood are answered", answered, len(flooding))
	}
}

// hostile has members say what hurts programs, and look at what comes of it.
func (s *dayServer) hostile() {
	who := s.anyone()
	for _, bad := range hostileTexts() {
		a := who.asks(bad)
		if component(a.Message(), "tell") != nil {
			who.press(a.Message(), "tell")
		}
		m := who.post(discordtest.Post{
			Text: bad, Attachments: []discordtest.Attachment{{ID: "1", Filename: "../../etc/passwd\u202egpj.exe", Size: 1}},
			Embeds: []discordtest.Embed{{Title: "@everyone", Description: "<@&1>"}}, Components: []discordtest.Component{{Type: 99, CustomID: "?"}},
		}).Message
		who.menu("Check against sources", m)
		who.menu("Ask about this", m)
	}
	who.mention(s.question(who.speaks) + " @everyone <@&" + string(s.modRole) + "> " + s.mark)
}

// hostileTexts are what people write to break things.
func hostileTexts() []string {
	emoji := ""
	for range 900 {
		emoji += "😀"
	}
	return []string{
		"@everyone @here how big is trade? <@1> <@&2> <#3>", "**bold** `code` ```x``` ||spoiler|| [a](https://evil.example) > # h",
		"Z\u0351\u036b\u0343a\u0352l\u0327go\u0321 trade\u0300\u0301\u0302\u0303", "\u202etrade is big\u202c \u2066x\u2069 \u200b\u200d",
		emoji, "\\\\[1] \\\u0000\u0007 {place} %s %d {{.}}", "'; DROP TABLE answers; --", "<script>alert(1)</script>",
	}
}
