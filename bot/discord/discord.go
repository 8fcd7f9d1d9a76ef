// Package discord speaks with Discord: events in, messages out. It wraps discordgo's gateway session and brings its own
// REST client, because discordgo shares one rate limit among all interaction edits, cannot send Components V2 after a
// deferred reply, uses the retired pin routes, stops for ever on some reconnects and retries what must not be retried.
//
//	gateway (discordgo) ──► raw event ──► Interaction, Message, … ──► Handler
//	Body, Response, Edit ──► REST client (buckets, retries, idempotent sends) ──► Discord
//
// Its types say what the bot needs of Discord and nothing else; no type of discordgo is part of them, so the library can be
// exchanged. The package knows nothing of questions, documents or settings.
package discord

import "time"

// Ids of Discord's objects: decimal snowflakes.
type (
	GuildID       string
	ChannelID     string
	UserID        string
	RoleID        string
	MessageID     string
	InteractionID string
	CommandID     string
)

// User is a person or a bot.
type User struct {
	ID   UserID
	Name string // as shown; hostile text
	Bot  bool
}

// Member is a user in a guild.
type Member struct {
	User        User
	Roles       []RoleID
	Joined      time.Time
	Permissions Permissions // in the channel of the interaction that carried the member; 0 elsewhere
}

// ChannelType tells text channels, threads and direct messages apart (Discord's numbers).
type ChannelType int

// The types of channels that the bot meets.
const (
	GuildText          ChannelType = 0
	DirectMessage      ChannelType = 1
	GuildAnnouncement  ChannelType = 5
	AnnouncementThread ChannelType = 10
	PublicThread       ChannelType = 11
	PrivateThread      ChannelType = 12
	GuildForum         ChannelType = 15
)

// IsThread reports whether the channel hangs under another.
func (t ChannelType) IsThread() bool { return t >= AnnouncementThread && t <= PrivateThread }

// Channel is a channel or thread.
type Channel struct {
	ID         ChannelID
	Guild      GuildID // empty for direct messages
	Type       ChannelType
	Parent     ChannelID // of a thread: the channel that it hangs under
	Name       string
	Overwrites []Overwrite
}

// Overwrite changes the permissions of a role or a member in one channel.
type Overwrite struct {
	ID          string // of the role or the user
	Member      bool   // whether ID is a user's
	Allow, Deny Permissions
}

// Role is a set of permissions in a guild.
type Role struct {
	ID          RoleID
	Name        string
	Permissions Permissions
}

// Guild is a server.
type Guild struct {
	ID     GuildID
	Name   string
	Owner  UserID
	Locale string // preferred locale, such as "en-US"
	Roles  []Role
}

// Message is a message as the bot may see it. Without the intent to read messages, Content is empty but for the bot's own
// messages, direct messages, mentions, replies to an ordinary message of the bot and the target of a message command.
type Message struct {
	ID         MessageID
	Channel    ChannelID
	Guild      GuildID
	Author     User
	Member     *Member // of the author, where Discord sends it; its Permissions are 0
	Content    string
	Texts      []string // of Text Displays, in order
	CustomIDs  []string // of buttons and menus, in order
	Sent       time.Time
	Type       int // 0 ordinary, 6 "pinned a message", 19 reply, 20 answer to a command, …
	Flags      int
	Pinned     bool
	Webhook    bool     // sent by a webhook or as an answer to an interaction
	Invoker    UserID   // whose interaction a bot's message answers; may be empty
	Mentions   []UserID // users that the text mentions
	ReplyTo    MessageID
	ReplyFrom  ChannelID // the channel of ReplyTo
	Referenced *Message  // the message replied to, where Discord sends it
}

// InteractionKind says what somebody did.
type InteractionKind int

// The kinds of interactions (Discord's numbers).
const (
	CommandInteraction      InteractionKind = 2
	ComponentInteraction    InteractionKind = 3
	AutocompleteInteraction InteractionKind = 4
	ModalInteraction        InteractionKind = 5
)

// Interaction is a command, a pressed button, a filled form or a half-typed option.
type Interaction struct {
	ID          InteractionID
	Token       string // a secret: never logged
	Kind        InteractionKind
	Received    time.Time // when the gateway brought it
	Guild       GuildID   // empty in direct messages
	Channel     Channel   // ID, Type and Parent
	Member      Member    // in direct messages only User is set
	Locale      string    // of the person's client, such as "zh-CN"
	GuildLocale string
	// AppPermissions are the bot's own in the channel.
	AppPermissions Permissions
	// Visiting says that the person installed the app and the guild did not.
	Visiting bool

	Command     string // a command's path: "ask", "note add", "Pin answer"
	CommandKind CommandKind
	CommandID   CommandID
	Options     []Option
	Target      *Message // of a message command
	TargetUser  *User    // of a user command

	CustomID string
	Values   []string          // chosen in a menu
	Fields   map[string]string // of a form, by custom id; a select's values joined by commas
	Message  *Message          // that carries the pressed component, or from which a form was opened
}

// Option is a filled option of a command. Value is text as Discord writes it: a string, a whole number, true or false, an id.
type Option struct {
	Name    string
	Value   string
	Focused bool // being typed (autocomplete)
}

// Option returns the value of an option, or "".
func (i Interaction) Option(name string) string {
	for _, o := range i.Options {
		if o.Name == name {
			return o.Value
		}
	}
	return ""
}
