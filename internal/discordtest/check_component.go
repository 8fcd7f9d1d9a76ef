package discordtest

import (
	"strconv"
	"strings"
)

// checkRow holds an Action Row of a message: up to five buttons, or one select.
func checkRow(at string, row *Component, seen map[string]bool) error {
	if len(row.Components) < 1 || len(row.Components) > 5 {
		return invalid(path(at, "components"), "Must be between 1 and 5 in length.")
	}
	for i := range row.Components {
		c := &row.Components[i]
		in := path(at, "components", i)
		switch {
		case c.Type == TypeButton:
			if err := checkButton(in, c, seen); err != nil {
				return err
			}
		case c.selects():
			if len(row.Components) > 1 {
				return invalid(in, "A select menu stands alone in its row.")
			}
			if err := checkSelect(in, c, seen, false); err != nil {
				return err
			}
		default:
			return invalid(path(in, "type"), "A component of type "+strconv.Itoa(c.Type)+" cannot stand in an Action Row.")
		}
	}
	return nil
}

// checkCustomID holds 1 to 100 characters, each once in a message.
func checkCustomID(at, id string, seen map[string]bool) error {
	if err := between(path(at, "custom_id"), id, 1, 100); err != nil {
		return err
	}
	if seen[id] {
		return invalid(path(at, "custom_id"), "Component custom id cannot be duplicated: "+id)
	}
	seen[id] = true
	return nil
}

func checkButton(at string, c *Component, seen map[string]bool) error {
	switch {
	case c.Style < 1 || c.Style > 6:
		return invalid(path(at, "style"), "Value must be one of {1, 2, 3, 4, 5, 6}.")
	case c.Style == 6:
		if c.SKU == "" || c.CustomID != "" || c.Label != "" || c.URL != "" || c.Emoji != nil {
			return invalid(at, "A premium button has a sku_id and nothing else.")
		}
		return nil
	case c.Label == "" && c.Emoji == nil:
		return invalid(at, "A button needs a label or an emoji.")
	case runes(c.Label) > 80:
		return tooLong(path(at, "label"), 80)
	case c.Style == 5:
		if c.CustomID != "" {
			return invalid(at, "A custom id and url cannot both be specified.")
		}
		if err := between(path(at, "url"), c.URL, 1, 512); err != nil {
			return err
		}
		return checkURL(path(at, "url"), c.URL, "http", "https", "discord")
	case c.URL != "":
		return invalid(at, "Only a button of style 5 has a url.")
	}
	return checkCustomID(at, c.CustomID, seen)
}

func checkURL(at, url string, schemes ...string) error {
	for _, scheme := range schemes {
		if rest, ok := strings.CutPrefix(url, scheme+"://"); ok && rest != "" && !strings.ContainsAny(url, " \n\t") {
			return nil
		}
	}
	return invalid(at, "Not a well formed URL.")
}

// checkSelect holds a select of a message or modal: 25 options, texts of up to 100 characters.
func checkSelect(at string, c *Component, seen map[string]bool, modal bool) error {
	if err := checkCustomID(at, c.CustomID, seen); err != nil {
		return err
	}
	if runes(c.Placeholder) > 150 {
		return tooLong(path(at, "placeholder"), 150)
	}
	if modal && c.Disabled {
		return invalid(path(at, "disabled"), "A component of a modal cannot be disabled.")
	}
	least, most := 1, 1
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	switch {
	case least < 0 || least > 25:
		return invalid(path(at, "min_values"), "Must be between 0 and 25.")
	case most < 1 || most > 25 || most < least:
		return invalid(path(at, "max_values"), "Must be between 1 and 25, and not less than min_values.")
	case c.Type != TypeStringSelect && len(c.Options) > 0:
		return invalid(path(at, "options"), "Only a string select has options.")
	case c.Type != TypeStringSelect:
		return nil
	}
	return checkOptions(at, c.Options, least, most, 1, 25)
}

