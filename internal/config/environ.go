package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const fileSuffix = "_FILE"

// applyEnviron overlays cfg with the variables, and notes those AMUR_… that name no setting. They are no error, because
// a platform may make such names of its own (Kubernetes does for a service called amur: AMUR_PORT).
func applyEnviron(cfg *Config, vars map[string]string) error {
	known := []string{fileVariable}
	for _, s := range settings(cfg) {
		name := s.variable()
		known = append(known, name)
		text := vars[name]
		if s.isSecret() {
			known = append(known, name+fileSuffix)
			var err error
			if text, err = secretText(name, vars); err != nil {
				return err
			}
		}
		if text == "" {
			continue
		}
		if !utf8.ValidString(text) {
			return fmt.Errorf("%s: not UTF-8 text: write it in UTF-8", name)
		}
		if err := s.set(text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if strings.HasPrefix(name, "AMUR_") && !slices.Contains(known, name) {
			cfg.Warnings = append(cfg.Warnings,
				fmt.Sprintf("variable %s names no setting and is ignored; the nearest is %s", name, nearest(name, known)))
		}
	}
	return nil
}

// secretText returns the secret called name from its variable or from the file that name_FILE holds, without the line
// end that editors add.
func secretText(name string, vars map[string]string) (string, error) {
	text, path := vars[name], vars[name+fileSuffix]
	switch {
	case text != "" && path != "":
		return "", fmt.Errorf("both %s and %s are set: keep one", name, name+fileSuffix)
	case path != "":
		data, err := readSmall(path)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name+fileSuffix, err)
		}
		if text = strings.TrimRight(string(data), "\r\n"); text == "" {
			return "", fmt.Errorf("%s: %s is empty: write the secret into it, or unset the variable", name+fileSuffix, path)
		}
		name += fileSuffix
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", fmt.Errorf("%s: the secret must be one line of plain text", name)
	}
	return text, nil
}
