package web

import "time"

// The states of the connection to Discord.
const (
	GatewayConnecting   = "connecting"
	GatewayConnected    = "connected"
	GatewayDisconnected = "disconnected"
	GatewayParked       = "parked" // Discord has refused the token, an intent or another identify; a person has to act
)

// Answer counts an answer: the outcome as in the JSON of an answer, or "failed"; mode is quotes or model; language is that
// of the question.
func (m *Metrics) Answer(outcome, mode, language string) {
	m.answers.WithLabelValues(
		known(outcome, "answered", "positions", "refused", "smalltalk", "care", "failed"),
		known(mode, "quotes", "model"),
		known(language, "en", "ru", "uk", "zh", "zh-Hant"),
	).Inc()
}

// Refusal counts a question that was not looked up: cooldown, daily_limit (of a member), server_limit, blocked, blocked_until,
// paused, too_new (on the server), full (the queue), draining, not_served, old (a mention that came late).
func (m *Metrics) Refusal(reason string) {
	m.refusals.WithLabelValues(known(reason, "cooldown", "daily_limit", "server_limit", "blocked", "blocked_until", "paused", "too_new",
		"full", "draining", "not_served", "old")).Inc()
}

// Stage notes how long a stage of an answer took: queue, embed, search, draft, verify, first_reply (from Discord's event to
// the first reply) or total (to the final one).
func (m *Metrics) Stage(stage string, took time.Duration) {
	m.stages.WithLabelValues(known(stage, "queue", "embed", "search", "draft", "verify", "first_reply", "total")).
		Observe(took.Seconds())
}

// Claims counts sentences of a language model that were kept and dropped.
func (m *Metrics) Claims(kept, dropped int) {
	m.claims.WithLabelValues("kept").Add(float64(max(0, kept)))
	m.claims.WithLabelValues("dropped").Add(float64(max(0, dropped)))
}

// ModelCall counts a call of the language model by its result: ok, failed, over_budget or busy.
func (m *Metrics) ModelCall(result string) {
	m.calls.WithLabelValues(known(result, "ok", "failed", "over_budget", "busy")).Inc()
}

// ModelUse counts what a call used: tokens read and written, and millionths of a US dollar.
func (m *Metrics) ModelUse(read, written, microUSD int64) {
	m.tokens.WithLabelValues("read").Add(float64(max(0, read)))
	m.tokens.WithLabelValues("written").Add(float64(max(0, written)))
	m.cost.Add(float64(max(0, microUSD)) / 1e6)
}

// RateLimit counts a request that Discord put off: user, shared, global or cloudflare.
func (m *Metrics) RateLimit(scope string) {
	m.rateLimits.WithLabelValues(known(scope, "user", "shared", "global", "cloudflare")).Inc()
}

// Gateway notes the state of the connection to Discord, one of the constants Gateway….
func (m *Metrics) Gateway(state string) {
	for _, s := range []string{GatewayConnecting, GatewayConnected, GatewayDisconnected, GatewayParked} {
		value := 0.0
		if s == state {
			value = 1
		}
		m.gateway.WithLabelValues(s).Set(value)
	}
}

// Servers notes how many servers the bot is on.
func (m *Metrics) Servers(n int) { m.servers.Set(float64(n)) }

// SessionsLeft notes how often the bot may still identify itself today; negative while that is not known.
func (m *Metrics) SessionsLeft(n int) { m.sessionsLeft.Set(float64(n)) }

// Counts are what the connection to Discord has counted since the process started.
type Counts struct{ Reconnects, Resumes, Dropped, Panics int }

// Counted notes what the connection to Discord has counted.
func (m *Metrics) Counted(c Counts) { m.counts.Store(&c) }

// Queue notes how many questions wait for their turn.
func (m *Metrics) Queue(n int) { m.queue.Set(float64(n)) }

// Index notes that an index was loaded, how many passages it has and the newest date in its documents.
func (m *Metrics) Index(loaded, newest time.Time, passages int) {
	m.index.Store(&index{loaded, newest})
	m.passages.Set(float64(passages))
}

// Report counts a report of a member: wrong, unsupported, outdated, one-sided, offensive or unanswered.
func (m *Metrics) Report(kind string) {
	m.reports.WithLabelValues(known(kind, "wrong", "unsupported", "outdated", "one-sided", "offensive", "unanswered")).Inc()
}

// StalePins notes how many pins wait for a moderator because their documents have changed.
func (m *Metrics) StalePins(n int) { m.stalePins.Set(float64(n)) }

// Interaction counts a command, button or message by how it ended: an outcome of an answer, or one of those below. The command is
// one of Options.Commands.
func (m *Metrics) Interaction(command, result string) {
	m.interactions.WithLabelValues(known(command, m.commands...), known(result,
		"answered", "positions", "refused", "smalltalk", "care", "checked", "no claims", // something was looked up
		"done", "draft", "published", "proposed", "reported", "shared", "erased", "help", // something was done
		"blocked", "draining", "elsewhere", "empty", "forbidden", "full", "lapsed", "limited", "not served", "off", "old", "own", "paused",
		"failed", "late", "dropped",
	)).Inc()
}
