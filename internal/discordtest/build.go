package discordtest

import (
	"fmt"
	"slices"
)

// AddGuild makes a guild and tells the bot. What is empty is filled in: ids, the owner, the role of everybody and the
// one that the bot has. The filled guild is returned.
func (s *Server) AddGuild(spec Guild) Guild {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if spec.ID == "" {
		spec.ID = s.newID()
	}
	if spec.Name == "" {
		spec.Name = "guild " + string(spec.ID)
	}
	if spec.OwnerID == "" {
		spec.OwnerID = s.newID()
	}
	if spec.Locale == "" {
		spec.Locale = "en-US"
	}
	if spec.BotPermissions == 0 {
		spec.BotPermissions = DefaultBotPermissions
	}
	g := &guild{Guild: spec, members: map[ID]*Member{}, joined: s.clock.Now()}
	g.Roles = slices.Clone(spec.Roles)
	if g.role(g.ID) == nil {
		g.Roles = append([]Role{{ID: g.ID, Name: "@everyone", Permissions: DefaultPermissions}}, g.Roles...)
	}
	for i := range g.Roles {
		if g.Roles[i].ID == "" {
			g.Roles[i].ID = s.newID()
		}
	}
	s.world.guilds[g.ID] = g
	g.members[g.OwnerID] = &Member{User: *s.world.user(g.OwnerID), JoinedAt: s.clock.Now()}
	if !spec.WithoutBot {
		s.addBot(g)
	}
	filled := g.Guild
	filled.Roles = slices.Clone(g.Roles)
	return filled
}

// addBot lets the bot join with a role of its own.
func (s *Server) addBot(g *guild) {
	role := Role{ID: s.newID(), Name: s.options.BotName, Permissions: g.BotPermissions, Managed: true, Position: len(g.Roles)}
	g.Roles = append(g.Roles, role)
	g.joined = s.clock.Now()
	g.members[s.options.BotID] = &Member{User: *s.world.user(s.options.BotID), Roles: []ID{role.ID}, JoinedAt: g.joined}
	s.dispatch("GUILD_CREATE", g.ID, intentGuilds, s.guildCreate(g))
}

// AddChannel makes a channel of a guild, or a thread under ParentID, and tells the bot.
func (s *Server) AddChannel(spec Channel) Channel {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.addChannel(spec).Channel
}

func (s *Server) addChannel(spec Channel) *channel {
	if spec.ID == "" {
		spec.ID = s.newID()
	}
	c := &channel{Channel: spec, messages: map[ID]*Message{}, nonces: map[string]ID{}, threadMembers: map[ID]bool{}, changes: 1}
	event := "CHANNEL_CREATE"
	if c.thread() {
		event = "THREAD_CREATE"
		if c.ThreadMetadata == nil {
			c.ThreadMetadata = &ThreadMetadata{AutoArchiveDuration: 1440, ArchiveTimestamp: s.clock.Now()}
		}
		c.threadMembers[c.OwnerID] = true
	}
	s.world.channels[c.ID] = c
	if g := s.world.guilds[c.GuildID]; g != nil && g.botDenied != 0 && !c.thread() {
		c.Overwrites = append(slices.Clone(c.Overwrites), s.botDenied(g))
	}
	if c.GuildID != "" && s.world.permissions(s.options.BotID, c.ID, s.clock.Now()).Has(ViewChannel) {
		s.dispatch(event, c.GuildID, intentGuilds, c.Channel)
	}
	return c
}

// AddUser makes a user, or changes the one of that id.
func (s *Server) AddUser(u User) User {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if u.ID == "" {
		u.ID = s.newID()
	}
	s.addUser(&u)
	return u
}

func (s *Server) addUser(u *User) {
	if u.Username == "" {
		u.Username = "user" + string(u.ID)
	}
	if u.Discriminator == "" {
		u.Discriminator = "0"
	}
	if u.Locale == "" {
		u.Locale = "en-US"
	}
	kept := *u
	s.world.users[u.ID] = &kept
}

