package discord_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

func buttons() discord.Component {
	return discord.ActionRow{Components: []discord.Component{
		discord.Button{Style: discord.Primary, Label: "Evidence", CustomID: "evidence:1"},
		discord.Button{Style: discord.Link, Label: "Source", URL: "https://example.org"},
	}}
}

func menu() discord.Component {
	return discord.ActionRow{Components: []discord.Component{discord.Select{
		CustomID: "more:1", Placeholder: "More", Options: []discord.SelectOption{{Label: "Share", Value: "share"}, {Label: "Delete", Value: "delete", Default: true}},
	}}}
}

// TestMessage sends, edits, reads and deletes messages of every form; the fake holds Discord's rules.
func TestMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	w.connect()
	channel := discord.ChannelID(w.channel.ID)
	plain := discord.Body{Content: "<@7> @everyone 你好", Components: []discord.Component{buttons(), menu()}}
	sent, err := w.client.Send(t.Context(), channel, plain)
	if err != nil {
		t.Fatal(err)
	}
	if sent.Content != plain.Content || sent.Author.ID != w.client.Self() || !slices.Equal(sent.CustomIDs, []string{"evidence:1", "more:1"}) {
		t.Errorf("sent %+v", sent)
	}
	if _, err := w.client.Edit(t.Context(), channel, sent.ID, discord.Body{Content: "@everyone edited"}); err != nil {
		t.Fatal(err)
	}
	v2 := discord.Body{V2: true, Components: []discord.Component{
		discord.TextDisplay{Content: "@here first"}, discord.Container{Components: []discord.Component{
			discord.TextDisplay{Content: "second"}, discord.Separator{}, buttons(),
		}}, menu(),
	}}
	if _, err := w.client.Edit(t.Context(), channel, sent.ID, v2); err != nil {
		t.Fatal(err)
	}
	got, err := w.client.Get(t.Context(), channel, sent.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Texts, []string{"@here first", "second"}) || got.Content != "" || !slices.Equal(got.CustomIDs, []string{"evidence:1", "more:1"}) {
		t.Errorf("after the edit: %+v", got)
	}
	if err := w.client.Delete(t.Context(), channel, sent.ID); err != nil {
		t.Fatal(err)
	}
	w.clean()
	if _, err := w.client.Get(t.Context(), channel, sent.ID); !errors.Is(err, discord.ErrUnknownMessage) {
		t.Errorf("error = %v, want ErrUnknownMessage", err)
	}
	if n := w.fake.Stats().LivePings; n != 0 {
		t.Errorf("%d bodies ping somebody", n)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	channel := discord.ChannelID(w.channel.ID)
	file := discord.File{Name: "график.png", Data: []byte{1, 2, 3}, Description: "A chart"}
	sent, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x", Files: []discord.File{file}})
	if err != nil {
		t.Fatal(err)
	}
	attached := func() int {
		m, _ := w.fake.Message(w.channel.ID, discordtest.ID(sent.ID))
		return len(m.Attachments)
	}
	if attached() != 1 {
		t.Fatal("nothing is attached")
	}
	if _, err := w.client.Edit(t.Context(), channel, sent.ID, discord.Body{Content: "y", KeepFiles: true}); err != nil || attached() != 1 {
		t.Errorf("an edit that keeps files: %v, %d attached", err, attached())
	}
	if _, err := w.client.Edit(t.Context(), channel, sent.ID, discord.Body{Content: "z"}); err != nil || attached() != 0 {
		t.Errorf("an edit that keeps none: %v, %d attached", err, attached())
	}
	w.clean()
}

func TestReply(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	channel := discord.ChannelID(w.channel.ID)
	said := w.fake.User("7").Say(w.channel.ID, "hello")
	m, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x", ReplyTo: discord.MessageID(said.Message.ID)})
	if err != nil || m.ReplyTo != discord.MessageID(said.Message.ID) {
		t.Errorf("reply = %+v, %v", m, err)
	}
	if err := w.fake.User("7").Delete(w.channel.ID, said.Message.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x", ReplyTo: discord.MessageID(said.Message.ID)}); err != nil {
		t.Errorf("reply to a deleted message: %v", err)
	}
	one, err1 := w.client.Send(t.Context(), channel, discord.Body{Content: "x", Nonce: "n"})
	two, err2 := w.client.Send(t.Context(), channel, discord.Body{Content: "x", Nonce: "n"})
	if one.ID != two.ID || err1 != nil || err2 != nil {
		t.Errorf("two sends with one nonce made %s and %s, %v %v", one.ID, two.ID, err1, err2)
	}
	w.clean()
}

