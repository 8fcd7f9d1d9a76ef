package discordtest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func (s *Server) channelRoutes(r *router) {
	r.on("GET /channels/{channel}", s.getChannel)
	r.on("POST /channels/{channel}/typing", s.typing)
	r.on("GET /channels/{channel}/messages", s.listMessages)
	r.on("POST /channels/{channel}/messages", s.createMessage)
	r.on("GET /channels/{channel}/messages/{message}", s.getMessage)
	r.on("PATCH /channels/{channel}/messages/{message}", s.patchMessage)
	r.on("DELETE /channels/{channel}/messages/{message}", s.removeMessage)
	s.pinRoutes(r)
	s.reactionRoutes(r)
	s.threadRoutes(r)
}

// channelFor finds the channel of a call and checks that the bot may do what is wanted there.
func (s *Server) channelFor(c *call, want Permission) (*channel, error) {
	ch := s.world.channels[c.id("channel")]
	if ch == nil {
		return nil, unknown(10003, "Channel")
	}
	has := s.world.permissions(s.options.BotID, ch.ID, s.clock.Now())
	if !has.Has(ViewChannel) {
		return nil, missingAccess()
	}
	if ch.thread() && want.Has(SendMessages) { // SEND_MESSAGES means nothing in threads
		want = want&^SendMessages | SendInThreads
	}
	if missing := want &^ has; missing != 0 {
		return nil, missingPermissions("missing bits " + strconv.FormatUint(uint64(missing), 10))
	}
	return ch, nil
}

func (s *Server) messageFor(c *call, want Permission) (*channel, *Message, error) {
	ch, err := s.channelFor(c, want)
	if err != nil {
		return nil, nil, err
	}
	m := ch.messages[c.id("message")]
	if m == nil || m.Viewer != "" { // what is private is not there for the bot's own token
		return nil, nil, unknown(10008, "Message")
	}
	return ch, m, nil
}

// archived refuses changes in an archived thread.
func (c *channel) archived() error {
	if c.ThreadMetadata != nil && c.ThreadMetadata.Archived {
		return &apiError{Rule: RulePermission, Status: http.StatusBadRequest, Code: 50083, Message: "Thread is archived"}
	}
	return nil
}

func (s *Server) getChannel(c *call) (answer, error) {
	ch, err := s.channelFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, ch.Channel}, nil
}

func (s *Server) typing(c *call) (answer, error) {
	if _, err := s.channelFor(c, SendMessages); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, nil
}

// rest is the message as REST shows it: content follows the portal's switch, not the intents.
func (s *Server) rest(m *Message) *Message { return s.wire(m, s.options.MessageContent) }

// listMessages gives up to 100 messages, newest first.
func (s *Server) listMessages(c *call) (answer, error) {
	ch, err := s.channelFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	query := c.request.URL.Query()
	limit := 50
	if text := query.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 100 {
			return answer{}, invalid("limit", "Must be between 1 and 100.")
		}
	}
	list := []*Message{}
	if !s.world.permissions(s.options.BotID, ch.ID, s.clock.Now()).Has(ReadMessageHistory) {
		return answer{http.StatusOK, list}, nil
	}
	before, after, around := ID(query.Get("before")), ID(query.Get("after")), ID(query.Get("around"))
	visible := slices.DeleteFunc(slices.Clone(ch.order), func(id ID) bool { return ch.messages[id].Viewer != "" })
	switch {
	case after != "":
		visible = slices.DeleteFunc(visible, func(id ID) bool { return id.number() <= after.number() })
		visible = visible[:min(limit, len(visible))]
	case before != "":
		visible = slices.DeleteFunc(visible, func(id ID) bool { return id.number() >= before.number() })
	case around != "":
		i, _ := slices.BinarySearchFunc(visible, around.number(), func(id ID, n uint64) int { return int(int64(id.number()) - int64(n)) })
		visible = visible[max(0, i-limit/2):min(len(visible), i+(limit+1)/2)]
	}
	for _, id := range slices.Backward(visible) {
		if len(list) < limit {
			list = append(list, s.rest(ch.messages[id]))
		}
	}
	return answer{http.StatusOK, list}, nil
}

func (s *Server) getMessage(c *call) (answer, error) {
	_, m, err := s.messageFor(c, ReadMessageHistory)
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, s.rest(m)}, nil
}

