package discordtest_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"amur/internal/discordtest"
)

// TestAPersonSeesWhatAPersonSees presses what can be pressed and what cannot.
func TestAPersonSeesWhatAPersonSees(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	vera, mod := fake.User("7"), fake.User("8")
	buttons := row(button("live")+`,{"type":2,"style":1,"label":"off","custom_id":"dead","disabled":true}`) + "," +
		row(`{"type":3,"custom_id":"menu","max_values":2,"options":[`+choice(1)+","+choice(2)+`]}`) + "," +
		row(`{"type":5,"custom_id":"who"}`)
	show := func(flags string) discordtest.ID {
		t.Helper()
		shown := vera.Slash(channel.ID, "ask", discordtest.Text("question", "?"))
		bot.must(http.MethodPost, bot.interaction().callback(), `{"type":4,"data":{"content":"x","flags":`+flags+`,"components":[`+buttons+`]}}`)
		return shown.Now().Message().ID
	}
	public, private := show("0"), show("64")
	foreign := mod.Say(channel.ID, "not the bot's").Message.ID
	tests := []struct {
		name string
		do   func() *discordtest.Interaction
		good bool
	}{
		{"button", func() *discordtest.Interaction { return vera.Click(channel.ID, public, "live") }, true},
		{"another's button in public", func() *discordtest.Interaction { return mod.Click(channel.ID, public, "live") }, true},
		{"own private button", func() *discordtest.Interaction { return vera.Click(channel.ID, private, "live") }, true},
		{"another's private button", func() *discordtest.Interaction { return mod.Click(channel.ID, private, "live") }, false},
		{"disabled", func() *discordtest.Interaction { return vera.Click(channel.ID, public, "dead") }, false},
		{"not there", func() *discordtest.Interaction { return vera.Click(channel.ID, public, "gone") }, false},
		{"no such message", func() *discordtest.Interaction { return vera.Click(channel.ID, "1", "live") }, false},
		{"message of a person", func() *discordtest.Interaction { return vera.Click(channel.ID, foreign, "live") }, false},
		{"select by click", func() *discordtest.Interaction { return vera.Click(channel.ID, public, "menu") }, false},
		{"two values", func() *discordtest.Interaction { return vera.Select(channel.ID, public, "menu", "v1", "v2") }, true},
		{"no value", func() *discordtest.Interaction { return vera.Select(channel.ID, public, "menu") }, false},
		{"value that is none", func() *discordtest.Interaction { return vera.Select(channel.ID, public, "menu", "v3") }, false},
		{"user", func() *discordtest.Interaction { return vera.Select(channel.ID, public, "who", "8") }, true},
		{"stranger", func() *discordtest.Interaction { return fake.User("99").Click(channel.ID, public, "live") }, false},
		{"modal that is not open", func() *discordtest.Interaction { return vera.Submit(fake.Interaction("1")) }, false},
	}
	for _, tt := range tests {
		fake.TakeViolations()
		err := tt.do().Err()
		if (err == nil) != tt.good {
			t.Errorf("%s: %v", tt.name, err)
		}
		if v := fake.TakeViolations(); (len(v) == 0) != tt.good || len(v) > 0 && v[0].Rule != discordtest.RuleTest {
			t.Errorf("%s: violations %v", tt.name, v)
		}
		if tt.good {
			bot.interaction()
		}
	}
	if _, err := vera.Click(channel.ID, public, "gone").Wait(t.Context()); err == nil {
		t.Error("Wait of what could not be done gives no error")
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := vera.Click(channel.ID, public, "live").Wait(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait = %v", err)
	}
}

func TestAModalTakesWhatFits(t *testing.T) {
	t.Parallel()
	fake, bot, interaction, e := asked(t, discordtest.Options{})
	bot.must(http.MethodPost, e.callback(), `{"type":9,"data":{"custom_id":"m","title":"T","components":[
		{"type":18,"label":"A","component":{"type":4,"custom_id":"a","style":1,"max_length":5}},
		{"type":18,"label":"B","component":{"type":4,"custom_id":"b","style":1,"required":false}},
		{"type":18,"label":"C","component":{"type":4,"custom_id":"c","style":1,"value":"filled in"}},
		{"type":18,"label":"D","component":{"type":3,"custom_id":"d","options":[`+choice(1)+`]}}]}}`)
	a, d := discordtest.Field{CustomID: "a", Value: "words"}, discordtest.Field{CustomID: "d", Values: []string{"v1"}}
	for name, fields := range map[string][]discordtest.Field{
		"required missing":    {d},
		"select missing":      {a},
		"too long":            {d, {CustomID: "a", Value: "longer"}},
		"unknown":             {a, d, {CustomID: "x", Value: "y"}},
		"value that is none":  {a, {CustomID: "d", Values: []string{"v9"}}},
		"another's modal (8)": {a, d},
	} {
		person := fake.User("7")
		if name == "another's modal (8)" {
			person = fake.User("8")
		}
		if err := person.Submit(interaction, fields...).Err(); err == nil {
			t.Errorf("%s: submitted", name)
		}
	}
	fake.TakeViolations()
	if err := fake.User("7").Submit(interaction, a, d).Err(); err != nil {
		t.Fatal(err)
	}
	e = bot.interaction()
	if e.Type != 5 || e.Data.CustomID != "m" {
		t.Errorf("submit %+v", e)
	}
	blameless(t, fake)
}

func TestWhatOthersDoToMessages(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.connect(plainIntents)
	vera, mod := fake.User("7"), fake.User("8")
	said := vera.Say(channel.ID, "x").Message.ID
	if err := mod.Edit(channel.ID, said, "y"); err == nil {
		t.Error("edited another's message")
	}
	if err := vera.Edit(channel.ID, said, "y"); err != nil {
		t.Error(err)
	}
	bot.event("MESSAGE_UPDATE")
	theirs := mod.Say(channel.ID, "z").Message.ID
	if err := vera.Delete(channel.ID, theirs); err == nil {
		t.Error("deleted another's message without MANAGE_MESSAGES")
	}
	if err := mod.Delete(channel.ID, said); err != nil {
		t.Error(err)
	}
	bot.event("MESSAGE_DELETE")
	if err := vera.Reply(channel.ID, said, "late").Err(); err == nil {
		t.Error("replied to a deleted message")
	}
	fake.SetOverwrite(channel.ID, discordtest.Overwrite{ID: "7", Type: 1, Deny: discordtest.SendMessages})
	if err := vera.Say(channel.ID, "x").Err(); err == nil {
		t.Error("spoke without SEND_MESSAGES")
	}
}
