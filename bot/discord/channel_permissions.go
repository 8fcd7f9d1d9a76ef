package discord

// ChannelPermissions are the rights of a member in a channel. A thread has those of parent, the channel that it hangs under;
// for other channels parent is ignored. The bot's own rights come with each interaction: this is for all other moments
// (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
func ChannelPermissions(g Guild, m Member, channel, parent Channel) Permissions { return 0 }
