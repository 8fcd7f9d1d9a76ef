package bot

import (
	"context"
	"fmt"
	"strings"

	"amur/bot/discord"
	"amur/bot/phrase"
)

// Registration is the table of commands as Discord takes it, with all texts in all languages.
func (b *Bot) Registration() []discord.Command {
	var out []discord.Command
	groups := map[string]int{}
	for _, c := range b.table() {
		group, _, grouped := strings.Cut(c.Key, ".")
		if !grouped {
			out = append(out, b.registration(c, c.Key, b.options(c)))
			continue
		}
		at, there := groups[group]
		if !there {
			at = len(out)
			groups[group] = at
			out = append(out, b.registration(c, group, nil))
		}
		key := "command." + c.Key
		out[at].Options = append(out[at].Options, discord.CommandOption{
			Kind: discord.SubCommand, Name: b.commandName(c)[len(group)+1:], Names: b.texts(key + ".name"),
			Description: b.english(key + ".description"), Descriptions: b.texts(key + ".description"), Options: b.options(c),
		})
	}
	return out
}

func (b *Bot) registration(c Command, name string, options []discord.CommandOption) discord.Command {
	key := "command." + name
	out := discord.Command{
		Kind: discord.ChatInput, Name: name, Names: b.texts(key + ".name"),
		Description: b.english(key + ".description"), Descriptions: b.texts(key + ".description"),
		Options: options, DM: c.DM,
	}
	if c.Menu {
		out.Kind, out.Name, out.Description, out.Descriptions = discord.MessageCommand, b.commandName(c), "", nil
	}
	var needs discord.Permissions
	switch c.Who {
	case Moderators:
		needs = discord.ManageMessages
	case Managers:
		needs = discord.ManageGuild
	default:
		return out
	}
	out.Permissions = &needs
	return out
}

func (b *Bot) options(c Command) []discord.CommandOption {
	var out []discord.CommandOption
	for _, o := range c.Options {
		key := "command." + c.Key + "." + o.Name
		option := discord.CommandOption{
			Kind: o.Kind, Name: o.Name, Names: b.texts(key + ".name"),
			Description: b.english(key + ".description"), Descriptions: b.texts(key + ".description"),
			Required: o.Required, Complete: o.Complete, Min: o.Min, Max: o.Max,
		}
		if o.Kind == discord.ChannelOption {
			option.Channels = []discord.ChannelType{discord.GuildText, discord.GuildAnnouncement, discord.GuildForum}
		}
		for _, value := range o.Choices {
			option.Choices = append(option.Choices, discord.CommandChoice{
				Name: b.english(key + "." + value), Names: b.texts(key + "." + value), Value: value,
			})
		}
		out = append(out, option)
	}
	return out
}

func (b *Bot) english(key string) string { return b.phrases.Say(phrase.EN, key) }

// texts gives a phrase by Discord's locales.
func (b *Bot) texts(key string) map[string]string {
	out := map[string]string{}
	for _, l := range phrase.Locales() {
		for _, name := range l.Discord() {
			out[name] = b.phrases.Say(l, key)
		}
	}
	return out
}

// Register makes Discord's list of commands equal to the table, where it is not.
func (b *Bot) Register(ctx context.Context) error {
	_, changed, err := b.discord.Sync(ctx, b.Registration())
	if err != nil {
		return fmt.Errorf("register commands: %w", err)
	}
	b.log.InfoContext(ctx, "commands registered", "changed", changed)
	return nil
}
