package discord

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
)

// decode reads what Discord sends. A field of another type than expected is left empty instead of losing the whole: Discord
// adds kinds of components and events without notice.
func decode(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil
	}
	return err
}

// rawUser is a user on the wire.
type rawUser struct {
	ID         UserID `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
	Bot        bool   `json:"bot"`
}

func (u *rawUser) user() User {
	if u == nil {
		return User{}
	}
	name := u.GlobalName
	if name == "" {
		name = u.Username
	}
	return User{ID: u.ID, Name: name, Bot: u.Bot}
}

// rawMember is a member on the wire.
type rawMember struct {
	User        *rawUser  `json:"user"`
	Nick        string    `json:"nick"`
	Roles       []RoleID  `json:"roles"`
	Joined      moment    `json:"joined_at"`
	Permissions rawRights `json:"permissions"`
}

// member joins a member with its user, where that comes beside it.
func (m *rawMember) member(u *rawUser) Member {
	if m == nil {
		return Member{User: u.user()}
	}
	if m.User != nil {
		u = m.User
	}
	out := Member{User: u.user(), Roles: m.Roles, Joined: m.Joined.Time, Permissions: Permissions(m.Permissions)}
	if m.Nick != "" {
		out.User.Name = m.Nick
	}
	return out
}

// moment is a time on the wire; one that cannot be read is zero.
type moment struct{ time.Time }

// UnmarshalJSON reads RFC 3339.
func (m *moment) UnmarshalJSON(data []byte) error {
	t, err := time.Parse(time.RFC3339Nano, strings.Trim(string(data), `"`))
	if err == nil {
		m.Time = t
	}
	return nil
}

// rawRights are permissions on the wire: a number, mostly written as text.
type rawRights Permissions

// UnmarshalJSON reads either form; anything else is no right at all.
func (r *rawRights) UnmarshalJSON(data []byte) error {
	n, err := strconv.ParseUint(strings.Trim(string(data), `"`), 10, 64)
	if err == nil {
		*r = rawRights(n)
	}
	return nil
}

// rawComponent is any component on the wire, known or not.
type rawComponent struct {
	Type       int             `json:"type"`
	CustomID   string          `json:"custom_id"`
	Content    string          `json:"content"`
	Value      json.RawMessage `json:"value"`
	Values     []string        `json:"values"`
	Components []rawComponent  `json:"components"`
	Component  *rawComponent   `json:"component"`
	Accessory  *rawComponent   `json:"accessory"`
}

// walk visits components in the order of reading.
func walk(components []rawComponent, visit func(rawComponent)) {
	for _, c := range components {
		visit(c)
		walk(c.Components, visit)
		for _, one := range []*rawComponent{c.Component, c.Accessory} {
			if one != nil {
				walk([]rawComponent{*one}, visit)
			}
		}
	}
}

// rawMessage is a message on the wire.
type rawMessage struct {
	ID          MessageID      `json:"id"`
	Channel     ChannelID      `json:"channel_id"`
	Guild       GuildID        `json:"guild_id"`
	Author      *rawUser       `json:"author"`
	Member      *rawMember     `json:"member"`
	Content     string         `json:"content"`
	Timestamp   moment         `json:"timestamp"`
	Type        int            `json:"type"`
	Flags       int            `json:"flags"`
	Pinned      bool           `json:"pinned"`
	Webhook     string         `json:"webhook_id"`
	Mentions    []rawUser      `json:"mentions"`
	Components  []rawComponent `json:"components"`
	Interaction *struct {
		User *rawUser `json:"user"`
	} `json:"interaction_metadata"`
	Reference *struct {
		Type    int       `json:"type"` // 1 is a forward
		Message MessageID `json:"message_id"`
		Channel ChannelID `json:"channel_id"`
	} `json:"message_reference"`
	Referenced *rawMessage `json:"referenced_message"`
}

func (r rawMessage) message() Message {
	m := Message{
		ID: r.ID, Channel: r.Channel, Guild: r.Guild, Author: r.Author.user(), Content: r.Content, Sent: r.Timestamp.Time,
		Type: r.Type, Flags: r.Flags, Pinned: r.Pinned, Webhook: r.Webhook != "",
	}
	if r.Member != nil {
		member := r.Member.member(r.Author)
		member.Permissions = 0
		m.Member = &member
	}
	if r.Interaction != nil {
		m.Invoker = r.Interaction.User.user().ID
	}
	for _, u := range r.Mentions {
		m.Mentions = append(m.Mentions, u.ID)
	}
	if r.Reference != nil && r.Reference.Type == 0 {
		m.ReplyTo, m.ReplyFrom = r.Reference.Message, r.Reference.Channel
	}
	if r.Referenced != nil {
		referenced := r.Referenced.message()
		m.Referenced = &referenced
	}
	walk(r.Components, func(c rawComponent) {
		if c.Type == textDisplayType {
			m.Texts = append(m.Texts, c.Content)
		}
		if c.CustomID != "" {
			m.CustomIDs = append(m.CustomIDs, c.CustomID)
		}
	})
	return m
}

// UnmarshalJSON reads a message leniently.
func (r *rawMessage) UnmarshalJSON(data []byte) error {
	type plain rawMessage
	return decode(data, (*plain)(r))
}