// TestLostAnswer loses the answer to a message that is posted: it must stand there once.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for _, kind := range []discordtest.FaultKind{discordtest.FaultReset, discordtest.FaultGateway} {
		w := newWorld(t, discordtest.Options{}, nil)
		w.fake.Fault(discordtest.Fault{Method: "POST", Route: "/channels/{channel}/messages", Kind: kind, After: true})
		if _, err := w.client.Send(t.Context(), discord.ChannelID(w.channel.ID), discord.Body{Content: "once"}); err != nil {
			t.Fatal(err)
		}
		if n := len(w.fake.Messages(w.channel.ID)); n != 1 || w.fake.Faults() != 0 {
			t.Errorf("%s: %d messages, want 1", kind, n)
		}
	}
}

func TestReactionAndTyping(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	channel := discord.ChannelID(w.channel.ID)
	w.fake.SetBotPermissions(w.guild.ID, discordtest.Permission(discord.Invited|discord.AddReactions))
	said := w.fake.User("7").Say(w.channel.ID, "hello")
	id := discord.MessageID(said.Message.ID)
	for _, err := range []error{
		w.client.Typing(t.Context(), channel), w.client.React(t.Context(), channel, id, "⏳"), w.client.Unreact(t.Context(), channel, id, "⏳"),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	w.clean()
}

func TestPins(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	channel := discord.ChannelID(w.channel.ID)
	w.fake.SetBotPermissions(w.guild.ID, discordtest.Permission(discord.Invited))
	w.fake.SetRole(w.guild.ID, discordtest.Role{ID: w.guild.ID, Name: "@everyone", Permissions: discordtest.Permission(discord.Invited)})
	first, err := w.client.Send(t.Context(), channel, discord.Body{Content: "first"})
	if err != nil {
		t.Fatal(err)
	}
	const reason = "Закреплено по просьбе 版主"
	if err := w.client.Pin(t.Context(), channel, first.ID, reason); err != nil {
		t.Fatal(err)
	}
	records := w.fake.Records()
	if r := records[len(records)-1]; r.Reason != reason {
		t.Errorf("reason = %q, want %q", r.Reason, reason)
	}
	want := []discord.MessageID{first.ID}
	for range 119 { // two pages and a bit
		said := w.fake.User("7").Say(w.channel.ID, "another")
		if err := w.fake.User("7").Pin(w.channel.ID, said.Message.ID); err != nil {
			t.Fatal(err)
		}
		want = append(want, discord.MessageID(said.Message.ID))
	}
	slices.Reverse(want)
	pins, err := w.client.Pins(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	var got []discord.MessageID
	for _, p := range pins {
		got = append(got, p.Message.ID)
		if p.At.IsZero() || !p.Message.Pinned {
			t.Errorf("pin = %+v", p)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pins (-want +got):\n%s", diff)
	}
	if err := w.client.Unpin(t.Context(), channel, first.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.clean()
	w.fake.SetBotPermissions(w.guild.ID, discordtest.Permission(discord.Invited&^discord.PinMessages))
	w.fake.SetRole(w.guild.ID, discordtest.Role{ID: w.guild.ID, Name: "@everyone", Permissions: discordtest.Permission(discord.ViewChannel | discord.ReadMessageHistory)})
	if err := w.client.Pin(t.Context(), channel, first.ID, ""); !errors.Is(err, discord.ErrMissingPermissions) {
		t.Errorf("error = %v, want ErrMissingPermissions", err)
	}
}

func TestAuditReason(t *testing.T) {
	t.Parallel()
	long := discord.AuditReason(strings.Repeat("版", 1000))
	if len(long) > 512 || len(long)%9 != 0 || len(long) == 0 {
		t.Errorf("%d characters, cut apart", len(long))
	}
	if got := discord.AuditReason("a b%"); got != "a%20b%25" {
		t.Errorf("reason = %s", got)
	}
}

// TestBodies reads what goes over the wire.
func TestBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	channel := discord.ChannelID(w.channel.ID)
	sent, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Edit(t.Context(), channel, sent.ID, discord.Body{V2: true, Components: []discord.Component{discord.TextDisplay{Content: "y"}}}); err != nil {
		t.Fatal(err)
	}
	records := w.fake.Records()
	var body map[string]json.RawMessage
	if err := json.Unmarshal(records[len(records)-1].Body, &body); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{
		"content": `null`, "embeds": `[]`, "flags": `32768`, "allowed_mentions": `{"parse":[],"replied_user":false}`,
		"components": `[{"type":10,"content":"y"}]`, "attachments": `[]`,
	} {
		if got := string(body[field]); got != want {
			t.Errorf("%s = %s, want %s", field, got, want)
		}
	}
	if !utf8.Valid(records[len(records)-1].Body) {
		t.Error("body is not UTF-8")
	}
}
