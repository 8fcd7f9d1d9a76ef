package discordtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"amur/internal/discordtest"
)

type readyEvent struct {
	SessionID string `json:"session_id"`
	Resume    string `json:"resume_gateway_url"`
	Guilds    []struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	} `json:"guilds"`
	V int `json:"v"`
}

func (p packet) ready(t *testing.T) readyEvent {
	t.Helper()
	var r readyEvent
	if err := json.Unmarshal(p.D, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bot) resume(session string, seq int) {
	b.t.Helper()
	b.send(6, fmt.Sprintf(`{"token":%q,"session_id":%q,"seq":%d}`, b.token, session, seq))
}

func TestIdentify(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		options discordtest.Options
		token   string
		intents int
		more    string
		code    int
	}{
		{"wrong token", discordtest.Options{}, "wrong", plainIntents, "", 4004},
		{"content without the switch", discordtest.Options{}, "", plainIntents | contentIntent, "", 4014},
		{"members without the switch", discordtest.Options{}, "", plainIntents | 1<<1, "", 4014},
		{"intent that is none", discordtest.Options{}, "", 1 << 30, "", 4013},
		{"shard that is none", discordtest.Options{}, "", plainIntents, `,"shard":[2,2]`, 4010},
		{"content with the switch", discordtest.Options{MessageContent: true}, "", plainIntents | contentIntent, "", 0},
		{"members with the switch", discordtest.Options{Members: true}, "", plainIntents | 1<<1, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, _ := start(t, tt.options)
			bot.open(bot.gatewayURL())
			bot.op(10)
			if tt.token != "" {
				bot.token = tt.token
			}
			bot.identify(tt.intents, tt.more)
			if tt.code == 0 {
				bot.event("READY")
				blameless(t, fake)
				return
			}
			if got := bot.closed(); got != tt.code {
				t.Errorf("closed with %d", got)
			}
			if v := fake.Violations(); len(v) != 1 || v[0].Code != tt.code {
				t.Errorf("violations %v", v)
			}
		})
	}
}

func TestReadyAndGuilds(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	r := bot.connect(plainIntents).ready(t)
	if len(r.Guilds) != 1 || !r.Guilds[0].Unavailable || r.V != 10 || !strings.HasSuffix(r.Resume, "/socket/resume") {
		t.Errorf("READY %+v", r)
	}
	var created struct {
		ID       string                `json:"id"`
		Channels []discordtest.Channel `json:"channels"`
		Members  []discordtest.Member  `json:"members"`
		Roles    []discordtest.Role    `json:"roles"`
	}
	if err := json.Unmarshal(bot.event("GUILD_CREATE").D, &created); err != nil {
		t.Fatal(err)
	}
	if created.ID != string(guild.ID) || len(created.Channels) != 1 || len(created.Members) != 1 || len(created.Roles) != 3 {
		t.Errorf("GUILD_CREATE %+v", created)
	}
	fake.SetOutage(guild.ID, true)
	if d := string(bot.event("GUILD_DELETE").D); !strings.Contains(d, `"unavailable":true`) {
		t.Errorf("outage %s", d)
	}
	fake.SetOutage(guild.ID, false)
	bot.event("GUILD_CREATE")
	fake.KickBot(guild.ID)
	if d := string(bot.event("GUILD_DELETE").D); strings.Contains(d, "unavailable") {
		t.Errorf("kick %s", d)
	}
	fake.AddBot(guild.ID)
	bot.event("GUILD_CREATE")
	fake.DeleteChannel(channel.ID)
	bot.event("CHANNEL_DELETE")
	fake.Dispatch("SOMETHING_NEW", guild.ID, json.RawMessage(`{"a":1}`))
	bot.event("SOMETHING_NEW")
	blameless(t, fake)
}

func TestNothingBeforeIdentify(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		send func(*bot)
		code int
	}{
		"presence":       {func(b *bot) { b.send(3, `{}`) }, 4003},
		"unknown opcode": {func(b *bot) { b.send(42, `{}`) }, 4001},
		"no JSON":        {func(b *bot) { _ = b.socket.WriteMessage(websocket.TextMessage, []byte("hello")) }, 4002},
		"too long":       {func(b *bot) { b.send(1, `"`+strings.Repeat("a", 4096)+`"`) }, 4002},
		"too often": {func(b *bot) {
			for range 121 {
				_ = b.socket.WriteMessage(websocket.TextMessage, []byte(`{"op":1,"d":null}`))
			}
		}, 4008},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, bot, _, _ := start(t, discordtest.Options{})
			bot.open(bot.gatewayURL())
			bot.op(10)
			tt.send(bot)
			if got := bot.closed(); got != tt.code {
				t.Errorf("closed with %d", got)
			}
		})
	}
	t.Run("identified twice", func(t *testing.T) {
		t.Parallel()
		_, bot, _, _ := start(t, discordtest.Options{})
		bot.connect(plainIntents)
		bot.identify(plainIntents, "")
		if got := bot.closed(); got != 4005 {
			t.Errorf("closed with %d", got)
		}
	})
}

