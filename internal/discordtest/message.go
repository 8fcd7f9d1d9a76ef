package discordtest

import (
	"slices"
	"strings"
	"time"
)

// Message flags.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagVoice                 = 1 << 13
	FlagComponentsV2          = 1 << 15
)

// Message types.
const (
	MessageDefault     = 0
	MessagePinned      = 6
	MessageReply       = 19
	MessageCommand     = 20
	MessageContextMenu = 23
)

// Message is a message as it stands.
type Message struct {
	ID              ID           `json:"id"`
	ChannelID       ID           `json:"channel_id"`
	GuildID         ID           `json:"guild_id,omitempty"`
	Type            int          `json:"type"`
	Author          User         `json:"author"`
	Member          *Member      `json:"member,omitempty"`
	Content         string       `json:"content"`
	Timestamp       time.Time    `json:"timestamp"`
	EditedTimestamp *time.Time   `json:"edited_timestamp"`
	TTS             bool         `json:"tts"`
	MentionEveryone bool         `json:"mention_everyone"`
	Mentions        []User       `json:"mentions"`
	MentionRoles    []ID         `json:"mention_roles"`
	Attachments     []Attachment `json:"attachments"`
	Embeds          []Embed      `json:"embeds"`
	Components      []Component  `json:"components"`
	Reactions       []Reaction   `json:"reactions,omitempty"`
	Pinned          bool         `json:"pinned"`
	Flags           int          `json:"flags"`
	Nonce           string       `json:"nonce,omitempty"`
	ApplicationID   ID           `json:"application_id,omitempty"`
	WebhookID       ID           `json:"webhook_id,omitempty"`
	Reference       *Reference   `json:"message_reference,omitempty"`
	Referenced      *Message     `json:"referenced_message,omitempty"`
	Interaction     *Origin      `json:"interaction_metadata,omitempty"`
	Thread          *Channel     `json:"thread,omitempty"`

	// Viewer is the only person who sees the message; empty if all who see the channel do. Not on the wire.
	Viewer ID `json:"fake_viewer,omitempty"`
	// PinnedAt is when the message was pinned. Not on the wire.
	PinnedAt *time.Time `json:"fake_pinned_at,omitempty"`
	// Pings are those whom the body that made the message would have pinged, and those of each edit. Not on the wire.
	Pings *Pings `json:"fake_pings,omitempty"`

	mentionsBot bool // in its own text, not by the ping of a reply
	replyPing   bool
}

// Reference points to the message that is replied to, pinned or forwarded.
type Reference struct {
	Type            int   `json:"type,omitempty"`
	MessageID       ID    `json:"message_id,omitempty"`
	ChannelID       ID    `json:"channel_id,omitempty"`
	GuildID         ID    `json:"guild_id,omitempty"`
	FailIfNotExists *bool `json:"fail_if_not_exists,omitempty"`
}

// Origin is the interaction that a message answers.
type Origin struct {
	ID                  ID            `json:"id"`
	Type                int           `json:"type"`
	User                User          `json:"user"`
	Owners              map[string]ID `json:"authorizing_integration_owners"`
	OriginalMessageID   ID            `json:"original_response_message_id,omitempty"`
	InteractedMessageID ID            `json:"interacted_message_id,omitempty"`
	TargetMessageID     ID            `json:"target_message_id,omitempty"`
}

