package discord_test

import (
	"testing"

	"amur/bot/discord"
	"amur/internal/discordtest"
)

// registered registers some commands.
func registered(t *testing.T, c *discord.Client) []discord.RegisteredCommand {
	t.Helper()
	out, _, err := c.Sync(t.Context(), someCommands())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func someCommands() []discord.Command {
	manage := discord.ManageGuild
	return []discord.Command{
		{
			Kind: discord.ChatInput, Name: "ask", Names: map[string]string{"ru": "спросить", "zh-CN": "提问"}, Description: "Ask a question", DM: true,
			Descriptions: map[string]string{"ru": "Задать вопрос", "zh-CN": "提出问题"},
			Options: []discord.CommandOption{
				{
					Kind: discord.StringOption, Name: "question", Names: map[string]string{"ru": "вопрос"}, Description: "What to ask",
					Descriptions: map[string]string{"ru": "О чём"}, Required: true, Complete: true, Min: 1, Max: 300,
				},
				{Kind: discord.BoolOption, Name: "private", Description: "Only for me"},
				{Kind: discord.StringOption, Name: "language", Description: "Of the answer", Choices: []discord.CommandChoice{
					{Name: "Russian", Names: map[string]string{"ru": "Русский"}, Value: "ru"}, {Name: "Chinese", Value: "zh"},
				}},
			},
		},
		{
			Kind: discord.ChatInput, Name: "note", Description: "Notes", Permissions: &manage, Options: []discord.CommandOption{
				{Kind: discord.SubCommand, Name: "add", Description: "Add a note", Options: []discord.CommandOption{
					{Kind: discord.IntegerOption, Name: "days", Description: "How long", Min: 0, Max: 90},
					{Kind: discord.ChannelOption, Name: "where", Description: "Where", Channels: []discord.ChannelType{discord.GuildText}},
				}},
				{Kind: discord.SubCommand, Name: "list", Description: "List notes"},
			},
		},
		{Kind: discord.MessageCommand, Name: "Check against sources", Names: map[string]string{"ru": "Проверить по источникам"}},
	}
}

func TestSync(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{}, nil)
	first, changed, err := w.client.Sync(t.Context(), someCommands())
	if err != nil || !changed || len(first) != 3 {
		t.Fatalf("Sync = %v, %v, %v", first, changed, err)
	}
	again, changed, err := w.client.Sync(t.Context(), someCommands())
	if err != nil || changed || len(again) != 3 || again[0].ID == "" {
		t.Errorf("Sync again = %v, %v, %v; want no change", again, changed, err)
	}
	other := someCommands()
	other[0].Names["ru"] = "вопрос"
	third, changed, err := w.client.Sync(t.Context(), other)
	if err != nil || !changed || third[0].ID != first[0].ID {
		t.Errorf("Sync of a changed name = %v, %v, %v; want the same ids", third, changed, err)
	}
	listed, err := w.client.Commands(t.Context())
	if err != nil || len(listed) != 3 {
		t.Errorf("Commands = %v, %v", listed, err)
	}
	w.clean()
}
