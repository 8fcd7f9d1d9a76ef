package cli_test

import (
	"context"
	"strings"
	"sync"
	"time"

	"amur/internal/discordtest"
	"amur/internal/modeltest"
)

// gate lets a test hold the language model in the middle of an answer.
type gate struct {
	mu   sync.Mutex
	held chan struct{} // closed to go on; nil when open
	came chan struct{} // has one for each answer that waits
}

// shut makes answers wait; what it returns lets them go on.
func (g *gate) shut() (open func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	held := make(chan struct{})
	g.held = held
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.held = nil
		close(held)
	}
}

// answer is a model's that waits at the gate.
func (g *gate) answer(inner modeltest.Answer) modeltest.Answer {
	return func(r modeltest.Request) modeltest.Response {
		g.mu.Lock()
		held := g.held
		g.mu.Unlock()
		if held != nil {
			g.came <- struct{}{}
			<-held
		}
		return inner(r)
	}
}

// reconnecting has the connection renewed while an answer is being worded, in each way in which Discord does it.
func (d *day) reconnecting() {
	d.Helper()
	s := d.servers[0]
	for _, renew := range []func(){d.fake.Reconnect, d.fake.DropConnections, func() { d.fake.InvalidateSession(false) }} {
		open := d.gate.shut()
		who := s.anyone()
		a := who.begun(who.user().Slash(s.ask, "ask", discordtest.Text("question", s.question("en-US"))), "/ask")
		select {
		case <-d.gate.came:
		case <-time.After(patience):
			open()
			d.Fatal("the language model was not asked")
		}
		before := d.connections()
		renew()
		d.until("the bot is connected again", func() bool { return d.connections() > before })
		quick := d.servers[1].anyone()
		quick.asks(d.servers[1].question(quick.speaks)).answered()
		open()
		ctx, cancel := context.WithTimeout(d.Context(), patience)
		out, err := a.handle.WaitUntil(ctx, d.words.final)
		cancel()
		if err != nil {
			d.Fatalf("an answer was lost with the connection: %v", err)
		}
		a.Outcome = out
		a.answered()
	}
}

// connections is how many times the bot has identified itself or resumed.
func (d *day) connections() int {
	stats := d.fake.Stats()
	return stats.Identifies + stats.Resumes
}

// limited has Discord put calls off in each of its ways, and fail.
func (d *day) limited() {
	d.Helper()
	s := d.servers[1]
	kinds := []discordtest.FaultKind{
		discordtest.FaultUser, discordtest.FaultGlobal, discordtest.FaultShared, discordtest.FaultHTML,
		discordtest.FaultGateway, discordtest.FaultServer, discordtest.FaultBusy, discordtest.FaultTimeout, discordtest.FaultReset,
	}
	for _, kind := range kinds {
		d.fake.Fault(discordtest.Fault{Method: "POST", Route: "/channels/{channel}/messages", Kind: kind, RetryAfter: 300 * time.Millisecond})
		who := s.anyone()
		who.mention(s.question(who.speaks))
	}
	d.until("all faults are played", func() bool { return d.fake.Faults() == 0 })
}

// closing takes a channel and rights away in the last server but one; what that breaks is said in private.
func (d *day) closing() {
	d.Helper()
	s := d.servers[len(d.servers)-2]
	doomed := d.fake.AddChannel(discordtest.Channel{GuildID: s.id, Name: "doomed"}).ID
	s.more = append(s.more, doomed)
	m := s.anyone().in(doomed).asks(s.question("en-US")).answered()
	if !m.Private() {
		s.anyone().in(doomed).press(m, "evidence")
	}
	d.fake.DeleteChannel(doomed)
	d.fake.DeleteChannel(s.log)
	who := s.anyone()
	who.choose(who.press(who.asks(s.question(who.speaks)).answered(), "report").Message(), "report-kind", "wrong")
	d.fake.SetBotPermissions(s.id, discordtest.ViewChannel)
	answer := who.asks(s.question(who.speaks)).answered()
	if !answer.Private() {
		if a := s.mods[0].menu("Pin answer", answer); !a.Private {
			d.Errorf("that a right is missing is said in public: %s", a.text())
		}
	}
	s.owner.slash("setup")
	d.excuse(discordtest.RulePermission, discordtest.RuleUnknown)
}

// excuse forgets broken rules of some kinds, which a scene brought about, and fails for others.
func (d *day) excuse(rules ...discordtest.Rule) {
	d.Helper()
	for _, v := range d.fake.TakeViolations() {
		excused := false
		for _, r := range rules {
			excused = excused || v.Rule == r
		}
		if !excused {
			d.Errorf("a rule of Discord was broken: %v", v)
		}
	}
}

// reset gives the bot another token: it waits, says so, and serves again when it is started with the new one.
func (d *day) reset() {
	d.Helper()
	d.fake.ResetToken("MTIz.another.token")
	d.until("the bot is parked", func() bool {
		status, body := d.bot.get(d.T, "/readyz")
		return status == 503 && strings.Contains(body, "parked")
	})
	if status, _ := d.bot.get(d.T, "/healthz"); status != 200 {
		d.Errorf("a parked bot is not healthy: status %d", status)
	}
	d.bot.stop(d.T)
	d.logs = nil // that it is parked is an error, and logged as one
	d.excuse(discordtest.RuleAuth, discordtest.RuleGateway)
	d.start()
}
