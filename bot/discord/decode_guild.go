package discord

// rawChannel is a channel on the wire.
type rawChannel struct {
	ID         ChannelID   `json:"id"`
	Guild      GuildID     `json:"guild_id"`
	Type       ChannelType `json:"type"`
	Parent     ChannelID   `json:"parent_id"`
	Name       string      `json:"name"`
	Overwrites []struct {
		ID    string    `json:"id"`
		Type  int       `json:"type"` // 1 is a member
		Allow rawRights `json:"allow"`
		Deny  rawRights `json:"deny"`
	} `json:"permission_overwrites"`
}

func (r rawChannel) channel() Channel {
	c := Channel{ID: r.ID, Guild: r.Guild, Type: r.Type, Name: r.Name}
	if r.Type.IsThread() {
		c.Parent = r.Parent
	}
	for _, o := range r.Overwrites {
		c.Overwrites = append(c.Overwrites, Overwrite{
			ID: o.ID, Member: o.Type == 1, Allow: Permissions(o.Allow), Deny: Permissions(o.Deny),
		})
	}
	return c
}

// rawGuild is a guild on the wire.
type rawGuild struct {
	ID          GuildID `json:"id"`
	Name        string  `json:"name"`
	Owner       UserID  `json:"owner_id"`
	Locale      string  `json:"preferred_locale"`
	Unavailable bool    `json:"unavailable"`
	Roles       []struct {
		ID          RoleID    `json:"id"`
		Name        string    `json:"name"`
		Permissions rawRights `json:"permissions"`
	} `json:"roles"`
}

func (r rawGuild) guild() Guild {
	g := Guild{ID: r.ID, Name: r.Name, Owner: r.Owner, Locale: r.Locale}
	for _, role := range r.Roles {
		g.Roles = append(g.Roles, Role{ID: role.ID, Name: role.Name, Permissions: Permissions(role.Permissions)})
	}
	return g
}
