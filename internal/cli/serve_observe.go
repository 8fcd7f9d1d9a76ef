package cli

import (
	"context"
	"time"

	"amur/bot"
	"amur/internal/web"
	"amur/rag"
)

// observe counts what the bot tells of.
func (s *service) observe(e bot.Event) {
	switch e.Kind {
	case "interaction":
		s.metrics.Interaction(e.Command, e.Outcome)
		s.metrics.Stage("first_reply", e.Took)
	case "mention":
		s.metrics.Interaction("mention", e.Outcome)
	case "refusal":
		s.metrics.Refusal(e.Outcome)
	case "report":
		s.metrics.Report(e.Outcome)
	case "answer":
		s.answered(*e.Answer, e.Took)
	}
}

// answered counts an answer: its outcome, its stages, and what the model had to do with it.
func (s *service) answered(ans rag.Answer, took time.Duration) {
	s.metrics.Answer(string(ans.Outcome), string(ans.Mode), string(ans.Language))
	s.metrics.Stage("total", took)
	for stage, millis := range map[string]float64{
		"embed": ans.Timings.Embed, "search": ans.Timings.Search, "draft": ans.Timings.Draft, "verify": ans.Timings.Verify,
	} {
		if millis > 0 {
			s.metrics.Stage(stage, time.Duration(millis*float64(time.Millisecond)))
		}
	}
	if ans.Checked != nil {
		s.metrics.Claims(len(ans.Claims), len(ans.Dropped))
	}
	if ans.Usage != nil {
		s.metrics.ModelUse(int64(ans.Usage.Input), int64(ans.Usage.Output), int64(ans.Usage.CostUSD*microsPerDollar))
	}
	switch {
	case ans.Mode == rag.ModeModel:
		s.metrics.ModelCall("ok")
	case ans.Fallback == "budget":
		s.metrics.ModelCall("over_budget")
	case ans.Fallback == "unavailable", ans.Fallback == "slow":
		s.metrics.ModelCall("failed")
	}
}

// loaded notes the documents that answers come from now.
func (s *service) loaded(e *bot.Edition) {
	newest, _ := time.Parse(time.DateOnly, fullDate(e.Base.NewestAsOf()))
	s.metrics.Index(time.Now(), newest, len(e.Base.Passages()))
}

// fullDate completes a year or a month to its last day that every month has.
func fullDate(date string) string {
	switch len(date) {
	case len("2006"):
		return date + "-12-28"
	case len("2006-01"):
		return date + "-28"
	}
	return date
}

// ready returns what keeps the bot from serving.
func (s *service) ready(ctx context.Context) []web.Problem {
	l := s.live.Load()
	if l == nil {
		return []web.Problem{{Part: "index", Detail: "documents are being read"}}
	}
	var out []web.Problem
	switch state := l.client.State(); {
	case state.Parked != "":
		out = append(out, web.Problem{Part: "gateway", Detail: "parked: " + state.Parked})
	case !state.Connected:
		out = append(out, web.Problem{Part: "gateway", Detail: "not connected to Discord"})
	}
	if err := s.state.Writable(ctx); err != nil {
		out = append(out, web.Problem{Part: "state", Detail: "the state cannot be written"})
		s.log.ErrorContext(ctx, "state not writable", "err", err)
	}
	return out
}

// look notes how things stand, when somebody asks for the figures.
func (s *service) look(m *web.Metrics) {
	l := s.live.Load()
	if l == nil {
		return
	}
	state := l.client.State()
	switch {
	case state.Parked != "":
		m.Gateway(web.GatewayParked)
	case state.Connected:
		m.Gateway(web.GatewayConnected)
	default:
		m.Gateway(web.GatewayDisconnected)
	}
	m.Servers(state.Guilds)
	m.SessionsLeft(state.IdentifiesLeft)
	m.Counted(web.Counts{Reconnects: state.Reconnects, Resumes: state.Resumes, Dropped: state.Dropped, Panics: state.Panics})
	m.Queue(l.bot.Waiting())
	if stale, err := s.state.StalePins(context.Background()); err == nil {
		m.StalePins(stale)
	}
}
