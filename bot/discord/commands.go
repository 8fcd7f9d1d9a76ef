package discord

import "context"

// RegisteredCommand is a command as Discord knows it.
type RegisteredCommand struct {
	ID   CommandID
	Kind CommandKind
	Name string
}

// Commands lists the commands that are registered globally.
func (c *Client) Commands(ctx context.Context) ([]RegisteredCommand, error) { return nil, nil }

// OverwriteCommands makes these the only commands of the bot, globally. Discord counts only names that were not there
// before: 200 a day.
func (c *Client) OverwriteCommands(ctx context.Context, commands []Command) ([]RegisteredCommand, error) {
	return nil, nil
}

// Sync registers the commands where they differ from what Discord has, and reports whether it had to.
func (c *Client) Sync(ctx context.Context, commands []Command) ([]RegisteredCommand, bool, error) {
	return nil, false, nil
}
