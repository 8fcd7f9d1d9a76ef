package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// messageBody is the body of a create or an edit, read as it came.
type messageBody struct {
	Content         optional[string]           `json:"content"`
	Embeds          optional[[]Embed]          `json:"embeds"`
	Components      optional[[]Component]      `json:"components"`
	AllowedMentions *allowedMentions           `json:"allowed_mentions"`
	Flags           optional[int]              `json:"flags"`
	TTS             bool                       `json:"tts"`
	Nonce           json.RawMessage            `json:"nonce"`
	EnforceNonce    bool                       `json:"enforce_nonce"`
	Reference       *Reference                 `json:"message_reference"`
	Attachments     optional[[]bodyAttachment] `json:"attachments"`
	Poll            json.RawMessage            `json:"poll"`
	StickerIDs      []ID                       `json:"sticker_ids"`
}

type bodyAttachment struct {
	ID          json.RawMessage `json:"id"` // index of a file, or the id of what stays
	Filename    string          `json:"filename"`
	Description string          `json:"description"`
}

func (a bodyAttachment) id() string { return strings.Trim(string(a.ID), `"`) }

func (b *messageBody) flags() int { return b.Flags.Value }

func (b *messageBody) nonce() string { return strings.Trim(string(b.Nonce), `"`) }

// text is what can mention: the content and, with Components V2, the Text Displays.
func (b *messageBody) text() string {
	parts := []string{b.Content.Value}
	walk(b.Components.Value, func(c *Component) {
		if c.Type == TypeTextDisplay {
			parts = append(parts, c.Content)
		}
	})
	return strings.Join(parts, "\n")
}

// messageBody reads the body of a message and notes the mentions in all its text, embeds and labels too.
func (c *call) messageBody(data json.RawMessage) (*messageBody, error) {
	var b messageBody
	if len(data) > 0 {
		if err := json.Unmarshal(data, &b); err != nil {
			return nil, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50109, Message: "The request body contains invalid JSON.", Detail: err.Error()}
		}
	}
	texts := []string{b.text()}
	for _, e := range b.Embeds.Value {
		texts = append(texts, e.texts()...)
	}
	c.record.Mentions = standing(strings.Join(texts, "\n"))
	webhook := strings.HasPrefix(c.record.Route, "/webhooks/") || strings.HasPrefix(c.record.Route, "/interactions/")
	if b.Content.Set || b.Components.Set {
		c.record.Pings = b.AllowedMentions.pings(b.text(), webhook)
	}
	if b.Reference != nil && b.Reference.Type == 0 && (b.AllowedMentions == nil || b.AllowedMentions.RepliedUser) {
		if m := c.server.message(c.id("channel"), b.Reference.MessageID); m != nil {
			c.record.Pings = merged(c.record.Pings, &Pings{Replied: m.Author.ID})
		}
	}
	return &b, nil
}

// fill puts a checked body into a new message.
func (s *Server) fill(c *call, m *Message, b *messageBody, webhook bool) {
	m.Content = b.Content.Value
	m.Embeds = richEmbeds(b.Embeds.Value)
	m.Components = numbered(b.Components.Value)
	m.TTS = b.TTS
	if len(b.Nonce) > 0 {
		m.Nonce = b.nonce()
	}
	m.Attachments = s.attach(c, m, b.Attachments.Value)
	s.mention(m, b, webhook)
	m.Pings = c.record.Pings
	c.record.Message = m.ID
}

// change puts a checked body into a message that stands; what the body does not name stays.
func (s *Server) change(c *call, m *Message, b *messageBody, webhook bool) {
	loading := m.Loading()
	m.Flags &^= FlagLoading
	if b.Content.Set {
		m.Content = b.Content.Value
	}
	if b.Embeds.Set {
		m.Embeds = richEmbeds(b.Embeds.Value)
	}
	if b.Components.Set {
		m.Components = numbered(b.Components.Value)
	}
	if b.Flags.given() {
		m.Flags = m.Flags&^FlagSuppressEmbeds | b.flags()&(FlagSuppressEmbeds|FlagComponentsV2)
	}
	if b.Attachments.Set || len(c.files) > 0 {
		kept := []Attachment{}
		for _, a := range m.Attachments {
			if !b.Attachments.Set || slices.ContainsFunc(b.Attachments.Value, func(n bodyAttachment) bool { return n.id() == string(a.ID) }) {
				kept = append(kept, a)
			}
		}
		m.Attachments = append(kept, s.attach(c, m, b.Attachments.Value)...)
	}
	if b.Content.Set || b.Components.Set {
		s.mention(m, b, webhook)
		m.Pings = merged(m.Pings, c.record.Pings)
	}
	c.record.Message = m.ID
	s.edited(m, !loading)
}

