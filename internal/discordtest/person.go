package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Person acts as a user does in a client. What a client would not let them do is an error, which Wait returns and
// [Server.Violations] keeps.
type Person struct {
	server *Server
	id     ID
	// Installed tells that the user has installed the application for themselves.
	Installed bool
	// Overridden uses commands that default_member_permissions hide, as after an override in the server's settings.
	Overridden bool
}

// User is the person of that id.
func (s *Server) User(id ID) Person { return Person{server: s, id: id} }

// Option is what a person enters for an option of a command.
type Option struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused,omitempty"`
}

// Text enters a text; also the id for a user, channel or role.
func Text(name, value string) Option {
	data, _ := json.Marshal(value)
	return Option{Name: name, Value: data}
}

// Number enters a whole number.
func Number(name string, value int) Option {
	data, _ := json.Marshal(value)
	return Option{Name: name, Value: data}
}

// Truth enters true or false.
func Truth(name string, value bool) Option {
	data, _ := json.Marshal(value)
	return Option{Name: name, Value: data}
}

// Typing is the option in which the person is typing, for Autocomplete.
func Typing(name, value string) Option {
	o := Text(name, value)
	o.Focused = true
	return o
}

// Field is what a person enters into a field of a modal: a text, or values of a select.
type Field struct {
	CustomID string   `json:"custom_id"`
	Value    string   `json:"value,omitempty"`
	Values   []string `json:"values,omitempty"`
}

type commandData struct {
	ID       ID           `json:"id"`
	Name     string       `json:"name"`
	Type     int          `json:"type"`
	GuildID  ID           `json:"guild_id,omitempty"`
	Options  []dataOption `json:"options,omitempty"`
	Resolved *resolved    `json:"resolved,omitempty"`
	TargetID ID           `json:"target_id,omitempty"`
}

type dataOption struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value,omitempty"`
	Options []dataOption    `json:"options,omitempty"`
	Focused bool            `json:"focused,omitempty"`
}

type resolved struct {
	Users    map[ID]User         `json:"users,omitempty"`
	Members  map[ID]Member       `json:"members,omitempty"`
	Roles    map[ID]Role         `json:"roles,omitempty"`
	Channels map[ID]knownChannel `json:"channels,omitempty"`
	Messages map[ID]*Message     `json:"messages,omitempty"`
}

type knownChannel struct {
	Channel
	Permissions    Permission `json:"permissions"`
	AppPermissions Permission `json:"app_permissions"`
}

type componentData struct {
	ID            int       `json:"id"`
	CustomID      string    `json:"custom_id"`
	ComponentType int       `json:"component_type"`
	Values        []string  `json:"values,omitempty"`
	Resolved      *resolved `json:"resolved,omitempty"`
}

// Slash uses a chat command; a subcommand is named after it: "note add".
func (p Person) Slash(channel ID, command string, options ...Option) *Interaction {
	return p.act("/"+command, func() (*interaction, any, error) {
		return p.command(channel, command, options, InteractionCommand)
	})
}

// Autocomplete types into an option of a chat command; which one is said by [Typing].
func (p Person) Autocomplete(channel ID, command string, options ...Option) *Interaction {
	return p.act("/"+command+" …", func() (*interaction, any, error) {
		return p.command(channel, command, options, InteractionAutocomplete)
	})
}

// MessageCommand uses a command of a message's context menu.
func (p Person) MessageCommand(channel ID, command string, message ID) *Interaction {
	return p.act("message command "+command, func() (*interaction, any, error) {
		s := p.server
		found, err := p.find(channel, command, CommandMessage)
		if err != nil {
			return nil, nil, err
		}
		m := s.message(channel, message)
		if m == nil || m.Viewer != "" && m.Viewer != p.id {
			return nil, nil, fmt.Errorf("%s sees no message %s", p.id, message)
		}
		data := commandData{ID: found.ID, Name: found.Name, Type: found.Type, GuildID: found.GuildID, TargetID: m.ID}
		data.Resolved = &resolved{Messages: map[ID]*Message{m.ID: s.wire(m, true)}} // content comes without the intent
		i := p.begin(channel, InteractionCommand)
		i.command, i.target = found.Name, m.ID
		return i, data, nil
	})
}

