package bot

import (
	"slices"

	"amur/bot/discord"
	"amur/internal/store"
)

// may reports whether the one who asks may do what is for who. It is asked again at the moment that a button is pressed: servers can
// change who sees a command, and people lose roles.
func may(r Request, who Who) bool {
	switch {
	case who == Everyone:
		return true
	case r.Guild == "" || r.Visiting:
		return false
	case who == Managers:
		return r.Member.Permissions.Has(discord.ManageGuild)
	}
	return moderates(r.Member, r.Settings)
}

// moderates reports whether a member counts as a moderator.
func moderates(m discord.Member, s store.Settings) bool {
	if m.Permissions.Has(discord.ManageMessages) || m.Permissions.Has(discord.ManageGuild) {
		return true
	}
	return slices.ContainsFunc(m.Roles, func(r discord.RoleID) bool { return slices.Contains(s.ModeratorRoles, store.Role(r)) })
}
