package discord

// CommandKind tells typed commands from entries of the right-click menu (Discord's numbers).
type CommandKind int

// The kinds of commands.
const (
	ChatInput      CommandKind = 1
	UserCommand    CommandKind = 2
	MessageCommand CommandKind = 3
)

// Command is a command to register. Its texts are in English; Names and Descriptions give them by Discord locale.
type Command struct {
	Kind         CommandKind
	Name         string
	Names        map[string]string // by locale: "ru", "zh-CN", …
	Description  string            // empty unless Kind is ChatInput
	Descriptions map[string]string
	Options      []CommandOption
	// Permissions are needed to see the command; nil for everybody. Server owners can change that, so rights are checked again.
	Permissions *Permissions
	DM          bool // also in direct messages with the bot
}

// OptionKind is the type of an option (Discord's numbers).
type OptionKind int

// The types of options.
const (
	SubCommand    OptionKind = 1
	StringOption  OptionKind = 3
	IntegerOption OptionKind = 4
	BoolOption    OptionKind = 5
	UserOption    OptionKind = 6
	ChannelOption OptionKind = 7
)

// CommandOption is an option, or a subcommand with options of its own.
type CommandOption struct {
	Kind         OptionKind
	Name         string
	Names        map[string]string
	Description  string
	Descriptions map[string]string
	Required     bool
	Complete     bool // asks the bot for choices while it is typed
	Choices      []CommandChoice
	Min, Max     int             // of an integer, or of a string's length; Max 0 for none
	Channels     []ChannelType   // of a ChannelOption
	Options      []CommandOption // of a SubCommand
}

// CommandChoice is a fixed value of an option.
type CommandChoice struct {
	Name  string
	Names map[string]string
	Value string
}
