package discordtest

import "slices"

// SetBotPermissions makes that the bot may do exactly this in a guild: its own role has these bits, and what other roles
// would add is denied to it in every channel, those made later too. Overwrites set for a channel afterwards hold.
func (s *Server) SetBotPermissions(guildID ID, p Permission) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	g := s.world.guilds[guildID]
	if g == nil || g.members[s.options.BotID] == nil || len(g.members[s.options.BotID].Roles) == 0 {
		s.misuse("SetBotPermissions: the bot is not in guild %s", guildID)
		return
	}
	role := *g.role(g.members[s.options.BotID].Roles[0])
	role.Permissions = p
	s.setRole(g, role)
	g.botDenied = AllPermissions &^ p
	for _, c := range s.world.channelsOf(guildID, false) {
		s.setOverwrite(s.world.channels[c.ID], s.botDenied(g))
	}
}

func (s *Server) botDenied(g *guild) Overwrite {
	return Overwrite{ID: s.options.BotID, Type: 1, Deny: g.botDenied}
}

// SetOverwrite adds or replaces a channel's overwrite, and tells the bot.
func (s *Server) SetOverwrite(channelID ID, o Overwrite) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.world.channels[channelID]
	if c == nil {
		s.misuse("SetOverwrite: no channel %s", channelID)
		return
	}
	s.setOverwrite(c, o)
}

func (s *Server) setOverwrite(c *channel, o Overwrite) {
	c.Overwrites = append(slices.DeleteFunc(slices.Clone(c.Overwrites), func(old Overwrite) bool { return old.ID == o.ID }), o)
	s.dispatch("CHANNEL_UPDATE", c.GuildID, intentGuilds, c.Channel)
}

// SetThread archives, locks or opens a thread, and tells the bot.
func (s *Server) SetThread(channelID ID, archived, locked bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.world.channels[channelID]
	if c == nil || c.ThreadMetadata == nil {
		s.misuse("SetThread: no thread %s", channelID)
		return
	}
	changed := *c.ThreadMetadata
	changed.Archived, changed.Locked = archived, locked
	c.ThreadMetadata = &changed
	s.dispatch("THREAD_UPDATE", c.GuildID, intentGuilds, c.Channel)
}

// DeleteChannel takes a channel or thread away with all in it, and tells the bot.
func (s *Server) DeleteChannel(channelID ID) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.world.channels[channelID]
	if c == nil {
		s.misuse("DeleteChannel: no channel %s", channelID)
		return
	}
	event := "CHANNEL_DELETE"
	if c.thread() {
		event = "THREAD_DELETE"
	}
	for _, t := range s.world.channelsOf(c.GuildID, true) {
		if t.ParentID == c.ID {
			delete(s.world.channels, t.ID)
		}
	}
	delete(s.world.channels, c.ID)
	s.dispatch(event, c.GuildID, intentGuilds, c.Channel)
}

// KickBot removes the bot from a guild: GUILD_DELETE without unavailable. The guild stays, and AddBot lets it in again.
func (s *Server) KickBot(guildID ID) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if g := s.world.guilds[guildID]; g != nil {
		s.leave(g)
	}
}

func (s *Server) leave(g *guild) {
	delete(g.members, s.options.BotID)
	s.dispatch("GUILD_DELETE", g.ID, intentGuilds, unavailableGuild{ID: g.ID})
}

// AddBot lets the bot into a guild again, after KickBot or WithoutBot.
func (s *Server) AddBot(guildID ID) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	g := s.world.guilds[guildID]
	if g == nil || g.members[s.options.BotID] != nil {
		s.misuse("AddBot: no guild %s without the bot", guildID)
		return
	}
	s.addBot(g)
}

// SetOutage makes a guild unavailable (GUILD_DELETE with unavailable) or available again (GUILD_CREATE).
func (s *Server) SetOutage(guildID ID, unavailable bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	g := s.world.guilds[guildID]
	if g == nil || g.unavailable == unavailable {
		s.misuse("SetOutage: guild %s is not to change", guildID)
		return
	}
	g.unavailable = unavailable
	if unavailable {
		s.dispatch("GUILD_DELETE", g.ID, intentGuilds, unavailableGuild{ID: g.ID, Unavailable: true})
		return
	}
	s.dispatch("GUILD_CREATE", g.ID, intentGuilds, s.guildCreate(g))
}
