package discordtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
)

// asked is a bot with one slash command waiting for its first answer.
func asked(t *testing.T, options discordtest.Options) (*discordtest.Server, *bot, *discordtest.Interaction, event) {
	t.Helper()
	fake, bot, _, channel := start(t, options)
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	interaction := fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?"))
	return fake, bot, interaction, bot.interaction()
}

func TestFirstAnswerWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	clock := discordtest.NewFakeClock(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	fake, bot, interaction, e := asked(t, discordtest.Options{Clock: clock})
	clock.Advance(3001 * time.Millisecond)
	bot.refused(http.MethodPost, e.callback(), `{"type":5}`, http.StatusNotFound, 10062)
	if got := interaction.Now(); got.Answer != 0 {
		t.Errorf("late answer counted: %+v", got)
	}
	bot.refused(http.MethodPatch, bot.original(e), `{"content":"x"}`, http.StatusNotFound, 10015)

	again := fake.User("7").Slash(channelOf(fake), "ask", discordtest.Text("question", "?"))
	e = bot.interaction()
	clock.Advance(2999 * time.Millisecond)
	bot.must(http.MethodPost, e.callback(), `{"type":5}`)
	if got := again.Now(); got.FirstAfter != 2999*time.Millisecond {
		t.Errorf("first answer after %s", got.FirstAfter)
	}
}

// channelOf finds the only text channel.
func channelOf(fake *discordtest.Server) discordtest.ID {
	for _, c := range fake.Channels() {
		if c.Type == discordtest.ChannelText {
			return c.ID
		}
	}
	return ""
}

func TestOneFirstAnswer(t *testing.T) {
	t.Parallel()
	_, bot, _, e := asked(t, discordtest.Options{})
	bot.refused(http.MethodPatch, bot.original(e), `{"content":"x"}`, http.StatusNotFound, 10015)
	bot.refused(http.MethodPost, bot.webhook(e), `{"content":"x"}`, http.StatusNotFound, 10015)
	bot.refused(http.MethodPost, "/interactions/"+e.ID+"/wrong/callback", `{"type":5}`, http.StatusNotFound, 10062)
	bot.must(http.MethodPost, e.callback(), `{"type":5}`)
	bot.refused(http.MethodPost, e.callback(), `{"type":5}`, http.StatusBadRequest, 40060)
	bot.refused(http.MethodPost, "/webhooks/5/"+e.Token, `{"content":"x"}`, http.StatusNotFound, 10015)
}

