package discordtest_test

import (
	"net/http"
	"testing"
	"time"

	"amur/internal/discordtest"
)

func TestPermissions(t *testing.T) {
	t.Parallel()
	const see, speak, history = discordtest.ViewChannel, discordtest.SendMessages, discordtest.ReadMessageHistory
	clock := discordtest.NewFakeClock(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	fake, _, guild, channel := start(t, discordtest.Options{Clock: clock})
	role := fake.SetRole(guild.ID, discordtest.Role{Name: "a", Permissions: discordtest.EmbedLinks})
	other := fake.SetRole(guild.ID, discordtest.Role{Name: "b"})
	boss := fake.SetRole(guild.ID, discordtest.Role{Name: "boss", Permissions: discordtest.Administrator})
	fake.SetRole(guild.ID, discordtest.Role{ID: guild.ID, Permissions: see | speak | history})
	until := clock.Now().Add(time.Hour)
	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "20"}, Roles: []discordtest.ID{role.ID, other.ID}})
	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "21"}, Roles: []discordtest.ID{boss.ID}})
	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "22"}, TimedOutUntil: &until})
	add := func(overwrites ...discordtest.Overwrite) discordtest.ID {
		return fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Overwrites: overwrites}).ID
	}
	hidden := add(discordtest.Overwrite{ID: guild.ID, Deny: see})
	roles := add(discordtest.Overwrite{ID: role.ID, Deny: speak}, discordtest.Overwrite{ID: other.ID, Allow: speak}, discordtest.Overwrite{ID: guild.ID, Deny: speak})
	own := add(discordtest.Overwrite{ID: "20", Type: 1, Deny: speak}, discordtest.Overwrite{ID: role.ID, Allow: speak})
	thread := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Type: discordtest.ChannelPublicThread, ParentID: hidden}).ID
	secret := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Type: discordtest.ChannelPrivateThread, ParentID: channel.ID}).ID
	tests := []struct {
		name    string
		user    discordtest.ID
		channel discordtest.ID
		want    discordtest.Permission
	}{
		{"roles together", "20", channel.ID, see | speak | history | discordtest.EmbedLinks},
		{"everyone", "7", channel.ID, see | speak | history},
		{"owner", guild.OwnerID, hidden, discordtest.AllPermissions},
		{"administrator", "21", hidden, discordtest.AllPermissions},
		{"hidden channel", "7", hidden, 0},
		{"a role's allow beats another's deny", "20", roles, see | speak | history | discordtest.EmbedLinks},
		{"everyone's deny", "7", roles, see | history},
		{"the member's deny beats a role's allow", "20", own, see | history | discordtest.EmbedLinks},
		{"thread in a hidden channel", "7", thread, 0},
		{"private thread", "7", secret, 0},
		{"timed out", "22", channel.ID, see | history},
		{"stranger", "99", channel.ID, 0},
		{"no channel", "7", "1", 0},
	}
	for _, tt := range tests {
		if got := fake.Permissions(tt.user, tt.channel); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	fake.JoinThread(secret, "7")
	if got := fake.Permissions("7", secret); !got.Has(see) {
		t.Errorf("member of a private thread: %d", got)
	}
	clock.Advance(2 * time.Hour)
	if got := fake.Permissions("22", channel.ID); !got.Has(speak) {
		t.Errorf("after the time-out: %d", got)
	}
}

