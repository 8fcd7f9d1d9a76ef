package discordtest_test

import (
	"net/http"
	"testing"

	"amur/internal/discordtest"
)

const ask = `[{"name":"ask","description":"Ask","options":[{"type":3,"name":"question","description":"What","required":true,"autocomplete":true},
	{"type":5,"name":"private","description":"Only for me"}]},
	{"name":"note","description":"Notes","default_member_permissions":"8192","options":[
		{"type":1,"name":"add","description":"Add","options":[{"type":3,"name":"text","description":"Text","required":true}]}]},
	{"type":3,"name":"Check against sources"}]`

// TestDay is the whole of a bot's life in small: registering, connecting, answering, and nothing broken.
func TestDay(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	bot.event("GUILD_CREATE")
	bot.send(1, "null")
	bot.op(11)

	asked := fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "How big is the trade?"))
	e := bot.interaction()
	bot.must(http.MethodPost, e.callback(), `{"type":5}`)
	bot.must(http.MethodPatch, bot.original(e), `{"content":"240.1 billion","allowed_mentions":{"parse":[]}}`)
	bot.must(http.MethodPost, bot.webhook(e), `{"content":"for your eyes","flags":64,"allowed_mentions":{"parse":[]}}`)
	outcome, err := asked.WaitUntil(soon(t), func(o discordtest.Outcome) bool { return o.FollowUps == 1 && len(o.Messages) == 2 })
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome.Message(); got.Content != "240.1 billion" || got.Private() || got.Loading() {
		t.Errorf("answer %+v", got)
	}
	if got := outcome.Messages[1]; !got.Private() || got.Viewer != "7" {
		t.Errorf("follow-up is not private: %+v", got)
	}

	said := fake.User("7").Say(channel.ID, "<@"+string(fake.BotID())+"> and in 2024?")
	bot.event("MESSAGE_CREATE")
	bot.must(http.MethodPost, "/channels/"+string(channel.ID)+"/messages",
		`{"content":"245","message_reference":{"message_id":"`+string(said.Message.ID)+`"},"allowed_mentions":{"parse":[]}}`)
	if reply, err := said.Wait(soon(t)); err != nil || reply.Content != "245" {
		t.Errorf("reply %+v, %v", reply, err)
	}
	blameless(t, fake)
}
