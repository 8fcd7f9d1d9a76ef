package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"amur/bot/discord"
	"amur/bot/markup"
	"amur/bot/phrase"
	"amur/internal/store"
)

// errNoLog means that a server has no log channel, or none that the bot can write to.
var errNoLog = errors.New("no log channel that can be written to")

// postCard posts a card for the moderators to the log channel of a server. Its error wraps errNoLog where there is none, or none
// that the bot can write to.
func (b *Bot) postCard(ctx context.Context, server store.Server, s store.Settings, body discord.Body) (store.Channel, store.Message, error) {
	if server == "" || s.LogChannel == "" {
		return "", "", errNoLog
	}
	m, err := b.discord.Send(ctx, discord.ChannelID(s.LogChannel), body)
	switch {
	case closedTo(err):
		return "", "", fmt.Errorf("%w: %w", errNoLog, err)
	case err != nil:
		return "", "", fmt.Errorf("post card in %s: %w", s.LogChannel, err)
	}
	return s.LogChannel, store.Message(m.ID), nil
}

// closedTo reports whether an error says that a channel is gone or closed to the bot.
func closedTo(err error) bool {
	return errors.Is(err, discord.ErrMissingAccess) || errors.Is(err, discord.ErrMissingPermissions) ||
		errors.Is(err, discord.ErrUnknownChannel)
}

// changeCard makes a card into body. One that is gone is no fault: somebody deleted it.
func (b *Bot) changeCard(ctx context.Context, channel store.Channel, message store.Message, body discord.Body) {
	if message == "" {
		return
	}
	_, err := b.discord.Edit(ctx, discord.ChannelID(channel), discord.MessageID(message), body)
	if err != nil && !errors.Is(err, discord.ErrUnknownMessage) && !closedTo(err) {
		b.log.WarnContext(ctx, "card not changed", "err", err, "channel_id", channel)
	}
}

// decided shows what was decided: the message whose button was pressed becomes body, and so does the card in the log
// channel where that is another message.
func (b *Bot) decided(ctx context.Context, r Request, channel store.Channel, message store.Message, body discord.Body) Reply {
	if r.Message == nil || store.Message(r.Message.ID) != message {
		b.changeCard(ctx, channel, message, body)
	}
	return Reply{Body: body, Update: true}
}

// moderatorsLocale is the language that the moderators of a server read: what the managers chose, else what the server has in
// Discord.
func (b *Bot) moderatorsLocale(ctx context.Context, server store.Server, s store.Settings) phrase.Locale {
	if s.Language != "" {
		return phrase.ForDiscord(s.Language)
	}
	guild, err := b.discord.Guild(ctx, discord.GuildID(server))
	if err != nil {
		b.log.DebugContext(ctx, "language of server not read", "err", err, "guild_id", server)
		return phrase.EN
	}
	return phrase.ForDiscord(guild.Locale)
}

// cardLocale is the language of the moderators of the server of a request.
func cardLocale(r Request) phrase.Locale {
	if r.Settings.Language != "" {
		return phrase.ForDiscord(r.Settings.Language)
	}
	return phrase.ForDiscord(r.GuildLocale)
}

// messageLink is the address of a message of a server.
func messageLink(server store.Server, channel store.Channel, message store.Message) string {
	return fmt.Sprintf("https://discord.com/channels/%s/%s/%s", server, channel, message)
}

// channelName and memberName show a channel and a person by id, each reader under the name that they see; nobody is notified.
func channelName(c store.Channel) string { return "<#" + string(c) + ">" }
func memberName(m store.Member) string   { return "<@" + string(m) + ">" }

// stamp is the present moment as a card shows it.
func (b *Bot) stamp() phrase.Fill { return phrase.Markup("when", markup.Time(b.now(), "f")) }

// by says who did something.
func by(m store.Member) phrase.Fill { return phrase.Markup("who", memberName(m)) }

// operatorContact says who runs the bot and where people can turn to.
func (b *Bot) operatorContact(l phrase.Locale) phrase.Fill {
	who := strings.Trim(b.policy().Operator.Name+", "+b.policy().Operator.Contact, ", ")
	if who == "" {
		return phrase.Markup("contact", b.phrases.Say(l, "help.operator_unknown"))
	}
	return phrase.Text("contact", who)
}
