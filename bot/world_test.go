package bot_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/discordtest"
	"amur/internal/encoder"
	"amur/internal/store"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/factcheck"
	"amur/rag/verify"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// builtin opens the built-in documents once for all tests of the package, because that takes a while.
var builtin = sync.OnceValues(openBuiltin) //nolint:gochecknoglobals // opened once for all tests, never changed

// parts are what editions are made of.
type parts struct {
	base    *knowledge.Base
	index   *rag.Index
	model   *encoder.Encoder
	check   *verify.Checker
	edition *bot.Edition
}

func openBuiltin() (parts, error) {
	var p parts
	var err error
	if p.model, err = encoder.Builtin(); err != nil {
		return p, err
	}
	if p.base, err = knowledge.Builtin(); err != nil {
		return p, err
	}
	if p.index, err = indexOf(p.base, p.model); err != nil {
		return p, err
	}
	glossary, err := knowledge.Glossary()
	if err != nil {
		return p, err
	}
	if p.check, err = verify.New(verify.Options{Glossary: glossary, Embedder: p.model}); err != nil {
		return p, err
	}
	p.edition, err = p.make(p.index)
	return p, err
}

// indexOf is the index beside the documents or, where they changed since it was made, a new one with its vectors.
func indexOf(base *knowledge.Base, model *encoder.Encoder) (*rag.Index, error) {
	ctx := context.Background()
	data := knowledge.BuiltinVectors()
	if index, err := rag.ReadSnapshot(ctx, data, base, model.Model()); err == nil {
		return index, nil
	}
	vectors, err := rag.SnapshotVectors(data)
	if err != nil {
		vectors = rag.NewVectors(model.Model())
	}
	return rag.Build(ctx, base, model, rag.BuildOptions{Vectors: vectors})
}

// make is an edition over an index, in quotations.
func (p parts) make(index *rag.Index) (*bot.Edition, error) {
	answerer, err := rag.New(index, p.model)
	if err != nil {
		return nil, err
	}
	if answerer.Disputes, err = knowledge.BuiltinDisputes(p.base); err != nil {
		return nil, err
	}
	checker, err := factcheck.New(answerer, p.check)
	if err != nil {
		return nil, err
	}
	return &bot.Edition{Name: "2026-11", Base: index.Base(), Answerer: answerer, Checker: checker}, nil
}

// opened are the built-in documents.
func opened(tb testing.TB) parts {
	tb.Helper()
	p, err := builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// world is a fake Discord with a guild, a channel, its owner 1 and its members 7 and 8, and a bot that is connected to it. All that the
// bot sends and keeps is real.
type world struct {
	*testing.T
	fake    *discordtest.Server
	clock   *discordtest.FakeClock
	guild   discordtest.Guild
	channel discordtest.Channel
	client  *discord.Client
	store   *store.Store
	bot     *bot.Bot
	log     *lines
	stop    func() // ends the connection of the bot
}

// newWorld makes one; change may alter the options of the bot, or be nil. The managers have chosen that it speaks everywhere.
func newWorld(t *testing.T, change func(*bot.Options)) *world {
	t.Helper()
	w := &world{T: t, clock: discordtest.NewFakeClock(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)), log: &lines{}}
	var err error
	if w.fake, err = discordtest.New(discordtest.Options{Clock: w.clock, IdentifyWindow: 10 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.fake.Close)
	joined := w.clock.Now().Add(-24 * time.Hour)
	w.guild = w.fake.AddGuild(discordtest.Guild{Name: "Amur", OwnerID: "1"})
	w.channel = w.fake.AddChannel(discordtest.Channel{GuildID: w.guild.ID, Name: "ask"})
	for _, id := range []discordtest.ID{"1", "7", "8"} {
		w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: id, Username: "user" + string(id)}, JoinedAt: joined})
	}
	var key store.Key
	key[0] = 1
	if w.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), store.Options{Key: key, Now: w.clock.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.store.Close() })
	w.start(change)
	w.save(func(s *store.Settings) { s.Preset = store.PresetOpen })
	return w
}

// start connects a bot to the world.
func (w *world) start(change func(*bot.Options)) {
	w.Helper()
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, err := discord.Open(w.Context(), discord.Options{
		Token: w.fake.Token(), API: w.fake.URL() + "/api/v10", Version: "1.0", Log: log, Now: w.clock.Now,
		Timing: discord.Timing{Identify: 20 * time.Millisecond},
	})
	if err != nil {
		w.Fatal(err)
	}
	o := bot.Options{Discord: client, Store: w.store, Edition: opened(w).edition, Log: log, Now: w.clock.Now}
	o.Policy.DM = bot.DMFull
	o.Policy.Limits.PublicPerMinute = 100
	o.Policy.Limits.EditEvery = 10 * time.Millisecond
	if change != nil {
		change(&o)
	}
	if w.bot, err = bot.New(o); err != nil {
		w.Fatal(err)
	}
	w.client = client
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.Context()))
	done := make(chan struct{})
	go func() { defer close(done); client.Run(ctx, w.bot.Handler()) }()
	w.stop = sync.OnceFunc(func() { cancel(); <-done })
	w.Cleanup(w.stop)
	w.until("the commands are registered", func() bool { return len(w.fake.Commands("")) > 0 && client.State().Connected })
}

// restart ends the bot and starts another over the same state.
func (w *world) restart() {
	w.Helper()
	w.stop()
	w.start(nil)
}

// save changes the settings of the guild.
func (w *world) save(change func(*store.Settings)) {
	w.Helper()
	settings, err := w.store.Settings(w.Context(), store.Server(w.guild.ID))
	if err != nil {
		w.Fatal(err)
	}
	change(&settings)
	if err := w.store.SaveSettings(w.Context(), store.Server(w.guild.ID), settings, "1"); err != nil {
		w.Fatal(err)
	}
}

// outcome waits until what a person did has its outcome.
func (w *world) outcome(i *discordtest.Interaction, wanted func(discordtest.Outcome) bool) discordtest.Outcome {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	if wanted == nil {
		wanted = discordtest.Outcome.Settled
	}
	out, err := i.WaitUntil(ctx, wanted)
	if err != nil {
		w.Fatalf("no outcome: %v: %+v\n%s", err, out, w.log)
	}
	return out
}

// until waits for a condition.
func (w *world) until(what string, wanted func() bool) {
	w.Helper()
	limit, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !wanted() {
		select {
		case <-tick.C:
		case <-limit:
			w.Fatalf("waited in vain until %s\n%s", what, w.log)
		}
	}
}

// clean fails the test where a rule of Discord was broken, somebody was mentioned, or something failed.
func (w *world) clean() {
	w.Helper()
	for _, v := range w.fake.Violations() {
		w.Errorf("violation: %v", v)
	}
	for _, r := range w.fake.Records() {
		if r.Pings.Any() {
			w.Errorf("%s pings: %s", r.Route, r.Body)
		}
	}
	if log := w.log.String(); strings.Contains(log, "level=ERROR") {
		w.Errorf("errors were logged:\n%s", log)
	}
}

// lines keep what was logged.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
