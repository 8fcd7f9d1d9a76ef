package discord_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// TestEvents says which events are told, and how.
func TestEvents(t *testing.T) {
	t.Parallel()
	told := make(chan string, 100)
	tell := func(format string, args ...any) { told <- fmt.Sprintf(format, args...) }
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler = discord.Handler{
			Message:       func(_ context.Context, m discord.Message) { tell("message %s: %s", m.Author.Name, m.Content) },
			MessageEdited: func(_ context.Context, m discord.Message) { tell("edited %s: %s", m.ID, m.Content) },
			MessageDeleted: func(_ context.Context, g discord.GuildID, c discord.ChannelID, ids []discord.MessageID) {
				tell("deleted %s %s %v", g, c, ids)
			},
			PinsChanged:    func(_ context.Context, g discord.GuildID, c discord.ChannelID) { tell("pins %s %s", g, c) },
			ChannelDeleted: func(_ context.Context, g discord.GuildID, c discord.ChannelID) { tell("channel %s %s", g, c) },
			GuildRemoved:   func(_ context.Context, g discord.GuildID) { tell("removed %s", g) },
		}
	})
	w.connect()
	person, g, c := w.fake.User("7"), w.guild.ID, w.channel.ID
	expect := func(want string) {
		t.Helper()
		if diff := cmp.Diff(want, next(t, told, want)); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	}
	said := person.Say(c, "<@"+string(w.fake.BotID())+"> hello")
	expect("message vera: <@" + string(w.fake.BotID()) + "> hello")
	if err := person.Edit(c, said.Message.ID, "<@"+string(w.fake.BotID())+"> bye"); err != nil {
		t.Fatal(err)
	}
	expect(fmt.Sprintf("edited %s: <@%s> bye", said.Message.ID, w.fake.BotID()))
	if err := person.Delete(c, said.Message.ID); err != nil {
		t.Fatal(err)
	}
	expect(fmt.Sprintf("deleted %s %s [%s]", g, c, said.Message.ID))
	w.fake.Dispatch("MESSAGE_DELETE_BULK", g, []byte(`{"ids":["1","2"],"channel_id":"3","guild_id":"4"}`))
	expect("deleted 4 3 [1 2]")
	w.fake.Dispatch("CHANNEL_PINS_UPDATE", g, []byte(`{"channel_id":"3","guild_id":"4","last_pin_timestamp":null}`))
	expect("pins 4 3")
	w.fake.DeleteChannel(c)
	expect(fmt.Sprintf("channel %s %s", g, c))
	w.fake.Dispatch("THREAD_DELETE", g, []byte(`{"id":"9","guild_id":"4","parent_id":"3","type":11}`))
	expect("channel 4 9")
	w.fake.SetOutage(g, true)
	w.fake.SetOutage(g, false)
	w.fake.KickBot(g)
	expect(fmt.Sprintf("removed %s", g)) // and nothing of the outage
	if s := w.client.State(); s.Guilds != 0 {
		t.Errorf("State = %+v", s)
	}
}

// TestRightsReturn says that a closed channel is tried again as soon as rights change.
func TestRightsReturn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	w.connect()
	channel := discord.ChannelID(w.channel.ID)
	bot := discordtest.Overwrite{ID: w.fake.BotID(), Type: 1, Deny: discordtest.Permission(discord.SendMessages)}
	w.fake.SetOverwrite(w.channel.ID, bot)
	for range 3 {
		if _, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x"}); err == nil {
			t.Fatal("sent without the right to")
		}
	}
	if n := w.fake.Stats().Invalid; n != 1 {
		t.Errorf("%d invalid requests, want 1", n)
	}
	bot.Deny = 0
	w.fake.SetOverwrite(w.channel.ID, bot)
	w.wait("a message is sent", func() bool {
		_, err := w.client.Send(t.Context(), channel, discord.Body{Content: "x"})
		return err == nil
	})
}

// TestNothingStays looks for goroutines of the client and of discordgo after the end. It runs alone, before the parallel tests go on.
func TestNothingStays(t *testing.T) {
	w := newWorld(t, discordtest.Options{}, nil)
	stop := w.connect()
	w.fake.Reconnect()
	w.until("resumed", func(s discord.State) bool { return s.Connected && s.Resumes == 1 })
	w.fake.InvalidateSession(false)
	w.until("connected anew", func(s discord.State) bool { return s.Connected && s.Reconnects == 2 })
	stop()
	var left []string
	w.wait("all goroutines have ended", func() bool {
		left = nil
		buf := make([]byte, 4<<20)
		for g := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			if strings.Contains(g, "bwmarrin/discordgo") || strings.Contains(g, "amur/bot/discord.(*") {
				left = append(left, g)
			}
		}
		return len(left) == 0
	})
}
