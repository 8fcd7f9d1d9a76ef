package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"amur/bot/discord"
	"amur/internal/config"
)

func newInvite(a *app) *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use:   "invite",
		Short: "Print the address that adds the bot to a server",
		Long: `invite prints the address at which a manager of a server adds the bot. It asks for two scopes: bot, to be a member, and
applications.commands, to have commands; and for the rights to see channels and their history, to write there and in threads, to
embed links and attach files, and to pin messages. It never asks for more.

The application is that of the token, which Discord is asked for; with --client-id nobody is asked.`,
		Example: `  amur invite
  amur invite --client-id 112233445566778899`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.invite(cmd.Context(), id) },
	}
	cmd.Flags().StringVar(&id, "client-id", "", "`id` of the application, as the developer portal shows it")
	return cmd
}

func (a *app) invite(ctx context.Context, id string) error {
	if id != "" {
		if !isID(id) {
			return usageError{hintError{errors.New("--client-id is no id of Discord's"), "the developer portal shows it: General Information, Application ID"}}
		}
		return a.print("%s\n", discord.InviteURL(discord.ApplicationID(id), discord.Invited))
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	if !cfg.Discord.Token.IsSet() {
		return usageError{hintError{
			errors.New("no bot token, so it is not known which application to invite"),
			"set AMUR_DISCORD_TOKEN or AMUR_DISCORD_TOKEN_FILE, or give --client-id",
		}}
	}
	client, err := openDiscord(ctx, cfg.Discord)
	if err != nil {
		return err
	}
	app := client.Application()
	if !app.Public {
		a.warn("only you can add this bot: it is not public in the developer portal (Bot, Public Bot)")
	}
	return a.print("%s\n", discord.InviteURL(app.ID, discord.Invited))
}

// openDiscord asks Discord who the token belongs to; it does not connect.
func openDiscord(ctx context.Context, cfg config.Discord) (*discord.Client, error) {
	client, err := discord.Open(ctx, discord.Options{Token: cfg.Token.Reveal(), API: cfg.API, Version: programVersion()})
	switch {
	case errors.Is(err, discord.ErrUnauthorized):
		return nil, hintError{err, "Discord does not know this token: reset it in the developer portal (Bot, Reset Token) and set AMUR_DISCORD_TOKEN anew"}
	case err != nil:
		return nil, hintError{err, "see that this machine reaches https://discord.com, and that discord.api is empty unless you mean another server"}
	}
	return client, nil
}

// isID reports whether text can be an id of Discord's: 15 to 20 digits.
func isID(text string) bool {
	return len(text) >= 15 && len(text) <= 20 && strings.Trim(text, "0123456789") == ""
}
