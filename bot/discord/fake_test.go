package discord_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// world is a fake Discord with one guild, a channel, a member 7, and a client that speaks to it.
type world struct {
	*testing.T
	fake    *discordtest.Server
	guild   discordtest.Guild
	channel discordtest.Channel
	client  *discord.Client
	handler discord.Handler
	logs    *logs
}

// hurry are durations for a fake that is near.
func hurry() discord.Timing {
	return discord.Timing{
		Hello: patience, Ready: patience, Silence: patience, Backoff: 5 * time.Millisecond, BackoffMax: 50 * time.Millisecond,
		Identify: 20 * time.Millisecond, ParkedEvery: time.Hour,
	}
}

// options are what a test changes: how the client is opened, and who is told of events.
type options struct {
	discord.Options

	Handler discord.Handler
}

// newWorld opens a client that is not connected; change may be nil.
func newWorld(t *testing.T, fake discordtest.Options, change func(*options)) *world {
	t.Helper()
	if fake.IdentifyWindow == 0 {
		fake.IdentifyWindow = 10 * time.Millisecond
	}
	server, err := discordtest.New(fake)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	w := &world{T: t, fake: server, logs: &logs{}}
	w.guild = server.AddGuild(discordtest.Guild{Name: "Amur", Locale: "ru"})
	w.channel = server.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "ask"})
	server.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: "7", Username: "vera", Locale: "uk"}})
	o := options{Options: discord.Options{
		Token: server.Token(), API: server.URL() + "/api/v10", Version: "1.0", Timing: hurry(),
		Log: slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}}
	if change != nil {
		change(&o)
	}
	if w.client, err = discord.Open(t.Context(), o.Options); err != nil {
		t.Fatal(err)
	}
	w.handler = o.Handler
	return w
}

// run connects the client until the test ends, or the function that it returns is called.
func (w *world) run() func() {
	w.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.Context()))
	done := make(chan struct{})
	go func() { defer close(done); w.client.Run(ctx, w.handler) }()
	stop := sync.OnceFunc(func() {
		cancel()
		select {
		case <-done:
		case <-time.After(patience):
			w.Error("Run does not end with its context")
		}
	})
	w.Cleanup(stop)
	return stop
}

// connect runs the client and waits until it is connected.
func (w *world) connect() func() {
	w.Helper()
	stop := w.run()
	w.until("connected", func(s discord.State) bool { return s.Connected })
	return stop
}

// until waits for a state.
func (w *world) until(what string, wanted func(discord.State) bool) discord.State {
	w.Helper()
	var last discord.State
	w.wait(what, func() bool { last = w.client.State(); return wanted(last) })
	return last
}

// wait waits for a condition.
func (w *world) wait(what string, wanted func() bool) {
	w.Helper()
	limit, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !wanted() {
		select {
		case <-tick.C:
		case <-limit:
			w.Fatalf("waited in vain until %s: state %+v, connections %+v, logs:\n%s", what, w.client.State(), w.fake.Connections(), w.logs)
		}
	}
}

// clean fails the test where a rule of Discord was broken.
func (w *world) clean() {
	w.Helper()
	for _, v := range w.fake.TakeViolations() {
		w.Errorf("violation: %v", v)
	}
}

// next takes what comes through a channel.
func next[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("no %s came", what)
	}
	var none T
	return none
}

// logs keeps what was logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logs) count(s string) int { return strings.Count(l.String(), s) }
