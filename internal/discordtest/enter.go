package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// command makes the interaction of a chat command, checking what is entered as a client would.
func (p Person) command(channel ID, words string, entered []Option, kind int) (*interaction, any, error) {
	name, rest, _ := strings.Cut(words, " ")
	found, err := p.find(channel, name, CommandChat)
	if err != nil {
		return nil, nil, err
	}
	data := commandData{ID: found.ID, Name: found.Name, Type: CommandChat, GuildID: found.GuildID}
	offered := found.Options
	into := &data.Options
	for word := range strings.FieldsSeq(rest) {
		i := slices.IndexFunc(offered, func(o CommandOption) bool { return o.Name == word && o.Type <= optionGroup })
		if i < 0 {
			return nil, nil, fmt.Errorf("there is no subcommand %q", word)
		}
		*into = []dataOption{{Name: word, Type: offered[i].Type}}
		into = &(*into)[0].Options
		offered = offered[i].Options
	}
	if len(offered) > 0 && offered[0].Type <= optionGroup {
		return nil, nil, fmt.Errorf("a subcommand is needed, such as %q", offered[0].Name)
	}
	r := &resolved{}
	for _, e := range entered {
		i := slices.IndexFunc(offered, func(o CommandOption) bool { return o.Name == e.Name })
		if i < 0 {
			return nil, nil, fmt.Errorf("there is no option %q", e.Name)
		}
		typing := kind == InteractionAutocomplete
		if e.Focused && !offered[i].Autocomplete {
			return nil, nil, fmt.Errorf("option %q has no autocomplete", e.Name)
		}
		if err := offered[i].accepts(e, typing); err != nil {
			return nil, nil, err
		}
		if t := offered[i].Type; t == optionUser || t == optionChannel || t == optionRole || t == optionMention {
			p.resolve(r, channel, ID(strings.Trim(string(e.Value), `"`)))
			data.Resolved = r
		}
		*into = append(*into, dataOption{Name: e.Name, Type: offered[i].Type, Value: e.Value, Focused: e.Focused && typing})
	}
	for _, o := range offered {
		given := slices.ContainsFunc(entered, func(e Option) bool { return e.Name == o.Name })
		if o.Required && !given && kind == InteractionCommand {
			return nil, nil, fmt.Errorf("option %q is required", o.Name)
		}
	}
	if kind == InteractionAutocomplete && !slices.ContainsFunc(entered, func(e Option) bool { return e.Focused }) {
		return nil, nil, fmt.Errorf("nothing is being typed: use Typing for one option")
	}
	i := p.begin(channel, kind)
	i.command = words
	return i, data, nil
}

// accepts checks a value as a client would. While the person is typing anything goes; with autocomplete a text need
// not be one of the choices.
func (o CommandOption) accepts(e Option, typing bool) error {
	if typing {
		return nil
	}
	var text string
	var number float64
	var truth bool
	var err error
	switch o.Type {
	case optionInteger, optionNumber:
		err = json.Unmarshal(e.Value, &number)
	case optionBoolean:
		err = json.Unmarshal(e.Value, &truth)
	default:
		err = json.Unmarshal(e.Value, &text)
	}
	switch {
	case err != nil:
		return fmt.Errorf("option %q of type %d: %w", o.Name, o.Type, err)
	case o.Type == optionString && (runes(text) < value(o.MinLength) || runes(text) == 0):
		return fmt.Errorf("option %q: the text is too short", o.Name)
	case o.Type == optionString && (o.MaxLength != nil && runes(text) > *o.MaxLength || runes(text) > 6000):
		return fmt.Errorf("option %q: the text is too long", o.Name)
	case o.MinValue != nil && number < *o.MinValue, o.MaxValue != nil && number > *o.MaxValue:
		return fmt.Errorf("option %q: %v is out of bounds", o.Name, number)
	case len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c Choice) bool { return sameJSON(c.Value, e.Value) }):
		return fmt.Errorf("option %q: %s is not among the choices", o.Name, e.Value)
	}
	return nil
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && x == y
}

type modalData struct {
	CustomID   string      `json:"custom_id"`
	Components []modalPart `json:"components"`
}

type modalPart struct {
	Type       int         `json:"type"`
	ID         int         `json:"id"`
	CustomID   string      `json:"custom_id,omitempty"`
	Value      *string     `json:"value,omitempty"`
	Values     []string    `json:"values,omitempty"`
	Components []modalPart `json:"components,omitempty"`
	Component  *modalPart  `json:"component,omitempty"`
}

// submit makes the interaction of a modal that is open.
func (p Person) submit(from ID, fields []Field) (*interaction, any, error) {
	s := p.server
	opener := s.interactions.byID[from]
	switch {
	case opener == nil || opener.shownModal == nil:
		return nil, nil, fmt.Errorf("interaction %s opened no modal", from)
	case opener.user != p.id:
		return nil, nil, fmt.Errorf("the modal is open for user %s only", opener.user)
	}
	modal := opener.shownModal
	for _, f := range fields {
		if modal.field(f.CustomID) == nil {
			return nil, nil, fmt.Errorf("the modal has no field %q", f.CustomID)
		}
	}
	data := modalData{CustomID: modal.CustomID}
	for i := range modal.Components {
		part, err := fillIn(&modal.Components[i], fields)
		if err != nil {
			return nil, nil, err
		}
		data.Components = append(data.Components, part)
	}
	i := p.begin(opener.channel, InteractionModal)
	i.modal, i.source = modal, opener.source
	return i, data, nil
}

func fillIn(c *Component, fields []Field) (modalPart, error) {
	part := modalPart{Type: c.Type, ID: c.ID, CustomID: c.CustomID}
	for i := range c.Components {
		child, err := fillIn(&c.Components[i], fields)
		if err != nil {
			return part, err
		}
		part.Components = append(part.Components, child)
	}
	if c.Component != nil {
		child, err := fillIn(c.Component, fields)
		if err != nil {
			return part, err
		}
		part.Component = &child
	}
	if c.CustomID == "" {
		return part, nil
	}
	f := Field{CustomID: c.CustomID, Value: c.Value}
	for _, o := range c.Options {
		if o.Default {
			f.Values = append(f.Values, o.Value)
		}
	}
	if i := slices.IndexFunc(fields, func(f Field) bool { return f.CustomID == c.CustomID }); i >= 0 {
		f = fields[i]
	}
	required := c.Required == nil || *c.Required
	if c.Type != TypeTextInput {
		if required && len(f.Values) == 0 && c.Type != TypeCheckbox {
			return part, fmt.Errorf("field %q is required", c.CustomID)
		}
		part.Values = f.Values
		if c.Type == TypeStringSelect && len(f.Values) > 0 {
			return part, c.choose(f.Values)
		}
		return part, nil
	}
	part.Value = &f.Value
	switch n := runes(f.Value); {
	case n == 0 && !required:
		return part, nil
	case n == 0:
		return part, fmt.Errorf("field %q is required", c.CustomID)
	case n < value(c.MinLength), c.MaxLength != nil && n > *c.MaxLength, n > 4000:
		return part, fmt.Errorf("field %q: %d characters do not fit", c.CustomID, n)
	}
	return part, nil
}