// UserCommand uses a command of a user's context menu.
func (p Person) UserCommand(channel ID, command string, user ID) *Interaction {
	return p.act("user command "+command, func() (*interaction, any, error) {
		found, err := p.find(channel, command, CommandUser)
		if err != nil {
			return nil, nil, err
		}
		data := commandData{ID: found.ID, Name: found.Name, Type: found.Type, GuildID: found.GuildID, TargetID: user, Resolved: &resolved{}}
		p.resolveUser(data.Resolved, channel, user)
		i := p.begin(channel, InteractionCommand)
		i.command, i.target = found.Name, ""
		return i, data, nil
	})
}

// Click presses a button, by its custom_id.
func (p Person) Click(channel, message ID, customID string) *Interaction {
	return p.act("click "+customID, func() (*interaction, any, error) {
		return p.component(channel, message, customID, nil)
	})
}

// Select chooses values of a select, by its custom_id.
func (p Person) Select(channel, message ID, customID string, values ...string) *Interaction {
	return p.act("select "+customID, func() (*interaction, any, error) {
		return p.component(channel, message, customID, values)
	})
}

// Submit sends the modal that answered an interaction. Fields that are not given keep what the modal filled in.
func (p Person) Submit(from *Interaction, fields ...Field) *Interaction {
	return p.act("submit", func() (*interaction, any, error) {
		return p.submit(from.ID, fields)
	})
}

// act makes an interaction and sends it.
func (p Person) act(what string, build func() (*interaction, any, error)) *Interaction {
	s := p.server
	s.mutex.Lock()
	defer s.mutex.Unlock()
	i, data, err := build()
	if err != nil {
		err = fmt.Errorf("%s: %w", what, err)
		s.misuse("user %s: %v", p.id, err)
		return &Interaction{server: s, err: err}
	}
	s.emit(i, data)
	return &Interaction{ID: i.id, server: s}
}

// reach checks that the person can act in the channel.
func (p Person) reach(channelID ID, want Permission) (*channel, error) {
	s := p.server
	c := s.world.channels[channelID]
	if c == nil {
		return nil, fmt.Errorf("no channel %s", channelID)
	}
	if c.thread() && want.Has(SendMessages) {
		want = want&^SendMessages | SendInThreads
	}
	if has := s.world.permissions(p.id, channelID, s.clock.Now()); !has.Has(want | ViewChannel) {
		return nil, fmt.Errorf("user %s has not the permissions %d in channel %s", p.id, (want|ViewChannel)&^has, channelID)
	}
	return c, nil
}

func (p Person) begin(channel ID, kind int) *interaction {
	s := p.server
	return s.newInteraction(&interaction{
		kind: kind, user: p.id, channel: channel, guild: s.world.channels[channel].GuildID, locale: s.world.user(p.id).Locale,
		userInstall: p.Installed,
	})
}

// find looks a command up as the person's client would offer it: the guild's first.
func (p Person) find(channelID ID, name string, kind int) (Command, error) {
	s := p.server
	c, err := p.reach(channelID, UseCommands)
	if err != nil {
		return Command{}, err
	}
	if c.ThreadMetadata != nil && c.ThreadMetadata.Archived {
		return Command{}, fmt.Errorf("thread %s is archived", channelID)
	}
	for _, scope := range []ID{c.GuildID, ""} {
		i := slices.IndexFunc(s.commands.scopes[scope], Command{Type: kind, Name: name}.same)
		if i < 0 {
			continue
		}
		found := s.commands.scopes[scope][i]
		g := s.world.guilds[c.GuildID]
		installed := g == nil || g.members[s.options.BotID] != nil
		switch {
		case c.GuildID == "" && (scope != "" || !found.offeredIn(1)):
			return Command{}, fmt.Errorf("command %s is not offered in direct messages", name)
		case g != nil && scope == "" && !found.offeredIn(0):
			return Command{}, fmt.Errorf("command %s is not offered in servers", name)
		case !installed && (!p.Installed || !slices.Contains(found.Integrations, 1)):
			return Command{}, fmt.Errorf("command %s: neither the server nor user %s has installed the application", name, p.id)
		case g != nil && !p.Overridden && !p.allowed(found, channelID):
			return Command{}, fmt.Errorf("command %s is hidden from user %s by default_member_permissions", name, p.id)
		}
		return found, nil
	}
	return Command{}, fmt.Errorf("no command %q of type %d is registered", name, kind)
}

