package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/knowledge"
)

// The load: so many servers, each with so many members, who ask together so often for so long.
const (
	loadServers   = 40
	loadMembers   = 50
	loadPerSecond = 35
	loadLasts     = 2 * time.Minute
)

// BenchmarkServeLoad asks a bot, in quotations, in three languages, in public and in private, at an even pace. The bot is a process of
// its own with the built-in documents; the fake Discord is this one. It reports from the event of the interaction to the final answer.
//
//	go test ./internal/cli -run '^$' -bench ServeLoad -benchtime 1x
func BenchmarkServeLoad(b *testing.B) {
	for b.Loop() {
		newLoad(b).run()
	}
}

type load struct {
	*harbour

	b         *testing.B
	random    *rand.Rand
	life      *life
	channels  []discordtest.ID
	questions []string

	mutex   sync.Mutex
	took    []time.Duration
	refused int // replied to with no answer
	lost    int // not replied to
}

func newLoad(b *testing.B) *load {
	b.Helper()
	fake, err := discordtest.New(discordtest.Options{
		IdentifyWindow: time.Millisecond, RateLimits: true, KeepRecords: 1000, KeepMessages: 50, KeepInteractions: 5000,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(fake.Close)
	dir := b.TempDir()
	l := &load{b: b, random: rand.New(rand.NewPCG(1, 2)), harbour: &harbour{fake: fake}}
	settings := filepath.Join(dir, "amur.yaml")
	write(b, settings, calm)
	l.environ = []string{
		"PATH=" + os.Getenv("PATH"), "AMUR_DISCORD_TOKEN=" + fake.Token(), "AMUR_DISCORD_API=" + fake.URL() + "/api/v10",
		"AMUR_STORE_PATH=" + filepath.Join(dir, "amur.db"), "AMUR_STORE_KEY=" + key, "AMUR_CACHE_DIR=" + filepath.Join(dir, "cache"),
		"AMUR_CONFIG=" + settings,
	}
	joined := time.Now().Add(-24 * time.Hour)
	for range loadServers {
		guild := fake.AddGuild(discordtest.Guild{}).ID
		l.channels = append(l.channels, fake.AddChannel(discordtest.Channel{GuildID: guild, Name: "ask"}).ID)
		for m := range loadMembers {
			user := discordtest.User{ID: discordtest.ID(fmt.Sprint(1_000_000 + m)), Locale: []string{"en-US", "ru", "zh-CN"}[m%3]}
			fake.AddMember(guild, discordtest.Member{User: user, JoinedAt: joined})
		}
	}
	base, err := knowledge.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range base.Documents() {
		for _, s := range d.Sections {
			l.questions = append(l.questions, s.Asks...)
		}
	}
	return l
}

func (l *load) run() {
	l.life = l.start(l.b).connected(l.b)
	for _, c := range l.channels { // half of the servers have chosen public answers
		if l.random.IntN(2) == 0 {
			l.open(c)
		}
	}
	tick := time.NewTicker(time.Second / loadPerSecond)
	defer tick.Stop()
	end := time.After(loadLasts)
	var open sync.WaitGroup
	began := time.Now()
	for going := true; going; {
		select {
		case <-end:
			going = false
		case <-tick.C:
			i := l.ask(l.random)
			open.Go(func() { l.await(i) })
		}
	}
	open.Wait()
	l.report(time.Since(began))
}

// open lets the owner of a channel's server choose public answers.
func (l *load) open(c discordtest.ID) {
	var channel discordtest.Channel
	for _, one := range l.fake.Channels() {
		if one.ID == c {
			channel = one
		}
	}
	owner := l.fake.User("999")
	l.fake.SetRole(channel.GuildID, discordtest.Role{ID: "998" + channel.GuildID, Name: "managers", Permissions: discordtest.Administrator})
	l.fake.AddMember(channel.GuildID, discordtest.Member{User: discordtest.User{ID: "999"}, Roles: []discordtest.ID{"998" + channel.GuildID}})
	screen := outcome(l.b.Context(), l.b, owner.Slash(c, "setup"), l.life.log).Message()
	id := findPreset(screen, "open")
	outcome(l.b.Context(), l.b, owner.Click(c, screen.ID, id), l.life.log)
}

// findPreset finds the button of a preset on the screen of set-up.
func findPreset(screen discordtest.Message, preset string) string {
	for _, row := range screen.Components {
		for _, button := range row.Components {
			if strings.HasPrefix(button.CustomID, "setup-preset:") && strings.HasSuffix(button.CustomID, ":"+preset) {
				return button.CustomID
			}
		}
	}
	return ""
}

// ask lets somebody ask something somewhere.
func (l *load) ask(random *rand.Rand) *discordtest.Interaction {
	person := l.fake.User(discordtest.ID(fmt.Sprint(1_000_000 + random.IntN(loadMembers))))
	return person.Slash(l.channels[random.IntN(len(l.channels))], "ask",
		discordtest.Text("question", l.questions[random.IntN(len(l.questions))]))
}

func (l *load) await(i *discordtest.Interaction) {
	ctx, cancel := context.WithTimeout(l.b.Context(), longest)
	defer cancel()
	o, err := i.Wait(ctx)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	switch {
	case err != nil:
		l.lost++
	case pressable(o.Message(), "evidence") == "":
		l.refused++
		l.b.Logf("refused: %.200q", shown(o.Message()))
	default:
		l.took = append(l.took, o.LastAfter)
	}
}

func (l *load) report(lasted time.Duration) {
	if len(l.took) == 0 {
		l.b.Fatalf("no answers\n%s", l.life.log)
	}
	slices.Sort(l.took)
	ms := func(share float64) float64 {
		return float64(l.took[int(share*float64(len(l.took)-1))]) / float64(time.Millisecond)
	}
	l.b.ReportMetric(float64(len(l.took))/lasted.Seconds(), "answers/s")
	l.b.ReportMetric(ms(0.5), "p50-ms")
	l.b.ReportMetric(ms(0.95), "p95-ms")
	l.b.ReportMetric(ms(1), "longest-ms")
	l.b.ReportMetric(float64(l.refused), "refused")
	l.b.ReportMetric(float64(l.lost), "lost")
	l.b.ReportMetric(l.peak(), "peak-MB")
	if n := l.fake.Stats().Violations; n > 0 {
		l.b.Errorf("%d violations, the last ones %v", n, l.fake.Violations())
	}
}

// peak is the most memory that the bot had resident, in MB.
func (l *load) peak() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", l.life.command.Process.Pid))
	if err != nil {
		l.b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		l.b.Fatal(err)
	}
	return kB / 1000
}
