package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/config"
	"amur/internal/store"
)

// checkBot tries what the bot needs of Discord. Without a token, it is off.
func (a *app) checkBot(ctx context.Context, cfg config.Config, t *trials) {
	if !cfg.Discord.Token.IsSet() {
		t.say("discord", "off: set AMUR_DISCORD_TOKEN, or AMUR_DISCORD_TOKEN_FILE to a file that holds the token of a bot", nil)
		return
	}
	client, err := openDiscord(ctx, cfg.Discord)
	if err != nil {
		t.say("token", "", err)
		return
	}
	app := client.Application()
	t.say("token", fmt.Sprintf("%s, application %s", cmp.Or(app.Name, app.User.Name), app.ID), nil)
	t.say("intents", "none that Discord would have to allow", endpoint(app))
	if app.MessageContent {
		t.advise("intents", "the intent Message Content is switched on in the developer portal and not used: switch it off")
	}
	t.say(checkCommands(ctx, client))
	a.checkRights(ctx, cfg, client, t)
	t.say("clock", "as Discord's, to the minute", checkClock(ctx, cfg.Discord))
	checkOperator(cfg.Operator, t)
}

// endpoint refuses an application whose interactions go elsewhere.
func endpoint(app discord.Application) error {
	if !app.EndpointURL {
		return nil
	}
	return hintError{
		errors.New("the application sends interactions to a web address, so the bot would hear of none"),
		"empty Interactions Endpoint URL in the developer portal (General Information)",
	}
}

func checkCommands(ctx context.Context, client *discord.Client) (part, found string, err error) {
	registered, err := client.Commands(ctx)
	if err != nil {
		return "commands", "", hintError{err, "try again; where it stays so, see discordstatus.com"}
	}
	if len(registered) == 0 {
		return "commands", "none yet: 'amur serve' registers them", nil
	}
	if want := len(bot.Names()); len(registered) != want {
		return "commands", fmt.Sprintf("%d of %d registered: 'amur serve' brings them up to date", len(registered), want), nil
	}
	return "commands", fmt.Sprintf("%d registered", len(registered)), nil
}

// checkRights looks whether the bot can do its work in the channels that managers have chosen for it.
func (a *app) checkRights(ctx context.Context, cfg config.Config, client *discord.Client, t *trials) {
	const first = "in no server yet: 'amur invite' prints the address that adds it"
	s, err := openKnown(ctx, cfg.Store)
	if s == nil {
		t.say("rights", first, err)
		return
	}
	servers, problems, err := missingRights(ctx, s, client)
	if err := errors.Join(err, s.Close()); err != nil {
		t.say("rights", "", err)
		return
	}
	switch {
	case servers == 0:
		t.say("rights", first, nil)
	case len(problems) == 0:
		t.say("rights", "enough in the chosen channels of "+count(servers, "server"), nil)
	default:
		t.say("rights", "", hintError{
			errors.New(strings.Join(problems, "; ")),
			"a manager of the server allows them in the settings of the channel, or chooses another with /settings",
		})
	}
}

// missingRights asks Discord for the rights in the channels that each server's managers have chosen.
func missingRights(ctx context.Context, s *store.Store, client *discord.Client) (servers int, problems []string, err error) {
	states, err := s.Servers(ctx)
	if err != nil {
		return 0, nil, err
	}
	for _, state := range states {
		if !state.Removed.IsZero() {
			continue
		}
		servers++
		settings, err := s.Settings(ctx, state.Server)
		if err != nil {
			return 0, nil, err
		}
		channels := settings.AskChannels
		if settings.LogChannel != "" {
			channels = append(slices.Clip(channels), settings.LogChannel)
		}
		problem, err := missingIn(ctx, client, discord.GuildID(state.Server), channels)
		if err != nil {
			return 0, nil, err
		}
		problems = append(problems, problem...)
	}
	return servers, problems, nil
}

func missingIn(ctx context.Context, client *discord.Client, id discord.GuildID, channels []store.Channel) (problems []string, err error) {
	if len(channels) == 0 {
		return nil, nil
	}
	guild, err := client.Guild(ctx, id)
	if errors.Is(err, discord.ErrMissingAccess) {
		return []string{fmt.Sprintf("server %s: the bot is not in it any more", id)}, nil
	}
	if err != nil {
		return nil, err
	}
	member, err := client.Member(ctx, id, client.Application().User.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range channels {
		channel, err := client.Channel(ctx, discord.ChannelID(c))
		switch {
		case errors.Is(err, discord.ErrUnknownChannel), errors.Is(err, discord.ErrMissingAccess):
			problems = append(problems, fmt.Sprintf("server %s, channel %s: gone, or not to be seen", id, c))
		case err != nil:
			return nil, err
		default:
			if missing := lacks(discord.ChannelPermissions(guild, member, channel, channel)); len(missing) > 0 {
				problems = append(problems, fmt.Sprintf("server %s, channel %s: no right to %s", id, c, strings.Join(missing, ", ")))
			}
		}
	}
	return problems, nil
}

// lacks names the rights of an invitation that are not among those held.
func lacks(held discord.Permissions) []string {
	var missing []string
	for _, right := range []struct {
		bit  discord.Permissions
		name string
	}{
		{discord.ViewChannel, "View Channel"},
		{discord.SendMessages, "Send Messages"},
		{discord.SendMessagesInThreads, "Send Messages in Threads"},
		{discord.EmbedLinks, "Embed Links"},
		{discord.AttachFiles, "Attach Files"},
		{discord.ReadMessageHistory, "Read Message History"},
		{discord.PinMessages, "Pin Messages"},
	} {
		if !held.Has(right.bit) {
			missing = append(missing, right.name)
		}
	}
	return missing
}

// clockTolerance is how far the clock may be from Discord's: times that are shown, and the age of mentions, rest on it.
const clockTolerance = time.Minute

// checkClock compares the clock with the one that Discord's replies carry.
func checkClock(ctx context.Context, cfg config.Discord) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, cmp.Or(cfg.API, "https://discord.com/api/v10")+"/gateway", nil)
	if err != nil {
		return err
	}
	before := time.Now()
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return hintError{err, "see that this machine reaches Discord"}
	}
	defer reply.Body.Close()
	theirs, err := http.ParseTime(reply.Header.Get("Date"))
	if err != nil {
		return hintError{errors.New("the reply carries no time"), "see that discord.api is the address of Discord's interface"}
	}
	if ours := before.Add(time.Since(before) / 2); ours.Sub(theirs).Abs() > clockTolerance {
		return hintError{
			fmt.Errorf("this machine's clock is %s from Discord's", ours.Sub(theirs).Abs().Round(time.Second)),
			"let the machine set its clock by the network (NTP)",
		}
	}
	return nil
}

// checkOperator says what members are not told of who runs the bot.
func checkOperator(o config.Operator, t *trials) {
	if o.Contact == "" {
		t.advise("operator", "operator.contact is empty: /privacy cannot say whom to turn to; set AMUR_OPERATOR_CONTACT")
		return
	}
	t.say("operator", strings.Join([]string{cmp.Or(o.Name, "no name"), o.Contact, cmp.Or(o.TermsURL, "no terms of use")}, ", "), nil)
}
