package discordtest

import (
	"slices"
	"time"
)

// The types of channels that the fake knows.
const (
	ChannelText          = 0
	ChannelDM            = 1
	ChannelVoice         = 2
	ChannelCategory      = 4
	ChannelAnnouncement  = 5
	ChannelPublicThread  = 11
	ChannelPrivateThread = 12
	ChannelForum         = 15
)

// User is a person or a bot.
type User struct {
	ID            ID      `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	// Locale is the language of the user's client; it comes with interactions only. Empty is en-US.
	Locale string `json:"locale,omitempty"`
}

// wire is the user as others see it.
func (u User) wire() User {
	u.Locale = ""
	return u
}

// Role of a guild. The one whose id is the guild's own is everybody's.
type Role struct {
	ID          ID         `json:"id"`
	Name        string     `json:"name"`
	Color       int        `json:"color"`
	Hoist       bool       `json:"hoist"`
	Position    int        `json:"position"`
	Permissions Permission `json:"permissions"`
	Managed     bool       `json:"managed"`
	Mentionable bool       `json:"mentionable"`
}

// Member is a user in a guild.
type Member struct {
	User          User       `json:"user"`
	Nick          *string    `json:"nick"`
	Roles         []ID       `json:"roles"`
	JoinedAt      time.Time  `json:"joined_at"`
	TimedOutUntil *time.Time `json:"communication_disabled_until"`
	Deaf          bool       `json:"deaf"`
	Mute          bool       `json:"mute"`
	Flags         int        `json:"flags"`
	Pending       bool       `json:"pending"`
}

// Guild is a server.
type Guild struct {
	ID      ID     `json:"id"`
	Name    string `json:"name"`
	OwnerID ID     `json:"owner_id"`
	// Locale is the preferred locale; empty is en-US.
	Locale string `json:"preferred_locale"`
	Roles  []Role `json:"roles"`
	// BotPermissions are those of the role that the bot gets in the guild; 0 is DefaultBotPermissions. Not on the wire.
	BotPermissions Permission `json:"fake_bot_permissions,omitempty"`
	// WithoutBot makes a guild that only its members' installations of the application reach. Not on the wire.
	WithoutBot bool `json:"fake_without_bot,omitempty"`
}

// ThreadMetadata is what only threads have.
type ThreadMetadata struct {
	Archived            bool      `json:"archived"`
	AutoArchiveDuration int       `json:"auto_archive_duration"`
	ArchiveTimestamp    time.Time `json:"archive_timestamp"`
	Locked              bool      `json:"locked"`
}

// Channel is a channel of a guild, a thread, or a direct message.
type Channel struct {
	ID             ID              `json:"id"`
	Type           int             `json:"type"`
	GuildID        ID              `json:"guild_id,omitempty"`
	Name           string          `json:"name,omitempty"`
	ParentID       ID              `json:"parent_id,omitempty"`
	Position       int             `json:"position,omitempty"`
	Overwrites     []Overwrite     `json:"permission_overwrites,omitempty"`
	Recipients     []User          `json:"recipients,omitempty"`
	OwnerID        ID              `json:"owner_id,omitempty"`
	ThreadMetadata *ThreadMetadata `json:"thread_metadata,omitempty"`
	LastMessageID  ID              `json:"last_message_id,omitempty"`
	LastPin        *time.Time      `json:"last_pin_timestamp,omitempty"`
}

type guild struct {
	Guild
	members     map[ID]*Member
	joined      time.Time // the bot
	unavailable bool
	botDenied   Permission // in every channel
}

func (g *guild) role(id ID) *Role {
	i := slices.IndexFunc(g.Roles, func(r Role) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &g.Roles[i]
}

type channel struct {
	Channel
	recipient     ID // of a direct message
	threadMembers map[ID]bool
	messages      map[ID]*Message
	order         []ID // of messages, oldest first
	nonces        map[string]ID
	changes       int // of what is seen in it, from 1 on
}

func (c *channel) thread() bool {
	return c.Type == ChannelPublicThread || c.Type == ChannelPrivateThread || c.Type == 10
}

type world struct {
	users    map[ID]*User
	guilds   map[ID]*guild
	channels map[ID]*channel
	dms      map[ID]ID // recipient to channel
	refusing map[ID]bool
}

func newWorld() world {
	return world{
		users: map[ID]*User{}, guilds: map[ID]*guild{}, channels: map[ID]*channel{}, dms: map[ID]ID{}, refusing: map[ID]bool{},
	}
}

// user returns the user, making one of that id if there is none.
func (w *world) user(id ID) *User {
	u := w.users[id]
	if u == nil {
		u = &User{ID: id, Username: "user" + string(id), Discriminator: "0", Locale: "en-US"}
		w.users[id] = u
	}
	return u
}

// channelsOf lists a guild's channels, or its threads, in the order of their ids.
func (w *world) channelsOf(guild ID, threads bool) []Channel {
	list := []Channel{}
	for _, c := range w.channels {
		if c.GuildID == guild && c.thread() == threads {
			list = append(list, c.Channel)
		}
	}
	slices.SortFunc(list, func(a, b Channel) int {
		if a.ID.number() < b.ID.number() {
			return -1
		}
		return 1
	})
	return list
}

func (m *Member) wire() Member {
	wire := *m
	wire.User = wire.User.wire()
	if wire.Roles == nil {
		wire.Roles = []ID{}
	}
	return wire
}

func (g *guild) wire() Guild {
	wire := g.Guild
	wire.BotPermissions = 0
	wire.Roles = slices.Clone(wire.Roles)
	return wire
}

// Channels returns all channels, threads and direct messages there are, in no order.
func (s *Server) Channels() []Channel {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	list := make([]Channel, 0, len(s.world.channels))
	for _, c := range s.world.channels {
		list = append(list, c.Channel)
	}
	return list
}
