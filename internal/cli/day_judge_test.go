package cli_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"amur/internal/discordtest"
)

// judge holds what must be true at the end of the day.
func (d *day) judge() {
	d.Helper()
	d.inTime()
	d.inPrivate()
	d.apart()
	d.answeredOnce()
	d.allUsed()
	for _, v := range d.fake.Violations() {
		d.Errorf("a rule of Discord was broken: %v", v)
	}
	for _, r := range d.fake.Records() {
		if r.Pings.Any() {
			d.Errorf("%s pings: %s", r.Route, r.Body)
		}
	}
	for _, log := range d.logs {
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, `"level":"ERROR"`) || strings.Contains(line, "DATA RACE") {
				d.Errorf("the bot logs an error: %s", line)
			}
		}
	}
}

// inTime holds that everything got a first reply in time, and a final one.
func (d *day) inTime() {
	d.Helper()
	const limit = 3 * time.Second
	var took []time.Duration
	for _, a := range d.acts {
		o := a.handle.Now()
		took = append(took, o.FirstAfter)
		switch {
		case a.handle.Err() != nil:
			d.Errorf("%s: %s: %v", a.server, a.what, a.handle.Err())
		case o.Answer == 0:
			d.Errorf("%s: %s got no reply", a.server, a.what)
		case o.FirstAfter > limit:
			d.Errorf("%s: %s got its first reply after %v", a.server, a.what, o.FirstAfter)
		case a.what != "removal" && !d.words.final(o):
			d.Errorf("%s: %s got no final reply: %s", a.server, a.what, o.Message().Text())
		}
	}
	slices.Sort(took)
	if len(took) > 0 {
		d.Logf("%d interactions; first reply: median %v, p95 %v, at most %v", len(took), took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
	}
}

// inPrivate holds that an interaction has nothing public for its reply but an answer, and that all of a private reply is private.
func (d *day) inPrivate() {
	d.Helper()
	const newMessage, deferred = 4, 5
	for _, a := range d.acts {
		o := a.Outcome // then: an answer that was pinned is changed with its documents
		if o.Answer == 0 {
			o = a.handle.Now()
		}
		if a.direct || o.Answer != newMessage && o.Answer != deferred {
			continue
		}
		answer := slices.ContainsFunc(o.Messages, func(m discordtest.Message) bool { return component(m, "evidence") != nil })
		if !o.Private && !answer {
			d.Errorf("%s: %s got a public reply that is no answer: %s", a.server, a.what, o.Message().Text())
		}
		for _, m := range o.Messages {
			if o.Private && !m.Private() {
				d.Errorf("%s: a part of a private reply to %s is public: %s", a.server, a.what, m.Text())
			}
		}
	}
}

// apart holds that no server sees the mark of another, and direct messages see none.
func (d *day) apart() {
	d.Helper()
	of := map[discordtest.ID]string{} // the mark that belongs to a channel or an interaction
	for _, s := range d.servers {
		for _, c := range s.channels() {
			of[c] = s.mark
		}
	}
	for _, a := range d.acts {
		of[a.handle.ID] = a.server.mark
		if a.direct {
			of[a.handle.ID] = ""
		}
	}
	marks, seen := regexp.MustCompile(`mark\d\dzq`), 0
	for _, r := range d.fake.Records() {
		own := of[r.Channel]
		if r.Interaction != "" {
			own = of[r.Interaction]
		}
		for _, mark := range marks.FindAllString(string(r.Body), -1) {
			seen++
			if mark != own {
				d.Errorf("%s shows %s where %q belongs: %s", r.Path, mark, own, r.Body)
			}
		}
	}
	if seen < len(d.servers) {
		d.Errorf("%d marks seen in %d servers: too few to show anything", seen, len(d.servers))
	}
	d.Logf("%d marks seen, each in its place", seen)
}

// answeredOnce holds that each message to the bot got exactly one first reply.
func (d *day) answeredOnce() {
	d.Helper()
	replies := map[discordtest.ID]map[discordtest.ID]bool{}
	for _, r := range d.fake.Records() {
		var body struct {
			Reference discordtest.Reference `json:"message_reference"`
		}
		if r.Status >= 300 || r.Message == "" || json.Unmarshal(r.Body, &body) != nil || body.Reference.MessageID == "" {
			continue
		}
		to := body.Reference.MessageID
		if replies[to] == nil {
			replies[to] = map[discordtest.ID]bool{}
		}
		replies[to][r.Message] = true
	}
	var took []time.Duration
	for _, s := range d.said {
		took = append(took, s.took)
		if n := len(replies[s.Message.ID]); n != 1 {
			d.Errorf("%s: %d replies to %q, want 1", s.server, n, s.Message.Content)
		}
	}
	slices.Sort(took)
	d.Logf("%d messages to the bot, each answered once; median %v, p95 %v, at most %v", len(took), took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
}

// allUsed holds that every command that is registered was used, and everything that was shown was pressed, chosen or filled in.
func (d *day) allUsed() {
	d.Helper()
	for _, c := range d.fake.Commands("") {
		names := []string{"/" + c.Name}
		switch {
		case c.Type == discordtest.CommandMessage:
			names = []string{"menu " + c.Name}
		case len(c.Options) > 0 && c.Options[0].Type <= 2:
			names = nil
			for _, sub := range c.Options {
				names = append(names, "/"+c.Name+" "+sub.Name)
			}
		}
		for _, name := range names {
			if !d.used[name] {
				d.Errorf("%s was never used", name)
			}
		}
	}
	shown, ids := map[string]bool{}, regexp.MustCompile(`"custom_id":"([^":]+)`)
	fields := []string{"question", "reason", "text", "topic", "lines", "cooldown", "member", "server", "wait"} // of forms
	for _, r := range d.fake.Records() {
		for _, id := range ids.FindAllStringSubmatch(string(r.Body), -1) {
			shown[id[1]] = true
		}
	}
	for verb := range shown {
		if !d.used["verb "+verb] && !slices.Contains(fields, verb) {
			d.Errorf("what the verb %q stands on was shown and never used", verb)
		}
	}
	d.Logf("%d commands and %d verbs used", len(d.fake.Commands("")), len(shown))
}

// grown compares what the process holds with what it held before.
func (d *day) grown(before, after use) {
	d.Helper()
	const most, spare = 1.10, 100 // spare goroutines: two for each connection that is kept open, and one for a short reply that goes after a minute
	d.Logf("heap %.1f MB after %d interactions, %.1f MB after %d; goroutines %.0f, %.0f",
		before.heap/1e6, d.early, after.heap/1e6, d.late, before.goroutines, after.goroutines)
	if !raceDetector && after.heap > most*before.heap { // a smaller day ends before what is remembered is as much as it may be
		d.Errorf("the heap has grown from %.1f to %.1f MB", before.heap/1e6, after.heap/1e6)
	}
	if after.goroutines > before.goroutines+spare {
		d.Errorf("there are %.0f goroutines, and were %.0f", after.goroutines, before.goroutines)
	}
}
