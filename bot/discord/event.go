package discord

import (
	"context"
)

// place is where something happened.
type place struct {
	ID      ChannelID   `json:"id"`
	Guild   GuildID     `json:"guild_id"`
	Channel ChannelID   `json:"channel_id"`
	IDs     []MessageID `json:"ids"`
}

// take reads an event and calls the handler that wants it. Of guilds that come or go it returns the id.
func (e *events) take(kind string, data []byte) (guild GuildID, there, known bool) {
	defer func() { // a packet that breaks the decoding must not break the connection
		if recover() != nil {
			e.log.Warn("event cannot be read", "event", kind)
		}
	}()
	switch kind {
	case "INTERACTION_CREATE":
		e.interaction(data)
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		e.message(kind == "MESSAGE_CREATE", data)
	case "GUILD_CREATE", "GUILD_DELETE":
		return e.guild(kind == "GUILD_CREATE", data)
	case "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE", "GUILD_MEMBER_UPDATE", "CHANNEL_UPDATE", "THREAD_UPDATE":
		e.reopen()
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "CHANNEL_PINS_UPDATE", "CHANNEL_DELETE", "THREAD_DELETE":
		e.placed(kind, data)
	}
	return "", false, false
}

func (e *events) interaction(data []byte) {
	received := e.now()
	var raw rawInteraction
	if decode(data, &raw) != nil || raw.ID == "" || raw.Token == "" || !e.interactions.first(string(raw.ID)) {
		return
	}
	if raw.Type < CommandInteraction || raw.Type > ModalInteraction || e.handler.Interaction == nil {
		return
	}
	i := raw.interaction(received)
	e.call(&e.urgent, func(ctx context.Context) { e.handler.Interaction(ctx, i) })
}

func (e *events) message(created bool, data []byte) {
	tell := e.handler.MessageEdited
	if created {
		tell = e.handler.Message
	}
	var raw rawMessage
	if tell == nil || decode(data, &raw) != nil || raw.ID == "" || created && !e.messages.first(string(raw.ID)) {
		return
	}
	m := raw.message()
	e.call(&e.others, func(ctx context.Context) { tell(ctx, m) })
}

func (e *events) guild(created bool, data []byte) (GuildID, bool, bool) {
	var raw rawGuild
	if decode(data, &raw) != nil || raw.ID == "" {
		return "", false, false
	}
	e.reopen()
	switch {
	case raw.Unavailable: // an outage of Discord: the bot is still a member
		return "", false, false
	case created && e.handler.GuildJoined != nil:
		g := raw.guild()
		e.call(&e.others, func(ctx context.Context) { e.handler.GuildJoined(ctx, g) })
	case !created && e.handler.GuildRemoved != nil:
		e.call(&e.others, func(ctx context.Context) { e.handler.GuildRemoved(ctx, raw.ID) })
	}
	return raw.ID, created, true
}

func (e *events) placed(kind string, data []byte) {
	var p place
	if decode(data, &p) != nil {
		return
	}
	h := e.handler
	switch kind {
	case "MESSAGE_DELETE":
		p.IDs = []MessageID{MessageID(p.ID)}
		fallthrough
	case "MESSAGE_DELETE_BULK":
		if h.MessageDeleted != nil && p.Channel != "" {
			e.call(&e.others, func(ctx context.Context) { h.MessageDeleted(ctx, p.Guild, p.Channel, p.IDs) })
		}
	case "CHANNEL_PINS_UPDATE":
		if h.PinsChanged != nil && p.Channel != "" {
			e.call(&e.others, func(ctx context.Context) { h.PinsChanged(ctx, p.Guild, p.Channel) })
		}
	default:
		if h.ChannelDeleted != nil && p.ID != "" {
			e.call(&e.others, func(ctx context.Context) { h.ChannelDeleted(ctx, p.Guild, p.ID) })
		}
	}
}