// Attachment is a file on a message.
type Attachment struct {
	ID          ID     `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
}

// Reaction counts one emoji on a message.
type Reaction struct {
	Count int   `json:"count"`
	Me    bool  `json:"me"`
	Emoji Emoji `json:"emoji"`
	// Users are those who reacted. Not on the wire.
	Users []ID `json:"fake_users,omitempty"`
}

// Text is all the text of a message: content and Text Displays, embeds and their fields, in reading order.
func (m Message) Text() string {
	var parts []string
	if m.Content != "" {
		parts = append(parts, m.Content)
	}
	for _, e := range m.Embeds {
		parts = append(parts, e.texts()...)
	}
	walk(m.Components, func(c *Component) {
		if c.Type == TypeTextDisplay {
			parts = append(parts, c.Content)
		}
	})
	return strings.Join(parts, "\n")
}

// Component finds a component of the message by its custom_id; nil if there is none.
func (m Message) Component(customID string) *Component {
	var found *Component
	walk(m.Components, func(c *Component) {
		if found == nil && c.CustomID == customID && customID != "" {
			found = c
		}
	})
	return found
}

// Button finds a button by its label; nil if there is none.
func (m Message) Button(label string) *Component {
	var found *Component
	walk(m.Components, func(c *Component) {
		if found == nil && c.Type == TypeButton && c.Label == label {
			found = c
		}
	})
	return found
}

// Private tells whether only one person sees the message.
func (m Message) Private() bool { return m.Viewer != "" }

// Loading tells whether the message only says that the application is thinking.
func (m Message) Loading() bool { return m.Flags&FlagLoading != 0 }

func (c *channel) add(m *Message, keep int) {
	c.messages[m.ID] = m
	c.order = append(c.order, m.ID)
	c.LastMessageID = m.ID
	for i := 0; keep > 0 && len(c.order) > keep && i < len(c.order); i++ {
		if old := c.messages[c.order[i]]; old != nil && old.Pinned {
			continue
		}
		delete(c.messages, c.order[i])
		c.order = slices.Delete(c.order, i, i+1)
		i--
	}
}

func (c *channel) remove(id ID) {
	delete(c.messages, id)
	if i := slices.Index(c.order, id); i >= 0 {
		c.order = slices.Delete(c.order, i, i+1)
	}
}

// snapshot is a copy that no later change reaches.
func (m *Message) snapshot() Message {
	kept := *m
	kept.Reactions = slices.Clone(m.Reactions)
	for i := range kept.Reactions {
		kept.Reactions[i].Users = slices.Clone(kept.Reactions[i].Users)
	}
	return kept
}

// wire is the message as the bot receives it: emptied where it may not read (resources/message, "Message content"). readsAll is
// whether the bot has the intent MESSAGE_CONTENT.
func (s *Server) wire(m *Message, readsAll bool) *Message {
	w := m.snapshot()
	w.Viewer, w.PinnedAt, w.Pings = "", nil, nil
	w.Author = w.Author.wire()
	for i := range w.Reactions {
		w.Reactions[i].Users = nil
	}
	if !readsAll && !s.readable(m) {
		w.Content, w.Embeds, w.Attachments, w.Components = "", nil, nil, nil
	}
	if w.Embeds == nil {
		w.Embeds = []Embed{}
	}
	if w.Attachments == nil {
		w.Attachments = []Attachment{}
	}
	if w.Components == nil {
		w.Components = []Component{}
	}
	if w.Mentions == nil {
		w.Mentions = []User{}
	}
	if w.MentionRoles == nil {
		w.MentionRoles = []ID{}
	}
	w.Referenced = nil
	if m.Type == MessageReply && m.Reference != nil {
		if target := s.message(m.Reference.ChannelID, m.Reference.MessageID); target != nil && target.Viewer == "" {
			target := *target
			target.Type = max(target.Type, 0)
			reference := target.Reference
			if target.Type == MessageReply {
				target.Reference = nil // one step only
			}
			w.Referenced = s.wire(&target, readsAll)
			w.Referenced.Reference = reference
		}
	}
	return &w
}

// readable tells whether the bot reads the message without MESSAGE_CONTENT: its own, direct ones, those that mention it
// in their text, and replies with ping to an ordinary message of the bot. A reply to an answer to an interaction is not
// among them (gateway/you-might-not-need-a-privileged-intent).
func (s *Server) readable(m *Message) bool {
	if m.Author.ID == s.options.BotID || m.GuildID == "" || m.mentionsBot {
		return true
	}
	if !m.replyPing || m.Reference == nil {
		return false
	}
	target := s.message(m.Reference.ChannelID, m.Reference.MessageID)
	return target != nil && target.Author.ID == s.options.BotID && target.Interaction == nil
}

func (s *Server) message(channelID, id ID) *Message {
	c := s.world.channels[channelID]
	if c == nil {
		return nil
	}
	return c.messages[id]
}

// Message returns a message as it stands, private ones too.
func (s *Server) Message(channelID, id ID) (Message, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	m := s.message(channelID, id)
	if m == nil {
		return Message{}, false
	}
	return m.snapshot(), true
}

// Messages returns the messages of a channel that are kept, oldest first, private ones too.
func (s *Server) Messages(channelID ID) []Message {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.world.channels[channelID]
	if c == nil {
		return nil
	}
	list := make([]Message, 0, len(c.order))
	for _, id := range c.order {
		list = append(list, c.messages[id].snapshot())
	}
	return list
}

func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }
