package discord_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

func TestConnect(t *testing.T) {
	t.Parallel()
	joined := make(chan discord.Guild, 1)
	connected := make(chan []discord.GuildID, 1)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler.GuildJoined = func(_ context.Context, g discord.Guild) { joined <- g }
		o.Handler.Connected = func(_ context.Context, guilds []discord.GuildID) { connected <- guilds }
	})
	stop := w.connect()
	if g := next(t, joined, "guild"); g.ID != discord.GuildID(w.guild.ID) || g.Name != "Amur" || g.Locale != "ru" || len(g.Roles) == 0 {
		t.Errorf("GuildJoined told %+v", g)
	}
	if guilds := next(t, connected, "connection"); len(guilds) != 1 || guilds[0] != discord.GuildID(w.guild.ID) {
		t.Errorf("Connected told %v", guilds)
	}
	s := w.until("a heartbeat is acknowledged", func(s discord.State) bool { return s.LastAck.After(s.LastHeartbeat) && !s.LastHeartbeat.IsZero() })
	if s.Shards != 1 || s.Guilds != 1 || s.Parked != "" || s.Reconnects != 0 {
		t.Errorf("State = %+v", s)
	}
	c := w.fake.Connections()[0]
	if c.Intents != discord.Intents || !strings.Contains(c.Query, "v=10") || strings.Count(c.Query, "v=") != 1 {
		t.Errorf("connection = %+v", c)
	}
	stop()
	w.wait("the connection is closed", func() bool { return !w.fake.Connections()[0].Open })
	if c := w.fake.Connections()[0]; c.ClientClose != 1000 {
		t.Errorf("closed with %d, want 1000", c.ClientClose)
	}
	if w.client.State().Connected {
		t.Error("connected after Run")
	}
	w.clean()
}