func TestTheBotNeedsPermissions(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	messages := "/channels/" + string(channel.ID) + "/messages"
	said := fake.User("7").Say(channel.ID, "x")
	foreign := messages + "/" + string(said.Message.ID)
	all := discordtest.DefaultBotPermissions | discordtest.AddReactions | discordtest.CreatePublicThreads | discordtest.ManageMessages
	thread := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Type: discordtest.ChannelPublicThread, ParentID: channel.ID})
	tests := []struct {
		name         string
		without      discordtest.Permission
		method, path string
		body         string
		code         int
	}{
		{"see", discordtest.ViewChannel, http.MethodGet, "/channels/" + string(channel.ID), "", 50001},
		{"send", discordtest.SendMessages, http.MethodPost, messages, `{"content":"x"}`, 50013},
		{"type", discordtest.SendMessages, http.MethodPost, "/channels/" + string(channel.ID) + "/typing", "", 50013},
		{"send in a thread", discordtest.SendInThreads, http.MethodPost, "/channels/" + string(thread.ID) + "/messages", `{"content":"x"}`, 50013},
		{"read one", discordtest.ReadMessageHistory, http.MethodGet, foreign, "", 50013},
		{"react", discordtest.AddReactions, http.MethodPut, foreign + "/reactions/%F0%9F%91%8D/@me", "", 50013},
		{"thread", discordtest.CreatePublicThreads, http.MethodPost, foreign + "/threads", `{"name":"t"}`, 50013},
		{"delete another's", discordtest.ManageMessages, http.MethodDelete, foreign, "", 50013},
	}
	for _, tt := range tests {
		fake.SetBotPermissions(guild.ID, all&^tt.without)
		bot.refused(tt.method, tt.path, tt.body, http.StatusForbidden, tt.code)
		fake.SetBotPermissions(guild.ID, all)
		bot.must(tt.method, tt.path, tt.body)
	}
	fake.SetBotPermissions(guild.ID, all&^discordtest.SendMessages)
	bot.must(http.MethodPost, "/channels/"+string(thread.ID)+"/messages", `{"content":"SEND_MESSAGES means nothing in threads"}`)
	blameless(t, fake)

	said = fake.User("7").Say(channel.ID, "y")
	foreign = messages + "/" + string(said.Message.ID)
	bot.refused(http.MethodPatch, foreign, `{"content":"mine"}`, http.StatusForbidden, 50005)
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions&^discordtest.ReadMessageHistory)
	bot.refused(http.MethodPost, messages, `{"content":"x","message_reference":{"message_id":"`+string(said.Message.ID)+`"}}`, http.StatusBadRequest, 160002)
	fake.KickBot(guild.ID)
	bot.refused(http.MethodPost, messages, `{"content":"x"}`, http.StatusForbidden, 50001)
	bot.refused(http.MethodGet, "/guilds/"+string(guild.ID), "", http.StatusForbidden, 50001)
	fake.AddBot(guild.ID)
	fake.DeleteChannel(channel.ID)
	bot.refused(http.MethodPost, messages, `{"content":"x"}`, http.StatusNotFound, 10003)
}

func TestDirectMessages(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{})
	bot.must(http.MethodPost, "/users/@me/channels", `{"recipient_id":"7"}`)
	direct := "/channels/" + string(fake.DirectMessages("7").ID) + "/messages"
	bot.must(http.MethodPost, direct, `{"content":"x"}`)
	bot.refused(http.MethodPost, "/users/@me/channels", `{"recipient_id":"1"}`, http.StatusNotFound, 10013)
	fake.RefuseDirectMessages("7", true)
	bot.refused(http.MethodPost, direct, `{"content":"x"}`, http.StatusForbidden, 50007)
}

func TestThreadsAndReactions(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	bot.connect(plainIntents | 1<<10)
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions|discordtest.CreatePublicThreads|discordtest.AddReactions)
	said := fake.User("7").Say(channel.ID, "x")
	message := "/channels/" + string(channel.ID) + "/messages/" + string(said.Message.ID)
	bot.refused(http.MethodPost, message+"/threads", `{"name":""}`, http.StatusBadRequest, 50035)
	bot.refused(http.MethodPost, message+"/threads", `{"name":"t","auto_archive_duration":61}`, http.StatusBadRequest, 50035)
	bot.must(http.MethodPost, message+"/threads", `{"name":"t"}`)
	bot.event("THREAD_CREATE")
	bot.refused(http.MethodPost, message+"/threads", `{"name":"t"}`, http.StatusBadRequest, 160004)
	thread := "/channels/" + string(said.Message.ID) + "/messages"
	bot.must(http.MethodPost, thread, `{"content":"in the thread"}`)
	mine := thread + "/" + string(fake.Messages(said.Message.ID)[0].ID)
	fake.SetThread(said.Message.ID, true, true)
	bot.event("THREAD_UPDATE")
	bot.refused(http.MethodPatch, mine, `{"content":"y"}`, http.StatusBadRequest, 50083)
	bot.refused(http.MethodPost, thread, `{"content":"y"}`, http.StatusBadRequest, 50083)
	fake.SetThread(said.Message.ID, true, false)
	bot.must(http.MethodPost, thread, `{"content":"opens it again"}`)
	bot.must(http.MethodPatch, mine, `{"content":"y"}`)

	bot.refused(http.MethodPut, message+"/reactions/thumbsup/@me", "", http.StatusBadRequest, 10014)
	bot.must(http.MethodPut, message+"/reactions/%E2%8F%B3/@me", "")
	bot.event("MESSAGE_REACTION_ADD")
	if err := fake.User("8").React(channel.ID, said.Message.ID, "⏳"); err != nil {
		t.Error(err)
	}
	if m, _ := fake.Message(channel.ID, said.Message.ID); len(m.Reactions) != 1 || m.Reactions[0].Count != 2 || !m.Reactions[0].Me {
		t.Errorf("reactions %+v", m.Reactions)
	}
	bot.must(http.MethodDelete, message+"/reactions/%E2%8F%B3/@me", "")
	bot.event("MESSAGE_REACTION_REMOVE")
	if m, _ := fake.Message(channel.ID, said.Message.ID); m.Reactions[0].Me {
		t.Errorf("reactions %+v", m.Reactions)
	}
	blameless(t, fake)
}
