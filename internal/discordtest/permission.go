package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Permission is a set of permission bits, in JSON a string (topics/permissions).
type Permission uint64

// The permissions that the fake's rules know.
const (
	Administrator       Permission = 1 << 3
	ManageChannels      Permission = 1 << 4
	ManageGuild         Permission = 1 << 5
	AddReactions        Permission = 1 << 6
	ViewChannel         Permission = 1 << 10
	SendMessages        Permission = 1 << 11
	ManageMessages      Permission = 1 << 13
	EmbedLinks          Permission = 1 << 14
	AttachFiles         Permission = 1 << 15
	ReadMessageHistory  Permission = 1 << 16
	MentionEveryone     Permission = 1 << 17
	UseCommands         Permission = 1 << 31
	ManageThreads       Permission = 1 << 34
	CreatePublicThreads Permission = 1 << 35
	CreatePrivateThread Permission = 1 << 36
	SendInThreads       Permission = 1 << 38
	ModerateMembers     Permission = 1 << 40
	UseExternalApps     Permission = 1 << 50
	PinMessages         Permission = 1 << 51

	// AllPermissions is what owners and administrators have.
	AllPermissions Permission = 1<<53 - 1
	// DefaultPermissions is what everybody has in a new guild of the fake.
	DefaultPermissions = ViewChannel | SendMessages | SendInThreads | ReadMessageHistory | AddReactions | EmbedLinks | AttachFiles |
		UseCommands | CreatePublicThreads | UseExternalApps
	// DefaultBotPermissions is what the bot's role has in a new guild of the fake.
	DefaultBotPermissions = ViewChannel | SendMessages | SendInThreads | ReadMessageHistory | EmbedLinks | AttachFiles | PinMessages
)

// Has tells whether all bits of want are in p.
func (p Permission) Has(want Permission) bool { return p&want == want }

// MarshalJSON writes the bits as Discord does, as a string of digits.
func (p Permission) MarshalJSON() ([]byte, error) {
	return []byte(`"` + strconv.FormatUint(uint64(p), 10) + `"`), nil
}

// UnmarshalJSON reads a string of digits, or a number.
func (p *Permission) UnmarshalJSON(data []byte) error {
	n, err := strconv.ParseUint(strings.Trim(string(data), `"`), 10, 64)
	if err != nil {
		return fmt.Errorf("permissions %s: %w", data, err)
	}
	*p = Permission(n)
	return nil
}

// Overwrite changes the permissions of a role (type 0) or member (type 1) in one channel.
type Overwrite struct {
	ID    ID         `json:"id"`
	Type  int        `json:"type"`
	Allow Permission `json:"allow"`
	Deny  Permission `json:"deny"`
}

// Permissions is what the user may do in the channel by the algorithm of topics/permissions; threads take their parent's
// overwrites, members who are timed out keep viewing and reading. In a direct message a person of it may do all that is
// done there. Nothing is known of a user who is not a member.
func (s *Server) Permissions(user, channel ID) Permission {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.world.permissions(user, channel, s.clock.Now())
}

func (w *world) permissions(user, channelID ID, now time.Time) Permission {
	c := w.channels[channelID]
	if c == nil {
		return 0
	}
	if c.GuildID == "" {
		if c.Type == ChannelDM && (user == c.recipient || w.users[user] != nil && w.users[user].Bot) {
			return ViewChannel | SendMessages | ReadMessageHistory | EmbedLinks | AttachFiles | AddReactions | PinMessages | UseCommands
		}
		return 0
	}
	g := w.guilds[c.GuildID]
	if g == nil || g.unavailable {
		return 0
	}
	m := g.members[user]
	if m == nil {
		return 0
	}
	p := g.basePermissions(user)
	if p.Has(Administrator) {
		return AllPermissions
	}
	overwrites := c.Overwrites
	if c.thread() {
		parent := w.channels[c.ParentID]
		if parent == nil {
			return 0
		}
		overwrites = parent.Overwrites
	}
	p = overwritten(p, overwrites, g.ID, m)
	if !p.Has(ViewChannel) {
		return 0
	}
	if c.Type == ChannelPrivateThread && !c.threadMembers[user] && !p.Has(ManageThreads) {
		return 0
	}
	if m.TimedOutUntil != nil && m.TimedOutUntil.After(now) {
		p &= ViewChannel | ReadMessageHistory
	}
	return p
}

func (g *guild) basePermissions(user ID) Permission {
	if g.OwnerID == user {
		return AllPermissions
	}
	m := g.members[user]
	if m == nil {
		return 0
	}
	var p Permission
	if everyone := g.role(g.ID); everyone != nil {
		p = everyone.Permissions
	}
	for _, id := range m.Roles {
		if role := g.role(id); role != nil {
			p |= role.Permissions
		}
	}
	if p.Has(Administrator) {
		return AllPermissions
	}
	return p
}

// overwritten applies a channel's overwrites: those for everyone, then all roles together, then the member's own.
func overwritten(p Permission, overwrites []Overwrite, everyone ID, m *Member) Permission {
	var roleAllow, roleDeny Permission
	var own *Overwrite
	for i, o := range overwrites {
		switch {
		case o.Type == 0 && o.ID == everyone:
			p = p&^o.Deny | o.Allow
		case o.Type == 0 && slices.Contains(m.Roles, o.ID):
			roleAllow |= o.Allow
			roleDeny |= o.Deny
		case o.Type == 1 && o.ID == m.User.ID:
			own = &overwrites[i]
		}
	}
	p = p&^roleDeny | roleAllow
	if own != nil {
		p = p&^own.Deny | own.Allow
	}
	return p
}
