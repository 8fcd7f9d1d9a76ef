package discordtest

import (
	"context"
	"encoding/json"
	"net/http"
)

// The questions of the control routes.
type (
	controlMember struct {
		Guild  ID     `json:"guild"`
		Member Member `json:"member"`
	}
	controlRole struct {
		Guild ID   `json:"guild"`
		Role  Role `json:"role"`
	}
	controlOverwrite struct {
		Channel   ID        `json:"channel"`
		Overwrite Overwrite `json:"overwrite"`
	}
	controlOutcome struct {
		Interaction ID  `json:"interaction"`
		After       int `json:"after"` // wait until Changes is greater
	}
	controlReplies struct {
		Channel ID  `json:"channel"`
		Message ID  `json:"message"`
		Known   int `json:"known"` // wait until there is more to be seen
	}
	controlEvent struct {
		Name  string          `json:"name"`
		Guild ID              `json:"guild"`
		D     json.RawMessage `json:"d"`
	}
	controlBot struct {
		Guild       ID         `json:"guild"`
		Permissions Permission `json:"permissions"`
	}
	controlOutage struct {
		Guild       ID   `json:"guild"`
		Unavailable bool `json:"unavailable"`
	}
	nothing struct{}
)

// replies are the bot's replies to a message, with a number that grows when the channel changes.
type replies struct {
	Messages []Message `json:"messages"`
	Known    int       `json:"known"`
}

// controlHandler serves the Go interface over HTTP: POST /control/NAME with the argument as JSON.
func (s *Server) controlHandler() http.Handler {
	m := http.NewServeMux()
	control(m, "guild", func(_ context.Context, g Guild) (Guild, error) { return s.AddGuild(g), nil })
	control(m, "channel", func(_ context.Context, c Channel) (Channel, error) { return s.AddChannel(c), nil })
	control(m, "user", func(_ context.Context, u User) (User, error) { return s.AddUser(u), nil })
	control(m, "member", func(_ context.Context, in controlMember) (Member, error) {
		return s.AddMember(in.Guild, in.Member), nil
	})
	control(m, "role", func(_ context.Context, in controlRole) (Role, error) { return s.SetRole(in.Guild, in.Role), nil })
	control(m, "direct", func(_ context.Context, user ID) (Channel, error) { return s.DirectMessages(user), nil })
	control(m, "do", func(_ context.Context, a Action) (Done, error) { return s.Do(a) })
	control(m, "outcome", func(ctx context.Context, in controlOutcome) (Outcome, error) {
		return s.Interaction(in.Interaction).WaitUntil(ctx, func(o Outcome) bool { return o.Changes > in.After })
	})
	control(m, "replies", s.controlReplies)
	control(m, "messages", func(_ context.Context, channel ID) ([]Message, error) { return s.Messages(channel), nil })
	control(m, "commands", func(_ context.Context, guild ID) ([]Command, error) { return s.Commands(guild), nil })
	control(m, "records", func(_ context.Context, after int) ([]Record, error) { return s.RecordsAfter(after), nil })
	control(m, "violations", func(context.Context, nothing) ([]Violation, error) { return s.Violations(), nil })
	control(m, "take-violations", func(context.Context, nothing) ([]Violation, error) { return s.TakeViolations(), nil })
	control(m, "stats", func(context.Context, nothing) (Stats, error) { return s.Stats(), nil })
	control(m, "connections", func(context.Context, nothing) ([]Connection, error) { return s.Connections(), nil })
	control(m, "overwrite", func(_ context.Context, in controlOverwrite) (nothing, error) {
		s.SetOverwrite(in.Channel, in.Overwrite)
		return nothing{}, nil
	})
	control(m, "bot-permissions", func(_ context.Context, in controlBot) (nothing, error) {
		s.SetBotPermissions(in.Guild, in.Permissions)
		return nothing{}, nil
	})
	control(m, "outage", func(_ context.Context, in controlOutage) (nothing, error) {
		s.SetOutage(in.Guild, in.Unavailable)
		return nothing{}, nil
	})
	control(m, "event", func(_ context.Context, in controlEvent) (nothing, error) {
		s.Dispatch(in.Name, in.Guild, in.D)
		return nothing{}, nil
	})
	tell(m, "delete-channel", s.DeleteChannel)
	tell(m, "kick-bot", s.KickBot)
	tell(m, "add-bot", s.AddBot)
	tell(m, "repeat", func(id ID) { s.Repeat(s.Interaction(id)) })
	tell(m, "fault", s.Fault)
	tell(m, "script", func(scripts []Script) { s.Script(scripts...) })
	tell(m, "close", s.CloseConnections)
	tell(m, "invalidate", s.InvalidateSession)
	tell(m, "acknowledge", s.Acknowledge)
	tell(m, "reset-token", s.ResetToken)
	tell(m, "reconnect", func(nothing) { s.Reconnect() })
	tell(m, "drop", func(nothing) { s.DropConnections() })
	return m
}

func (s *Server) controlReplies(ctx context.Context, in controlReplies) (replies, error) {
	var r replies
	err := s.until(ctx, in.Channel, func() bool {
		r.Messages = s.repliesTo(in.Channel, in.Message)
		if c := s.world.channels[in.Channel]; c != nil {
			r.Known = c.changes
		}
		return r.Known > in.Known
	})
	return r, err
}

// control adds a route that takes In and gives Out. What a person cannot do is 409 with the reason.
func control[In, Out any](mux *http.ServeMux, name string, do func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST /"+name, func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		data, err := json.Marshal(out)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		write(w, http.StatusOK, data)
	})
}

// tell adds a route that takes In and gives nothing.
func tell[In any](mux *http.ServeMux, name string, do func(In)) {
	control(mux, name, func(_ context.Context, in In) (nothing, error) {
		do(in)
		return nothing{}, nil
	})
}
