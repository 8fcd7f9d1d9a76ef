package bot

import (
	"context"
	"strings"

	"amur/bot/discord"
	"amur/bot/phrase"
)

// Who may use a command.
type Who int

// Who may use a command: everyone; those who may manage messages, or have a role that the managers chose; those who may
// manage the server.
const (
	Everyone Who = iota
	Moderators
	Managers
)

// Command is something that people ask the bot to do by typing or from the right-click menu. Its texts are the phrases
// command.KEY.name and command.KEY.description, those of its options command.KEY.OPTION.name and .description.
type Command struct {
	Key      string // "ask", "note.add"; the part before a dot is a group
	Menu     bool   // an entry of the menu of a message
	Who      Who
	DM       bool // also in direct messages
	Heavy    bool // looks things up: waits its turn
	Options  []Option
	Run      func(ctx context.Context, r Request) (Reply, error)
	Complete func(ctx context.Context, r Request) ([]discord.Choice, error) // while an option is typed
}

// Option is an option of a command.
type Option struct {
	Name     string
	Kind     discord.OptionKind
	Required bool
	Complete bool
	Min, Max int
	Choices  []string // fixed values, named by the phrases command.KEY.OPTION.VALUE
}

// table is all that the bot can do.
func (b *Bot) table() []Command {
	text, number, boolean, user := discord.StringOption, discord.IntegerOption, discord.BoolOption, discord.UserOption
	return []Command{
		{Key: "ask", DM: true, Heavy: true, Run: b.ask, Complete: b.completeQuestion, Options: []Option{
			{Name: "question", Kind: text, Required: true, Complete: true, Min: 1, Max: 1000},
			{Name: "private", Kind: boolean},
			{Name: "language", Kind: text, Choices: []string{"en", "ru", "uk", "zh-CN", "zh-TW"}},
		}},
		{Key: "ask_about", Menu: true, DM: true, Heavy: true, Run: b.askAbout},
		{Key: "check", Menu: true, DM: true, Heavy: true, Run: b.check},
		{Key: "read", DM: true, Run: b.read, Complete: b.completeRead, Options: []Option{
			{Name: "what", Kind: text, Required: true, Complete: true, Min: 1, Max: 100},
		}},
		{Key: "sources", DM: true, Run: b.sources},
		{Key: "help", DM: true, Run: b.help},
		{Key: "privacy", DM: true, Run: b.privacy},
		{Key: "forget-me", DM: true, Run: b.forgetMe},

		{Key: "summary", Who: Moderators, Heavy: true, Run: b.summary, Complete: b.completeTopic, Options: []Option{
			{Name: "topic", Kind: text, Required: true, Complete: true, Min: 1, Max: 200},
		}},
		{Key: "pin", Menu: true, Who: Moderators, Run: b.pinAnswer},
		{Key: "hide", Menu: true, Who: Moderators, Run: b.hideAnswer},
		{Key: "pins", Who: Moderators, Run: b.pins},
		{Key: "note.add", Who: Moderators, Run: b.noteAdd, Complete: b.completeSection, Options: []Option{
			{Name: "section", Kind: text, Required: true, Complete: true, Min: 1, Max: 100},
		}},
		{Key: "note.list", Who: Moderators, Run: b.noteList},
		{Key: "note.remove", Who: Moderators, Run: b.noteRemove, Complete: b.completeNote, Options: []Option{
			{Name: "note", Kind: text, Required: true, Complete: true, Min: 1, Max: 100},
		}},
		{Key: "pause", Who: Moderators, Run: b.pause, Options: []Option{
			{Name: "minutes", Kind: number, Min: 0, Max: 10080},
			{Name: "channel", Kind: discord.ChannelOption},
		}},
		{Key: "block", Who: Moderators, Run: b.block, Options: []Option{
			{Name: "member", Kind: user, Required: true},
			{Name: "days", Kind: number, Min: 1, Max: 365},
		}},
		{Key: "unblock", Who: Moderators, Run: b.unblock, Options: []Option{
			{Name: "member", Kind: user, Required: true},
		}},
		{Key: "insights", Who: Moderators, Run: b.insights, Options: []Option{
			{Name: "days", Kind: number, Min: 1, Max: 90},
		}},
		{Key: "setup", Who: Managers, Run: b.setup},
		{Key: "settings", Who: Managers, Run: b.settings},
	}
}

// commandName is the name that Discord sends when somebody uses a command.
func (b *Bot) commandName(c Command) string {
	if c.Menu {
		return b.phrases.Raw(phrase.EN, "command."+c.Key+".name")
	}
	return strings.ReplaceAll(c.Key, ".", " ")
}

// Names are the keys of all commands, for figures.
func Names() []string {
	var out []string
	for _, c := range (&Bot{}).table() {
		out = append(out, c.Key)
	}
	return out
}