func (p Person) allowed(c Command, channel ID) bool {
	has := p.server.world.permissions(p.id, channel, p.server.clock.Now())
	if c.Permissions == nil || has.Has(Administrator) {
		return true
	}
	return *c.Permissions != 0 && has.Has(*c.Permissions)
}

func (p Person) resolveUser(r *resolved, channel, user ID) {
	s := p.server
	u := s.world.users[user]
	if u == nil {
		return
	}
	if r.Users == nil {
		r.Users, r.Members = map[ID]User{}, map[ID]Member{}
	}
	r.Users[user] = u.wire()
	if g := s.world.guilds[s.world.channels[channel].GuildID]; g != nil && g.members[user] != nil {
		r.Members[user] = g.members[user].wire()
	}
}

// component uses a component of a message that the person sees.
func (p Person) component(channel, message ID, customID string, values []string) (*interaction, any, error) {
	s := p.server
	if _, err := p.reach(channel, 0); err != nil {
		return nil, nil, err
	}
	m := s.message(channel, message)
	if m == nil || m.Viewer != "" && m.Viewer != p.id {
		return nil, nil, fmt.Errorf("%s sees no message %s in channel %s", p.id, message, channel)
	}
	c := m.Component(customID)
	switch {
	case m.Author.ID != s.options.BotID:
		return nil, nil, fmt.Errorf("message %s is not the bot's", message)
	case c == nil:
		return nil, nil, fmt.Errorf("message %s has no component %q, but %s", message, customID, strings.Join(m.customIDs(), ", "))
	case c.Disabled:
		return nil, nil, fmt.Errorf("component %q is disabled", customID)
	case values == nil && c.Type != TypeButton, values != nil && !c.selects():
		return nil, nil, fmt.Errorf("component %q is of type %d", customID, c.Type)
	}
	if values != nil {
		if err := c.choose(values); err != nil {
			return nil, nil, err
		}
	}
	data := componentData{ID: c.ID, CustomID: customID, ComponentType: c.Type, Values: values}
	if c.Type != TypeButton && c.Type != TypeStringSelect {
		data.Resolved = &resolved{}
		for _, v := range values {
			p.resolve(data.Resolved, channel, ID(v))
		}
	}
	i := p.begin(channel, InteractionComponent)
	i.source = m
	return i, data, nil
}

// resolve fills in what an id stands for.
func (p Person) resolve(r *resolved, channel, id ID) {
	s := p.server
	p.resolveUser(r, channel, id)
	if c := s.world.channels[id]; c != nil {
		now := s.clock.Now()
		r.Channels = map[ID]knownChannel{id: {
			Channel: c.Channel, Permissions: s.world.permissions(p.id, id, now),
			AppPermissions: s.world.permissions(s.options.BotID, id, now), // since 2026-07-16
		}}
	}
	if g := s.world.guilds[s.world.channels[channel].GuildID]; g != nil && g.role(id) != nil {
		r.Roles = map[ID]Role{id: *g.role(id)}
	}
}

// choose checks that values can be chosen.
func (c *Component) choose(values []string) error {
	least, most := 1, 1
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	if len(values) < least || len(values) > most {
		return fmt.Errorf("component %q takes %d to %d values, not %d", c.CustomID, least, most, len(values))
	}
	for _, v := range values {
		if c.Type == TypeStringSelect && !slices.ContainsFunc(c.Options, func(o SelectOption) bool { return o.Value == v }) {
			return fmt.Errorf("component %q has no value %q", c.CustomID, v)
		}
	}
	return nil
}

func (m *Message) customIDs() []string {
	list := []string{}
	walk(m.Components, func(c *Component) {
		if c.CustomID != "" {
			list = append(list, c.CustomID)
		}
	})
	return list
}
