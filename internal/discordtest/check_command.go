package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// checkCommands holds the rules of a whole set of commands (interactions/application-commands). raw is the list as it
// came, to see what only global commands may have.
func checkCommands(list []Command, guild bool, raw []byte) error {
	counts := map[int]int{}
	names := map[string]bool{}
	for i := range list {
		c := &list[i]
		at := strconv.Itoa(i)
		key := path(c.kind(), c.Name)
		if names[key] {
			return invalid(path(at, "name"), "Application command names must be unique: "+c.Name)
		}
		names[key] = true
		counts[c.kind()]++
		if err := c.check(at); err != nil {
			return err
		}
	}
	for kind, most := range map[int]int{CommandChat: 100, CommandUser: 15, CommandMessage: 15} {
		if counts[kind] > most {
			return &apiError{
				Rule: RuleForm, Status: http.StatusBadRequest, Code: 30032,
				Message: "Maximum number of application commands reached (" + strconv.Itoa(most) + " of type " + strconv.Itoa(kind) + ")",
			}
		}
	}
	if guild {
		return checkGuildOnly(raw)
	}
	return nil
}

// checkGuildOnly refuses contexts and integration_types, which exist only on global commands.
func checkGuildOnly(raw []byte) error {
	var fields []struct {
		Contexts     optional[json.RawMessage] `json:"contexts"`
		Integrations optional[json.RawMessage] `json:"integration_types"`
		DMPermission optional[json.RawMessage] `json:"dm_permission"`
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for i, f := range fields {
		if f.Contexts.given() || f.Integrations.given() || f.DMPermission.given() {
			return invalid(path(i, "contexts"), "contexts, integration_types and dm_permission exist only on global commands.")
		}
	}
	return nil
}

func (c *Command) check(at string) error {
	switch c.kind() {
	case CommandChat:
		if err := checkName(path(at, "name"), c.Name); err != nil {
			return err
		}
		if err := between(path(at, "description"), c.Description, 1, 100); err != nil {
			return err
		}
	case CommandUser, CommandMessage:
		if err := between(path(at, "name"), c.Name, 1, 32); err != nil {
			return err
		}
		if c.Description != "" || len(c.Descriptions) > 0 || len(c.Options) > 0 {
			return invalid(path(at, "description"), "Context menu commands cannot have description or options.")
		}
	default:
		return invalid(path(at, "type"), "Value must be one of {1, 2, 3}.")
	}
	if err := checkLocales(at, c.kind() == CommandChat, c.Names, c.Descriptions); err != nil {
		return err
	}
	for _, context := range c.Contexts {
		if context < 0 || context > 2 {
			return invalid(path(at, "contexts"), "Value must be one of {0, 1, 2}.")
		}
	}
	for _, kind := range c.Integrations {
		if kind < 0 || kind > 1 {
			return invalid(path(at, "integration_types"), "Value must be one of {0, 1}.")
		}
	}
	if err := checkCommandOptions(at, c.Options, 0); err != nil {
		return err
	}
	if size := longest(c.Name, c.Names) + longest(c.Description, c.Descriptions) + sizeOf(c.Options); size > 8000 {
		return invalid(at, "The command has "+strconv.Itoa(size)+" characters in names, descriptions and values, more than 8000.")
	}
	return nil
}

// checkName holds ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$ and lower case where there is one.
func checkName(at, name string) error {
	strange := func(r rune) bool {
		return !strings.ContainsRune("-_'", r) && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.In(r, unicode.Devanagari, unicode.Thai)
	}
	if n := runes(name); n < 1 || n > 32 || strings.ContainsFunc(name, strange) {
		return invalid(at, "Command name is invalid: "+name)
	}
	if strings.ToLower(name) != name {
		return invalid(at, "Command name must be lower case: "+name)
	}
	return nil
}

// checkLocales holds the known locales and the same limits for each translation.
func checkLocales(at string, strict bool, names, descriptions map[string]string) error {
	for locale, name := range names {
		in := path(at, "name_localizations", locale)
		if !slices.Contains(locales(), locale) {
			return invalid(in, "Locale is unknown.")
		}
		if err := between(in, name, 1, 32); err != nil {
			return err
		}
		if strict {
			if err := checkName(in, name); err != nil {
				return err
			}
		}
	}
	for locale, description := range descriptions {
		in := path(at, "description_localizations", locale)
		if !slices.Contains(locales(), locale) {
			return invalid(in, "Locale is unknown.")
		}
		if err := between(in, description, 1, 100); err != nil {
			return err
		}
	}
	return nil
}

// locales are those of reference, "Locales".
func locales() []string {
	return []string{
		"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE",
		"vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
	}
}

// Types of options.
const (
	optionSubcommand = 1
	optionGroup      = 2
	optionString     = 3
	optionInteger    = 4
	optionBoolean    = 5
	optionUser       = 6
	optionChannel    = 7
	optionRole       = 8
	optionMention    = 9
	optionNumber     = 10
	optionFile       = 11
)

func checkCommandOptions(at string, options []CommandOption, depth int) error {
	if len(options) > 25 {
		return invalid(path(at, "options"), "Must be 25 or fewer in length.")
	}
	optional, subcommands := false, 0
	names := map[string]bool{}
	for i, o := range options {
		in := path(at, "options", i)
		if names[o.Name] {
			return invalid(path(in, "name"), "Option names must be unique: "+o.Name)
		}
		names[o.Name] = true
		if o.Type == optionSubcommand || o.Type == optionGroup {
			subcommands++
		} else if o.Required && optional {
			return invalid(in, "Required options must be placed before non-required options: "+o.Name)
		} else {
			optional = optional || !o.Required
		}
		if err := o.check(in, depth); err != nil {
			return err
		}
	}
	if subcommands > 0 && subcommands < len(options) {
		return invalid(path(at, "options"), "Subcommands and options cannot stand side by side.")
	}
	for i, o := range options {
		for locale, name := range o.Names {
			for j, other := range options {
				if i != j && (other.Name == name || other.Names[locale] == name) {
					return invalid(path(at, "options", i, "name_localizations", locale), "Option names must be unique: "+name)
				}
			}
		}
	}
	return nil
}

func (o CommandOption) check(at string, depth int) error {
	if err := first(
		checkName(path(at, "name"), o.Name), between(path(at, "description"), o.Description, 1, 100),
		checkLocales(at, true, o.Names, o.Descriptions),
	); err != nil {
		return err
	}
	text, number := o.Type == optionString, o.Type == optionInteger || o.Type == optionNumber
	switch {
	case o.Type < optionSubcommand || o.Type > optionFile:
		return invalid(path(at, "type"), "Unknown type of option.")
	case o.Type == optionGroup && depth > 0, o.Type == optionSubcommand && depth > 1:
		return invalid(path(at, "type"), "Subcommands can be one level of groups deep.")
	case o.Type > optionGroup && len(o.Options) > 0:
		return invalid(path(at, "options"), "Only subcommands and groups have options.")
	case o.Type <= optionGroup && o.Required:
		return invalid(path(at, "required"), "Subcommands cannot be required.")
	case (len(o.Choices) > 0 || o.Autocomplete) && !text && !number:
		return invalid(path(at, "choices"), "Only strings and numbers have choices.")
	case len(o.Choices) > 0 && o.Autocomplete:
		return invalid(path(at, "autocomplete"), "Choices and autocomplete exclude each other.")
	case (o.MinLength != nil || o.MaxLength != nil) && !text:
		return invalid(path(at, "min_length"), "Only strings have a length.")
	case (o.MinValue != nil || o.MaxValue != nil) && !number:
		return invalid(path(at, "min_value"), "Only numbers have a least and a greatest value.")
	case o.MinLength != nil && (*o.MinLength < 0 || *o.MinLength > 6000):
		return invalid(path(at, "min_length"), "Must be between 0 and 6000.")
	case o.MaxLength != nil && (*o.MaxLength < 1 || *o.MaxLength > 6000):
		return invalid(path(at, "max_length"), "Must be between 1 and 6000.")
	case len(o.ChannelTypes) > 0 && o.Type != optionChannel:
		return invalid(path(at, "channel_types"), "Only channels have channel types.")
	}
	if o.Type == optionGroup {
		for i, sub := range o.Options {
			if sub.Type != optionSubcommand {
				return invalid(path(at, "options", i, "type"), "A group holds subcommands.")
			}
		}
	}
	return first(checkChoices(path(at, "choices"), o.Choices), checkCommandOptions(at, o.Options, depth+1))
}

// checkChoices holds 25 choices with names of 1 to 100 characters and values of up to 100.
func checkChoices(at string, choices []Choice) error {
	if len(choices) > 25 {
		return invalid(at, "Must be 25 or fewer in length.")
	}
	names := map[string]bool{}
	for i, c := range choices {
		if err := between(path(at, i, "name"), c.Name, 1, 100); err != nil {
			return err
		}
		if names[c.Name] {
			return invalid(path(at, i, "name"), "Choice names must be unique: "+c.Name)
		}
		names[c.Name] = true
		for locale, name := range c.Localizations {
			if !slices.Contains(locales(), locale) {
				return invalid(path(at, i, "name_localizations", locale), "Locale is unknown.")
			}
			if err := between(path(at, i, "name_localizations", locale), name, 1, 100); err != nil {
				return err
			}
		}
		var text string
		if json.Unmarshal(c.Value, &text) == nil {
			if err := between(path(at, i, "value"), text, 1, 100); err != nil {
				return err
			}
		} else if len(c.Value) == 0 || string(c.Value) == "null" {
			return invalid(path(at, i, "value"), "This field is required")
		}
	}
	return nil
}

// longest is the length of the text or of its longest translation.
func longest(text string, translations map[string]string) int {
	n := runes(text)
	for _, t := range translations {
		n = max(n, runes(t))
	}
	return n
}

func sizeOf(options []CommandOption) int {
	n := 0
	for _, o := range options {
		n += longest(o.Name, o.Names) + longest(o.Description, o.Descriptions) + sizeOf(o.Options)
		for _, c := range o.Choices {
			n += longest(c.Name, c.Localizations) + runes(strings.Trim(string(c.Value), `"`))
		}
	}
	return n
}
