package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

// mention is how a person writes the bot's name.
func (w *world) mention() string { return fmt.Sprintf("<@%s> ", w.fake.BotID()) }

// reply waits for the bot's reply to what a person said.
func (w *world) reply(s *discordtest.Said) discordtest.Message {
	w.Helper()
	if s.Err() != nil {
		w.Fatal(s.Err())
	}
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	m, err := s.Wait(ctx)
	if err != nil {
		w.Fatalf("no reply: %v\n%s", err, w.log)
	}
	return m
}

func TestMention(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	answer := w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade))
	if !strings.Contains(answer.Text(), tradeSays) || strings.Contains(answer.Text(), trade) {
		t.Errorf("the answer:\n%s", answer.Text())
	}
	// Replying goes on with the conversation: the chain is the memory.
	next := w.reply(w.fake.User("7").Reply(w.channel.ID, answer.ID, balance))
	if !strings.Contains(next.Text(), surplus) {
		t.Errorf("the follow-up:\n%s", next.Text())
	}
	// So does the form.
	form, _ := w.click("8", answer, "follow")
	out := w.outcome(w.fake.User("8").Submit(form, discordtest.Field{CustomID: "question", Value: balance}), nil)
	w.says(out, false, surplus)
	w.clean()
}

// TestMentionGone deletes a question: its answer goes within a day, not later.
func TestMentionGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	asked := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	answer := w.reply(asked)
	later := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	stays := w.reply(later)
	if err := w.fake.User("7").Delete(w.channel.ID, asked.Message.ID); err != nil {
		t.Fatal(err)
	}
	w.until("the answer goes", func() bool {
		_, there := w.fake.Message(w.channel.ID, answer.ID)
		return !there
	})
	w.until("the other answer is noted", func() bool {
		_, err := w.store.AnswerByMessage(t.Context(), store.Server(w.guild.ID), store.Message(stays.ID))
		return err == nil
	})
	w.clock.Advance(25 * time.Hour)
	if err := w.fake.User("7").Delete(w.channel.ID, later.Message.ID); err != nil {
		t.Fatal(err)
	}
	w.reply(w.fake.User("8").Say(w.channel.ID, w.mention()+trade)) // comes after the deletion
	if _, there := w.fake.Message(w.channel.ID, stays.ID); !there {
		t.Error("an answer of yesterday went with its question")
	}
	w.clean()
}

func TestMentionShort(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		settings         func(*store.Settings)
	}{
		{"nothing asked", "", "Write your question after my name", nil},
		{"not in the documents", offSubject, "With /ask I show you in private", nil},
		{"a judgement", "Is Putin a war criminal?", "I take no position on this.", nil},
		{"another channel", trade, "In this channel I answer in private: /ask", func(s *store.Settings) { s.Preset = store.PresetQuiet }},
		{"another channel, in Russian", "Каков товарооборот Китая и России?", "В этом канале я отвечаю приватно", func(s *store.Settings) { s.Preset = store.PresetAsk }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *bot.Options) { o.Policy.Limits.Fleeting = 30 * time.Millisecond })
			if tt.settings != nil {
				w.save(tt.settings)
			}
			got := w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+tt.text))
			if !strings.Contains(got.Text(), tt.want) || tt.text != "" && strings.Contains(got.Text(), tt.text) {
				t.Errorf("%q, want %q and not the question", got.Text(), tt.want)
			}
			w.until("the reply goes", func() bool {
				_, there := w.fake.Message(w.channel.ID, got.ID)
				return !there
			})
			w.clean()
		})
	}
}

// TestMentionThread asks in a thread of a chosen channel, and in one of another.
func TestMentionThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.save(func(s *store.Settings) {
		s.Preset, s.AskChannels = store.PresetAsk, []store.Channel{store.Channel(w.channel.ID)}
	})
	other := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "other"})
	thread := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, ParentID: w.channel.ID, Type: discordtest.ChannelPublicThread, Name: "thread"})
	elsewhere := w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, ParentID: other.ID, Type: discordtest.ChannelPublicThread, Name: "thread"})
	if got := w.reply(w.fake.User("7").Say(thread.ID, w.mention()+trade)); !strings.Contains(got.Text(), tradeSays) {
		t.Errorf("in a thread of the channel: %s", got.Text())
	}
	if got := w.reply(w.fake.User("7").Say(elsewhere.ID, w.mention()+trade)); !strings.Contains(got.Text(), "answer in private") {
		t.Errorf("in a thread of another channel: %s", got.Text())
	}
	w.clean()
}

// TestMentionHint replies to a slash answer: its text does not reach the bot, which says so once a day.
func TestMentionHint(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, answer := w.ask("7", trade)
	if got := w.reply(w.fake.User("7").Reply(w.channel.ID, answer.Message().ID, balance)); !strings.Contains(got.Text(), "Press Follow up") {
		t.Errorf("the hint: %s", got.Text())
	}
	again := w.fake.User("7").Reply(w.channel.ID, answer.Message().ID, balance)
	w.until("the second reply was seen", func() bool { return strings.Contains(w.log.String(), "outcome=unreadable") })
	if got := again.Replies(); len(got) > 0 {
		t.Errorf("a second hint: %s", got[0].Text())
	}
	w.clean()
}