func TestTokenLivesFifteenMinutes(t *testing.T) {
	t.Parallel()
	clock := discordtest.NewFakeClock(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	fake, bot, interaction, e := asked(t, discordtest.Options{Clock: clock})
	bot.must(http.MethodPost, e.callback(), `{"type":4,"data":{"content":"public"}}`)
	clock.Advance(15 * time.Minute)
	bot.must(http.MethodPatch, bot.original(e), `{"content":"in time"}`)
	clock.Advance(time.Second)
	bot.refused(http.MethodPatch, bot.original(e), `{"content":"late"}`, http.StatusUnauthorized, 50027)
	bot.refused(http.MethodPost, bot.webhook(e), `{"content":"late"}`, http.StatusUnauthorized, 50027)
	m := interaction.Now().Message()
	bot.must(http.MethodPatch, "/channels/"+string(m.ChannelID)+"/messages/"+string(m.ID), `{"content":"by the channel"}`)
	if got := interaction.Now().Message().Content; got != "by the channel" {
		t.Errorf("content %q", got)
	}
	blameless(t, fake)
}

func TestPrivateIsDecidedAtTheFirstAnswer(t *testing.T) {
	t.Parallel()
	fake, bot, interaction, e := asked(t, discordtest.Options{})
	status, body := bot.call(http.MethodPost, e.callback()+"?with_response=true", `{"type":5,"data":{"flags":64}}`)
	var made struct {
		Resource struct {
			Message discordtest.Message `json:"message"`
		} `json:"resource"`
	}
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusOK || made.Resource.Message.Flags != discordtest.FlagEphemeral|discordtest.FlagLoading {
		t.Fatalf("%d %s", status, body)
	}
	if o := interaction.Now(); o.Settled() || !o.Private {
		t.Errorf("while thinking: %+v", o)
	}
	// The follow-up straight after the defer edits the loading message, whatever its own flag says.
	bot.must(http.MethodPost, bot.webhook(e), `{"content":"seen by one"}`)
	o, err := interaction.Wait(soon(t))
	if err != nil || len(o.Messages) != 1 || o.Message().Viewer != "7" || o.Message().Loading() || o.Message().Content != "seen by one" {
		t.Errorf("outcome %+v, %v", o, err)
	}
	bot.must(http.MethodPost, bot.webhook(e), `{"content":"seen by all"}`)
	if o = interaction.Now(); len(o.Messages) != 2 || o.Messages[1].Private() {
		t.Errorf("second %+v", o.Messages)
	}
	for _, r := range fake.Records() {
		switch {
		case strings.Contains(r.Route, "/callback") && (!r.Private || r.Viewer != "7"):
			t.Errorf("the private first answer is recorded as %+v", r)
		case r.Method == http.MethodPost && strings.Contains(string(r.Body), "by all") && r.Private:
			t.Errorf("the public follow-up is recorded as private")
		}
	}
	m := o.Message()
	bot.refused(http.MethodPatch, "/channels/"+string(m.ChannelID)+"/messages/"+string(m.ID), `{"content":"x"}`, http.StatusNotFound, 10008)
	bot.must(http.MethodDelete, bot.original(e), "")
	if o = interaction.Now(); len(o.Deleted) != 1 {
		t.Errorf("deleted %v", o.Deleted)
	}
	bot.refused(http.MethodGet, bot.original(e), "", http.StatusNotFound, 10008)
}

func TestCallbacksFitTheirInteraction(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	vera := fake.User("7")
	slash := func() event {
		vera.Slash(channel.ID, "ask", discordtest.Text("question", "?"))
		return bot.interaction()
	}
	for _, kind := range []int{1, 6, 7, 8, 10, 12} {
		bot.refused(http.MethodPost, slash().callback(), fmt.Sprintf(`{"type":%d,"data":{"content":"x"}}`, kind), http.StatusBadRequest, 50035)
	}
	e := slash()
	bot.must(http.MethodPost, e.callback(), `{"type":4,"data":{"content":"x","components":[`+row(button("go"))+`]}}`)
	var original discordtest.Message
	if err := json.Unmarshal([]byte(bot.must(http.MethodGet, bot.original(e), "")), &original); err != nil {
		t.Fatal(err)
	}

	click := vera.Click(channel.ID, original.ID, "go")
	e = bot.interaction()
	bot.refused(http.MethodPost, e.callback(), `{"type":8,"data":{"choices":[]}}`, http.StatusBadRequest, 50035)
	bot.must(http.MethodPost, e.callback(), `{"type":7,"data":{"content":"changed","components":[`+row(button("open"))+`]}}`)
	if o := click.Now(); o.Message().ID != original.ID || o.Message().Content != "changed" || !o.Settled() {
		t.Errorf("update %+v", o)
	}

	click = vera.Click(channel.ID, original.ID, "open")
	e = bot.interaction()
	bot.must(http.MethodPost, e.callback(), `{"type":9,"data":{"custom_id":"m","title":"T","components":[`+row(`{"type":4,"custom_id":"f","style":1,"label":"L"}`)+`]}}`)
	if o, err := click.Wait(soon(t)); err != nil || o.Modal == nil || o.Modal.CustomID != "m" {
		t.Errorf("modal %+v, %v", o.Modal, err)
	}
	submitted := vera.Submit(click, discordtest.Field{CustomID: "f", Value: "words"})
	e = bot.interaction()
	bot.refused(http.MethodPost, e.callback(), `{"type":9,"data":{"custom_id":"m","title":"T","components":[`+row(`{"type":4,"custom_id":"f","style":1,"label":"L"}`)+`]}}`, http.StatusBadRequest, 50035)
	bot.must(http.MethodPost, e.callback(), `{"type":6}`)
	bot.must(http.MethodPatch, bot.original(e), `{"content":"from the modal"}`)
	if o, err := submitted.Wait(soon(t)); err != nil || o.Message().Content != "from the modal" || o.Message().ID != original.ID {
		t.Errorf("after the modal %+v, %v", o, err)
	}

	typing := vera.Autocomplete(channel.ID, "ask", discordtest.Typing("question", "tra"))
	e = bot.interaction()
	bot.refused(http.MethodPost, e.callback(), `{"type":5}`, http.StatusBadRequest, 50035)
	bot.refused(http.MethodPost, e.callback(), `{"type":8,"data":{}}`, http.StatusBadRequest, 50035)
	bot.refused(http.MethodPost, e.callback(), `{"type":8,"data":{"choices":[`+repeat(26, func(i int) string { return fmt.Sprintf(`{"name":"%d","value":"v"}`, i) })+`]}}`, http.StatusBadRequest, 50035)
	bot.refused(http.MethodPost, e.callback(), `{"type":8,"data":{"choices":[{"name":"a","value":"`+strings.Repeat("a", 101)+`"}]}}`, http.StatusBadRequest, 50035)
	bot.must(http.MethodPost, e.callback(), `{"type":8,"data":{"choices":[{"name":"trade","value":"trade"}]}}`)
	if o, err := typing.Wait(soon(t)); err != nil || len(o.Choices) != 1 {
		t.Errorf("choices %+v, %v", o.Choices, err)
	}
	blameless(t, fake)
}

func TestModals(t *testing.T) {
	t.Parallel()
	input := `{"type":4,"custom_id":"f","style":1}`
	labelled := func(inner string) string { return `{"type":18,"label":"L","component":` + inner + `}` }
	modal := func(title, parts string) string {
		return `{"type":9,"data":{"custom_id":"m","title":"` + title + `","components":[` + parts + `]}}`
	}
	tests := []struct {
		name string
		body string
		good bool
	}{
		{"label", modal("T", labelled(input)), true},
		{"text display and label", modal("T", text("words")+","+labelled(input)), true},
		{"row", modal("T", row(`{"type":4,"custom_id":"f","style":2,"label":"L","max_length":4000}`)), true},
		{"select", modal("T", labelled(`{"type":3,"custom_id":"s","options":[`+choice(1)+`]}`)), true},
		{"radio", modal("T", labelled(`{"type":21,"custom_id":"s","options":[`+choice(1)+","+choice(2)+`]}`)), true},
		{"title of 46", modal(strings.Repeat("ж", 46), labelled(input)), false},
		{"no title", modal("", labelled(input)), false},
		{"no parts", modal("T", ""), false},
		{"six parts", modal("T", repeat(6, func(i int) string { return labelled(fmt.Sprintf(`{"type":4,"custom_id":"f%d","style":1}`, i)) })), false},
		{"custom_id twice", modal("T", labelled(input)+","+labelled(input)), false},
		{"row without label", modal("T", row(input)), false},
		{"label of 46", modal("T", `{"type":18,"label":"`+strings.Repeat("ж", 46)+`","component":`+input+`}`), false},
		{"description of 101", modal("T", `{"type":18,"label":"L","description":"`+strings.Repeat("ж", 101)+`","component":`+input+`}`), false},
		{"placeholder of 101", modal("T", labelled(`{"type":4,"custom_id":"f","style":1,"placeholder":"`+strings.Repeat("ж", 101)+`"}`)), false},
		{"value over max_length", modal("T", labelled(`{"type":4,"custom_id":"f","style":1,"max_length":3,"value":"four"}`)), false},
		{"max_length of 4001", modal("T", labelled(`{"type":4,"custom_id":"f","style":1,"max_length":4001}`)), false},
		{"no style", modal("T", labelled(`{"type":4,"custom_id":"f"}`)), false},
		{"disabled", modal("T", labelled(`{"type":3,"custom_id":"s","disabled":true,"options":[`+choice(1)+`]}`)), false},
		{"button", modal("T", row(button("b"))), false},
		{"radio of one", modal("T", labelled(`{"type":21,"custom_id":"s","options":[`+choice(1)+`]}`)), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, interaction, e := asked(t, discordtest.Options{})
			if !tt.good {
				bot.refused(http.MethodPost, e.callback(), tt.body, http.StatusBadRequest, 50035)
				return
			}
			bot.must(http.MethodPost, e.callback(), tt.body)
			if interaction.Now().Modal == nil {
				t.Error("no modal is shown")
			}
			blameless(t, fake)
		})
	}
}

