package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// setting is one key of a Config and the place of its value in it.
type setting struct {
	key   string // "answer.max_sentences"
	value any    // *string, *bool, *int or *Secret
}

// settings returns every key of c in the order of its struct.
func settings(c *Config) []setting {
	var all []setting
	for section, v := range reflect.ValueOf(c).Elem().Fields() {
		name := section.Tag.Get("yaml")
		if name == "-" {
			continue
		}
		for field, w := range v.Fields() {
			all = append(all, setting{key: name + "." + field.Tag.Get("yaml"), value: w.Addr().Interface()})
		}
	}
	return all
}

// variable returns the name of the setting's variable: "AMUR_ANSWER_MAX_SENTENCES".
func (s setting) variable() string {
	return "AMUR_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

func (s setting) isSecret() bool {
	_, ok := s.value.(*Secret)
	return ok
}

// set parses text, as a variable holds it, into the setting. The error does not repeat a secret.
func (s setting) set(text string) error {
	switch v := s.value.(type) {
	case *string:
		*v = text
	case *bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		*v = b
	case *int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("%q is not a whole number", text)
		}
		*v = n
	case *Secret:
		*v = NewSecret(text)
	default:
		return fmt.Errorf("a setting of type %T cannot be read", v)
	}
	return nil
}