// TestComesBack ends connections in every way; the bot must come back, by a resume where Discord allows one.
func TestComesBack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		scripts []discordtest.Script // of the connections after the first
		end     func(*discordtest.Server)
		resumed bool
		more    int // Identifies besides the first
		// heartbeat is the interval where it matters.
		heartbeat time.Duration
	}{
		{name: "reconnect asked", end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "reconnect asked after resume", scripts: []discordtest.Script{{AfterResume: 7}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "reconnect in place of hello", scripts: []discordtest.Script{{InsteadHello: true}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "reconnect before hello", scripts: []discordtest.Script{{BeforeHello: true}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "no hello", scripts: []discordtest.Script{{NoHello: true}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "upgrade refused", scripts: []discordtest.Script{{RefuseUpgrade: true}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{name: "dropped at resume", scripts: []discordtest.Script{{DropOnStart: true}}, end: (*discordtest.Server).DropConnections, resumed: true},
		{name: "invalid, may resume", end: func(s *discordtest.Server) { s.InvalidateSession(true) }, resumed: true},
		{name: "invalid", end: func(s *discordtest.Server) { s.InvalidateSession(false) }, more: 1},
		{name: "invalid after resume", scripts: []discordtest.Script{{AfterResume: 9}}, end: (*discordtest.Server).Reconnect, more: 1},
		{name: "invalid after resume, may resume", scripts: []discordtest.Script{{AfterResume: 90}}, end: (*discordtest.Server).Reconnect, resumed: true},
		{
			name: "invalid in place of ready", scripts: []discordtest.Script{{AfterIdentify: 9}},
			end: func(s *discordtest.Server) { s.InvalidateSession(false) }, more: 2,
		},
		{name: "reset", end: (*discordtest.Server).DropConnections, resumed: true},
		{name: "closed with 4000", end: func(s *discordtest.Server) { s.CloseConnections(4000) }, resumed: true},
		{name: "closed with 4009", end: func(s *discordtest.Server) { s.CloseConnections(4009) }, more: 1},
		{name: "closed with 4007", end: func(s *discordtest.Server) { s.CloseConnections(4007) }, more: 1},
		{
			name: "resume goes nowhere", scripts: []discordtest.Script{{NoHello: true}, {NoHello: true}, {NoHello: true}},
			end: (*discordtest.Server).Reconnect, more: 1,
		},
		{
			name: "heartbeats unanswered", heartbeat: 300 * time.Millisecond, scripts: []discordtest.Script{{}},
			end: func(s *discordtest.Server) { s.Acknowledge(false); s.Script(discordtest.Script{}) }, resumed: true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			interactions := make(chan discord.Interaction, 10)
			w := newWorld(t, discordtest.Options{Heartbeat: tt.heartbeat}, func(o *options) {
				o.Handler.Interaction = func(_ context.Context, i discord.Interaction) { interactions <- i }
				if slices.ContainsFunc(tt.scripts, func(s discordtest.Script) bool { return s.NoHello || s.InsteadHello }) {
					o.Timing.Hello = 500 * time.Millisecond
				}
			})
			registered(t, w.client)
			w.connect()
			w.fake.Script(tt.scripts...)
			tt.end(w.fake)
			w.wait("it is noticed", func() bool { return w.client.State().Reconnects > 0 })
			w.fake.Acknowledge(true)
			w.until("connected again", func(s discord.State) bool { return s.Connected })
			stats := w.fake.Stats()
			if stats.Identifies != 1+tt.more {
				t.Errorf("%d Identifies, want %d", stats.Identifies, 1+tt.more)
			}
			if s := w.client.State(); (s.Resumes > 0) != tt.resumed {
				t.Errorf("%d resumes, want resumed %v", s.Resumes, tt.resumed)
			}
			for _, c := range w.fake.Connections() {
				if c.ClientClose == 1000 || c.ClientClose == 1001 {
					t.Errorf("a connection was closed with %d, which ends the session", c.ClientClose)
				}
			}
			w.fake.User("7").Slash(w.channel.ID, "ask", discordtest.Text("question", "trade"))
			if i := next(t, interactions, "interaction after the return"); i.Command != "ask" {
				t.Errorf("interaction = %+v", i)
			}
		})
	}
}

// TestResumeAddress says that a resume goes where READY said.
func TestResumeAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	w.connect()
	w.fake.Reconnect()
	w.until("resumed", func(s discord.State) bool { return s.Connected && s.Resumes == 1 })
	c := w.fake.Connections()
	if len(c) != 2 || c[1].Path != "/socket/resume" || !c[1].Resumed || !strings.Contains(c[1].Query, "v=10") {
		t.Errorf("connections = %+v", c)
	}
	w.clean()
}

// TestAskedHeartbeat says that a heartbeat that Discord asks for is not taken for a missing acknowledgement.
func TestAskedHeartbeat(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	w.connect()
	w.wait("the first heartbeat", func() bool { return w.fake.Connections()[0].Heartbeats == 1 })
	w.fake.Acknowledge(false)
	w.fake.AskHeartbeat()
	w.fake.AskHeartbeat()
	w.wait("heartbeats", func() bool { return w.fake.Connections()[0].Heartbeats == 3 })
	if s := w.client.State(); !s.Connected || s.Reconnects != 0 {
		t.Errorf("State = %+v", s)
	}
}

func TestParked(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, discordtest.Options{}, nil)
			w.connect()
			w.fake.CloseConnections(code)
			s := w.until("parked", func(s discord.State) bool { return s.Parked != "" })
			if s.Connected || !strings.Contains(s.Parked, fmt.Sprint(code)) || s.Since.IsZero() {
				t.Errorf("State = %+v", s)
			}
			w.wait("it is logged", func() bool { return w.logs.count("parked:") == 1 })
			if n := w.fake.Stats().Identifies; n != 1 {
				t.Errorf("%d Identifies, want 1", n)
			}
		})
	}
	t.Run("at the first identify", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, discordtest.Options{}, func(o *options) { o.Intents = discord.Intents | 1<<15 })
		stop := w.run()
		w.until("parked", func(s discord.State) bool { return strings.Contains(s.Parked, "4014") })
		if n := w.fake.Stats().Identifies; n != 1 {
			t.Errorf("%d Identifies, want 1", n)
		}
		stop()
	})
	t.Run("few identifies", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, discordtest.Options{Identifies: 101}, nil)
		w.connect()
		w.fake.InvalidateSession(false) // the second leaves 99
		w.until("connected", func(s discord.State) bool { return s.Connected && s.Reconnects == 1 })
		w.fake.InvalidateSession(false)
		s := w.until("parked", func(s discord.State) bool { return s.Parked != "" })
		if n := w.fake.Stats().Identifies; n != 2 || s.IdentifiesLeft != 99 {
			t.Errorf("%d Identifies, %d left, want 2 and 99", n, s.IdentifiesLeft)
		}
	})
	t.Run("few identifies by the log", func(t *testing.T) {
		t.Parallel()
		identifies := &identifyLog{n: 950}
		w := newWorld(t, discordtest.Options{}, func(o *options) { o.Identifies = identifies })
		w.run()
		w.until("parked", func(s discord.State) bool { return s.Parked != "" })
		if n := w.fake.Stats().Identifies; n != 0 || identifies.added() != 0 {
			t.Errorf("%d Identifies, want 0", n)
		}
	})
	t.Run("token reset", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, discordtest.Options{}, nil)
		w.connect()
		w.fake.ResetToken("another.token")
		for range 20 {
			if _, err := w.client.Channel(t.Context(), discord.ChannelID(w.channel.ID)); err == nil {
				t.Fatal("a reset token still works")
			}
		}
		w.until("parked", func(s discord.State) bool { return s.Parked != "" })
		if n := w.fake.Stats().Invalid; n != 1 {
			t.Errorf("%d invalid requests, want 1", n)
		}
	})
}