func TestInstalledByTheUserOnly(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), `[{"name":"ask","description":"Ask","integration_types":[0,1]},{"name":"setup","description":"Set up"}]`)
	bot.connect(plainIntents)
	foreign := fake.AddGuild(discordtest.Guild{WithoutBot: true})
	channel := fake.AddChannel(discordtest.Channel{GuildID: foreign.ID})
	fake.AddMember(foreign.ID, discordtest.Member{User: discordtest.User{ID: "7"}})
	if err := fake.User("7").Slash(channel.ID, "ask").Err(); err == nil {
		t.Error("a command of an application that nobody installed was offered")
	}
	vera := fake.User("7")
	vera.Installed = true
	if err := vera.Slash(channel.ID, "setup").Err(); err == nil {
		t.Error("a command for servers only was offered")
	}
	fake.TakeViolations()
	interaction := vera.Slash(channel.ID, "ask")
	e := bot.interaction()
	bot.must(http.MethodPost, e.callback(), `{"type":4,"data":{"content":"x"}}`)
	for range 5 {
		bot.must(http.MethodPost, bot.webhook(e), `{"content":"more"}`)
	}
	blameless(t, fake)
	bot.refused(http.MethodPost, bot.webhook(e), `{"content":"sixth"}`, http.StatusForbidden, 40094)
	if interaction.Now().Private {
		t.Error("private although external applications are allowed")
	}
	fake.SetRole(foreign.ID, discordtest.Role{ID: foreign.ID, Permissions: discordtest.DefaultPermissions &^ discordtest.UseExternalApps})
	interaction = vera.Slash(channel.ID, "ask")
	e = bot.interaction()
	bot.must(http.MethodPost, e.callback(), `{"type":4,"data":{"content":"x"}}`)
	if !interaction.Now().Private {
		t.Error("public although external applications are forbidden")
	}
	blameless(t, fake)
}