// createMessage posts an ordinary message of the bot.
func (s *Server) createMessage(c *call) (answer, error) {
	ch, err := s.channelFor(c, SendMessages)
	if err != nil {
		return answer{}, err
	}
	if ch.Type == ChannelCategory || ch.Type == ChannelForum {
		return answer{}, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50008, Message: "Cannot send messages in a non-text channel"}
	}
	if ch.recipient != "" && s.world.refusing[ch.recipient] {
		return answer{}, &apiError{Rule: RulePermission, Status: http.StatusForbidden, Code: 50007, Message: "Cannot send messages to this user"}
	}
	if ch.ThreadMetadata != nil && ch.ThreadMetadata.Archived && ch.ThreadMetadata.Locked {
		return answer{}, ch.archived()
	}
	b, err := c.messageBody(c.body)
	if err != nil {
		return answer{}, err
	}
	if err := b.check(checking{files: c.files}); err != nil {
		return answer{}, err
	}
	has := s.world.permissions(s.options.BotID, ch.ID, s.clock.Now())
	if len(c.files) > 0 && !has.Has(AttachFiles) {
		return answer{}, missingPermissions("ATTACH_FILES")
	}
	if old := ch.sameNonce(b, s.clock.Now()); old != nil {
		c.record.Message, c.record.Pings = old.ID, nil
		return answer{http.StatusOK, s.rest(old)}, nil
	}
	m := &Message{
		ID: s.newID(), ChannelID: ch.ID, GuildID: ch.GuildID, Author: *s.world.users[s.options.BotID], Timestamp: s.clock.Now(),
		Flags: b.flags(),
	}
	if err := s.refer(m, b, has); err != nil {
		return answer{}, err
	}
	s.fill(c, m, b, false)
	ch.keepNonce(b, m)
	if ch.ThreadMetadata != nil && ch.ThreadMetadata.Archived { // a message opens an archived thread again
		opened := *ch.ThreadMetadata
		opened.Archived = false
		ch.ThreadMetadata = &opened
	}
	s.post(m)
	return answer{http.StatusOK, s.rest(m)}, nil
}

// nonceHolds is for how long enforce_nonce finds the earlier message; the documentation says "a few minutes".
const nonceHolds = 3 * time.Minute

// sameNonce finds the message that was sent with the same enforced nonce.
func (c *channel) sameNonce(b *messageBody, now time.Time) *Message {
	if !b.EnforceNonce {
		return nil
	}
	m := c.messages[c.nonces[b.nonce()]]
	if m == nil || now.Sub(m.Timestamp) > nonceHolds {
		return nil
	}
	return m
}

// keepNonce lets a later message with the same nonce be found, enforced or not.
func (c *channel) keepNonce(b *messageBody, m *Message) {
	if b.nonce() == "" {
		return
	}
	if len(c.nonces) > 1000 {
		maps.DeleteFunc(c.nonces, func(_ string, id ID) bool { return c.messages[id] == nil })
	}
	c.nonces[b.nonce()] = m.ID
}

// refer makes a message a reply.
func (s *Server) refer(m *Message, b *messageBody, has Permission) error {
	if b.Reference == nil {
		return nil
	}
	if b.Reference.Type != 0 {
		return invalid("message_reference.type", "Only replies are played here.")
	}
	target := s.message(m.ChannelID, b.Reference.MessageID)
	switch {
	case !has.Has(ReadMessageHistory):
		return &apiError{
			Rule: RulePermission, Status: http.StatusBadRequest, Code: 160002,
			Message: "Cannot reply without permission to read message history",
		}
	case target != nil && target.Viewer == "":
		m.Type = MessageReply
		m.Reference = &Reference{MessageID: target.ID, ChannelID: m.ChannelID, GuildID: m.GuildID}
	case b.Reference.FailIfNotExists == nil || *b.Reference.FailIfNotExists:
		return invalid("message_reference", "Unknown message")
	}
	return nil
}

// patchMessage edits the bot's own message; of others' it may only suppress embeds.
func (s *Server) patchMessage(c *call) (answer, error) {
	ch, m, err := s.messageFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	if err := ch.archived(); err != nil {
		return answer{}, err
	}
	b, err := c.messageBody(c.body)
	if err != nil {
		return answer{}, err
	}
	if m.Author.ID != s.options.BotID {
		return answer{}, &apiError{Rule: RulePermission, Status: http.StatusForbidden, Code: 50005, Message: "Cannot edit a message authored by another user"}
	}
	if m.Type != MessageDefault && m.Type != MessageReply && m.Type != MessageCommand && m.Type != MessageContextMenu {
		return answer{}, &apiError{Rule: RulePermission, Status: http.StatusForbidden, Code: 50021, Message: "Cannot execute action on a system message"}
	}
	if err := b.check(checking{edit: true, old: m, files: c.files}); err != nil {
		return answer{}, err
	}
	s.change(c, m, b, false)
	return answer{http.StatusOK, s.rest(m)}, nil
}

// removeMessage deletes the bot's own message, or with MANAGE_MESSAGES any.
func (s *Server) removeMessage(c *call) (answer, error) {
	ch, m, err := s.messageFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	if err := ch.archived(); err != nil {
		return answer{}, err
	}
	if m.Author.ID != s.options.BotID && !s.world.permissions(s.options.BotID, ch.ID, s.clock.Now()).Has(ManageMessages) {
		return answer{}, missingPermissions("MANAGE_MESSAGES")
	}
	s.deleteMessage(m)
	return answer{status: http.StatusNoContent}, nil
}
