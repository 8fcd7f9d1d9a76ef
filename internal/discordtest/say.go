package discordtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Post is a message of a person.
type Post struct {
	Channel ID     `json:"channel"`
	Text    string `json:"text"`
	// Reply is the message that is replied to; Silent takes the ping from the reply.
	Reply  ID   `json:"reply,omitempty"`
	Silent bool `json:"silent,omitempty"`
	// Attachments, Embeds and Components are sent as they are: they may be of types that nobody knows.
	Attachments []Attachment `json:"attachments,omitempty"`
	Embeds      []Embed      `json:"embeds,omitempty"`
	Components  []Component  `json:"components,omitempty"`
	// Webhook sends the message as a webhook or another bot would.
	Webhook bool `json:"webhook,omitempty"`
}

// Said is the handle on a message of a person.
type Said struct {
	Message Message
	server  *Server
	err     error
}

// Say sends a message.
func (p Person) Say(channel ID, text string) *Said { return p.Post(Post{Channel: channel, Text: text}) }

// Reply sends a message in reply to another, with a ping to its author.
func (p Person) Reply(channel, message ID, text string) *Said {
	return p.Post(Post{Channel: channel, Text: text, Reply: message})
}

// Post sends a message.
func (p Person) Post(post Post) *Said {
	s := p.server
	s.mutex.Lock()
	defer s.mutex.Unlock()
	m, err := p.post(post)
	if err != nil {
		s.misuse("user %s: say: %v", p.id, err)
		return &Said{server: s, err: err}
	}
	return &Said{Message: m.snapshot(), server: s}
}

func (p Person) post(post Post) (*Message, error) {
	s := p.server
	c, err := p.reach(post.Channel, SendMessages)
	if err != nil {
		return nil, err
	}
	if runes(post.Text) > 4000 {
		return nil, fmt.Errorf("a message of %d characters is too long", runes(post.Text))
	}
	m := &Message{
		ID: s.newID(), ChannelID: c.ID, GuildID: c.GuildID, Author: *s.world.user(p.id), Content: post.Text, Timestamp: s.clock.Now(),
		Attachments: post.Attachments, Embeds: post.Embeds, Components: post.Components,
	}
	if post.Webhook {
		m.WebhookID = m.Author.ID
		m.Author.Bot = true
	}
	s.mentionBy(p, m)
	if post.Reply != "" {
		target := c.messages[post.Reply]
		if target == nil || target.Viewer != "" {
			return nil, fmt.Errorf("there is no message %s to reply to", post.Reply)
		}
		m.Type = MessageReply
		m.Reference = &Reference{MessageID: target.ID, ChannelID: c.ID, GuildID: c.GuildID}
		if !post.Silent {
			m.replyPing = target.Author.ID == s.options.BotID
			if !slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == target.Author.ID }) {
				m.Mentions = append(m.Mentions, target.Author.wire())
			}
		}
	}
	s.post(m)
	return m, nil
}

// mentionBy fills in whom a person's text mentions.
func (s *Server) mentionBy(p Person, m *Message) {
	pings := (*allowedMentions)(nil).pings(m.Content, false)
	m.Mentions, m.MentionRoles, m.mentionsBot = nil, nil, false
	for _, id := range pings.Users {
		if u := s.world.users[id]; u != nil {
			m.Mentions = append(m.Mentions, u.wire())
			m.mentionsBot = m.mentionsBot || id == s.options.BotID
		}
	}
	m.MentionRoles = pings.Roles
	m.MentionEveryone = pings.Everyone && s.world.permissions(p.id, m.ChannelID, s.clock.Now()).Has(MentionEveryone)
}

// Err is why the person could not speak; nil if they could.
func (d *Said) Err() error { return d.err }

// Replies returns the bot's messages in reply to the person's, oldest first.
func (d *Said) Replies() []Message {
	if d.err != nil {
		return nil
	}
	d.server.mutex.Lock()
	defer d.server.mutex.Unlock()
	return d.server.repliesTo(d.Message.ChannelID, d.Message.ID)
}

func (s *Server) repliesTo(channelID, id ID) []Message {
	c := s.world.channels[channelID]
	if c == nil {
		return nil
	}
	var list []Message
	for _, other := range c.order {
		m := c.messages[other]
		if m.Author.ID == s.options.BotID && m.Type == MessageReply && m.Reference != nil && m.Reference.MessageID == id {
			list = append(list, m.snapshot())
		}
	}
	return list
}

