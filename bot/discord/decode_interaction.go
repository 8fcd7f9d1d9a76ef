package discord

import (
	"encoding/json"
	"strings"
	"time"
)

// rawInteraction is an interaction on the wire.
type rawInteraction struct {
	ID          InteractionID   `json:"id"`
	Token       string          `json:"token"`
	Type        InteractionKind `json:"type"`
	Guild       GuildID         `json:"guild_id"`
	ChannelID   ChannelID       `json:"channel_id"`
	Channel     *rawChannel     `json:"channel"`
	Member      *rawMember      `json:"member"`
	User        *rawUser        `json:"user"`
	Locale      string          `json:"locale"`
	GuildLocale string          `json:"guild_locale"`
	Rights      rawRights       `json:"app_permissions"`
	Message     *rawMessage     `json:"message"`
	// Owners says for whom the app was installed: 0 a guild, 1 a person.
	Owners map[string]json.RawMessage `json:"authorizing_integration_owners"`
	Data   rawData                    `json:"data"`
}

// rawData is what belongs to one kind of interaction or another.
type rawData struct {
	ID         CommandID      `json:"id"`
	Name       string         `json:"name"`
	Type       CommandKind    `json:"type"`
	Options    []rawOption    `json:"options"`
	Target     string         `json:"target_id"`
	CustomID   string         `json:"custom_id"`
	Values     []string       `json:"values"`
	Components []rawComponent `json:"components"`
	Resolved   struct {
		Messages map[string]rawMessage `json:"messages"`
		Users    map[string]rawUser    `json:"users"`
		Members  map[string]rawMember  `json:"members"`
	} `json:"resolved"`
}

type rawOption struct {
	Name    string          `json:"name"`
	Type    OptionKind      `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []rawOption     `json:"options"`
}

const subCommandGroup OptionKind = 2

func (r rawInteraction) interaction(received time.Time) Interaction {
	i := Interaction{
		ID: r.ID, Token: r.Token, Kind: r.Type, Received: received, Guild: r.Guild, Channel: Channel{ID: r.ChannelID, Guild: r.Guild},
		Member: r.Member.member(r.User), Locale: r.Locale, GuildLocale: r.GuildLocale, AppPermissions: Permissions(r.Rights),
		CustomID: r.Data.CustomID, Values: r.Data.Values,
	}
	if r.Channel != nil {
		i.Channel = r.Channel.channel()
		i.Channel.Guild = r.Guild
		if i.Channel.ID == "" {
			i.Channel.ID = r.ChannelID
		}
	}
	if _, guild := r.Owners["0"]; r.Guild != "" && len(r.Owners) > 0 && !guild {
		i.Visiting = true
	}
	if r.Message != nil {
		m := r.Message.message()
		i.Message = &m
	}
	switch r.Type {
	case CommandInteraction, AutocompleteInteraction:
		r.command(&i)
	case ModalInteraction:
		i.Fields = fields(r.Data.Components)
	}
	return i
}

func (r rawInteraction) command(i *Interaction) {
	i.CommandID, i.CommandKind = r.Data.ID, r.Data.Type
	path, options := []string{r.Data.Name}, r.Data.Options
	for len(options) == 1 && (options[0].Type == SubCommand || options[0].Type == subCommandGroup) {
		path, options = append(path, options[0].Name), options[0].Options
	}
	i.Command = strings.Join(path, " ")
	for _, o := range options {
		i.Options = append(i.Options, Option{Name: o.Name, Value: plain(o.Value), Focused: o.Focused})
	}
	if m, ok := r.Data.Resolved.Messages[r.Data.Target]; ok && r.Data.Type == MessageCommand {
		target := m.message()
		if target.Channel == "" {
			target.Channel = i.Channel.ID
		}
		if target.Guild == "" {
			target.Guild = r.Guild
		}
		i.Target = &target
	}
	if u, ok := r.Data.Resolved.Users[r.Data.Target]; ok && r.Data.Type == UserCommand {
		target := u.user()
		i.TargetUser = &target
	}
}

// fields are a form's values by custom id, in the old rows or the new labels.
func fields(components []rawComponent) map[string]string {
	out := map[string]string{}
	walk(components, func(c rawComponent) {
		if c.CustomID == "" {
			return
		}
		if len(c.Values) > 0 {
			out[c.CustomID] = strings.Join(c.Values, ",")
			return
		}
		out[c.CustomID] = plain(c.Value)
	})
	return out
}

// plain is a JSON value as text: a string's own, anything else as it is written.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}