func TestMentionDirect(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	dm := w.fake.DirectMessages("7")
	if got := w.reply(w.fake.User("7").Say(dm.ID, trade)); !strings.Contains(got.Text(), tradeSays) {
		t.Errorf("the answer: %s", got.Text())
	}
	got := w.reply(w.fake.User("7").Say(dm.ID, offSubject))
	if !strings.Contains(got.Text(), "Nearest in the documents") {
		t.Errorf("the refusal: %s", got.Text())
	}
	out := w.outcome(w.fake.User("7").Slash(dm.ID, "ask", discordtest.Text("question", trade)), nil)
	if !strings.Contains(out.Message().Text(), tradeSays) || out.Message().Button("Report") != nil {
		t.Errorf("the answer to the command: %s", out.Message().Text())
	}
	w.clean()
}

// TestMentionSilence shows whom the bot does not answer: bots, old messages, paused channels, crowds.
func TestMentionSilence(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bot.Options) { o.Policy.Limits.PublicPerMinute = 1 })
	silent := func(s *discordtest.Said, outcome string) {
		t.Helper()
		w.until("outcome "+outcome, func() bool { return strings.Contains(w.log.String(), `outcome=`+outcome) })
		if got := s.Replies(); len(got) > 0 {
			t.Errorf("%s: a reply: %s", outcome, got[0].Text())
		}
	}
	fromBot := w.fake.User("7").Post(discordtest.Post{Channel: w.channel.ID, Text: w.mention() + trade, Webhook: true})
	if err := w.store.Pause(t.Context(), store.Server(w.guild.ID), store.Channel(w.channel.ID), w.clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	silent(w.fake.User("7").Say(w.channel.ID, w.mention()+trade), "paused")
	if err := w.store.Unpause(t.Context(), store.Server(w.guild.ID), store.Channel(w.channel.ID)); err != nil {
		t.Fatal(err)
	}
	w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade))
	// Without the right to react it is said in words, once a minute.
	w.fake.SetBotPermissions(w.guild.ID, discordtest.DefaultBotPermissions)
	if got := w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade)); !strings.Contains(got.Text(), "Many questions here at once.") {
		t.Errorf("in a crowd: %s", got.Text())
	}
	silent(w.fake.User("8").Say(w.channel.ID, w.mention()+trade), "crowded")
	w.fake.SetBotPermissions(w.guild.ID, discordtest.DefaultBotPermissions|discordtest.AddReactions)
	crowded := w.fake.User("8").Say(w.channel.ID, w.mention()+trade)
	w.until("the reaction is there", func() bool {
		m, _ := w.fake.Message(w.channel.ID, crowded.Message.ID)
		return len(m.Reactions) == 1 && m.Reactions[0].Emoji.Name == "⏳"
	})
	if got := fromBot.Replies(); len(got) > 0 {
		t.Errorf("a bot is answered: %s", got[0].Text())
	}
	w.fake.TakeViolations() // the invitation does not ask for the right to react
	w.clean()
}

// TestMentionOld brings a mention after an outage, when nobody waits for it any more.
func TestMentionOld(t *testing.T) {
	t.Parallel()
	var events []bot.Event
	var mu sync.Mutex
	w := newWorld(t, func(o *bot.Options) {
		now := o.Now
		o.Now = func() time.Time { return now().Add(11 * time.Minute) }
		o.Observe = func(e bot.Event) {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, e)
		}
	})
	said := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	w.until("it is counted", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return slices.ContainsFunc(events, func(e bot.Event) bool { return e.Kind == "mention" && e.Outcome == "old" })
	})
	if got := said.Replies(); len(got) > 0 {
		t.Errorf("a reply: %s", got[0].Text())
	}
	w.clean()
}

// TestMentionLimit asks beyond the limit: once a day in words, then by a reaction.
func TestMentionLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bot.Options) { o.Policy.Limits.PerMember = 1 })
	w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade))
	if got := w.reply(w.fake.User("7").Say(w.channel.ID, w.mention()+trade)); !strings.Contains(got.Text(), "That's today's limit.") {
		t.Errorf("beyond the limit: %s", got.Text())
	}
	w.fake.SetBotPermissions(w.guild.ID, discordtest.DefaultBotPermissions|discordtest.AddReactions)
	said := w.fake.User("7").Say(w.channel.ID, w.mention()+trade)
	w.until("the third is seen", func() bool { return strings.Count(w.log.String(), "outcome=limited") == 2 })
	if got := said.Replies(); len(got) > 0 {
		t.Errorf("a second word about the limit: %s", got[0].Text())
	}
	w.clean()
}