func checkOptions(at string, options []SelectOption, least, most, fewest, many int) error {
	if len(options) < fewest || len(options) > many {
		return invalid(path(at, "options"), "Must be between "+strconv.Itoa(fewest)+" and "+strconv.Itoa(many)+" in length.")
	}
	if least > len(options) || most > len(options) {
		return invalid(path(at, "max_values"), "There are only "+strconv.Itoa(len(options))+" options.")
	}
	defaults := 0
	values := map[string]bool{}
	for i, o := range options {
		in := path(at, "options", i)
		if err := first(between(path(in, "label"), o.Label, 1, 100), between(path(in, "value"), o.Value, 1, 100), between(path(in, "description"), o.Description, 0, 100)); err != nil {
			return err
		}
		if values[o.Value] {
			return invalid(path(in, "value"), "The specified option value is already used: "+o.Value)
		}
		values[o.Value] = true
		if o.Default {
			defaults++
		}
	}
	if defaults > most {
		return invalid(path(at, "options"), "More options are default than may be chosen.")
	}
	return nil
}

// checkTop holds a component of a message of Components V2, at its top or in a container.
func checkTop(at string, c *Component, seen map[string]bool, b *messageBody, contained bool) error {
	switch c.Type {
	case TypeActionRow:
		return checkRow(at, c, seen)
	case TypeSection:
		if len(c.Components) < 1 || len(c.Components) > 3 {
			return invalid(path(at, "components"), "Must be between 1 and 3 in length.")
		}
		for i, text := range c.Components {
			if text.Type != TypeTextDisplay {
				return invalid(path(at, "components", i, "type"), "A section holds Text Displays.")
			}
			if err := checkText(path(at, "components", i), text); err != nil {
				return err
			}
		}
		return checkAccessory(path(at, "accessory"), c.Accessory, seen)
	case TypeTextDisplay:
		return checkText(at, *c)
	case TypeMediaGallery:
		return checkGallery(at, c)
	case TypeFile:
		if c.File == nil || !strings.HasPrefix(c.File.URL, "attachment://") {
			return invalid(path(at, "file"), "A file refers to attachment://name.")
		}
		return nil
	case TypeSeparator:
		if c.Spacing < 0 || c.Spacing > 2 {
			return invalid(path(at, "spacing"), "Value must be one of {1, 2}.")
		}
		return nil
	case TypeContainer:
		if contained {
			return invalid(path(at, "type"), "A container cannot stand in a container.")
		}
		if len(c.Components) == 0 {
			return invalid(path(at, "components"), "This field is required")
		}
		if c.AccentColor != nil && (*c.AccentColor < 0 || *c.AccentColor > 0xffffff) {
			return invalid(path(at, "accent_color"), "Must be between 0 and 16777215.")
		}
		for i := range c.Components {
			if err := checkTop(path(at, "components", i), &c.Components[i], seen, b, true); err != nil {
				return err
			}
		}
		return nil
	}
	return invalid(path(at, "type"), "A component of type "+strconv.Itoa(c.Type)+" cannot stand here.")
}

func checkText(at string, c Component) error {
	if c.Content == "" {
		return invalid(path(at, "content"), "This field is required")
	}
	return nil
}

func checkAccessory(at string, c *Component, seen map[string]bool) error {
	switch {
	case c == nil:
		return invalid(at, "This field is required")
	case c.Type == TypeButton:
		return checkButton(at, c, seen)
	case c.Type == TypeThumbnail && c.Media != nil:
		return first(checkURL(path(at, "media.url"), c.Media.URL, "http", "https", "attachment"), between(path(at, "description"), c.Description, 0, 1024))
	}
	return invalid(path(at, "type"), "A section's accessory is a button or a thumbnail.")
}

func checkGallery(at string, c *Component) error {
	if len(c.Items) < 1 || len(c.Items) > 10 {
		return invalid(path(at, "items"), "Must be between 1 and 10 in length.")
	}
	for i, item := range c.Items {
		in := path(at, "items", i)
		if err := first(checkURL(path(in, "media.url"), item.Media.URL, "http", "https", "attachment"), between(path(in, "description"), item.Description, 0, 1024)); err != nil {
			return err
		}
	}
	return nil
}
