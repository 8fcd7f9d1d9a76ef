package discordtest_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"amur/internal/discordtest"
)

func TestContentFollowsTheIntent(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	messages := "/channels/" + string(channel.ID) + "/messages"
	bot.must(http.MethodPost, messages, `{"content":"an ordinary message"}`)
	ordinary := fake.Messages(channel.ID)[0].ID
	interaction := fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?"))
	bot.must(http.MethodPost, bot.interaction().callback(), `{"type":4,"data":{"content":"an answer"}}`)
	answer := interaction.Now().Message().ID
	vera := fake.User("7")
	mention := "<@" + string(fake.BotID()) + ">"
	tests := []struct {
		name string
		post discordtest.Post
		read bool
	}{
		{"plain", discordtest.Post{Text: "x"}, false},
		{"mention", discordtest.Post{Text: mention + " x"}, true},
		{"mention of another", discordtest.Post{Text: "<@8> x"}, false},
		{"reply with ping", discordtest.Post{Text: "x", Reply: ordinary}, true},
		{"reply without ping", discordtest.Post{Text: "x", Reply: ordinary, Silent: true}, false},
		{"reply to an answer", discordtest.Post{Text: "x", Reply: answer}, false},
		{"reply to an answer with mention", discordtest.Post{Text: mention + " x", Reply: answer}, true},
		{"attachment", discordtest.Post{Text: "x", Attachments: []discordtest.Attachment{{ID: "1"}}}, false},
		{"direct", discordtest.Post{Text: "x", Channel: fake.DirectMessages("7").ID}, true},
	}
	for _, tt := range tests {
		if tt.post.Channel == "" {
			tt.post.Channel = channel.ID
		}
		said := vera.Post(tt.post)
		var m discordtest.Message
		for m.ID != said.Message.ID {
			m = discordtest.Message{}
			if err := json.Unmarshal(bot.event("MESSAGE_CREATE").D, &m); err != nil {
				t.Fatal(err)
			}
		}
		if (m.Content != "") != tt.read || len(m.Attachments) > 0 && !tt.read {
			t.Errorf("%s: content %q", tt.name, m.Content)
		}
		if m.Author.ID != "7" || m.Author.Locale != "" {
			t.Errorf("%s: author %+v", tt.name, m.Author)
		}
		if tt.post.Reply != "" && (m.Referenced == nil || m.Referenced.Content == "") {
			t.Errorf("%s: the bot's own message is not shown as the referenced one: %+v", tt.name, m.Referenced)
		}
		got := bot.must(http.MethodGet, "/channels/"+string(tt.post.Channel)+"/messages/"+string(said.Message.ID), "")
		m = discordtest.Message{}
		if err := json.Unmarshal([]byte(got), &m); err != nil || (m.Content != "") != tt.read {
			t.Errorf("%s: content by REST %q, %v", tt.name, m.Content, err)
		}
	}
	said := vera.Say(channel.ID, "x")
	if err := vera.Edit(channel.ID, said.Message.ID, mention+" edited"); err != nil {
		t.Fatal(err)
	}
	for {
		var m discordtest.Message
		if err := json.Unmarshal(bot.event("MESSAGE_UPDATE").D, &m); err != nil {
			t.Fatal(err)
		}
		if m.ID == said.Message.ID {
			if m.Content == "" {
				t.Error("an edit that mentions the bot is not readable")
			}
			break
		}
	}
	blameless(t, fake)
}

func TestContentWithTheIntent(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{MessageContent: true})
	bot.connect(plainIntents | contentIntent)
	fake.User("7").Say(channel.ID, "plain")
	var m discordtest.Message
	if err := json.Unmarshal(bot.event("MESSAGE_CREATE").D, &m); err != nil || m.Content != "plain" {
		t.Errorf("content %q, %v", m.Content, err)
	}
	bot.connect(plainIntents) // the switch alone is not enough in version 10
	fake.User("7").Say(channel.ID, "plain")
	m = discordtest.Message{}
	if err := json.Unmarshal(bot.event("MESSAGE_CREATE").D, &m); err != nil || m.Content != "" {
		t.Errorf("content %q, %v", m.Content, err)
	}
	blameless(t, fake)
}

func TestStrangeMessages(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{MessageContent: true})
	bot.connect(plainIntents | contentIntent)
	fake.User("7").Post(discordtest.Post{Channel: channel.ID, Text: "x", Components: []discordtest.Component{{Type: 99, Label: "from the future"}}})
	var m discordtest.Message
	if err := json.Unmarshal(bot.event("MESSAGE_CREATE").D, &m); err != nil || len(m.Components) != 1 || m.Components[0].Type != 99 {
		t.Errorf("components %+v, %v", m.Components, err)
	}
	fake.User("7").Post(discordtest.Post{Channel: channel.ID, Text: "x", Webhook: true})
	if err := json.Unmarshal(bot.event("MESSAGE_CREATE").D, &m); err != nil || !m.Author.Bot || m.WebhookID == "" {
		t.Errorf("webhook's message %+v, %v", m, err)
	}
	blameless(t, fake)
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	fake, first, _, channel := start(t, discordtest.Options{})
	first.must(http.MethodPut, first.commands(), ask)
	first.connect(0)
	second := &bot{t: t, fake: fake, token: first.token, agent: first.agent}
	second.connect(0)
	interaction := fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?"))
	a, b := first.interaction(), second.interaction()
	if a.ID != b.ID {
		t.Errorf("two processes got %s and %s", a.ID, b.ID)
	}
	first.must(http.MethodPost, a.callback(), `{"type":5}`)
	second.refused(http.MethodPost, b.callback(), `{"type":5}`, http.StatusBadRequest, 40060)
	fake.Repeat(interaction)
	if again := first.interaction(); again.ID != a.ID {
		t.Errorf("repeated %s", again.ID)
	}
	if third := fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?")); third.ID == interaction.ID {
		t.Error("two interactions have one id")
	}
}
