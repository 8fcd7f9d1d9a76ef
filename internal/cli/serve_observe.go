package cli

import (
	"context"
	"time"

	"amur/bot"
	"amur/internal/web"
)

// observe counts what the bot tells of.
func (s *service) observe(e bot.Event) {
	switch e.Kind {
	case "interaction":
		s.metrics.Interaction(e.Command, e.Outcome)
		s.metrics.Stage("first_reply", e.Took)
	case "answer":
		s.metrics.Answer(e.Outcome, e.Mode, e.Language)
		s.metrics.Claims(e.Kept, e.Dropped)
		s.metrics.Stage("total", e.Took)
	case "refusal":
		s.metrics.Refusal(e.Outcome)
	case "report":
		s.metrics.Report(e.Outcome)
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
	var out []web.Problem
	switch state := s.client.State(); {
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

// gauge notes from time to time how things stand.
func (s *service) gauge(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		state := s.client.State()
		switch {
		case state.Parked != "":
			s.metrics.Gateway(web.GatewayParked)
		case state.Connected:
			s.metrics.Gateway(web.GatewayConnected)
		default:
			s.metrics.Gateway(web.GatewayDisconnected)
		}
		s.metrics.Servers(state.Guilds)
		s.metrics.SessionsLeft(state.IdentifiesLeft)
		s.metrics.Queue(s.bot.Waiting())
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
