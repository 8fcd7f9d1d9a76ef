package cli_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// longest is how long a test waits for what must come.
const longest = 30 * time.Second

// harbour is a place where amur serve runs as a process of its own against a fake Discord: a guild with a channel in which the bot
// is asked and one for its log, a folder of documents, and a state that outlives the process.
type harbour struct {
	fake      *discordtest.Server
	guild     discordtest.ID
	ask, log  discordtest.ID
	documents string
	state     string
	settings  string // the operator's file
	environ   []string
}

// The people of a harbour: the owner manages, two moderate, the others ask and vote.
const (
	owner     discordtest.ID = "1"
	moderator discordtest.ID = "2"
	colleague discordtest.ID = "3"
	asker     discordtest.ID = "7"
)

// calm are an operator's settings without an admin listener and with limits that no test reaches.
const calm = `admin: {listen: ""}
limits: {cooldown: 0s, public_per_minute: 1000, daily_per_member: 999999, daily_per_server: 999999}
servers: {max_daily_per_member: 999999, max_daily_per_server: 999999}
`

// newHarbour makes one with documents by name. The owner has chosen that the bot speaks everywhere, and where it logs.
func newHarbour(t testing.TB, documents map[string]string) *harbour {
	t.Helper()
	fake, err := discordtest.New(discordtest.Options{IdentifyWindow: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	dir := t.TempDir()
	h := &harbour{fake: fake, documents: filepath.Join(dir, "documents"), state: filepath.Join(dir, "amur.db"), settings: filepath.Join(dir, "amur.yaml")}
	if err := os.Mkdir(h.documents, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, content := range documents {
		write(t, filepath.Join(h.documents, name), content)
	}
	h.guild = fake.AddGuild(discordtest.Guild{Name: "Harbour", OwnerID: owner}).ID
	moderators := fake.SetRole(h.guild, discordtest.Role{Name: "moderators", Permissions: discordtest.ManageMessages})
	h.ask, h.log = h.channel("ask"), h.channel("log")
	h.join(owner)
	h.join(asker)
	h.join(moderator, moderators.ID)
	h.join(colleague, moderators.ID)
	h.environ = []string{
		"PATH=" + os.Getenv("PATH"), "AMUR_DISCORD_TOKEN=" + fake.Token(), "AMUR_DISCORD_API=" + fake.URL() + "/api/v10",
		"AMUR_STORE_PATH=" + h.state, "AMUR_STORE_KEY=" + key, "AMUR_CACHE_DIR=" + filepath.Join(dir, "cache"),
		"AMUR_KNOWLEDGE_DIR=" + h.documents, "AMUR_CONFIG=" + h.settings,
	}
	write(t, h.settings, calm)
	s := h.opened(t)
	settings := store.Settings{Preset: store.PresetOpen, LogChannel: store.Channel(h.log)}
	if err := s.SaveSettings(t.Context(), h.server(), settings, store.Member(owner)); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	return h
}

func (h *harbour) server() store.Server { return store.Server(h.guild) }

func (h *harbour) channel(name string) discordtest.ID {
	return h.fake.AddChannel(discordtest.Channel{GuildID: h.guild, Name: name}).ID
}

func (h *harbour) join(id discordtest.ID, roles ...discordtest.ID) {
	h.fake.AddMember(h.guild, discordtest.Member{
		User: discordtest.User{ID: id, Username: "user" + string(id)}, Roles: roles, JoinedAt: time.Now().Add(-24 * time.Hour),
	})
}

// opened opens the state, while no process has it.
func (h *harbour) opened(t testing.TB) *store.Store {
	t.Helper()
	k, err := store.ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), h.state, store.Options{Key: k})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// life is a process of the bot.
type life struct {
	harbour *harbour
	before  int // connections of earlier processes
	command *exec.Cmd
	log     *journal
	ended   chan struct{} // closed at its end
	err     error         // how it ended; to be read after that
}

// start starts amur serve, with more variables.
func (h *harbour) start(t testing.TB, environ ...string) *life {
	return h.startAs(t, "amur", environ...)
}

// startAs starts the bot under another of the names that TestMain knows.
func (h *harbour) startAs(t testing.TB, name string, environ ...string) *life {
	t.Helper()
	l := &life{harbour: h, before: len(h.fake.Connections()), log: &journal{}, ended: make(chan struct{})}
	l.command = exec.Command(name, "serve") //nolint:noctx // killed at the end of the test
	l.command.Env = append(slices.Clone(h.environ), environ...)
	l.command.Stderr = l.log
	l.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := l.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		l.err = l.command.Wait()
		close(l.ended)
	}()
	t.Cleanup(l.kill)
	return l
}

// connected waits until the process is connected and its commands are there.
func (l *life) connected(t testing.TB) *life {
	t.Helper()
	await(t, "the connection", l.log, func() bool { return l.isConnected() || l.isEnded() })
	if l.isEnded() {
		t.Fatalf("amur serve ended: %v\n%s", l.err, l.log)
	}
	return l
}

func (l *life) isConnected() bool {
	connections := l.harbour.fake.Connections()
	if len(connections) <= l.before || len(l.harbour.fake.Commands("")) == 0 {
		return false
	}
	last := connections[len(connections)-1]
	return last.Open && (last.Identified || last.Resumed)
}

func (l *life) isEnded() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

func (l *life) signal(t testing.TB, s os.Signal) {
	t.Helper()
	if err := l.command.Process.Signal(s); err != nil {
		t.Fatalf("%v: %v\n%s", s, err, l.log)
	}
}

// kill ends the process as a power cut does.
func (l *life) kill() {
	_ = l.command.Process.Kill() // it may have ended by itself
	<-l.ended
}

// end waits for the end of the process and returns its status.
func (l *life) end(t testing.TB) int {
	t.Helper()
	select {
	case <-l.ended:
		return l.command.ProcessState.ExitCode()
	case <-time.After(longest):
		t.Fatalf("amur serve does not end\n%s", l.log)
		return 0
	}
}

// await waits until something holds.
func await(t testing.TB, what string, log fmt.Stringer, holds func() bool) {
	t.Helper()
	limit, look := time.After(longest), time.NewTicker(3*time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-limit:
			t.Fatalf("waited in vain for %s\n%s", what, log)
		}
	}
}

// outcome waits until an interaction has its outcome.
func outcome(ctx context.Context, t testing.TB, i *discordtest.Interaction, log fmt.Stringer) discordtest.Outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	o, err := i.Wait(ctx)
	if err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	return o
}

// pressable finds the component of a message whose custom id is verb or begins with it and a colon; empty for none.
func pressable(m discordtest.Message, verb string) string { return findPressable(m.Components, verb) }

func findPressable(components []discordtest.Component, verb string) string {
	for _, c := range components {
		if c.CustomID == verb || strings.HasPrefix(c.CustomID, verb+":") {
			return c.CustomID
		}
		if id := findPressable(c.Components, verb); id != "" {
			return id
		}
	}
	return ""
}

// journal keeps what a process writes.
type journal struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.String()
}
