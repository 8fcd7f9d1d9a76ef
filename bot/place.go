package bot

import (
	"slices"

	"amur/bot/discord"
	"amur/internal/store"
)

// serves reports whether the operator lets the bot work in a server. Direct messages have none.
func (b *Bot) serves(guild discord.GuildID) bool {
	if guild == "" {
		return b.policy().DM != DMOff
	}
	if slices.Contains(b.policy().Servers.Deny, string(guild)) {
		return false
	}
	return len(b.policy().Servers.Allow) == 0 || slices.Contains(b.policy().Servers.Allow, string(guild))
}

// public reports whether an answer to r may be seen by all, and counts it if so: in the channels that the managers chose, and
// not more often than a conversation bears. Everywhere else answers are private; that is never "not allowed here".
func (b *Bot) public(r Request) bool {
	if r.Guild == "" {
		return true // nobody else is there
	}
	if r.Visiting || r.Option("private") == "true" || !speaksIn(r.Settings, r.Channel) {
		return false
	}
	return b.crowd.take(r.Channel.ID, b.now(), b.policy().Limits.PublicPerMinute)
}

// speaksIn reports whether the managers let the bot speak publicly in a channel, or in the one that a thread hangs under.
func speaksIn(s store.Settings, c discord.Channel) bool {
	switch s.Preset {
	case store.PresetOpen:
		return true
	case store.PresetAsk:
		return slices.Contains(s.AskChannels, store.Channel(c.ID)) || c.Parent != "" && slices.Contains(s.AskChannels, store.Channel(c.Parent))
	}
	return false
}