func TestIdentifiesAreCounted(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{Identifies: 2})
	remaining := func() int {
		t.Helper()
		var info struct {
			Limit struct {
				Remaining int `json:"remaining"`
			} `json:"session_start_limit"`
		}
		if err := json.Unmarshal([]byte(bot.must(http.MethodGet, "/gateway/bot", "")), &info); err != nil {
			t.Fatal(err)
		}
		return info.Limit.Remaining
	}
	bot.connect(plainIntents)
	bot.connect(plainIntents)
	if got := remaining(); got != 0 {
		t.Errorf("%d remain", got)
	}
	blameless(t, fake)
	bot.open(bot.gatewayURL())
	bot.op(10)
	bot.identify(plainIntents, "")
	if got := bot.closed(); got != 4004 {
		t.Errorf("closed with %d", got)
	}
	if fake.Token() == bot.token {
		t.Error("the token was not reset")
	}
	if v := fake.Violations(); len(v) != 1 || v[0].Rule != discordtest.RuleGateway {
		t.Errorf("violations %v", v)
	}
}

func TestIdentifiesArePaced(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		concurrency int
		second      string
		good        bool
	}{
		"one at a time":        {1, `,"shard":[1,2]`, false},
		"two, other shards":    {2, `,"shard":[1,2]`, true},
		"two, the same bucket": {2, `,"shard":[2,4]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, _ := start(t, discordtest.Options{MaxConcurrency: tt.concurrency, IdentifyWindow: time.Hour})
			bot.open(bot.gatewayURL())
			bot.op(10)
			bot.identify(0, `,"shard":[0,2]`)
			bot.event("READY")
			bot.open(bot.gatewayURL())
			bot.op(10)
			bot.identify(0, tt.second)
			if tt.good {
				bot.event("READY")
				blameless(t, fake)
				return
			}
			if p := bot.op(9); string(p.D) != "false" || len(fake.Violations()) != 1 {
				t.Errorf("op 9 %s, violations %v", p.D, fake.Violations())
			}
		})
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	r := bot.connect(plainIntents).ready(t)
	seq := bot.event("GUILD_CREATE").S
	fake.DropConnections()
	if got := bot.closed(); got != 0 && got != 1006 {
		t.Errorf("closed with %d", got)
	}
	fake.User("7").Say(channel.ID, "while you were away")
	bot.open(r.Resume)
	bot.op(10)
	bot.resume(r.SessionID, seq)
	if p := bot.next(); p.T != "MESSAGE_CREATE" || p.S != seq+1 {
		t.Errorf("replayed %+v", p)
	}
	bot.event("RESUMED")
	fake.User("7").Say(channel.ID, "and now")
	bot.event("MESSAGE_CREATE")
	if c := fake.Connections(); len(c) != 2 || !c[1].Resumed || c[1].Path != "/socket/resume" || !c[0].Identified {
		t.Errorf("connections %+v", c)
	}

	_ = bot.socket.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, "")) // ends the session
	bot.closed()
	bot.open(r.Resume)
	bot.op(10)
	bot.resume(r.SessionID, seq)
	if p := bot.op(9); string(p.D) != "false" {
		t.Errorf("op 9 %s after a close with 1000", p.D)
	}
	bot.identify(plainIntents, "") // on the same connection
	bot.event("READY")
	blameless(t, fake)
}

func TestCompression(t *testing.T) {
	t.Parallel()
	_, bot, _, _ := start(t, discordtest.Options{})
	bot.open(bot.gatewayURL())
	if bot.op(10).Binary {
		t.Error("Hello is compressed")
	}
	bot.identify(plainIntents, `,"compress":true`)
	if !bot.event("READY").Binary {
		t.Error("READY is not compressed")
	}
}

func TestHeartbeats(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{Heartbeat: 250 * time.Millisecond})
	bot.open(bot.gatewayURL())
	var hello struct {
		Interval int `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(bot.op(10).D, &hello); err != nil || hello.Interval != 250 {
		t.Errorf("interval %d, %v", hello.Interval, err)
	}
	bot.identify(0, "")
	bot.event("READY")
	bot.send(1, "1")
	bot.op(11)
	fake.AskHeartbeat()
	bot.op(1)
	fake.Acknowledge(false)
	bot.send(1, "1")
	fake.Reconnect()
	if p := bot.next(); p.Op != 7 {
		t.Errorf("op %d in place of no answer", p.Op)
	}
	fake.Acknowledge(true)
	bot.send(1, "1")
	bot.op(11)
	fake.InvalidateSession(true)
	if p := bot.op(9); string(p.D) != "true" {
		t.Errorf("op 9 %s", p.D)
	}
	fake.CloseConnections(4014)
	if got := bot.closed(); got != 4014 {
		t.Errorf("closed with %d", got)
	}
	blameless(t, fake)
}

func TestShards(t *testing.T) {
	t.Parallel()
	fake, zero, guild, channel := start(t, discordtest.Options{MaxConcurrency: 2, IdentifyWindow: time.Hour, Shards: 2})
	one := &bot{t: t, fake: fake, token: zero.token, agent: zero.agent}
	for i, b := range []*bot{zero, one} {
		b.open(b.gatewayURL())
		b.op(10)
		b.identify(plainIntents, fmt.Sprintf(`,"shard":[%d,2]`, i))
		b.event("READY")
	}
	home, away := zero, one
	if id := guild.ID.Time().UnixMilli() - 1420070400000; id%2 == 1 {
		home, away = one, zero
	}
	fake.User("7").Say(channel.ID, "x")
	fake.User("7").Say(fake.DirectMessages("7").ID, "y")
	home.event("MESSAGE_CREATE")
	if away == zero {
		if d := string(zero.event("MESSAGE_CREATE").D); !strings.Contains(d, `"y"`) {
			t.Errorf("shard 0 got %s", d)
		}
	} else if d := string(zero.event("MESSAGE_CREATE").D); !strings.Contains(d, `"y"`) {
		t.Errorf("shard 0 got %s", d)
	}
	blameless(t, fake)
}
