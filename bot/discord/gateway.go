package discord

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// gateway keeps the bot connected: one discordgo session a shard, each with a loop that connects again.
type gateway struct {
	o      Options
	rest   *rest
	events *events
	gate   *gate

	mu                  sync.Mutex
	parked              string
	since               time.Time
	fatal               chan struct{} // closed when every connection must end
	news                chan struct{} // told when parked
	shards              []*shard
	reconnects, resumes int
	left                int
	last                gatewayBot
}

// gatewayBot is what GET /gateway/bot answers.
type gatewayBot struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Total       int `json:"total"`
		Remaining   int `json:"remaining"`
		Concurrency int `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

func newGateway(o Options, r *rest, e *events) *gateway {
	g := &gateway{
		o: o, rest: r, events: e, gate: newGate(o.Timing.Identify), fatal: make(chan struct{}), news: make(chan struct{}, 1), left: -1,
	}
	r.onRefused = func() { g.park("the token is refused; set a new one and start again", true) }
	return g
}

// run connects all shards until the context ends.
func (g *gateway) run(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { g.announce(ctx) })
	connected, cancel := context.WithCancel(ctx)
	defer cancel()
	wg.Go(func() {
		select {
		case <-g.fatal:
			cancel()
		case <-connected.Done():
		}
	})
	n := g.count(connected)
	g.mu.Lock()
	for id := range n {
		g.shards = append(g.shards, &shard{g: g, id: id, count: n})
	}
	shards := g.shards
	g.mu.Unlock()
	for _, s := range shards {
		wg.Go(func() { s.run(connected) })
	}
	<-ctx.Done()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shards = nil
}

// count is the number of shards: as configured, or as Discord recommends, asked until it answers.
func (g *gateway) count(ctx context.Context) int {
	for try := 1; g.o.Shards <= 0; try++ {
		where, err := g.where(ctx)
		switch {
		case err == nil:
			return max(where.Shards, 1)
		case ctx.Err() != nil || errors.Is(err, ErrUnauthorized):
			return 0
		}
		g.o.Log.Warn("discord does not answer", "err", err)
		if sleep(ctx, backoff(try, g.o.Timing.Backoff, g.o.Timing.BackoffMax)) != nil {
			return 0
		}
	}
	return g.o.Shards
}

// where asks for the gateway's address. If REST is down but the address is known, that will do.
func (g *gateway) where(ctx context.Context) (gatewayBot, error) {
	var out gatewayBot
	err := g.rest.do(ctx, call{method: http.MethodGet, route: "/gateway/bot"}, &out)
	g.mu.Lock()
	defer g.mu.Unlock()
	var refusal *Error
	if err == nil {
		g.last = out
	} else if g.last.URL == "" || errors.As(err, &refusal) && refusal.Status < 500 {
		return gatewayBot{}, err
	}
	out = g.last
	if err != nil {
		out.Limit.Remaining = g.left // what it said is old
	}
	return out, nil
}

// park stops identifying until the process is started again; with all, every connection ends.
func (g *gateway) park(why string, all bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.parked == "" {
		g.parked, g.since = why, g.o.Now()
	}
	select {
	case g.news <- struct{}{}:
	default:
	}
	if all {
		select {
		case <-g.fatal:
		default:
			close(g.fatal)
		}
	}
}

// announce logs that the process is parked, once and then now and again.
func (g *gateway) announce(ctx context.Context) {
	select {
	case <-g.news:
	case <-ctx.Done():
		return
	}
	tick := time.NewTicker(g.o.Timing.ParkedEvery)
	defer tick.Stop()
	for {
		g.mu.Lock()
		why, since := g.parked, g.since
		g.mu.Unlock()
		g.o.Log.Error("parked: nothing is tried until the process is started again", "reason", why, "since", since)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// halted says whether nothing may identify any more.
func (g *gateway) halted() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.parked != ""
}

func (g *gateway) state() State {
	g.mu.Lock()
	out := State{
		Parked: g.parked, Since: g.since, Shards: len(g.shards), Reconnects: g.reconnects, Resumes: g.resumes, IdentifiesLeft: g.left,
	}
	shards := g.shards
	g.mu.Unlock()
	out.Connected = len(shards) > 0 && out.Parked == ""
	for _, s := range shards {
		up, l, since := s.look()
		out.Connected = out.Connected && up
		out.Guilds += s.guildCount()
		if since.After(out.Since) && out.Parked == "" {
			out.Since = since
		}
		if l == nil {
			continue
		}
		if sent, ack := l.beats(); out.LastAck.IsZero() || ack.Before(out.LastAck) {
			out.LastHeartbeat, out.LastAck = sent, ack
		}
	}
	out.Dropped, out.Panics = g.events.lost()
	return out
}

// ready is told that a shard is up.
func (g *gateway) ready(w welcome) {
	if w.resumed {
		g.mu.Lock()
		g.resumes++
		g.mu.Unlock()
	}
	g.events.connected(w.guilds)
}

func (g *gateway) reconnected() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.reconnects++
}

// gatewayURL reads an address of the gateway; nil if it is none.
func gatewayURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "ws" && u.Scheme != "wss" {
		return nil
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u
}
