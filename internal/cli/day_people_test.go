package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"amur/bot/phrase"
	"amur/internal/discordtest"
)

// patience is how long people wait for what must come.
const patience = 30 * time.Second

func locales() []string { return []string{"en-US", "ru", "uk", "zh-CN", "zh-TW"} }

// guest is a person of a server in a channel.
type guest struct {
	server *dayServer
	id, at discordtest.ID
	speaks string // a locale of Discord's
	direct bool   // at is the channel of direct messages
}

// act is something that a person did, with what came of it.
type act struct {
	discordtest.Outcome

	n      int // of the diary
	handle *discordtest.Interaction
	server *dayServer
	what   string
	who    discordtest.ID
	direct bool // in direct messages
}

// said is a message to the bot.
type said struct {
	*discordtest.Said

	server *dayServer
	took   time.Duration // until the first reply
}

func (m guest) user() discordtest.Person { return m.server.day.fake.User(m.id) }

// in is the same person in another channel.
func (m guest) in(channel discordtest.ID) guest {
	m.at = channel
	return m
}

// apart is the same person in direct messages with the bot.
func (m guest) apart() guest {
	m.at, m.direct = m.server.day.fake.DirectMessages(m.id).ID, true
	return m
}

// slash uses a command and waits for what comes of it in the end.
func (m guest) slash(command string, options ...discordtest.Option) act {
	m.server.day.Helper()
	return m.did(m.user().Slash(m.at, command, options...), "/"+command)
}

// asks asks a question.
func (m guest) asks(question string, options ...discordtest.Option) act {
	m.server.day.Helper()
	return m.slash("ask", append(options, discordtest.Text("question", question))...)
}

// types types into an option of a command.
func (m guest) types(command string, options ...discordtest.Option) act {
	m.server.day.Helper()
	return m.did(m.user().Autocomplete(m.at, command, options...), "typing /"+command)
}

// menu chooses from the menu of a message.
func (m guest) menu(command string, message discordtest.Message) act {
	m.server.day.Helper()
	return m.did(m.user().MessageCommand(message.ChannelID, command, message.ID), "menu "+command)
}

// press presses the button of a verb.
func (m guest) press(on discordtest.Message, verb string) act {
	m.server.day.Helper()
	c := m.find(on, verb)
	return m.did(m.user().Click(on.ChannelID, on.ID, c.CustomID), "verb "+verbOf(c.CustomID))
}

// choose chooses in the menu of a verb.
func (m guest) choose(on discordtest.Message, verb string, values ...string) act {
	m.server.day.Helper()
	c := m.find(on, verb)
	return m.did(m.user().Select(on.ChannelID, on.ID, c.CustomID, values...), "verb "+verbOf(c.CustomID))
}

// remove deletes an answer by its menu, and waits until it is gone. Discord tells of that by an acknowledgement at most.
func (m guest) remove(answer discordtest.Message) {
	d := m.server.day
	d.Helper()
	c := m.find(answer, "more")
	m.begun(m.user().Select(answer.ChannelID, answer.ID, c.CustomID, "delete"), "removal")
	d.until("an answer is deleted", func() bool { return !d.hasMessage(answer) })
}

// fill fills in the form that an act opened: a text for each field, in order.
func (m guest) fill(form act, texts ...string) act {
	m.server.day.Helper()
	if form.Modal == nil {
		m.server.day.Fatalf("%s: %s opened no form: %s", m.server, form.what, form.text())
	}
	var fields []discordtest.Field
	for _, c := range flat(form.Modal.Components) {
		if c.Type == discordtest.TypeTextInput && len(fields) < len(texts) {
			fields = append(fields, discordtest.Field{CustomID: c.CustomID, Value: texts[len(fields)]})
		}
	}
	return m.did(m.user().Submit(form.handle, fields...), "verb "+verbOf(form.Modal.CustomID))
}

// find finds what a verb stands on.
func (m guest) find(on discordtest.Message, verb string) discordtest.Component {
	m.server.day.Helper()
	c := component(on, verb)
	if c == nil {
		m.server.day.Fatalf("%s: nothing of the verb %q under %s", m.server, verb, on.Text())
		return discordtest.Component{}
	}
	return *c
}

// did waits for the end of what a person did, and keeps it for the judgement.
func (m guest) did(i *discordtest.Interaction, what string) act {
	d := m.server.day
	d.Helper()
	a := m.begun(i, what)
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	out, err := i.WaitUntil(ctx, d.words.final)
	if err != nil {
		d.Fatalf("%s: %s: %v", m.server, what, err)
	}
	a.Outcome = out
	d.mu.Lock()
	defer d.mu.Unlock()
	d.acts[a.n].Outcome = out
	return a
}

// begun keeps what a person did for the judgement.
func (m guest) begun(i *discordtest.Interaction, what string) act {
	a := act{handle: i, server: m.server, what: what, who: m.id, direct: m.direct}
	d := m.server.day
	d.mu.Lock()
	defer d.mu.Unlock()
	a.n = len(d.acts)
	d.acts = append(d.acts, a)
	d.used[what] = true
	return a
}

