package config

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// setting is one key of a Config and the place of its value in it.
type setting struct {
	key   string // "answer.max_sentences", "llm.price.input"
	value any    // a pointer to one of the types of set
}

// settings returns every key of c in the order of its struct.
func settings(c *Config) []setting { return settingsOf(reflect.ValueOf(c).Elem(), "") }

// settingsOf returns the keys of a section, whose own key with a dot is the prefix. A struct in it is a section again.
func settingsOf(section reflect.Value, prefix string) []setting {
	var all []setting
	for field, v := range section.Fields() {
		name := field.Tag.Get("yaml")
		if name == "-" {
			continue
		}
		if field.Type.Kind() == reflect.Struct && field.Type != reflect.TypeFor[Secret]() {
			all = append(all, settingsOf(v, prefix+name+".")...)
			continue
		}
		all = append(all, setting{key: prefix + name, value: v.Addr().Interface()})
	}
	return all
}

// variable returns the name of the setting's variable: "AMUR_ANSWER_MAX_SENTENCES".
func (s setting) variable() string {
	return "AMUR_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// isSecret reports whether the setting must not stand in the file of settings.
func (s setting) isSecret() bool {
	_, ok := s.value.(*Secret)
	return ok
}

// hasFile reports whether the setting can also be read from a file that AMUR_X_FILE names.
func (s setting) hasFile() bool {
	_, ok := s.value.(*Headers)
	return ok || s.isSecret()
}

// set parses text, as a variable holds it, into the setting. The error does not repeat a secret.
func (s setting) set(text string) (err error) {
	switch v := s.value.(type) {
	case *string:
		*v = text
	case *bool:
		if *v, err = strconv.ParseBool(text); err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
	case *int:
		if *v, err = strconv.Atoi(text); err != nil {
			return fmt.Errorf("%q is not a whole number", text)
		}
	case *int64:
		if *v, err = strconv.ParseInt(text, 10, 64); err != nil {
			return fmt.Errorf("%q is not a whole number", text)
		}
	case *float64:
		*v, err = parseFloat(text)
	case **float64:
		var n float64
		n, err = parseFloat(text)
		*v = &n
	case *time.Duration:
		*v, err = parseDuration(text)
	case *[]string:
		*v = parseList(text)
	case *IDs:
		*v = parseList(text)
	case *Headers:
		*v, err = parseHeaders(text)
	case *Secret:
		if strings.ContainsFunc(text, unicode.IsControl) {
			return errors.New("the secret must be one line of plain text")
		}
		*v = NewSecret(text)
	default:
		return fmt.Errorf("a setting of type %T cannot be read", v)
	}
	return err
}
