package discord_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestKeepsLimits hurries against a fake that counts requests as Discord does: none may come too early.
func TestKeepsLimits(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{RateLimits: true})
	var group sync.WaitGroup
	for n := range 3 {
		w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", fmt.Sprint(n)))
		i := next(t, interactions, "interaction")
		group.Go(func() {
			if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer}); err != nil {
				t.Error(err)
			}
			for range 7 {
				if _, err := w.client.EditReply(t.Context(), i, discord.Body{Content: "x"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 60 {
		group.Go(func() {
			if _, err := w.client.Guild(t.Context(), discord.GuildID(w.guild.ID)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	w.clean()
}

// TestFaults plays each way in which the platform fails.
func TestFaults(t *testing.T) {
	t.Parallel()
	const pause = 150 * time.Millisecond
	for _, kind := range []discordtest.FaultKind{
		discordtest.FaultUser, discordtest.FaultGlobal, discordtest.FaultShared, discordtest.FaultGateway, discordtest.FaultServer, discordtest.FaultBusy,
		discordtest.FaultTimeout, discordtest.FaultReset,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w, interactions := answering(t, discordtest.Options{RateLimits: true})
			fail := func() { w.fake.Fault(discordtest.Fault{Kind: kind, RetryAfter: pause}) }
			w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
			i := next(t, interactions, "interaction")
			fail()
			if _, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondMessage, Body: discord.Body{Content: "x"}}); err != nil {
				t.Errorf("Respond: %v", err)
			}
			fail()
			if _, err := w.client.EditReply(t.Context(), i, discord.Body{Content: "y"}); err != nil {
				t.Errorf("EditReply: %v", err)
			}
			fail()
			m, err := w.client.Send(t.Context(), discord.ChannelID(w.channel.ID), discord.Body{Content: "z"})
			if err != nil {
				t.Errorf("Send: %v", err)
			}
			fail()
			if err := w.client.Delete(t.Context(), m.Channel, m.ID); err != nil {
				t.Errorf("Delete: %v", err)
			}
			if n := w.fake.Faults(); n != 0 {
				t.Errorf("%d faults were not met", n)
			}
			w.clean()
		})
	}
}

// TestLostFirstReply loses the answer to a first reply that came through.
func TestLostFirstReply(t *testing.T) {
	t.Parallel()
	w, interactions := answering(t, discordtest.Options{})
	asked := w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "x"))
	i := next(t, interactions, "interaction")
	w.fake.Fault(discordtest.Fault{Route: "/interactions/*", Kind: discordtest.FaultReset, After: true})
	id, err := w.client.Respond(t.Context(), i, discord.Response{Kind: discord.RespondMessage, Body: discord.Body{Content: "x"}})
	if err != nil {
		t.Fatalf("Respond: %v", err)
	}
	if out := asked.Now(); out.Answer != 4 || len(out.Messages) != 1 || w.fake.Faults() != 0 || out.Message().ID != discordtest.ID(id) {
		t.Errorf("outcome = %+v", out)
	}
	if _, err := w.client.EditReply(t.Context(), i, discord.Body{Content: "y"}); err != nil {
		t.Errorf("EditReply: %v", err)
	}
}

// TestParkedLog says that a parked process says so now and again.
func TestParkedLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, func(o *options) { o.Timing.ParkedEvery = 10 * time.Millisecond })
	w.connect()
	w.fake.CloseConnections(4014)
	w.wait("three lines", func() bool { return w.logs.count("parked:") >= 3 })
	if n := w.fake.Stats().Identifies; n != 1 {
		t.Errorf("%d Identifies, want 1", n)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{MessageContent: true}, nil)
	app := w.client.Application()
	if app.User.ID != discord.UserID(w.fake.BotID()) || app.User.ID != w.client.Self() || app.ID == "" || !app.MessageContent {
		t.Errorf("Application = %+v", app)
	}
	for _, token := range []string{"", "wrong.token"} {
		c, err := discord.Open(t.Context(), discord.Options{Token: token, API: w.fake.URL() + "/api/v10"})
		if c != nil || !errors.Is(err, discord.ErrUnauthorized) {
			t.Errorf("Open with token %q = %v, %v", token, c, err)
		}
	}
	const want = "https://discord.com/oauth2/authorize?client_id=2&permissions=2252074691709952&scope=bot+applications.commands"
	if got := discord.InviteURL("2", discord.Invited); got != want {
		t.Errorf("InviteURL = %s, want %s", got, want)
	}
}

// TestGuilds reads what the bot asks of guilds.
func TestGuilds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	ctx, id := t.Context(), discord.GuildID(w.guild.ID)
	g, err := w.client.Guild(ctx, id)
	if err != nil || g.Name != "Amur" || len(g.Roles) == 0 || g.Owner == "" {
		t.Errorf("Guild = %+v, %v", g, err)
	}
	channels, err := w.client.Channels(ctx, id)
	if err != nil || len(channels) != 1 || channels[0].ID != discord.ChannelID(w.channel.ID) || channels[0].Guild != id {
		t.Errorf("Channels = %+v, %v", channels, err)
	}
	c, err := w.client.Channel(ctx, discord.ChannelID(w.channel.ID))
	if err != nil || c.Name != "ask" || c.Guild != id {
		t.Errorf("Channel = %+v, %v", c, err)
	}
	m, err := w.client.Member(ctx, id, "7")
	if err != nil || m.User.ID != "7" || m.Joined.IsZero() {
		t.Errorf("Member = %+v, %v", m, err)
	}
	direct, err := w.client.DirectMessage(ctx, "7")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Send(ctx, direct, discord.Body{Content: "x"}); err != nil {
		t.Error(err)
	}
	w.clean()
	if _, err := w.client.Channel(ctx, "1"); !errors.Is(err, discord.ErrUnknownChannel) && !errors.Is(err, discord.ErrMissingAccess) {
		t.Errorf("unknown channel: %v", err)
	}
}
