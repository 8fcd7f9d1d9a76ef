package discord

import "unicode/utf8"

// checker walks the components of a message.
type checker struct {
	v2                  bool
	parts, texts, bytes int
	ids                 map[string]bool
}

// all checks components that stand on top of a message or in a Container.
func (c *checker) all(components []Component, top bool) error {
	for _, one := range components {
		c.parts++
		switch one := one.(type) {
		case ActionRow:
			if err := c.row(one); err != nil {
				return err
			}
			continue
		case TextDisplay:
			if one.Content == "" {
				return breaks("a text display is empty")
			}
			c.texts += utf8.RuneCountInString(one.Content)
			c.bytes += len(one.Content) + textOverhead
		case Separator:
		case Container:
			if !top {
				return breaks("a container stands in a container")
			}
			if len(one.Components) == 0 {
				return breaks("a container is empty")
			}
			if err := c.all(one.Components, false); err != nil {
				return err
			}
		default:
			return breaks("a %T stands outside a row", one)
		}
		if !c.v2 {
			return breaks("a %T stands in a message that is not V2", one)
		}
	}
	return nil
}

func (c *checker) row(r ActionRow) error {
	if len(r.Components) == 0 {
		return breaks("a row is empty")
	}
	for _, one := range r.Components {
		c.parts++
		switch one := one.(type) {
		case Button:
			if len(r.Components) > mostInRow {
				return breaks("%d buttons in a row, at most %d", len(r.Components), mostInRow)
			}
			if err := c.button(one); err != nil {
				return err
			}
		case Select:
			if len(r.Components) > 1 {
				return breaks("a menu stands in a row with others")
			}
			if err := c.menu(one); err != nil {
				return err
			}
		default:
			return breaks("a %T stands in a row", one)
		}
	}
	return nil
}

func (c *checker) button(b Button) error {
	if err := between("label of a button", b.Label, 1, mostLabel); err != nil {
		return err
	}
	switch {
	case b.Style < Primary || b.Style > Link:
		return breaks("no button has the style %d", b.Style)
	case b.Style == Link && b.CustomID != "":
		return breaks("a link button has a custom id")
	case b.Style == Link:
		return between("address of a button", b.URL, 1, mostURL)
	case b.URL != "":
		return breaks("a button that is no link has an address")
	}
	return c.id(b.CustomID)
}

func (c *checker) menu(s Select) error {
	if err := most("placeholder of a menu", s.Placeholder, mostHint); err != nil {
		return err
	}
	low, high := s.bounds()
	if low < 0 || high < low || high > mostOptions {
		return breaks("%d to %d may be chosen in a menu, at most %d", low, high, mostOptions)
	}
	switch s.kind() {
	case StringSelect:
		if len(s.Options) < 1 || len(s.Options) > mostOptions {
			return breaks("%d options in a menu, from 1 to %d", len(s.Options), mostOptions)
		}
		if high > len(s.Options) {
			return breaks("%d may be chosen of %d options", high, len(s.Options))
		}
	case UserSelect, RoleSelect, ChannelSelect:
		if len(s.Options) > 0 {
			return breaks("only a menu of texts has options")
		}
		if len(s.Defaults) > high {
			return breaks("%d are chosen in a menu of at most %d", len(s.Defaults), high)
		}
	default:
		return breaks("no menu has the kind %d", s.Kind)
	}
	values := map[string]bool{}
	for _, o := range s.Options {
		if values[o.Value] {
			return breaks("two options have the value %q", o.Value)
		}
		values[o.Value] = true
		for _, err := range []error{
			between("label of an option", o.Label, 1, mostOption), between("value of an option", o.Value, 1, mostOption),
			most("description of an option", o.Description, mostOption),
		} {
			if err != nil {
				return err
			}
		}
	}
	return c.id(s.CustomID)
}

func (c *checker) id(id string) error {
	if err := between("custom id", id, 1, mostCustomID); err != nil {
		return err
	}
	if c.ids[id] {
		return breaks("two components have the custom id %q", id)
	}
	c.ids[id] = true
	return nil
}
