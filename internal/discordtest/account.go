package discordtest

import (
	"net/http"
	"slices"
	"time"
)

// Application is the bot's application.
type Application struct {
	ID           ID     `json:"id"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	Icon         string `json:"icon"`
	Flags        int    `json:"flags"`
	BotPublic    bool   `json:"bot_public"`
	CodeGrant    bool   `json:"bot_require_code_grant"`
	VerifyKey    string `json:"verify_key"`
	Owner        *User  `json:"owner,omitempty"`
	Bot          *User  `json:"bot,omitempty"`
	GuildCount   int    `json:"approximate_guild_count"`
	Interactions string `json:"interactions_endpoint_url,omitempty"`
}

// Flags of an application: the switches of the privileged intents, for bots that few people see.
const (
	applicationMembers = 1 << 15
	applicationContent = 1 << 19
)

func newApplication(options Options) Application {
	a := Application{ID: options.BotID, Name: options.BotName, BotPublic: true}
	if options.MessageContent {
		a.Flags |= applicationContent
	}
	if options.Members {
		a.Flags |= applicationMembers
	}
	return a
}

func (s *Server) userRoutes(r *router) {
	r.onPublic("GET /gateway", func(*call) (answer, error) {
		return answer{http.StatusOK, struct {
			URL string `json:"url"`
		}{s.socketURL("gateway")}}, nil
	})
	r.on("GET /gateway/bot", s.gatewayBot)
	for _, route := range []string{"GET /applications/@me", "GET /oauth2/applications/@me"} {
		r.on(route, func(*call) (answer, error) {
			a := s.application
			bot := s.world.users[s.options.BotID].wire()
			a.Bot = &bot
			for _, g := range s.world.guilds {
				if g.members[s.options.BotID] != nil {
					a.GuildCount++
				}
			}
			return answer{http.StatusOK, a}, nil
		})
	}
	r.on("GET /users/@me", func(*call) (answer, error) {
		return answer{http.StatusOK, s.world.users[s.options.BotID].wire()}, nil
	})
	r.on("GET /users/@me/guilds", s.ownGuilds)
	r.on("DELETE /users/@me/guilds/{guild}", s.leaveGuild)
	r.on("POST /users/@me/channels", s.openDirect)
	r.on("GET /users/{user}", func(c *call) (answer, error) {
		u := s.world.users[c.id("user")]
		if u == nil {
			return answer{}, unknown(10013, "User")
		}
		return answer{http.StatusOK, u.wire()}, nil
	})
}

type gatewayInfo struct {
	URL    string       `json:"url"`
	Shards int          `json:"shards"`
	Limit  sessionLimit `json:"session_start_limit"`
}

type sessionLimit struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"`
	MaxConcurrency int   `json:"max_concurrency"`
}

func (s *Server) gatewayBot(*call) (answer, error) {
	used := 0
	var reset time.Duration
	for _, t := range s.gateway.identifies {
		if left := 24*time.Hour - s.clock.Now().Sub(t); left > 0 {
			used++
			if reset == 0 {
				reset = left
			}
		}
	}
	return answer{http.StatusOK, gatewayInfo{s.socketURL("gateway"), s.options.Shards, sessionLimit{
		Total: s.options.Identifies, Remaining: max(s.options.Identifies-used, 0), ResetAfter: reset.Milliseconds(),
		MaxConcurrency: s.options.MaxConcurrency,
	}}}, nil
}

type ownGuild struct {
	ID          ID         `json:"id"`
	Name        string     `json:"name"`
	Owner       bool       `json:"owner"`
	Permissions Permission `json:"permissions"`
}

func (s *Server) ownGuilds(*call) (answer, error) {
	list := []ownGuild{}
	for _, g := range s.world.guilds {
		if g.members[s.options.BotID] != nil {
			list = append(list, ownGuild{ID: g.ID, Name: g.Name, Permissions: g.basePermissions(s.options.BotID)})
		}
	}
	slices.SortFunc(list, func(a, b ownGuild) int { return int(int64(a.ID.number()) - int64(b.ID.number())) })
	return answer{http.StatusOK, list}, nil
}

func (s *Server) leaveGuild(c *call) (answer, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return answer{}, err
	}
	s.leave(g)
	return answer{status: http.StatusNoContent}, nil
}

// openDirect gives the channel between the bot and a user. Whether the user takes messages shows at the first one.
func (s *Server) openDirect(c *call) (answer, error) {
	var body struct {
		Recipient ID `json:"recipient_id"`
	}
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	u := s.world.users[body.Recipient]
	if u == nil {
		return answer{}, unknown(10013, "User")
	}
	if u.Bot {
		return answer{}, &apiError{Rule: RulePermission, Status: http.StatusForbidden, Code: 50007, Message: "Cannot send messages to this user"}
	}
	return answer{http.StatusOK, s.directMessages(u.ID).Channel}, nil
}

func (s *Server) guildRoutes(r *router) {
	r.on("GET /guilds/{guild}", func(c *call) (answer, error) {
		g, err := s.guildOf(c)
		if err != nil {
			return answer{}, err
		}
		return answer{http.StatusOK, g.wire()}, nil
	})
	r.on("GET /guilds/{guild}/roles", func(c *call) (answer, error) {
		g, err := s.guildOf(c)
		if err != nil {
			return answer{}, err
		}
		return answer{http.StatusOK, slices.Clone(g.Roles)}, nil
	})
	r.on("GET /guilds/{guild}/channels", func(c *call) (answer, error) {
		g, err := s.guildOf(c)
		if err != nil {
			return answer{}, err
		}
		return answer{http.StatusOK, s.world.channelsOf(g.ID, false)}, nil
	})
	r.on("GET /guilds/{guild}/threads/active", func(c *call) (answer, error) {
		g, err := s.guildOf(c)
		if err != nil {
			return answer{}, err
		}
		return answer{http.StatusOK, struct {
			Threads []Channel `json:"threads"`
			Members []ID      `json:"members"`
		}{s.world.channelsOf(g.ID, true), []ID{}}}, nil
	})
	r.on("GET /guilds/{guild}/members/{user}", func(c *call) (answer, error) {
		g, err := s.guildOf(c)
		if err != nil {
			return answer{}, err
		}
		m := g.members[c.id("user")]
		if m == nil {
			return answer{}, unknown(10007, "Member")
		}
		return answer{http.StatusOK, m.wire()}, nil
	})
}

// guildOf finds a guild that the bot is in.
func (s *Server) guildOf(c *call) (*guild, error) {
	g := s.world.guilds[c.id("guild")]
	if g == nil {
		return nil, unknown(10004, "Guild")
	}
	if g.members[s.options.BotID] == nil {
		return nil, missingAccess()
	}
	return g, nil
}
