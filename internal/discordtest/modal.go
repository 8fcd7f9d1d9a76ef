package discordtest

import (
	"encoding/json"
	"strconv"
)

// Modal is a window with fields that a person fills in.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// readModal reads and checks a modal (interactions/receiving-and-responding, "Modal"; components/reference).
func readModal(data json.RawMessage) (*Modal, error) {
	var m Modal
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	if err := first(between("data.custom_id", m.CustomID, 1, 100), between("data.title", m.Title, 1, 45)); err != nil {
		return nil, err
	}
	if len(m.Components) < 1 || len(m.Components) > 5 {
		return nil, invalid("data.components", "Must be between 1 and 5 in length.")
	}
	seen := map[string]bool{}
	for i := range m.Components {
		if err := checkModalPart(path("data.components", i), &m.Components[i], seen); err != nil {
			return nil, err
		}
	}
	m.Components = numbered(m.Components)
	return &m, nil
}

func checkModalPart(at string, c *Component, seen map[string]bool) error {
	switch c.Type {
	case TypeTextDisplay:
		return checkText(at, *c)
	case TypeActionRow: // deprecated, works
		if len(c.Components) != 1 || c.Components[0].Type != TypeTextInput {
			return invalid(path(at, "components"), "A row of a modal holds one text input.")
		}
		in := path(at, "components", 0)
		return first(between(path(in, "label"), c.Components[0].Label, 1, 45), checkInput(in, &c.Components[0], seen))
	case TypeLabel:
		if err := first(between(path(at, "label"), c.Label, 1, 45), between(path(at, "description"), c.Description, 0, 100)); err != nil {
			return err
		}
		if c.Component == nil {
			return invalid(path(at, "component"), "This field is required")
		}
		return checkLabelled(path(at, "component"), c.Component, seen)
	}
	return invalid(path(at, "type"), "A component of type "+strconv.Itoa(c.Type)+" cannot stand in a modal.")
}

func checkLabelled(at string, c *Component, seen map[string]bool) error {
	if c.Disabled {
		return invalid(path(at, "disabled"), "A component of a modal cannot be disabled.")
	}
	most := max(1, len(c.Options))
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	switch {
	case c.Type == TypeTextInput:
		if c.Label != "" {
			return invalid(path(at, "label"), "A text input in a label has no label of its own.")
		}
		return checkInput(at, c, seen)
	case c.selects():
		return checkSelect(at, c, seen, true)
	case c.Type == TypeFileUpload:
		if value(c.MinValues) < 0 || value(c.MinValues) > 10 || value(c.MaxValues) < 0 || value(c.MaxValues) > 10 {
			return invalid(at, "Must be between 0 and 10 files.")
		}
		return checkCustomID(at, c.CustomID, seen)
	case c.Type == TypeRadioGroup:
		return first(checkCustomID(at, c.CustomID, seen), checkOptions(at, c.Options, 0, 1, 2, 10))
	case c.Type == TypeCheckboxGroup:
		return first(checkCustomID(at, c.CustomID, seen), checkOptions(at, c.Options, value(c.MinValues), most, 1, 10))
	case c.Type == TypeCheckbox:
		return checkCustomID(at, c.CustomID, seen)
	}
	return invalid(path(at, "type"), "A component of type "+strconv.Itoa(c.Type)+" cannot stand in a label.")
}

// checkInput holds a text input: 4000 characters, placeholder 100.
func checkInput(at string, c *Component, seen map[string]bool) error {
	least, most := value(c.MinLength), 4000
	if c.MaxLength != nil {
		most = *c.MaxLength
	}
	switch {
	case c.Style != 1 && c.Style != 2:
		return invalid(path(at, "style"), "Value must be one of {1, 2}.")
	case least < 0 || least > 4000:
		return invalid(path(at, "min_length"), "Must be between 0 and 4000.")
	case most < 1 || most > 4000 || most < least:
		return invalid(path(at, "max_length"), "Must be between 1 and 4000, and not less than min_length.")
	case runes(c.Value) > most:
		return tooLong(path(at, "value"), most)
	case runes(c.Placeholder) > 100:
		return tooLong(path(at, "placeholder"), 100)
	case c.Disabled:
		return invalid(path(at, "disabled"), "A component of a modal cannot be disabled.")
	}
	return checkCustomID(at, c.CustomID, seen)
}

// field finds an input of a modal by its custom_id.
func (m *Modal) field(customID string) *Component {
	var found *Component
	walk(m.Components, func(c *Component) {
		if c.CustomID == customID {
			found = c
		}
	})
	return found
}