// Wait waits for the bot's first reply.
func (d *Said) Wait(ctx context.Context) (Message, error) {
	replies, err := d.WaitUntil(ctx, func(replies []Message) bool { return len(replies) > 0 })
	if err != nil {
		return Message{}, err
	}
	return replies[0], nil
}

// WaitUntil waits until the bot's replies are as wanted. The condition must not call the server.
func (d *Said) WaitUntil(ctx context.Context, wanted func(replies []Message) bool) ([]Message, error) {
	if d.err != nil {
		return nil, d.err
	}
	var replies []Message
	err := d.server.until(ctx, d.Message.ChannelID, func() bool {
		replies = d.server.repliesTo(d.Message.ChannelID, d.Message.ID)
		return wanted(replies)
	})
	if err != nil {
		return nil, fmt.Errorf("message %s (%d replies): %w", d.Message.ID, len(replies), err)
	}
	return replies, nil
}

// WaitMessages waits until the messages of a channel, oldest first, are as wanted. The condition must not call the server.
func (s *Server) WaitMessages(ctx context.Context, channel ID, wanted func([]Message) bool) ([]Message, error) {
	var list []Message
	err := s.until(ctx, channel, func() bool {
		list = nil
		if c := s.world.channels[channel]; c != nil {
			for _, id := range c.order {
				list = append(list, c.messages[id].snapshot())
			}
		}
		return wanted(list)
	})
	if err != nil {
		return nil, fmt.Errorf("channel %s (%d messages): %w", channel, len(list), err)
	}
	return list, nil
}

// Edit changes the text of a person's own message.
func (p Person) Edit(channel, message ID, text string) error {
	return p.change("edit", channel, message, func(_ *channelOf, m *Message) error {
		if m.Author.ID != p.id {
			return fmt.Errorf("message %s is not of user %s", message, p.id)
		}
		m.Content = text
		p.server.mentionBy(p, m)
		p.server.edited(m, true)
		return nil
	})
}

// Delete takes a message away: the person's own, or with MANAGE_MESSAGES any.
func (p Person) Delete(channel, message ID) error {
	return p.change("delete", channel, message, func(c *channelOf, m *Message) error {
		if m.Author.ID != p.id && !c.has.Has(ManageMessages) {
			return fmt.Errorf("user %s may not delete message %s", p.id, message)
		}
		p.server.deleteMessage(m)
		return nil
	})
}

// Pin pins a message, which needs PIN_MESSAGES.
func (p Person) Pin(channel, message ID) error {
	return p.change("pin", channel, message, func(c *channelOf, m *Message) error {
		if !c.has.Has(PinMessages) {
			return fmt.Errorf("user %s may not pin", p.id)
		}
		return p.server.pinMessage(c.channel, m, *p.server.world.user(p.id))
	})
}

// Unpin unpins a message, which needs PIN_MESSAGES.
func (p Person) Unpin(channel, message ID) error {
	return p.change("unpin", channel, message, func(c *channelOf, m *Message) error {
		if !c.has.Has(PinMessages) {
			return fmt.Errorf("user %s may not unpin", p.id)
		}
		p.server.unpinMessage(c.channel, m)
		return nil
	})
}

// React adds an emoji, Unicode or name:id.
func (p Person) React(channel, message ID, emoji string) error {
	return p.change("react", channel, message, func(_ *channelOf, m *Message) error {
		p.server.addReaction(m, p.id, readEmoji(emoji))
		return nil
	})
}

// Unreact takes the person's emoji away.
func (p Person) Unreact(channel, message ID, emoji string) error {
	return p.change("unreact", channel, message, func(_ *channelOf, m *Message) error {
		p.server.removeReaction(m, p.id, readEmoji(emoji))
		return nil
	})
}

func readEmoji(text string) Emoji {
	name, id, _ := strings.Cut(text, ":")
	return Emoji{Name: name, ID: ID(id)}
}

// channelOf is a channel with what the person may do there.
type channelOf struct {
	*channel
	has Permission
}

func (p Person) change(what string, channelID, message ID, do func(*channelOf, *Message) error) error {
	s := p.server
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, err := p.reach(channelID, 0)
	if err == nil {
		m := c.messages[message]
		if m == nil || m.Viewer != "" && m.Viewer != p.id {
			err = fmt.Errorf("%s sees no message %s", p.id, message)
		} else {
			err = do(&channelOf{c, s.world.permissions(p.id, channelID, s.clock.Now())}, m)
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", what, err)
		s.misuse("user %s: %v", p.id, err)
	}
	return err
}
