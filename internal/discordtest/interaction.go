package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Types of interactions.
const (
	InteractionCommand      = 2
	InteractionComponent    = 3
	InteractionAutocomplete = 4
	InteractionModal        = 5
)

// Types of callbacks.
const (
	callbackMessage       = 4
	callbackDefer         = 5
	callbackDeferUpdate   = 6
	callbackUpdate        = 7
	callbackAutocomplete  = 8
	callbackModal         = 9
	firstAnswerWithin     = 3 * time.Second
	tokenLives            = 15 * time.Minute
	userInstallFollowUps  = 5
	defaultAttachmentSize = 10 << 20
)

// interaction is one event and all that was answered to it.
type interaction struct {
	id          ID
	token       string
	kind        int
	user        ID
	guild       ID
	channel     ID
	source      *Message // of a component, or of the component that opened the modal
	command     string
	target      ID
	locale      string
	userInstall bool
	modal       *Modal // that a modal submit answers
	sent        time.Time

	acknowledged int // callback type; 0 before
	ackAt        time.Time
	private      bool
	original     ID // message of @original
	messages     []ID
	gone         map[ID]bool
	final        map[ID]Message // as last seen, also when deleted or no longer kept
	answered     bool           // something other than "thinking" is shown
	followUps    int
	edits        int
	shownModal   *Modal
	choices      []Choice
	last         time.Time
	changes      int
}

type interactionBook struct {
	byID    map[ID]*interaction
	byToken map[string]*interaction
	order   []ID
	count   int
}

func newInteractionBook() interactionBook {
	return interactionBook{byID: map[ID]*interaction{}, byToken: map[string]*interaction{}}
}

// interactionEvent is INTERACTION_CREATE as it is sent.
type interactionEvent struct {
	ID                  ID              `json:"id"`
	ApplicationID       ID              `json:"application_id"`
	Type                int             `json:"type"`
	Data                json.RawMessage `json:"data"`
	GuildID             ID              `json:"guild_id,omitempty"`
	Guild               *partialGuild   `json:"guild,omitempty"`
	ChannelID           ID              `json:"channel_id"`
	Channel             Channel         `json:"channel"`
	Member              *invoker        `json:"member,omitempty"`
	User                *User           `json:"user,omitempty"`
	Token               string          `json:"token"`
	Version             int             `json:"version"`
	Message             *Message        `json:"message,omitempty"`
	AppPermissions      Permission      `json:"app_permissions"`
	Locale              string          `json:"locale"`
	GuildLocale         string          `json:"guild_locale,omitempty"`
	Entitlements        []ID            `json:"entitlements"`
	Owners              map[string]ID   `json:"authorizing_integration_owners"`
	Context             int             `json:"context"`
	AttachmentSizeLimit int             `json:"attachment_size_limit"`
}

type partialGuild struct {
	ID       ID       `json:"id"`
	Locale   string   `json:"locale"`
	Features []string `json:"features"`
}

type invoker struct {
	Member
	Permissions Permission `json:"permissions"`
}

func (s *Server) newInteraction(i *interaction) *interaction {
	b := &s.interactions
	i.id = s.newID()
	i.token = "aW50ZXJhY3Rpb246" + string(i.id)
	i.sent = s.clock.Now()
	i.gone, i.final = map[ID]bool{}, map[ID]Message{}
	b.byID[i.id], b.byToken[i.token] = i, i
	b.order = append(b.order, i.id)
	b.count++
	if keep := s.options.KeepInteractions; keep > 0 && len(b.order) > 2*keep {
		for _, id := range b.order[:len(b.order)-keep] {
			delete(b.byToken, b.byID[id].token)
			delete(b.byID, id)
		}
		b.order = slices.Clone(b.order[len(b.order)-keep:])
	}
	return i
}

// owners are authorizing_integration_owners: the guild or the user who installed the application.
func (s *Server) owners(i *interaction) map[string]ID {
	owners := map[string]ID{}
	if i.userInstall {
		owners["1"] = i.user
	}
	if g := s.world.guilds[i.guild]; g != nil && g.members[s.options.BotID] != nil {
		owners["0"] = i.guild
	} else if i.guild == "" {
		owners["0"] = "0"
	}
	return owners
}

