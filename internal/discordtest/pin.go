package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxPins is the most pins of a channel (api-docs PR #8426).
const maxPins = 250

func (s *Server) pinRoutes(r *router) {
	r.on("GET /channels/{channel}/messages/pins", s.listPins)
	r.on("GET /channels/{channel}/pins", s.listOldPins)
	for _, route := range []string{"/channels/{channel}/messages/pins/{message}", "/channels/{channel}/pins/{message}"} {
		r.on("PUT "+route, s.pin)
		r.on("DELETE "+route, s.unpin)
	}
}

type pinList struct {
	Items   []pinItem `json:"items"`
	HasMore bool      `json:"has_more"`
}

type pinItem struct {
	PinnedAt string   `json:"pinned_at"`
	Message  *Message `json:"message"`
}

// pinned lists the pins of a channel, newest first.
func (c *channel) pinned() []*Message {
	list := []*Message{}
	for _, m := range c.messages {
		if m.Pinned {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b *Message) int {
		if order := b.PinnedAt.Compare(*a.PinnedAt); order != 0 {
			return order
		}
		return int(int64(b.ID.number()) - int64(a.ID.number()))
	})
	return list
}

// listPins pages through the pins by the time of pinning. Without READ_MESSAGE_HISTORY the list is empty.
func (s *Server) listPins(c *call) (answer, error) {
	ch, err := s.channelFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	query := c.request.URL.Query()
	limit := 50
	if text := query.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 50 {
			return answer{}, invalid("limit", "Must be between 1 and 50.")
		}
	}
	before := time.Time{}
	if text := query.Get("before"); text != "" {
		if before, err = time.Parse(time.RFC3339, text); err != nil {
			return answer{}, invalid("before", "Could not interpret "+text+" as ISO8601.")
		}
	}
	list := pinList{Items: []pinItem{}}
	if !s.world.permissions(s.options.BotID, ch.ID, s.clock.Now()).Has(ReadMessageHistory) {
		return answer{http.StatusOK, list}, nil
	}
	for _, m := range ch.pinned() {
		switch {
		case !before.IsZero() && !m.PinnedAt.Before(before):
		case len(list.Items) == limit:
			list.HasMore = true
		default:
			list.Items = append(list.Items, pinItem{timestamp(*m.PinnedAt), s.rest(m)})
		}
	}
	return answer{http.StatusOK, list}, nil
}

// listOldPins is the deprecated route: the first 50, with no way to the others.
func (s *Server) listOldPins(c *call) (answer, error) {
	ch, err := s.channelFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	list := []*Message{}
	for _, m := range ch.pinned() {
		if len(list) < 50 {
			list = append(list, s.rest(m))
		}
	}
	return answer{http.StatusOK, list}, nil
}

// pin needs PIN_MESSAGES, in guilds since 2026-02-23 without MANAGE_MESSAGES as a way round.
func (s *Server) pin(c *call) (answer, error) {
	ch, m, err := s.messageFor(c, PinMessages)
	if err != nil {
		return answer{}, err
	}
	if err := s.pinMessage(ch, m, *s.world.users[s.options.BotID]); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, nil
}

func (s *Server) pinMessage(ch *channel, m *Message, by User) error {
	if err := ch.archived(); err != nil {
		return err
	}
	switch m.Type {
	case MessageDefault, MessageReply, MessageCommand, MessageContextMenu:
	default:
		return &apiError{Rule: RuleForm, Status: http.StatusForbidden, Code: 50021, Message: "Cannot execute action on a system message"}
	}
	if m.Pinned {
		return nil
	}
	if len(ch.pinned()) >= maxPins {
		return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 30003, Message: "Maximum number of pins reached (250)"}
	}
	now := s.pinTime(ch)
	m.Pinned, m.PinnedAt = true, &now
	s.edited(m, false)
	s.pinsChanged(ch)
	s.post(&Message{
		ID: s.newID(), ChannelID: ch.ID, GuildID: ch.GuildID, Type: MessagePinned, Author: by, Timestamp: s.clock.Now(),
		Reference: &Reference{MessageID: m.ID, ChannelID: ch.ID, GuildID: ch.GuildID},
	})
	return nil
}

// pinTime is the clock's, but later than any pin of the channel: a clock that stands still would hide pins between pages.
func (s *Server) pinTime(ch *channel) time.Time {
	now := s.clock.Now().Truncate(time.Microsecond)
	if pins := ch.pinned(); len(pins) > 0 && !now.After(*pins[0].PinnedAt) {
		return pins[0].PinnedAt.Add(time.Microsecond)
	}
	return now
}

func (s *Server) unpin(c *call) (answer, error) {
	ch, m, err := s.messageFor(c, PinMessages)
	if err != nil {
		return answer{}, err
	}
	if err := ch.archived(); err != nil {
		return answer{}, err
	}
	s.unpinMessage(ch, m)
	return answer{status: http.StatusNoContent}, nil
}

func (s *Server) unpinMessage(ch *channel, m *Message) {
	if !m.Pinned {
		return
	}
	m.Pinned, m.PinnedAt = false, nil
	s.edited(m, false)
	s.pinsChanged(ch)
}

type pinsUpdate struct {
	GuildID   ID      `json:"guild_id,omitempty"`
	ChannelID ID      `json:"channel_id"`
	LastPin   *string `json:"last_pin_timestamp"`
}

// pinsChanged sends CHANNEL_PINS_UPDATE, which names neither message nor actor.
func (s *Server) pinsChanged(ch *channel) {
	update := pinsUpdate{GuildID: ch.GuildID, ChannelID: ch.ID}
	ch.LastPin = nil
	if pins := ch.pinned(); len(pins) > 0 {
		last := timestamp(*pins[0].PinnedAt)
		update.LastPin, ch.LastPin = &last, pins[0].PinnedAt
	}
	intent := intentGuilds
	if ch.GuildID == "" {
		intent = intentDirectMessages
	}
	s.dispatch("CHANNEL_PINS_UPDATE", ch.GuildID, intent, update)
}
