package discordtest_test

import (
	"context"
	"net/http"
	"testing"

	"amur/internal/discordtest"
)

// TestFromAnotherProcess drives a fake by its control routes only, as a load test does.
func TestFromAnotherProcess(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	urls, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- discordtest.Serve(ctx, discordtest.Options{KeepRecords: 100}, func(url string) { urls <- url })
	}()
	client := discordtest.Client{URL: <-urls}
	guild, err := client.AddGuild(ctx, discordtest.Guild{Name: "far"})
	if err != nil {
		t.Fatal(err)
	}
	channel, err := client.AddChannel(ctx, discordtest.Channel{GuildID: guild.ID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.AddMember(ctx, guild.ID, discordtest.Member{User: discordtest.User{ID: "7"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(ctx, discordtest.Action{User: "7", Do: "slash", Channel: channel.ID, Name: "ask"}); err == nil {
		t.Error("a command that is not registered was used")
	}
	violations, err := client.Violations(ctx)
	if err != nil || len(violations) != 1 || violations[0].Rule != discordtest.RuleTest {
		t.Errorf("violations %v, %v", violations, err)
	}
	remote := remoteBot{t, client.URL}
	remote.must(http.MethodPut, "/applications/1000000000000000001/commands", ask)
	asked, err := client.Do(ctx, discordtest.Action{User: "7", Do: "slash", Channel: channel.ID, Name: "ask", Options: []discordtest.Option{discordtest.Text("question", "?")}})
	if err != nil {
		t.Fatal(err)
	}
	said, err := client.Do(ctx, discordtest.Action{User: "7", Do: "post", Post: discordtest.Post{Channel: channel.ID, Text: "hello"}})
	if err != nil {
		t.Fatal(err)
	}
	answers := make(chan discordtest.Outcome)
	go func() {
		o, err := client.WaitUntil(ctx, asked.Interaction, discordtest.Outcome.Settled)
		if err != nil {
			t.Error(err)
		}
		answers <- o
	}()
	token := "aW50ZXJhY3Rpb246" + string(asked.Interaction)
	remote.must(http.MethodPost, "/interactions/"+string(asked.Interaction)+"/"+token+"/callback", `{"type":5}`)
	remote.must(http.MethodPatch, "/webhooks/1000000000000000001/"+token+"/messages/@original", `{"content":"far away"}`)
	if o := <-answers; o.Message().Content != "far away" {
		t.Errorf("outcome %+v", o)
	}
	remote.must(http.MethodPost, "/channels/"+string(channel.ID)+"/messages", `{"content":"hello","message_reference":{"message_id":"`+string(said.Message)+`"}}`)
	if list, err := client.WaitReplies(ctx, channel.ID, said.Message, func(m []discordtest.Message) bool { return len(m) == 1 }); err != nil || list[0].Content != "hello" {
		t.Errorf("replies %+v, %v", list, err)
	}
	if records, err := client.Records(ctx, 3); err != nil || len(records) != 1 {
		t.Errorf("%d records after 3, %v", len(records), err)
	}
	if stats, err := client.Stats(ctx); err != nil || stats.Interactions != 1 {
		t.Errorf("stats %+v, %v", stats, err)
	}
	if err := client.Call(ctx, "kick-bot", guild.ID, nil); err != nil {
		t.Error(err)
	}
	if err := client.Call(ctx, "nothing-of-the-kind", nil, nil); err == nil {
		t.Error("a route that is none answered")
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

type remoteBot struct {
	t   *testing.T
	url string
}

func (r remoteBot) must(method, path, body string) {
	r.t.Helper()
	b := &bot{t: r.t, token: discordtest.DefaultToken, agent: "DiscordBot (https://example.org, 1)", url: r.url}
	b.must(method, path, body)
}
