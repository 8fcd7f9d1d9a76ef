package discord

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
)

// commandJSON is a command on the wire, in both directions.
type commandJSON struct {
	ID           CommandID           `json:"id,omitempty"`
	Type         CommandKind         `json:"type"`
	Name         string              `json:"name"`
	Names        map[string]string   `json:"name_localizations"`
	Description  string              `json:"description"`
	Descriptions map[string]string   `json:"description_localizations"`
	Options      []commandOptionJSON `json:"options"`
	Permissions  *string             `json:"default_member_permissions"`
	Contexts     []int               `json:"contexts"`
	Installs     []int               `json:"integration_types"`
}

type commandOptionJSON struct {
	Type         OptionKind          `json:"type"`
	Name         string              `json:"name"`
	Names        map[string]string   `json:"name_localizations,omitempty"`
	Description  string              `json:"description"`
	Descriptions map[string]string   `json:"description_localizations,omitempty"`
	Required     bool                `json:"required,omitempty"`
	Complete     bool                `json:"autocomplete,omitempty"`
	Choices      []commandChoiceJSON `json:"choices,omitempty"`
	MinValue     *float64            `json:"min_value,omitempty"`
	MaxValue     *float64            `json:"max_value,omitempty"`
	MinLength    *int                `json:"min_length,omitempty"`
	MaxLength    *int                `json:"max_length,omitempty"`
	Channels     []ChannelType       `json:"channel_types,omitempty"`
	Options      []commandOptionJSON `json:"options,omitempty"`
}

type commandChoiceJSON struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value any               `json:"value"` // text, or a whole number for an IntegerOption
}

const (
	contextGuild = 0
	contextBotDM = 1
	guildInstall = 0
)

func (c commandJSON) kind() CommandKind {
	if c.Type == 0 {
		return ChatInput
	}
	return c.Type
}

func newCommand(c Command) commandJSON {
	out := commandJSON{
		Type: c.kind(), Name: c.Name, Names: c.Names, Description: c.Description, Descriptions: c.Descriptions,
		Options: newOptions(c.Options), Contexts: []int{contextGuild}, Installs: []int{guildInstall},
	}
	if c.DM {
		out.Contexts = append(out.Contexts, contextBotDM)
	}
	if c.Permissions != nil {
		bits := strconv.FormatUint(uint64(*c.Permissions), 10)
		out.Permissions = &bits
	}
	return out
}

func (c Command) kind() CommandKind {
	if c.Kind == 0 {
		return ChatInput
	}
	return c.Kind
}

func newOptions(options []CommandOption) []commandOptionJSON {
	out := make([]commandOptionJSON, 0, len(options))
	for _, o := range options {
		one := commandOptionJSON{
			Type: o.Kind, Name: o.Name, Names: o.Names, Description: o.Description, Descriptions: o.Descriptions,
			Required: o.Required, Complete: o.Complete, Channels: o.Channels, Options: newOptions(o.Options),
		}
		for _, c := range o.Choices {
			one.Choices = append(one.Choices, commandChoiceJSON{Name: c.Name, Names: c.Names, Value: choiceValue(o.Kind, c.Value)})
		}
		one.bounds(o)
		out = append(out, one)
	}
	return out
}

// bounds sets least and most: the values of a number, the length of a text.
func (j *commandOptionJSON) bounds(o CommandOption) {
	switch o.Kind {
	case IntegerOption:
		if low := float64(o.Min); o.Min != 0 || o.Max != 0 {
			j.MinValue = &low
		}
		if high := float64(o.Max); o.Max != 0 {
			j.MaxValue = &high
		}
	case StringOption:
		if o.Min != 0 {
			j.MinLength = &o.Min
		}
		if o.Max != 0 {
			j.MaxLength = &o.Max
		}
	}
}

func choiceValue(kind OptionKind, value string) any {
	if kind == IntegerOption {
		return json.Number(value)
	}
	return value
}

// sameCommands says whether Discord has just these commands already. Order does not count; what Discord fills in by itself
// (empty lists, null) is the same as leaving it out.
func sameCommands(have []commandJSON, want []Command) bool {
	if len(have) != len(want) {
		return false
	}
	for _, w := range want {
		i := slices.IndexFunc(have, func(h commandJSON) bool { return h.kind() == w.kind() && h.Name == w.Name })
		if i < 0 || !reflect.DeepEqual(canonical(have[i]), canonical(newCommand(w))) {
			return false
		}
	}
	return true
}

// canonical is a command as plain values, without ids and without what is empty.
func canonical(c commandJSON) any {
	c.ID, c.Type = "", c.kind()
	slices.Sort(c.Contexts)
	slices.Sort(c.Installs)
	data, err := json.Marshal(c)
	if err != nil {
		return nil
	}
	var v any
	if json.Unmarshal(data, &v) != nil {
		return nil
	}
	return bones(v)
}

// bones drops what is empty, deeply.
func bones(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			if one = bones(one); one == nil {
				delete(v, key)
				continue
			}
			v[key] = one
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i := range v {
			v[i] = bones(v[i])
		}
	case string:
		if v == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}