type identifyLog struct {
	mu    sync.Mutex
	n     int
	times []time.Time
}

func (l *identifyLog) Add(_ context.Context, at time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.times = append(l.times, at)
	return nil
}

func (l *identifyLog) Since(context.Context, time.Time) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n + len(l.times), nil
}

func (l *identifyLog) added() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.times)
}

func TestShards(t *testing.T) {
	t.Parallel()
	identifies := &identifyLog{}
	w := newWorld(t, discordtest.Options{Shards: 5, MaxConcurrency: 2, IdentifyWindow: 20 * time.Millisecond}, func(o *options) {
		o.Identifies = identifies
		o.Timing.Identify = 300 * time.Millisecond
	})
	w.connect()
	seen := map[int]bool{}
	for _, c := range w.fake.Connections() {
		seen[c.Shard[0]] = true
		if c.Shard[1] != 5 {
			t.Errorf("shard = %v", c.Shard)
		}
	}
	if len(seen) != 5 || identifies.added() != 5 {
		t.Errorf("shards %v and %d noted Identifies, want 5 of each", seen, identifies.added())
	}
	if s := w.client.State(); s.Shards != 5 || s.Guilds != 1 {
		t.Errorf("State = %+v", s)
	}
	w.clean()
}

// TestHostilePackets sends what Discord should not, or not yet: none may end the process or the connection, or hide the next event.
func TestHostilePackets(t *testing.T) {
	t.Parallel()
	messages := make(chan discord.Message, 20)
	w := newWorld(t, discordtest.Options{}, func(o *options) {
		o.Handler.Message = func(_ context.Context, m discord.Message) { messages <- m }
		o.Handler.Interaction = func(context.Context, discord.Interaction) {}
		o.Handler.GuildJoined = func(context.Context, discord.Guild) {}
		o.Handler.MessageDeleted = func(context.Context, discord.GuildID, discord.ChannelID, []discord.MessageID) {}
	})
	w.connect()
	for _, name := range []string{
		"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "INTERACTION_CREATE", "PRESENCE_UPDATE",
		"VOICE_STATE_UPDATE", "CHANNEL_PINS_UPDATE", "THREAD_DELETE", "SOMETHING_NEW",
	} {
		for _, data := range []string{
			`null`, `[]`, `1`, `"x"`, `{}`, `{"id":5,"channel_id":{}}`, `{"id":"1","members":[null],"channels":[null],"roles":[null],"author":null,"member":null}`,
			`{"id":"2","token":"t","type":2,"data":null,"member":null,"user":null}`, `{"id":"3","token":"t","type":99}`,
		} {
			w.fake.Dispatch(name, w.guild.ID, json.RawMessage(data))
		}
	}
	w.fake.Dispatch("MESSAGE_CREATE", w.guild.ID, json.RawMessage(`{"id":"900","channel_id":"1","author":{"id":"7","username":"v"},"content":"hi",
		"components":[{"type":77,"strange":{"a":[1]},"components":[{"type":10,"content":"inside"}]},{"type":1,"components":[{"type":2,"custom_id":"x:1"}]}]}`))
	for {
		m := next(t, messages, "message")
		if m.ID != "900" {
			continue
		}
		if m.Author.ID != "7" || m.Content != "hi" || fmt.Sprint(m.Texts, m.CustomIDs) != "[inside] [x:1]" {
			t.Errorf("message = %+v", m)
		}
		break
	}
	if s := w.client.State(); s.Reconnects != 0 || s.Panics != 0 || !s.Connected {
		t.Errorf("State = %+v", s)
	}
}
