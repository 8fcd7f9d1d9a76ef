package web

import (
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the figures of the process. Its methods may be called from several goroutines at once.
//
// A label has one of a few values that are known beforehand; any other becomes "other". So no id, name or text of anybody
// can stand in a figure, and their number stays small whatever happens.
type Metrics struct {
	registry *prometheus.Registry
	commands []string

	answers, refusals, interactions, reports, claims  *prometheus.CounterVec
	tokens, calls, rateLimits                         *prometheus.CounterVec
	cost                                              prometheus.Counter
	stages                                            *prometheus.HistogramVec
	gateway                                           *prometheus.GaugeVec
	queue, servers, stalePins, passages, sessionsLeft prometheus.Gauge

	refresh func(*Metrics)
	index   atomic.Pointer[index]
	counts  atomic.Pointer[Counts]
}

// index is the age of what answers are made of.
type index struct{ loaded, newest time.Time }

// Options are what a Metrics needs to know.
type Options struct {
	// Version is that of the program.
	Version string
	// Commands are the names that Interaction knows.
	Commands []string
	// Refresh is called before the figures are given out, so that it can set those that are looked up; nil for nothing.
	Refresh func(m *Metrics)
	// Now is the clock; nil for time.Now.
	Now func() time.Time
}

// Other is the label of everything that has none of its own.
const Other = "other"

// NewMetrics returns figures that all start at nothing.
func NewMetrics(o Options) *Metrics {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	m := &Metrics{registry: prometheus.NewRegistry(), commands: slices.Clone(o.Commands), refresh: o.Refresh}
	m.answers = m.counters("answers_total", "Answers by outcome, by who worded them and by language.", "outcome", "mode", "language")
	m.refusals = m.counters("refusals_total", "Questions that were not looked up, by the limit or rule that stopped them.", "reason")
	m.interactions = m.counters("interactions_total", "Commands, buttons and messages by how they ended.", "command", "result")
	m.reports = m.counters("reports_total", "Answers that members reported, by kind.", "kind")
	m.claims = m.counters("claims_total", "Sentences of a language model by what the check did to them.", "verdict")
	m.tokens = m.counters("model_tokens_total", "Tokens that the language model read and wrote.", "direction")
	m.calls = m.counters("model_calls_total", "Calls of the language model by how they ended.", "result")
	m.rateLimits = m.counters("discord_rate_limits_total", "Requests that Discord put off, by scope.", "scope")
	m.cost = prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: "model_cost_usd_total", Help: "What the language model cost, in US dollars."})
	m.stages = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "stage_seconds", Help: "How long the stages of an answer took.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3, 5, 10, 30, 60},
	}, []string{"stage"})
	m.gateway = prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: "gateway_state", Help: "1 for the state that the connection to Discord is in, 0 for the others."}, []string{"state"})
	m.queue = m.gauge("queue_length", "Questions that wait for their turn.")
	m.servers = m.gauge("servers", "Servers that the bot is on.")
	m.stalePins = m.gauge("pins_stale", "Pinned summaries whose documents have changed and that wait for a moderator.")
	m.passages = m.gauge("index_passages", "Passages in the index.")
	m.sessionsLeft = m.gauge("gateway_sessions_left", "Times that Discord still lets the bot identify itself today.")
	m.registry.MustRegister(
		m.cost, m.stages, m.gateway,
		m.since("gateway_reconnects_total", "Connections to Discord that were made anew.", func(c Counts) int { return c.Reconnects }),
		m.since("gateway_resumes_total", "Connections to Discord that went on where the one before broke off.", func(c Counts) int { return c.Resumes }),
		m.since("gateway_dropped_events_total", "Events of Discord that were thrown away because too many waited.", func(c Counts) int { return c.Dropped }),
		m.since("panics_total", "Faults of the program that were caught while an event was handled.", func(c Counts) int { return c.Panics }),
		m.age("index_age_seconds", "Seconds since the index was loaded.", func(i index) float64 { return now().Sub(i.loaded).Seconds() }),
		m.age("knowledge_newest_age_days", "Days since the newest date in the documents.", func(i index) float64 { return now().Sub(i.newest).Hours() / 24 }),
		m.info("build_info", "1, labelled with the version of the program.", o.Version),
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	m.Gateway(GatewayConnecting)
	m.Counted(Counts{})
	return m
}

const namespace = "amur"

func (m *Metrics) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) gauge(name, help string) prometheus.Gauge {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
	m.registry.MustRegister(g)
	return g
}

// age is 0 until an index is loaded.
func (m *Metrics) age(name, help string, of func(index) float64) prometheus.GaugeFunc {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, func() float64 {
		if i := m.index.Load(); i != nil {
			return max(0, of(*i))
		}
		return 0
	})
}

// since counts what the connection itself counts since the start.
func (m *Metrics) since(name, help string, of func(Counts) int) prometheus.CounterFunc {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, func() float64 {
		return float64(of(*m.counts.Load()))
	})
}

func (m *Metrics) info(name, help, version string) prometheus.GaugeFunc {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: namespace, Name: name, Help: help, ConstLabels: prometheus.Labels{"version": version},
	}, func() float64 { return 1 })
}

// Handler answers with all figures in the format of Prometheus.
func (m *Metrics) Handler() http.Handler {
	figures := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: readTimeout})
	if m.refresh == nil {
		return figures
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.refresh(m)
		figures.ServeHTTP(w, r)
	})
}

// known returns the value when it is one of the allowed, else Other.
func known(value string, allowed ...string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	return Other
}
