package bot

import (
	"context"
	"slices"
	"strings"

	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
)

const shownWarnings = 4 // of channels in which rights are missing

// right is a permission with the key of its name.
type right struct {
	bit discord.Permissions
	key string
}

// rightsForSpeaking and rightsForLog are what the bot needs where it speaks, and where its cards go.
func rightsForSpeaking() []right {
	return []right{
		{discord.ViewChannel, "setup.right.view"},
		{discord.SendMessages, "setup.right.send"},
		{discord.EmbedLinks, "setup.right.embed"},
		{discord.AttachFiles, "setup.right.attach"},
		{discord.ReadMessageHistory, "setup.right.history"},
		{discord.SendMessagesInThreads, "setup.right.threads"},
		{discord.PinMessages, "setup.right.pin"},
	}
}

func rightsForLog() []right {
	return []right{{discord.ViewChannel, "setup.right.view"}, {discord.SendMessages, "setup.right.send"}, {discord.EmbedLinks, "setup.right.embed"}}
}

// missingRights warns of what the bot may not do in the chosen channels. Where Discord does not tell, nothing is said.
func (b *Bot) missingRights(ctx context.Context, r Request, s store.Settings) []string {
	var lines []string
	if s.Preset == store.PresetAsk && len(s.AskChannels) == 0 {
		lines = append(lines, r.Say("setup.warn_no_channels"))
	}
	if s.LogChannel == "" {
		lines = append(lines, r.Say("setup.warn_no_log"))
	}
	chosen := slices.Clone(s.AskChannels)
	if s.LogChannel != "" && !slices.Contains(chosen, s.LogChannel) {
		chosen = append(chosen, s.LogChannel)
	}
	if len(chosen) == 0 {
		return lines
	}
	guild, err := b.discord.Guild(ctx, r.Guild)
	if err != nil {
		b.log.WarnContext(ctx, "rights not checked", "err", err, "guild_id", r.Guild)
		return lines
	}
	me, err := b.discord.Member(ctx, r.Guild, b.discord.Application().User.ID)
	if err != nil {
		b.log.WarnContext(ctx, "rights not checked", "err", err, "guild_id", r.Guild)
		return lines
	}
	warned := 0
	for _, id := range chosen {
		needed := rightsForLog()
		if slices.Contains(s.AskChannels, id) {
			needed = rightsForSpeaking()
		}
		var held discord.Permissions // a channel that cannot be read has none
		if c, err := b.discord.Channel(ctx, discord.ChannelID(id)); err == nil {
			held = discord.ChannelPermissions(guild, me, c, discord.Channel{})
			everybody := discord.ChannelPermissions(guild, discord.Member{}, c, discord.Channel{})
			if id == s.LogChannel && everybody.Has(discord.ViewChannel) {
				lines = append(lines, r.Say("setup.warn_log_public", phrase.Markup("channel", channelName(id))))
			}
		}
		var missing []string
		for _, right := range needed {
			if !held.Has(right.bit) {
				missing = append(missing, r.Say(right.key))
			}
		}
		switch {
		case len(missing) == 0:
		case warned >= shownWarnings:
			warned++
		default:
			warned++
			lines = append(lines, r.Say("setup.warn_rights", phrase.Markup("channel", channelName(id)),
				phrase.Markup("rights", strings.Join(missing, ", "))))
		}
	}
	if more := warned - shownWarnings; more > 0 {
		lines = append(lines, r.Say("setup.warn_more", phrase.Count("n", more)))
	}
	return lines
}