func TestWhatAnInteractionTells(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(0)
	fake.SetOverwrite(channel.ID, discordtest.Overwrite{ID: guild.ID, Type: 0, Deny: discordtest.EmbedLinks})
	fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?"), discordtest.Truth("private", true))
	var got struct {
		Locale      string                 `json:"locale"`
		GuildLocale string                 `json:"guild_locale"`
		Context     int                    `json:"context"`
		App         discordtest.Permission `json:"app_permissions"`
		Size        int                    `json:"attachment_size_limit"`
		Owners      map[string]string      `json:"authorizing_integration_owners"`
		Channel     struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"channel"`
		Member struct {
			Permissions discordtest.Permission `json:"permissions"`
			User        struct {
				ID string `json:"id"`
			} `json:"user"`
			JoinedAt time.Time `json:"joined_at"`
		} `json:"member"`
		Data struct {
			Options []struct {
				Name  string          `json:"name"`
				Type  int             `json:"type"`
				Value json.RawMessage `json:"value"`
			} `json:"options"`
		} `json:"data"`
	}
	d := bot.event("INTERACTION_CREATE").D
	if err := json.Unmarshal(d, &got); err != nil {
		t.Fatal(err)
	}
	if got.Locale != "uk" || got.GuildLocale != "ru" || got.Context != 0 || got.Size != 10<<20 || got.Owners["0"] != string(guild.ID) ||
		got.Channel.Name != "ask" || got.Member.User.ID != "7" || got.Member.JoinedAt.IsZero() {
		t.Errorf("interaction %s", d)
	}
	if !got.App.Has(discordtest.PinMessages|discordtest.ViewChannel) || got.App.Has(discordtest.EmbedLinks) || got.Member.Permissions.Has(discordtest.EmbedLinks) {
		t.Errorf("app permissions %d, member's %d", got.App, got.Member.Permissions)
	}
	if len(got.Data.Options) != 2 || got.Data.Options[1].Type != 5 || string(got.Data.Options[1].Value) != "true" {
		t.Errorf("options %+v", got.Data.Options)
	}

	direct := fake.DirectMessages("7")
	fake.User("7").Slash(direct.ID, "ask", discordtest.Text("question", "?"))
	d = bot.event("INTERACTION_CREATE").D
	var alone map[string]json.RawMessage
	if err := json.Unmarshal(d, &alone); err != nil || alone["member"] != nil || alone["guild_id"] != nil || string(alone["context"]) != "1" || alone["user"] == nil {
		t.Errorf("interaction in direct messages %s", d)
	}
	blameless(t, fake)
}