// mention says something to the bot, and waits for its final reply.
func (m guest) mention(text string) discordtest.Message {
	d := m.server.day
	d.Helper()
	if !m.direct {
		text = "<@" + string(d.fake.BotID()) + "> " + text
	}
	return m.heard(discordtest.Post{Text: text})
}

// heard posts a message that the bot must reply to, and waits for its final reply.
func (m guest) heard(p discordtest.Post) discordtest.Message {
	d := m.server.day
	d.Helper()
	s := m.post(p)
	d.mu.Lock()
	d.said = append(d.said, s)
	d.mu.Unlock()
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	replies, err := s.WaitUntil(ctx, func(replies []discordtest.Message) bool { return len(replies) > 0 && !d.words.holds(replies[0]) })
	if err != nil {
		d.Fatalf("%s: no reply to %q: %v", m.server, p.Text, err)
	}
	s.took = replies[0].Timestamp.Sub(s.Message.Timestamp)
	return replies[0]
}

// post posts a message of which nothing is expected.
func (m guest) post(p discordtest.Post) *said {
	d := m.server.day
	d.Helper()
	p.Channel = m.at
	s := &said{Said: m.user().Post(p), server: m.server}
	if err := s.Err(); err != nil {
		d.Fatalf("%s: %v", m.server, err)
	}
	return s
}

// text is all that an act showed.
func (a act) text() string {
	var all strings.Builder
	for _, m := range a.Messages {
		all.WriteString(m.Text() + "\n")
	}
	return all.String()
}

// answered returns the message with the buttons of an answer; it fails where there is none.
func (a act) answered() discordtest.Message {
	a.server.day.Helper()
	for _, m := range a.Messages {
		if component(m, "evidence") != nil {
			return m
		}
	}
	a.server.day.Fatalf("%s: %s: no answer: %s", a.server, a.what, a.text())
	return discordtest.Message{}
}

// shows fails the test unless an act showed all of that.
func (a act) shows(parts ...string) act {
	a.server.day.Helper()
	for _, part := range parts {
		if !strings.Contains(a.text(), part) {
			a.server.day.Errorf("%s: %s lacks %q: %s", a.server, a.what, part, a.text())
		}
	}
	return a
}

func verbOf(customID string) string {
	verb, _, _ := strings.Cut(customID, ":")
	return verb
}

// component finds what stands under a message by its verb, or by its verb and an argument, "settings-set/layout"; nil for nothing.
func component(m discordtest.Message, name string) *discordtest.Component {
	verb, argument, _ := strings.Cut(name, "/")
	for _, c := range flat(m.Components) {
		words := strings.Split(c.CustomID, ":")
		if words[0] == verb && !c.Disabled && (argument == "" || slices.Contains(words[1:], argument)) {
			return &c
		}
	}
	return nil
}

// flat are components with those inside of them.
func flat(list []discordtest.Component) []discordtest.Component {
	var out []discordtest.Component
	for _, c := range list {
		out = append(append(out, c), flat(c.Components)...)
		for _, inner := range []*discordtest.Component{c.Component, c.Accessory} {
			if inner != nil {
				out = append(out, flat([]discordtest.Component{*inner})...)
			}
		}
	}
	return out
}

// choiceText is the value of a choice.
func choiceText(c discordtest.Choice) string {
	var value string
	if err := json.Unmarshal(c.Value, &value); err != nil {
		return fmt.Sprint(err)
	}
	return value
}

// interim knows what the bot says until the final reply is there.
type interim struct{ parts []string }

func newInterim(t *testing.T) *interim {
	t.Helper()
	book, err := phrase.Read()
	if err != nil {
		t.Fatal(err)
	}
	w := &interim{}
	for _, l := range phrase.Locales() {
		for _, key := range []string{"working", "queued", "answer.wording"} {
			part, _, _ := strings.Cut(book.Raw(l, key), "{")
			w.parts = append(w.parts, part)
		}
	}
	return w
}

// final reports whether what a person sees is to stay.
func (w *interim) final(o discordtest.Outcome) bool {
	const deferredUpdate = 6
	switch {
	case !o.Settled():
		return false
	case o.Answer == deferredUpdate && o.Edits+o.FollowUps+len(o.Deleted) == 0:
		return false // a message will change
	}
	return !slices.ContainsFunc(o.Messages, w.holds)
}

// holds reports whether a message says that more is to come.
func (w *interim) holds(m discordtest.Message) bool {
	all := m.Text()
	for _, part := range w.parts {
		if strings.Contains(all, part) {
			return true
		}
	}
	return false
}

// sayFirst is a model that says what the first passage says, word for word.
func sayFirst(prompt string) string {
	shown := shownPassages(prompt)
	if len(shown) == 0 {
		return noAnswer
	}
	return say([]cited{{shown[0], 0}})
}
