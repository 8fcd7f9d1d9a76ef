package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// acknowledge carries a callback out.
func (s *Server) acknowledge(c *call, i *interaction, body callbackBody) (*Message, error) {
	if s.world.channels[i.channel] == nil {
		return nil, unknown(10003, "Channel")
	}
	switch body.Type {
	case callbackMessage:
		return s.answerNow(c, i, body.Data)
	case callbackDefer:
		return s.deferAnswer(c, i, body.Data)
	case callbackDeferUpdate:
		i.original = i.source.ID
		i.private = i.source.Viewer != ""
		c.markPrivate(i.private, i.user)
		return i.source, nil
	case callbackUpdate:
		i.original = i.source.ID
		i.private = i.source.Viewer != ""
		return s.changeAnswer(c, i, i.source.ChannelID, i.source.ID, body.Data)
	case callbackAutocomplete:
		c.markPrivate(true, i.user)
		return nil, i.offer(body.Data)
	case callbackModal:
		c.markPrivate(true, i.user)
		modal, err := readModal(body.Data)
		if err != nil {
			return nil, err
		}
		i.shownModal = modal
	}
	return nil, nil //nolint:nilnil // choices and modals make no message
}

func (c *call) markPrivate(private bool, viewer ID) {
	c.record.Private, c.record.Viewer = private, ""
	if private {
		c.record.Viewer = viewer
	}
}

// forcedPrivate tells that the answer of an application that only the user has installed is private, whatever it asks for.
func (s *Server) forcedPrivate(i *interaction) bool {
	g := s.world.guilds[i.guild]
	return i.userInstall && g != nil && g.members[s.options.BotID] == nil &&
		!s.world.permissions(i.user, i.channel, s.clock.Now()).Has(UseExternalApps)
}

func (s *Server) answerNow(c *call, i *interaction, data json.RawMessage) (*Message, error) {
	b, err := c.messageBody(data)
	if err != nil {
		return nil, err
	}
	if err := b.check(checking{interaction: true, files: c.files}); err != nil {
		c.markPrivate(b.flags()&FlagEphemeral != 0, i.user)
		return nil, err
	}
	i.private = b.flags()&FlagEphemeral != 0 || s.forcedPrivate(i)
	c.markPrivate(i.private, i.user)
	m := s.newAnswer(i, b.flags(), i.private)
	s.fill(c, m, b, true)
	i.original, i.answered = m.ID, true
	s.post(m)
	i.shown(s, m)
	return m, nil
}

// deferAnswer shows "thinking". Ephemeral is the only flag that counts, and it cannot change later.
func (s *Server) deferAnswer(c *call, i *interaction, data json.RawMessage) (*Message, error) {
	var flags struct {
		Flags int `json:"flags"`
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &flags); err != nil {
			return nil, err
		}
	}
	i.private = flags.Flags&FlagEphemeral != 0 || s.forcedPrivate(i)
	c.markPrivate(i.private, i.user)
	m := s.newAnswer(i, FlagLoading, i.private)
	i.original = m.ID
	s.post(m)
	i.shown(s, m)
	c.record.Message = m.ID
	return m, nil
}

// newAnswer is a message of the application in answer to an interaction, still empty.
func (s *Server) newAnswer(i *interaction, flags int, private bool) *Message {
	m := &Message{
		ID: s.newID(), ChannelID: i.channel, GuildID: i.guild, Type: MessageCommand, Author: *s.world.users[s.options.BotID],
		Timestamp: s.clock.Now(), Flags: flags &^ FlagEphemeral, ApplicationID: s.options.BotID, WebhookID: s.options.BotID,
		Interaction: &Origin{ID: i.id, Type: i.kind, User: s.world.user(i.user).wire(), Owners: s.owners(i), TargetMessageID: i.target},
	}
	if i.kind != InteractionCommand {
		m.Type = MessageDefault
	}
	if i.target != "" {
		m.Type = MessageContextMenu
	}
	if i.source != nil {
		m.Interaction.InteractedMessageID = i.source.ID
		m.Type = MessageReply
		m.Reference = &Reference{MessageID: i.source.ID, ChannelID: i.source.ChannelID, GuildID: i.source.GuildID}
	}
	if private {
		m.Flags |= FlagEphemeral
		m.Viewer = i.user
	}
	return m
}

// shown keeps what the person sees of an answer.
func (i *interaction) shown(s *Server, m *Message) {
	if _, known := i.final[m.ID]; !known {
		i.messages = append(i.messages, m.ID)
	}
	i.final[m.ID] = m.snapshot()
	i.last = s.clock.Now()
	s.wakeAnswer(i)
}

// wakeAnswer tells those who wait for an interaction that what is seen of it changed.
func (s *Server) wakeAnswer(i *interaction) {
	i.changes++
	s.wake(i.id)
}

// Choice is one offer of an autocomplete.
type Choice struct {
	Name          string            `json:"name"`
	Localizations map[string]string `json:"name_localizations,omitempty"`
	Value         json.RawMessage   `json:"value"`
}

func (i *interaction) offer(data json.RawMessage) error {
	var body struct {
		Choices optional[[]Choice] `json:"choices"`
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &body); err != nil {
			return err
		}
	}
	if !body.Choices.given() {
		return invalid("data.choices", "This field is required")
	}
	if err := checkChoices("data.choices", body.Choices.Value); err != nil {
		return err
	}
	i.choices = body.Choices.Value
	return nil
}