func merged(a, b *Pings) *Pings {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	return &Pings{
		Everyone: a.Everyone || b.Everyone, Users: append(slices.Clone(a.Users), b.Users...),
		Roles: append(slices.Clone(a.Roles), b.Roles...), Replied: a.Replied + b.Replied,
	}
}

// mention fills in who is mentioned by a body of the bot.
func (s *Server) mention(m *Message, b *messageBody, webhook bool) {
	p := b.AllowedMentions.pings(b.text(), webhook)
	m.MentionEveryone, m.MentionRoles, m.Mentions = p.Everyone, p.Roles, nil
	for _, id := range p.Users {
		if u := s.world.users[id]; u != nil {
			m.Mentions = append(m.Mentions, u.wire())
		}
	}
}

func (s *Server) attach(c *call, m *Message, described []bodyAttachment) []Attachment {
	list := []Attachment{}
	for n, f := range c.files {
		a := Attachment{ID: s.newID(), Filename: f.Name, ContentType: f.ContentType, Size: f.Size}
		for _, d := range described {
			if d.id() == strconv.Itoa(n) {
				a.Description = d.Description
				if d.Filename != "" {
					a.Filename = d.Filename
				}
			}
		}
		a.URL = s.url + "/attachments/" + string(m.ChannelID) + "/" + string(a.ID) + "/" + a.Filename + "?ex=0&is=0&hm=0"
		a.ProxyURL = a.URL
		list = append(list, a)
	}
	return list
}

func richEmbeds(embeds []Embed) []Embed {
	for i := range embeds {
		embeds[i].Type = "rich"
	}
	return embeds
}

// post puts a message into its channel and tells the bot, unless only one person sees it.
func (s *Server) post(m *Message) {
	c := s.world.channels[m.ChannelID]
	c.add(m, s.options.KeepMessages)
	s.dispatchMessage("MESSAGE_CREATE", m)
	s.wake(m.ChannelID)
}

// edited tells the bot of a change; shown is whether people see that it was edited.
func (s *Server) edited(m *Message, shown bool) {
	if shown {
		now := s.clock.Now()
		m.EditedTimestamp = &now
	}
	s.dispatchMessage("MESSAGE_UPDATE", m)
	s.noteAnswer(m)
	s.wake(m.ChannelID)
}

// noteAnswer keeps a change by the channel's route in the interaction that made the message.
func (s *Server) noteAnswer(m *Message) {
	if m.Interaction == nil {
		return
	}
	if i := s.interactions.byID[m.Interaction.ID]; i != nil {
		if _, known := i.final[m.ID]; known {
			i.shown(s, m)
		}
	}
}

type deletedMessage struct {
	ID        ID `json:"id"`
	ChannelID ID `json:"channel_id"`
	GuildID   ID `json:"guild_id,omitempty"`
}

// deleteMessage takes a message away and tells the bot.
func (s *Server) deleteMessage(m *Message) {
	s.world.channels[m.ChannelID].remove(m.ID)
	intent := intentGuildMessages
	if m.GuildID == "" {
		intent = intentDirectMessages
	}
	if m.Viewer == "" {
		s.dispatch("MESSAGE_DELETE", m.GuildID, intent, deletedMessage{m.ID, m.ChannelID, m.GuildID})
	}
	if m.Interaction != nil {
		if i := s.interactions.byID[m.Interaction.ID]; i != nil {
			i.gone[m.ID] = true
			s.wakeAnswer(i)
		}
	}
	s.wake(m.ChannelID)
}
