package discord

// ChannelPermissions are the rights of a member in a channel. A thread has those of parent, the channel that it hangs under;
// for other channels parent is ignored. The bot's own rights come with each interaction: this is for all other moments
// (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
func ChannelPermissions(g Guild, m Member, channel, parent Channel) Permissions {
	if m.User.ID == g.Owner {
		return ^Permissions(0)
	}
	held := map[string]bool{string(g.ID): true} // @everyone has the guild's id
	for _, id := range m.Roles {
		held[string(id)] = true
	}
	var rights Permissions
	for _, r := range g.Roles {
		if held[string(r.ID)] {
			rights |= r.Permissions
		}
	}
	if rights&Administrator != 0 {
		return ^Permissions(0)
	}
	if channel.Type.IsThread() {
		channel = parent
	}
	var everyone, roles, member Overwrite
	for _, o := range channel.Overwrites {
		at := &roles
		switch {
		case o.Member && o.ID == string(m.User.ID):
			at = &member
		case o.Member || !held[o.ID]:
			continue
		case o.ID == string(g.ID):
			at = &everyone
		}
		at.Allow |= o.Allow
		at.Deny |= o.Deny
	}
	for _, o := range []Overwrite{everyone, roles, member} {
		rights = rights&^o.Deny | o.Allow
	}
	if rights&ViewChannel == 0 {
		return 0 // what cannot be seen cannot be used
	}
	return rights
}