// AddMember lets a user join a guild, or changes their membership; a user who is not known is made. The bot is told
// only if it has GUILD_MEMBERS.
func (s *Server) AddMember(guildID ID, m Member) Member {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	g := s.world.guilds[guildID]
	if g == nil {
		s.misuse("AddMember: no guild %s", guildID)
		return Member{}
	}
	if m.User.ID == "" {
		m.User.ID = s.newID()
	}
	if known := s.world.users[m.User.ID]; known != nil && m.User == (User{ID: m.User.ID}) {
		m.User = *known
	} else {
		s.addUser(&m.User)
	}
	if m.JoinedAt.IsZero() {
		m.JoinedAt = s.clock.Now()
	}
	fresh := g.members[m.User.ID] == nil
	g.members[m.User.ID] = &m
	if fresh {
		s.dispatch("GUILD_MEMBER_ADD", g.ID, intentMembers, guildMember{m.wire(), g.ID})
	} else {
		s.dispatch("GUILD_MEMBER_UPDATE", g.ID, intentMembers, guildMember{m.wire(), g.ID})
	}
	return m.wire()
}

// RemoveMember lets a user leave a guild.
func (s *Server) RemoveMember(guildID, user ID) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if g := s.world.guilds[guildID]; g != nil {
		delete(g.members, user)
		s.dispatch("GUILD_MEMBER_REMOVE", g.ID, intentMembers, guildMember{Member{User: *s.world.user(user)}, g.ID})
	}
}

// SetRole adds a role to a guild or replaces the one of that id, and tells the bot. The role of everybody has the
// guild's id.
func (s *Server) SetRole(guildID ID, role Role) Role {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	g := s.world.guilds[guildID]
	if g == nil {
		s.misuse("SetRole: no guild %s", guildID)
		return role
	}
	if role.ID == "" {
		role.ID = s.newID()
	}
	s.setRole(g, role)
	return role
}

func (s *Server) setRole(g *guild, role Role) {
	event := "GUILD_ROLE_UPDATE"
	if old := g.role(role.ID); old != nil {
		*old = role
	} else {
		event = "GUILD_ROLE_CREATE"
		g.Roles = append(g.Roles, role)
	}
	s.dispatch(event, g.ID, intentGuilds, struct {
		GuildID ID   `json:"guild_id"`
		Role    Role `json:"role"`
	}{g.ID, role})
}

// RefuseDirectMessages makes a user closed to direct messages (50007), or open again.
func (s *Server) RefuseDirectMessages(user ID, refuse bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.world.refusing[user] = refuse
}

// DirectMessages returns the channel between the bot and a user, making it if there is none.
func (s *Server) DirectMessages(user ID) Channel {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.directMessages(user).Channel
}

func (s *Server) directMessages(user ID) *channel {
	if id := s.world.dms[user]; id != "" {
		return s.world.channels[id]
	}
	c := s.addChannel(Channel{Type: ChannelDM, Recipients: []User{s.world.user(user).wire()}})
	c.recipient = user
	s.world.dms[user] = c.ID
	return c
}

// Misuse appends a mistake of the test itself to the violations, so that it cannot pass unseen.
func (s *Server) Misuse(what string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.misuse("%s", what)
}

func (s *Server) misuse(format string, args ...any) {
	s.violate(Violation{Rule: RuleTest, Detail: fmt.Sprintf(format, args...)})
}

type guildMember struct {
	Member
	GuildID ID `json:"guild_id"`
}

type unavailableGuild struct {
	ID          ID   `json:"id"`
	Unavailable bool `json:"unavailable,omitempty"`
}

type guildCreate struct {
	Guild
	JoinedAt    string    `json:"joined_at"`
	Large       bool      `json:"large"`
	Unavailable bool      `json:"unavailable"`
	MemberCount int       `json:"member_count"`
	Members     []Member  `json:"members"`
	Channels    []Channel `json:"channels"`
	Threads     []Channel `json:"threads"`
	Presences   []ID      `json:"presences"`
}

// guildCreate is the guild as GUILD_CREATE shows it without GUILD_PRESENCES: only the bot among the members.
func (s *Server) guildCreate(g *guild) guildCreate {
	members := []Member{}
	if bot := g.members[s.options.BotID]; bot != nil {
		members = append(members, bot.wire())
	}
	return guildCreate{
		Guild: g.wire(), JoinedAt: timestamp(g.joined), MemberCount: len(g.members), Members: members,
		Channels: s.world.channelsOf(g.ID, false), Threads: s.world.channelsOf(g.ID, true), Presences: []ID{},
	}
}
