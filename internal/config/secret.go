package config

import (
	"log/slog"
	"slices"
)

// Secret is a value that must not be shown: every way of printing it gives a placeholder. The zero value is an unset
// secret.
//
// The text stands behind a pointer, so that even fmt's view of an unexported field, where no method is called, is an
// address and not the text.
type Secret struct{ text *string }

// NewSecret returns text as a Secret; an empty text is an unset secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal returns the text itself, for the one place that sends it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsSet reports whether there is a text.
func (s Secret) IsSet() bool { return s.text != nil }

// Equal reports whether two secrets hold the same text.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns a placeholder that says only whether the secret is set.
func (s Secret) String() string {
	if s.IsSet() {
		return "(hidden)"
	}
	return "(not set)"
}

// GoString returns what String does.
func (s Secret) GoString() string { return s.String() }

// MarshalText returns what String does; it serves JSON too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML returns what String does.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// LogValue returns what String does.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Secrets returns the text of every secret that is set, those of headers among them, so that logs can be kept free of
// them.
func (c Config) Secrets() []string {
	var texts []string
	for _, s := range settings(&c) {
		switch v := s.value.(type) {
		case *Secret:
			texts = append(texts, v.Reveal())
		case *Headers:
			for _, name := range v.names() {
				texts = append(texts, (*v)[name].Reveal())
			}
		}
	}
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}
