package discordtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"amur/internal/discordtest"
)

type pins struct {
	Items []struct {
		PinnedAt string              `json:"pinned_at"`
		Message  discordtest.Message `json:"message"`
	} `json:"items"`
	HasMore bool `json:"has_more"`
}

func (b *bot) pins(channel discordtest.ID, query string) pins {
	b.t.Helper()
	var list pins
	if err := json.Unmarshal([]byte(b.must(http.MethodGet, "/channels/"+string(channel)+"/messages/pins"+query, "")), &list); err != nil {
		b.t.Fatal(err)
	}
	return list
}

func TestPinsArePaged(t *testing.T) {
	t.Parallel()
	clock := discordtest.NewFakeClock(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	fake, bot, _, channel := start(t, discordtest.Options{Clock: clock})
	messages := "/channels/" + string(channel.ID) + "/messages"
	ids := []discordtest.ID{}
	for i := range 251 {
		said := fake.User("7").Say(channel.ID, fmt.Sprint(i))
		ids = append(ids, said.Message.ID)
	}
	for _, id := range ids[:250] {
		bot.must(http.MethodPut, messages+"/pins/"+string(id), "")
	}
	seen := map[discordtest.ID]bool{}
	before, pages := "", 0
	for more := true; more; pages++ {
		list := bot.pins(channel.ID, "?limit=50"+before)
		for i, item := range list.Items {
			if i > 0 && item.PinnedAt >= list.Items[i-1].PinnedAt {
				t.Fatalf("not newest first: %s after %s", item.PinnedAt, list.Items[i-1].PinnedAt)
			}
			seen[item.Message.ID] = true
		}
		before = "&before=" + url.QueryEscape(list.Items[len(list.Items)-1].PinnedAt)
		more = list.HasMore
	}
	if len(seen) != 250 || pages != 5 || seen[ids[250]] {
		t.Errorf("%d pins on %d pages", len(seen), pages)
	}
	var old []discordtest.Message
	if err := json.Unmarshal([]byte(bot.must(http.MethodGet, "/channels/"+string(channel.ID)+"/pins", "")), &old); err != nil || len(old) != 50 {
		t.Errorf("the old route shows %d, %v", len(old), err)
	}
	blameless(t, fake)
	bot.refused(http.MethodPut, messages+"/pins/"+string(ids[250]), "", http.StatusBadRequest, 30003)
	bot.must(http.MethodDelete, messages+"/pins/"+string(ids[0]), "")
	bot.must(http.MethodPut, messages+"/pins/"+string(ids[250]), "")
	bot.refused(http.MethodGet, messages+"/pins?limit=51", "", http.StatusBadRequest, 50035)
	bot.refused(http.MethodGet, messages+"/pins?before=yesterday", "", http.StatusBadRequest, 50035)
}

func TestPinsAreSeen(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.connect(plainIntents)
	messages := "/channels/" + string(channel.ID) + "/messages"
	bot.must(http.MethodPost, messages, `{"content":"summary"}`)
	id := fake.Messages(channel.ID)[0].ID
	update := func() (channelID string, last *string) {
		t.Helper()
		var d struct {
			ChannelID string  `json:"channel_id"`
			Last      *string `json:"last_pin_timestamp"`
			MessageID string  `json:"message_id"`
		}
		if err := json.Unmarshal(bot.event("CHANNEL_PINS_UPDATE").D, &d); err != nil || d.MessageID != "" {
			t.Fatalf("%+v, %v", d, err)
		}
		return d.ChannelID, d.Last
	}
	bot.must(http.MethodPut, messages+"/pins/"+string(id), "")
	if at, last := update(); at != string(channel.ID) || last == nil {
		t.Errorf("update for %s, last %v", at, last)
	}
	all := fake.Messages(channel.ID)
	notice := all[len(all)-1]
	if notice.Type != discordtest.MessagePinned || notice.Reference.MessageID != id {
		t.Errorf("notice %+v", notice)
	}
	bot.refused(http.MethodPut, messages+"/pins/"+string(notice.ID), "", http.StatusForbidden, 50021)
	bot.must(http.MethodDelete, messages+"/"+string(notice.ID), "")
	if err := fake.User("8").Unpin(channel.ID, id); err != nil {
		t.Error(err)
	}
	if _, last := update(); last != nil {
		t.Errorf("last pin %s after the only one was taken away", *last)
	}
	if got := bot.pins(channel.ID, ""); len(got.Items) != 0 {
		t.Errorf("pins %+v", got)
	}
	blameless(t, fake)

	bot.must(http.MethodPut, messages+"/pins/"+string(id), "")
	update()
	if err := fake.User("8").Delete(channel.ID, id); err != nil {
		t.Error(err)
	}
	bot.event("MESSAGE_DELETE") // and no CHANNEL_PINS_UPDATE, which would come before the next
	fake.User("7").Say(channel.ID, "later")
	for p := bot.next(); p.T != "MESSAGE_CREATE"; p = bot.next() {
		if p.T == "CHANNEL_PINS_UPDATE" {
			t.Error("CHANNEL_PINS_UPDATE for a pinned message that was deleted")
		}
	}
	bot.refused(http.MethodPut, messages+"/pins/"+string(id), "", http.StatusNotFound, 10008)
	if err := fake.User("7").Pin(channel.ID, id); err == nil {
		t.Error("a member without PIN_MESSAGES pinned")
	}
}

func TestPinningNeedsItsPermission(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	said := fake.User("7").Say(channel.ID, "x")
	pin := "/channels/" + string(channel.ID) + "/messages/pins/" + string(said.Message.ID)
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions&^discordtest.PinMessages|discordtest.ManageMessages)
	bot.refused(http.MethodPut, pin, "", http.StatusForbidden, 50013)
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions)
	bot.must(http.MethodPut, pin, "")
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions&^discordtest.ReadMessageHistory)
	if got := bot.pins(channel.ID, ""); len(got.Items) != 0 {
		t.Errorf("pins without READ_MESSAGE_HISTORY: %+v", got)
	}
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions)
	thread := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Type: discordtest.ChannelPublicThread, ParentID: channel.ID})
	said = fake.User("7").Say(thread.ID, "x")
	fake.SetThread(thread.ID, true, false)
	blameless(t, fake)
	bot.refused(http.MethodPut, "/channels/"+string(thread.ID)+"/messages/pins/"+string(said.Message.ID), "", http.StatusBadRequest, 50083)
}
