package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// Types of commands.
const (
	CommandChat    = 1
	CommandUser    = 2
	CommandMessage = 3
)

// Command is a command of the application.
type Command struct {
	ID            ID                `json:"id"`
	ApplicationID ID                `json:"application_id"`
	GuildID       ID                `json:"guild_id,omitempty"`
	Version       ID                `json:"version"`
	Type          int               `json:"type"`
	Name          string            `json:"name"`
	Names         map[string]string `json:"name_localizations"`
	Description   string            `json:"description"`
	Descriptions  map[string]string `json:"description_localizations"`
	Options       []CommandOption   `json:"options,omitempty"`
	Permissions   *Permission       `json:"default_member_permissions"`
	DMPermission  *bool             `json:"dm_permission,omitempty"`
	Contexts      []int             `json:"contexts"` // null: everywhere
	Integrations  []int             `json:"integration_types,omitempty"`
	NSFW          bool              `json:"nsfw"`
}

// CommandOption is a parameter, a subcommand or a group of them.
type CommandOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Choices      []Choice          `json:"choices,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	ChannelTypes []int             `json:"channel_types,omitempty"`
	MinValue     *float64          `json:"min_value,omitempty"`
	MaxValue     *float64          `json:"max_value,omitempty"`
	MinLength    *int              `json:"min_length,omitempty"`
	MaxLength    *int              `json:"max_length,omitempty"`
	Autocomplete bool              `json:"autocomplete,omitempty"`
}

type commandBook struct {
	scopes  map[ID][]Command // by guild; "" is global
	ids     map[string]ID    // by scope, type and name: they stay the same
	created map[ID]int       // creates today by scope
	day     map[ID]int64
}

func newCommandBook() commandBook {
	return commandBook{scopes: map[ID][]Command{}, ids: map[string]ID{}, created: map[ID]int{}, day: map[ID]int64{}}
}

// Commands returns the commands of a guild, or the global ones for no guild.
func (s *Server) Commands(guildID ID) []Command {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.commands.scopes[guildID])
}

func (s *Server) commandRoutes(r *router) {
	for _, scope := range []string{"/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"} {
		r.on("GET "+scope, s.listCommands)
		r.on("PUT "+scope, s.overwriteCommands)
		r.on("POST "+scope, s.upsertCommand)
		r.on("GET "+scope+"/{command}", s.oneCommand)
		r.on("PATCH "+scope+"/{command}", s.oneCommand)
		r.on("DELETE "+scope+"/{command}", s.oneCommand)
	}
}

func (s *Server) commandScope(c *call) (ID, error) {
	if c.id("application") != s.options.BotID {
		return "", unknown(10002, "Application")
	}
	guild := c.id("guild")
	if g := s.world.guilds[guild]; guild != "" && (g == nil || g.members[s.options.BotID] == nil) {
		return "", missingAccess()
	}
	return guild, nil
}

// listCommands shows localisations only when asked for.
func (s *Server) listCommands(c *call) (answer, error) {
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, localized(c, s.commands.scopes[scope])}, nil
}

func localized(c *call, list []Command) []Command {
	shown := slices.Clone(list)
	if shown == nil {
		shown = []Command{}
	}
	if c.request.URL.Query().Get("with_localizations") == "true" {
		return shown
	}
	for i := range shown {
		shown[i].Names, shown[i].Descriptions = nil, nil
		shown[i].Options = unlocalized(shown[i].Options)
	}
	return shown
}

func unlocalized(options []CommandOption) []CommandOption {
	plain := slices.Clone(options)
	for i := range plain {
		plain[i].Names, plain[i].Descriptions = nil, nil
		plain[i].Options = unlocalized(plain[i].Options)
		plain[i].Choices = slices.Clone(plain[i].Choices)
		for j := range plain[i].Choices {
			plain[i].Choices[j].Localizations = nil
		}
	}
	return plain
}

// overwriteCommands replaces the whole set of all types.
func (s *Server) overwriteCommands(c *call) (answer, error) {
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	var list []Command
	if err := json.Unmarshal(c.body, &list); err != nil {
		return answer{}, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50109, Message: "The request body contains invalid JSON.", Detail: err.Error()}
	}
	if err := checkCommands(list, scope != "", c.body); err != nil {
		return answer{}, err
	}
	if err := s.countCreates(scope, list); err != nil {
		return answer{}, err
	}
	kept := s.commands.scopes[scope]
	s.commands.scopes[scope] = nil
	for _, command := range list {
		s.keepCommand(scope, command, kept)
	}
	shown := slices.Clone(s.commands.scopes[scope])
	if shown == nil {
		shown = []Command{}
	}
	return answer{http.StatusOK, shown}, nil
}

// countCreates holds 200 creates a day in a scope; what exists already is free.
func (s *Server) countCreates(scope ID, list []Command) error {
	b := &s.commands
	if day := s.clock.Now().Unix() / 86400; b.day[scope] != day {
		b.day[scope], b.created[scope] = day, 0
	}
	fresh := 0
	for _, command := range list {
		if !slices.ContainsFunc(b.scopes[scope], command.same) {
			fresh++
		}
	}
	if b.created[scope]+fresh > 200 {
		return &apiError{Rule: RuleRate, Status: http.StatusTooManyRequests, Code: 30034, Message: "Max number of daily application command creates has been reached (200)"}
	}
	b.created[scope] += fresh
	return nil
}

func (c Command) kind() int {
	if c.Type == 0 {
		return CommandChat
	}
	return c.Type
}

// offeredIn tells whether a global command is offered in servers (0) or direct messages (1).
func (c Command) offeredIn(context int) bool {
	if c.Contexts == nil {
		return context == 0 || c.DMPermission == nil || *c.DMPermission
	}
	return slices.Contains(c.Contexts, context)
}

func (c Command) same(other Command) bool { return c.kind() == other.kind() && c.Name == other.Name }

func (s *Server) keepCommand(scope ID, command Command, before []Command) Command {
	b := &s.commands
	command.Type = command.kind()
	key := strings.Join([]string{string(scope), path(command.Type), command.Name}, "/")
	if b.ids[key] == "" {
		b.ids[key] = s.newID()
	}
	command.ID, command.ApplicationID, command.GuildID = b.ids[key], s.options.BotID, scope
	command.Version = s.newID()
	if scope == "" && command.Integrations == nil {
		command.Integrations = []int{0}
	}
	if i := slices.IndexFunc(before, command.same); i >= 0 {
		old, fresh := before[i], command
		fresh.Version = old.Version
		a, _ := json.Marshal(old)
		z, _ := json.Marshal(fresh)
		if string(a) == string(z) {
			command = old
		}
	}
	b.scopes[scope] = append(b.scopes[scope], command)
	return command
}

// upsertCommand makes one command, or replaces the one of its name and type.
func (s *Server) upsertCommand(c *call) (answer, error) {
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	var command Command
	if err := c.decode(&command); err != nil {
		return answer{}, err
	}
	list := slices.DeleteFunc(slices.Clone(s.commands.scopes[scope]), command.same)
	existed := len(list) < len(s.commands.scopes[scope])
	if err := checkCommands(append(list, command), scope != "", []byte("["+string(c.body)+"]")); err != nil {
		return answer{}, err
	}
	if err := s.countCreates(scope, []Command{command}); err != nil {
		return answer{}, err
	}
	before := s.commands.scopes[scope]
	s.commands.scopes[scope] = list
	made := s.keepCommand(scope, command, before)
	if existed {
		return answer{http.StatusOK, made}, nil
	}
	return answer{http.StatusCreated, made}, nil
}

// oneCommand gets, changes or deletes a command by its id.
func (s *Server) oneCommand(c *call) (answer, error) {
	scope, err := s.commandScope(c)
	if err != nil {
		return answer{}, err
	}
	list := s.commands.scopes[scope]
	i := slices.IndexFunc(list, func(command Command) bool { return command.ID == c.id("command") })
	if i < 0 {
		return answer{}, unknown(10063, "application command")
	}
	switch c.record.Method {
	case http.MethodDelete:
		s.commands.scopes[scope] = slices.Delete(slices.Clone(list), i, i+1)
		return answer{status: http.StatusNoContent}, nil
	case http.MethodPatch:
		changed := list[i]
		if err := c.decode(&changed); err != nil {
			return answer{}, err
		}
		changed.ID, changed.Type, changed.Version = list[i].ID, list[i].Type, s.newID()
		all := slices.Clone(list)
		all[i] = changed
		if err := checkCommands(all, scope != "", []byte("["+string(c.body)+"]")); err != nil {
			return answer{}, err
		}
		s.commands.scopes[scope] = all
		list = all
	}
	return answer{http.StatusOK, list[i]}, nil
}
