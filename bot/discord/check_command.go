package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of commands (https://docs.discord.com/developers/interactions/application-commands).
const (
	mostChatCommands = 100
	mostMenuCommands = 15 // of each kind of menu
	mostCommandText  = 8000
)

// checkCommands finds what Discord would refuse.
func checkCommands(commands []Command) error {
	count, names := map[CommandKind]int{}, map[string]bool{}
	for _, c := range commands {
		kind := c.kind()
		count[kind]++
		key := string(rune('0'+int(kind))) + c.Name
		if names[key] {
			return breaks("two commands have the name %q", c.Name)
		}
		names[key] = true
		if err := c.check(); err != nil {
			return err
		}
	}
	if n := count[ChatInput]; n > mostChatCommands {
		return breaks("%d commands, at most %d", n, mostChatCommands)
	}
	for _, kind := range []CommandKind{UserCommand, MessageCommand} {
		if n := count[kind]; n > mostMenuCommands {
			return breaks("%d commands of a menu, at most %d", n, mostMenuCommands)
		}
	}
	return nil
}

func (c Command) check() error {
	menu := c.kind() != ChatInput
	for _, name := range withOwn(c.Names, c.Name) {
		if err := checkName(name, menu); err != nil {
			return err
		}
	}
	low, high := 1, 100
	if menu {
		low, high = 0, 0
	}
	for _, d := range withOwn(c.Descriptions, c.Description) {
		if err := between("description of command "+c.Name, d, low, high); err != nil {
			return err
		}
	}
	if menu && len(c.Options) > 0 {
		return breaks("command %q of a menu has options", c.Name)
	}
	if n := longest(c.Names, c.Name) + longest(c.Descriptions, c.Description) + optionsLength(c.Options); n > mostCommandText {
		return breaks("command %q has %d code points together, at most %d", c.Name, n, mostCommandText)
	}
	return checkOptions(c.Name, c.Options, true)
}

func checkOptions(path string, options []CommandOption, top bool) error {
	if len(options) > mostOptions {
		return breaks("%d options of command %q, at most %d", len(options), path, mostOptions)
	}
	names, optional := map[string]bool{}, false
	for _, o := range options {
		at := path + " " + o.Name
		switch {
		case names[o.Name]:
			return breaks("two options of command %q have the name %q", path, o.Name)
		case o.Kind == SubCommand && !top:
			return breaks("command %q stands too deep", at)
		case o.Required && optional:
			return breaks("option %q of command %q is required and follows one that is not", o.Name, path)
		case len(o.Choices) > mostOptions:
			return breaks("%d choices of %q, at most %d", len(o.Choices), at, mostOptions)
		case o.Complete && len(o.Choices) > 0:
			return breaks("option %q has choices and asks for more", at)
		}
		names[o.Name], optional = true, optional || !o.Required
		for _, name := range withOwn(o.Names, o.Name) {
			if err := checkName(name, false); err != nil {
				return err
			}
		}
		for _, d := range withOwn(o.Descriptions, o.Description) {
			if err := between("description of "+at, d, 1, 100); err != nil {
				return err
			}
		}
		for _, c := range o.Choices {
			for _, name := range withOwn(c.Names, c.Name) {
				if err := between("name of a choice of "+at, name, 1, 100); err != nil {
					return err
				}
			}
			if err := between("value of a choice of "+at, c.Value, 1, 100); err != nil {
				return err
			}
		}
		if err := checkOptions(at, o.Options, false); err != nil {
			return err
		}
	}
	return nil
}

// checkName holds names to Discord's pattern: letters, digits and three marks, in lower case where a script has cases; entries of
// menus may have spaces and capitals.
func checkName(name string, menu bool) error {
	if err := between("name of a command or option", name, 1, 32); err != nil {
		return err
	}
	if menu {
		return nil
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("-_'", r) && !unicode.In(r, unicode.Devanagari, unicode.Thai) {
			return breaks("name %q of a command or option has %q", name, r)
		}
	}
	if strings.ToLower(name) != name {
		return breaks("name %q of a command or option has capitals", name)
	}
	return nil
}

// optionsLength counts what Discord counts: names, descriptions and values, each in its longest language.
func optionsLength(options []CommandOption) int {
	n := 0
	for _, o := range options {
		n += longest(o.Names, o.Name) + longest(o.Descriptions, o.Description) + optionsLength(o.Options)
		for _, c := range o.Choices {
			n += longest(c.Names, c.Name) + utf8.RuneCountInString(c.Value)
		}
	}
	return n
}

func longest(by map[string]string, own string) int {
	n := 0
	for _, s := range withOwn(by, own) {
		n = max(n, utf8.RuneCountInString(s))
	}
	return n
}

func withOwn(by map[string]string, own string) []string {
	out := []string{own}
	for _, s := range by {
		out = append(out, s)
	}
	return out
}
