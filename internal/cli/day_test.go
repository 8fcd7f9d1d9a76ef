package cli_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/modeltest"
)

// daySize is how much happens on a day.
type daySize struct {
	servers, members int
	early, late      int // interactions after which the memory is compared
	flood            int // questions at once
}

// day is a day of a bot that is a process of its own, with a Discord and a language model that are played.
type day struct {
	*testing.T

	daySize

	seed    uint64
	path    string // of the binary
	environ []string
	fake    *discordtest.Server
	model   *modeltest.Server
	gate    *gate
	bot     *botProcess
	logs    []*botLog // of all processes
	words   *interim
	servers []*dayServer
	offered map[string][]string // questions that the documents answer, by Discord's locale
	diary
}

// diary is what is remembered of the day, to be judged at its end.
type diary struct {
	mu   sync.Mutex
	acts []act
	said []*said
	used map[string]bool // commands, and verbs of custom ids
}

// TestDay plays a day. It is alone while it does: people wait three seconds at most.
func TestDay(t *testing.T) {
	d := newDay(t, wholeDay())
	d.dawn()
	d.each("are set up", (*dayServer).setUp)
	d.each("are tuned", (*dayServer).tuning)
	d.scene("a token is reset", d.reset)
	began := d.fake.Stats().Interactions
	d.each("ask", (*dayServer).asking)
	d.each("check", (*dayServer).checking) // what a check learns of the documents is kept: it is no leak
	d.scene("a morning of questions", func() { d.morning(began + d.early) })
	before := d.bot.atRest(t)
	d.each("talk", (*dayServer).talking)
	d.each("read", (*dayServer).reading)
	d.each("report", (*dayServer).reporting)
	d.each("note", (*dayServer).noting)
	d.each("pin", (*dayServer).pinning)
	d.each("hide", (*dayServer).hiding)
	d.each("keep order", (*dayServer).ordering)
	d.scene("limits", d.servers[3].limiting)
	d.scene("hostile texts", func() { d.play(min(5, len(d.servers)), func(i int) { d.servers[i].hostile() }) })
	d.scene("a flood", d.flood)
	d.scene("connections break", d.reconnecting)
	d.scene("calls are put off", d.limited)
	d.each("leave", (*dayServer).leaving)
	d.scene("an ordinary afternoon", func() { d.ordinary(began + d.late) })
	d.grown(before, d.bot.atRest(t))
	d.scene("a channel and rights are gone", d.closing)
	d.scene("a server is erased", d.servers[0].erasing)
	d.judge()
	d.bot.stop(t)
}

// scene plays one scene by itself.
func (d *day) scene(what string, play func()) {
	d.Helper()
	start := time.Now()
	play()
	d.Logf("%s: %.1f s, %d interactions so far", what, time.Since(start).Seconds(), d.fake.Stats().Interactions)
	d.orStop()
}

// orStop ends the day where something has failed already, and shows what the bot is doing.
func (d *day) orStop() {
	d.Helper()
	if d.Failed() {
		d.Fatalf("what the bot was doing:\n%s", d.bot.stacks())
	}
}

func newDay(t *testing.T, size daySize) *day {
	t.Helper()
	d := &day{T: t, daySize: size, seed: 1, path: binary(t), words: newInterim(t)}
	d.used = map[string]bool{}
	if given, err := strconv.ParseUint(os.Getenv("DAY_SEED"), 10, 64); err == nil {
		d.seed = given
	}
	t.Logf("seed %d (DAY_SEED chooses another)", d.seed)
	var err error
	if d.fake, err = discordtest.New(discordtest.Options{RateLimits: true, IdentifyWindow: 200 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.fake.Close)
	d.gate = &gate{came: make(chan struct{}, 100)}
	d.model = modeltest.New(d.gate.answer(modeltest.Competent(sayFirst)))
	t.Cleanup(d.model.Close)
	dir := t.TempDir()
	d.environ = []string{
		"HOME=" + dir, "AMUR_DISCORD_API=" + d.fake.URL() + "/api/v10", "AMUR_STORE_PATH=" + filepath.Join(dir, "amur.db"), "AMUR_STORE_KEY=" + key,
		"AMUR_CACHE_DIR=" + filepath.Join(dir, "cache"), "AMUR_LLM_BASE_URL=" + d.model.BaseURL(), "AMUR_LLM_MODEL=scripted",
		"AMUR_DM=full", "AMUR_LIMITS_COOLDOWN=0s", "AMUR_LIMITS_MIN_MINUTES_ON_SERVER=0", "AMUR_LIMITS_PUBLIC_PER_MINUTE=1000",
		"AMUR_LIMITS_DAILY_PER_MEMBER=100000", "AMUR_LIMITS_DAILY_PER_SERVER=100000",
		"AMUR_SERVERS_MAX_DAILY_PER_MEMBER=100000", "AMUR_SERVERS_MAX_DAILY_PER_SERVER=100000",
	}
	for i := range size.servers {
		d.servers = append(d.servers, d.newServer(i))
	}
	return d
}

// dawn starts the bot; the first that it hears of Discord is that it shall connect anew.
func (d *day) dawn() {
	d.Helper()
	d.fake.Script(discordtest.Script{InsteadHello: true})
	d.start()
	d.offered = map[string][]string{}
	for _, locale := range locales() {
		first := d.servers[0]
		who := guest{server: first, id: d.newPerson(first, locale), at: first.ask}
		for _, c := range who.types("ask", discordtest.Typing("question", "")).Choices {
			d.offered[locale] = append(d.offered[locale], choiceText(c))
		}
		if len(d.offered[locale]) == 0 {
			d.Fatalf("no question is offered in %s", locale)
		}
	}
}

// start starts the bot and waits until it can serve.
func (d *day) start() {
	d.Helper()
	d.bot = startBot(d.T, d.path, loopback(8), append(d.environ, "AMUR_DISCORD_TOKEN="+d.fake.Token()))
	d.logs = append(d.logs, d.bot.log)
	d.until("the bot is ready", func() bool {
		status, _ := d.bot.get(d.T, "/readyz")
		return status == 200 && len(d.fake.Commands("")) > 0
	})
}

// until waits for a condition.
func (d *day) until(what string, holds func() bool) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-ctx.Done():
			d.Fatalf("waited in vain until %s\n%s", what, d.bot.log.tail())
		}
	}
}

// each plays a scene in all servers, some at once.
func (d *day) each(what string, scene func(*dayServer)) {
	d.Helper()
	start := time.Now()
	d.play(len(d.servers), func(i int) { scene(d.servers[i]) })
	d.Logf("%d servers %s: %.1f s, %d interactions so far", len(d.servers), what, time.Since(start).Seconds(), d.fake.Stats().Interactions)
	d.orStop()
}

// play does something n times, some at once.
func (d *day) play(n int, do func(i int)) {
	const atOnce = 40
	places := make(chan struct{}, atOnce)
	var group sync.WaitGroup
	for i := range n {
		places <- struct{}{}
		group.Go(func() {
			defer func() { <-places }()
			do(i)
		})
	}
	group.Wait()
}

// chance is where a server's accidents come from.
func (d *day) chance(server int) *rand.Rand {
	return rand.New(rand.NewPCG(d.seed, uint64(server)))
}
