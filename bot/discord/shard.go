package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"
)

// resumeTries is how often a session is tried to be resumed, before a new one is begun: its address may be dead.
const resumeTries = 3

// shard is one connection to the gateway, made again and again.
type shard struct {
	g         *gateway
	id, count int

	session *session // with a session that can be resumed; nil: the next connection identifies
	main    *url.URL // where sessions begin
	failed  int      // connections in a row that did not come to READY or RESUMED
	brief   int      // connections in a row that came there and ended within a minute

	mu     sync.Mutex
	up     bool
	since  time.Time
	link   *link
	resume *url.URL
	guilds map[GuildID]bool
}

// run keeps the shard connected until the context ends or the gateway is parked.
func (s *shard) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := s.connect(ctx)
		s.set(false)
		if ctx.Err() != nil || errors.Is(err, errParked) {
			return
		}
		level := slog.LevelWarn
		if errors.Is(err, errReconnect) { // which Discord asks for now and again
			level = slog.LevelInfo
		}
		s.g.o.Log.Log(ctx, level, "gateway connection ended", "shard", s.id, "err", err)
		s.g.reconnected()
		pause := s.judge(err)
		if s.session == nil && s.brief > 1 { // sessions that end at once would use up the Identifies of a day
			pause = max(pause, backoff(s.brief, s.g.o.Timing.Backoff, s.g.o.Timing.BackoffMax))
		}
		if s.g.halted() && s.session == nil {
			return
		}
		if sleep(ctx, pause) != nil {
			return
		}
	}
}

// judge decides from the reason of an end whether the session can be resumed, and how long to wait.
func (s *shard) judge(err error) time.Duration {
	timing := s.g.o.Timing
	var code closedError
	switch {
	case errors.Is(err, errHung), errors.Is(err, errInvalid):
		s.forget()
	case errors.As(err, &code):
		if why := fatal(code); why != "" {
			s.g.park(why, true)
			s.forget()
			return 0
		}
		if code == 1000 || code == 1001 || code == 4003 || code == 4007 || code == 4009 {
			s.forget()
		}
	}
	if errors.Is(err, errInvalid) { // Discord asks for a pause
		return timing.Backoff + jitter(4*timing.Backoff)
	}
	if s.session != nil && (s.failed >= resumeTries || !s.session.resumable()) {
		s.forget()
	}
	if s.failed == 0 { // it was up: no reason to hesitate much
		if errors.Is(err, errReconnect) {
			return 0
		}
		return jitter(timing.Backoff)
	}
	return backoff(s.failed, timing.Backoff, timing.BackoffMax)
}

// fatal says why a close code must not be followed by another try
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
func fatal(code closedError) string {
	switch code {
	case 4004:
		return "the token is refused by the gateway (4004); set a new one and start again"
	case 4010:
		return "the shard is invalid (4010); correct the number of shards"
	case 4011:
		return "the bot is in too many servers for its shards (4011); set more shards"
	case 4012:
		return "the version of the gateway is no longer served (4012); a newer amur is needed"
	case 4013:
		return "the intents are invalid (4013)"
	case 4014:
		return "an intent is not allowed (4014); switch it on in the developer portal, or off here"
	}
	return ""
}

func (s *shard) forget() {
	s.session = nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resume = nil
}

// connect makes one connection and returns why it ended.
func (s *shard) connect(ctx context.Context) error {
	done := func(bool) {}
	allowed := false
	if s.session == nil {
		where, err := s.g.mayIdentify(ctx)
		if err != nil {
			s.failed++
			return err
		}
		if s.main = gatewayURL(where.URL); s.main == nil {
			s.failed++
			return errors.New("address of the gateway is none")
		}
		if done, err = s.g.gate.enter(ctx, s.id, where.Limit.Concurrency); err != nil {
			return err
		}
		if s.g.halted() {
			done(false)
			return errParked
		}
		if s.session, err = newSession(s.g.o, s.id, s.count, s.event); err != nil {
			done(false)
			return err
		}
		allowed = true
	}
	session := s.session
	l := &link{timing: s.g.o.Timing}
	l.identify = func() error {
		if !allowed {
			return errUnasked
		}
		allowed = false
		if err := s.g.identifying(ctx); err != nil {
			return err
		}
		done(true)
		return nil
	}
	l.ready = func(w welcome) { s.ready(session, l, w) }
	s.failed++ // until it is up
	t, err := session.open(ctx, s.target(), l)
	done(false)
	if err != nil {
		return err
	}
	return s.hold(ctx, session, t)
}

// hold waits for the end of an open connection.
func (s *shard) hold(ctx context.Context, session *session, t *tap) error {
	start := time.Now()
	select {
	case <-t.ended:
	case <-ctx.Done():
		t.cut(ctx.Err(), endingCode)
	}
	if s.isUp() {
		s.failed = 0
		s.brief++
	}
	if time.Since(start) > time.Minute {
		s.brief = 0
	}
	s.set(false)
	if ctx.Err() != nil { // nothing follows that discordgo's pause could disturb
		return ctx.Err()
	}
	if err := session.left(); errors.Is(err, errHung) {
		return err
	}
	return t.why
}

// target is where the next connection goes: to the address for resuming, if there is one of the same kind.
func (s *shard) target() *url.URL {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.resume != nil && s.resume.Scheme == s.main.Scheme {
		return s.resume
	}
	return s.main
}

// ready is told that the connection is up.
func (s *shard) ready(session *session, l *link, w welcome) {
	s.mu.Lock()
	s.up, s.since, s.link = true, s.g.o.Now(), l
	if !w.resumed {
		s.resume = gatewayURL(w.resume)
		s.guilds = map[GuildID]bool{}
		for _, id := range w.guilds {
			s.guilds[id] = true
		}
	}
	s.mu.Unlock()
	session.setReady()
	s.g.ready(w)
	s.g.o.Log.Info("gateway is ready", "shard", s.id, "resumed", w.resumed)
}

// event is told what happened, one after another.
func (s *shard) event(kind string, data []byte) {
	id, there, known := s.g.events.take(kind, data)
	if !known {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !there:
		delete(s.guilds, id)
	case s.guilds != nil: // READY has come
		s.guilds[id] = true
	}
}

func (s *shard) set(up bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.up != up {
		s.up, s.since = up, s.g.o.Now()
	}
}

func (s *shard) isUp() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.up
}

func (s *shard) look() (bool, *link, time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.up, s.link, s.since
}

func (s *shard) guildCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.guilds)
}