// emit sends INTERACTION_CREATE, which needs no intent.
func (s *Server) emit(i *interaction, data any) {
	now := s.clock.Now()
	encoded, err := json.Marshal(data)
	if err != nil {
		s.misuse("interaction data: %v", err)
		return
	}
	c := s.world.channels[i.channel]
	user := s.world.user(i.user)
	e := interactionEvent{
		ID: i.id, ApplicationID: s.options.BotID, Type: i.kind, Data: encoded, GuildID: i.guild, ChannelID: i.channel, Channel: c.Channel,
		Token: i.token, Version: 1, Locale: i.locale, Entitlements: []ID{}, Owners: s.owners(i), AttachmentSizeLimit: defaultAttachmentSize,
		AppPermissions: s.world.permissions(s.options.BotID, i.channel, now),
	}
	if i.source != nil {
		e.Message = s.wire(i.source, true)
	}
	if g := s.world.guilds[i.guild]; g != nil {
		e.Guild = &partialGuild{ID: g.ID, Locale: g.Locale, Features: []string{}}
		e.GuildLocale = g.Locale
		m := g.members[i.user]
		e.Member = &invoker{Member: m.wire(), Permissions: s.world.permissions(i.user, i.channel, now)}
		if g.members[s.options.BotID] == nil { // bound by the user's permissions
			e.AppPermissions = e.Member.Permissions & (ViewChannel | SendMessages | EmbedLinks | AttachFiles | MentionEveryone | UseExternalApps)
		}
	} else {
		wire := user.wire()
		e.User = &wire
		e.Context = 1
	}
	s.dispatch("INTERACTION_CREATE", i.guild, 0, e)
}

// Repeat sends INTERACTION_CREATE of an interaction once more, as a second process of the bot or a replay would see it.
func (s *Server) Repeat(i *Interaction) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, n := range s.gateway.sessions {
		for _, e := range slices.Backward(n.events) {
			var p payload
			var d interactionEvent
			if json.Unmarshal(e.data, &p) == nil && p.T == "INTERACTION_CREATE" && json.Unmarshal(p.D, &d) == nil && d.ID == i.ID {
				n.send(p.T, p.D)
				break
			}
		}
	}
}

func (s *Server) interactionRoutes(r *router) {
	r.onPublic("POST /interactions/{interaction}/{token}/callback", s.callback)
	r.onPublic("POST /webhooks/{application}/{token}", s.followUp)
	r.onPublic("GET /webhooks/{application}/{token}/messages/{message}", s.getAnswer)
	r.onPublic("PATCH /webhooks/{application}/{token}/messages/{message}", s.editAnswer)
	r.onPublic("DELETE /webhooks/{application}/{token}/messages/{message}", s.deleteAnswer)
}

type callbackBody struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
}

// callback is the first answer: within 3 s, once, of a type that fits.
func (s *Server) callback(c *call) (answer, error) {
	i := s.interactions.byID[c.id("interaction")]
	if i == nil || i.token != c.request.PathValue("token") {
		return answer{}, &apiError{Rule: RuleInteraction, Status: http.StatusNotFound, Code: 10062, Message: "Unknown interaction"}
	}
	if i.acknowledged != 0 {
		return answer{}, &apiError{Rule: RuleInteraction, Status: http.StatusBadRequest, Code: 40060, Message: "Interaction has already been acknowledged."}
	}
	if late := s.clock.Now().Sub(i.sent); late > firstAnswerWithin {
		return answer{}, &apiError{
			Rule: RuleInteraction, Status: http.StatusNotFound, Code: 10062, Message: "Unknown interaction",
			Detail: "first answer after " + late.String(),
		}
	}
	var body callbackBody
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if !slices.Contains(i.callbacks(), body.Type) {
		return answer{}, invalid("type", "callback type "+strconv.Itoa(body.Type)+" does not answer an interaction of type "+strconv.Itoa(i.kind))
	}
	m, err := s.acknowledge(c, i, body)
	if err != nil {
		return answer{}, err
	}
	i.acknowledged = body.Type
	i.ackAt = s.clock.Now()
	i.last = i.ackAt
	s.wakeAnswer(i)
	if c.request.URL.Query().Get("with_response") != "true" {
		return answer{status: http.StatusNoContent}, nil
	}
	return answer{http.StatusOK, callbackResponse(i, body.Type, s, m)}, nil
}

type callbackResource struct {
	Interaction callbackInteraction `json:"interaction"`
	Resource    *callbackMade       `json:"resource,omitempty"`
}

type callbackInteraction struct {
	ID        ID   `json:"id"`
	Type      int  `json:"type"`
	MessageID ID   `json:"response_message_id,omitempty"`
	Loading   bool `json:"response_message_loading"`
	Ephemeral bool `json:"response_message_ephemeral"`
}

type callbackMade struct {
	Type    int      `json:"type"`
	Message *Message `json:"message,omitempty"`
}

func callbackResponse(i *interaction, kind int, s *Server, m *Message) callbackResource {
	r := callbackResource{Interaction: callbackInteraction{ID: i.id, Type: i.kind, Ephemeral: i.private}}
	if m != nil {
		r.Interaction.MessageID, r.Interaction.Loading = m.ID, m.Loading()
		r.Resource = &callbackMade{Type: kind, Message: s.wire(m, true)}
	}
	return r
}

// callbacks lists the types that may answer.
func (i *interaction) callbacks() []int {
	switch i.kind {
	case InteractionCommand:
		return []int{callbackMessage, callbackDefer, callbackModal}
	case InteractionComponent:
		return []int{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate, callbackModal}
	case InteractionAutocomplete:
		return []int{callbackAutocomplete}
	case InteractionModal:
		if i.source != nil {
			return []int{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate}
		}
		return []int{callbackMessage, callbackDefer}
	}
	return nil
}
