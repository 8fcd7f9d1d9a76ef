package discord

import (
	"context"
	"net/http"
	"net/url"
)

const commandsRoute = "/applications/{application}/commands"

// RegisteredCommand is a command as Discord knows it.
type RegisteredCommand struct {
	ID   CommandID
	Kind CommandKind
	Name string
}

// Commands lists the commands that are registered globally.
func (c *Client) Commands(ctx context.Context) ([]RegisteredCommand, error) {
	raw, err := c.commands(ctx)
	if err != nil {
		return nil, err
	}
	return registered(raw), nil
}

// OverwriteCommands makes these the only commands of the bot, globally. Discord counts only names that were not there
// before: 200 a day.
func (c *Client) OverwriteCommands(ctx context.Context, commands []Command) ([]RegisteredCommand, error) {
	if err := checkCommands(commands); err != nil {
		return nil, err
	}
	body := make([]commandJSON, 0, len(commands))
	for _, one := range commands {
		body = append(body, newCommand(one))
	}
	var raw []commandJSON
	err := c.rest.do(ctx, call{method: http.MethodPut, route: commandsRoute, ids: []string{string(c.app.ID)}, body: body}, &raw)
	if err != nil {
		return nil, err
	}
	return registered(raw), nil
}

// Sync registers the commands where they differ from what Discord has, and reports whether it had to.
func (c *Client) Sync(ctx context.Context, commands []Command) ([]RegisteredCommand, bool, error) {
	if err := checkCommands(commands); err != nil {
		return nil, false, err
	}
	raw, err := c.commands(ctx)
	if err != nil {
		return nil, false, err
	}
	if sameCommands(raw, commands) {
		return registered(raw), false, nil
	}
	out, err := c.OverwriteCommands(ctx, commands)
	if err != nil {
		return nil, false, err
	}
	return out, true, nil
}

func (c *Client) commands(ctx context.Context) ([]commandJSON, error) {
	var raw []commandJSON
	err := c.rest.do(ctx, call{
		method: http.MethodGet, route: commandsRoute, ids: []string{string(c.app.ID)}, query: url.Values{"with_localizations": {"true"}},
	}, &raw)
	return raw, err
}

func registered(raw []commandJSON) []RegisteredCommand {
	out := make([]RegisteredCommand, 0, len(raw))
	for _, r := range raw {
		out = append(out, RegisteredCommand{ID: r.ID, Kind: r.kind(), Name: r.Name})
	}
	return out
}
