package discord

// Permissions is a set of rights, as Discord numbers them.
type Permissions uint64

// The rights that the bot needs or asks for
// (https://docs.discord.com/developers/topics/permissions).
const (
	Administrator         Permissions = 1 << 3
	ManageGuild           Permissions = 1 << 5
	AddReactions          Permissions = 1 << 6
	ViewChannel           Permissions = 1 << 10
	SendMessages          Permissions = 1 << 11
	ManageMessages        Permissions = 1 << 13
	EmbedLinks            Permissions = 1 << 14
	AttachFiles           Permissions = 1 << 15
	ReadMessageHistory    Permissions = 1 << 16
	ModerateMembers       Permissions = 1 << 40
	SendMessagesInThreads Permissions = 1 << 38
	PinMessages           Permissions = 1 << 51
)

// Invited are the rights that the invitation asks for.
const Invited = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | SendMessagesInThreads | PinMessages

// Has reports whether all of want are in the set; an administrator has everything.
func (p Permissions) Has(want Permissions) bool {
	return p&Administrator != 0 || p&want == want
}