// byToken finds the interaction of a webhook route, while its token lives and after its first answer.
func (s *Server) byToken(c *call) (*interaction, error) {
	i := s.interactions.byToken[c.request.PathValue("token")]
	if i == nil || c.id("application") != s.options.BotID {
		return nil, &apiError{Rule: RuleInteraction, Status: http.StatusNotFound, Code: 10015, Message: "Unknown Webhook"}
	}
	if s.clock.Now().Sub(i.sent) > tokenLives {
		return nil, &apiError{Rule: RuleInteraction, Status: http.StatusUnauthorized, Code: 50027, Message: "Invalid Webhook Token"}
	}
	if i.acknowledged == 0 {
		return nil, &apiError{Rule: RuleInteraction, Status: http.StatusNotFound, Code: 10015, Message: "Unknown Webhook", Detail: "called before the first answer"}
	}
	return i, nil
}

// answerOf finds the message of a webhook route: @original, or one that this interaction made.
func (s *Server) answerOf(c *call, i *interaction) (*Message, error) {
	id := c.id("message")
	if id == "@original" {
		id = i.original
	}
	m := s.message(i.channel, id)
	if m == nil || m.Interaction == nil && m.ID != i.original || m.Interaction != nil && m.Interaction.ID != i.id && m.ID != i.original {
		return nil, unknown(10008, "Message")
	}
	c.record.Message = m.ID
	c.markPrivate(m.Viewer != "", m.Viewer)
	return m, nil
}

// followUp posts one more message. Straight after a defer it edits the loading one instead.
func (s *Server) followUp(c *call) (answer, error) {
	i, err := s.byToken(c)
	if err != nil {
		return answer{}, err
	}
	if s.world.channels[i.channel] == nil {
		return answer{}, unknown(10003, "Channel")
	}
	b, err := c.messageBody(c.body)
	if err != nil {
		return answer{}, err
	}
	if original := s.message(i.channel, i.original); original != nil && original.Loading() && i.acknowledged == callbackDefer {
		if err := b.check(checking{interaction: true, files: c.files}); err != nil {
			return answer{}, err
		}
		c.markPrivate(original.Viewer != "", i.user)
		original.Flags = original.Flags&FlagEphemeral | b.flags()&^FlagEphemeral
		s.fill(c, original, b, true)
		s.edited(original, false)
		i.answered = true
		i.shown(s, original)
		return answer{http.StatusOK, s.wire(original, true)}, nil
	}
	private := b.flags()&FlagEphemeral != 0 || s.forcedPrivate(i)
	c.markPrivate(private, i.user)
	if err := b.check(checking{interaction: true, files: c.files}); err != nil {
		return answer{}, err
	}
	if _, guild := s.owners(i)["0"]; !guild && i.followUps >= userInstallFollowUps {
		return answer{}, &apiError{Rule: RuleInteraction, Status: http.StatusForbidden, Code: 40094, Message: "Maximum number of follow-up messages reached"}
	}
	i.followUps++
	m := s.newAnswer(i, b.flags(), private)
	m.Interaction.OriginalMessageID = i.original
	s.fill(c, m, b, true)
	i.answered = true
	s.post(m)
	i.shown(s, m)
	return answer{http.StatusOK, s.wire(m, true)}, nil
}

func (s *Server) getAnswer(c *call) (answer, error) {
	i, err := s.byToken(c)
	if err != nil {
		return answer{}, err
	}
	m, err := s.answerOf(c, i)
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, s.wire(m, true)}, nil
}

func (s *Server) editAnswer(c *call) (answer, error) {
	i, err := s.byToken(c)
	if err != nil {
		return answer{}, err
	}
	m, err := s.answerOf(c, i)
	if err != nil {
		return answer{}, err
	}
	if m, err = s.changeAnswer(c, i, m.ChannelID, m.ID, c.body); err != nil {
		return answer{}, err
	}
	i.edits++
	return answer{http.StatusOK, s.wire(m, true)}, nil
}

// changeAnswer edits a message of an interaction; the first edit of a loading one takes the loading away.
func (s *Server) changeAnswer(c *call, i *interaction, channelID, id ID, data json.RawMessage) (*Message, error) {
	m := s.message(channelID, id)
	if m == nil {
		return nil, unknown(10008, "Message")
	}
	c.markPrivate(m.Viewer != "", m.Viewer)
	b, err := c.messageBody(data)
	if err != nil {
		return nil, err
	}
	if err := b.check(checking{interaction: true, edit: true, old: m, files: c.files}); err != nil {
		return nil, err
	}
	s.change(c, m, b, true)
	i.answered = true
	i.shown(s, m)
	return m, nil
}

func (s *Server) deleteAnswer(c *call) (answer, error) {
	i, err := s.byToken(c)
	if err != nil {
		return answer{}, err
	}
	m, err := s.answerOf(c, i)
	if err != nil {
		return answer{}, err
	}
	i.gone[m.ID] = true
	i.last = s.clock.Now()
	s.deleteMessage(m)
	return answer{status: http.StatusNoContent}, nil
}

// attribute fills in what the path tells of a call.
func (s *Server) attribute(c *call) {
	r := &c.record
	r.Channel, r.Guild, r.Interaction = c.id("channel"), c.id("guild"), c.id("interaction")
	if message := c.id("message"); !strings.HasPrefix(string(message), "@") {
		r.Message = message
	}
	i := s.interactions.byID[r.Interaction]
	if strings.HasPrefix(r.Route, "/webhooks/") {
		i = s.interactions.byToken[c.request.PathValue("token")]
	}
	if i != nil {
		r.Interaction, r.Channel, r.Guild = i.id, i.channel, i.guild
	}
	if channel := s.world.channels[r.Channel]; channel != nil && r.Guild == "" {
		r.Guild = channel.GuildID
	}
}
