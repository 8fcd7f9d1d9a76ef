package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
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
		text, source := vars[name], name
		if s.hasFile() {
			known = append(known, name+fileSuffix)
			var err error
			if text, source, err = textOrFile(name, vars); err != nil {
				return err
			}
		}
		if text == "" {
			continue
		}
		if !utf8.ValidString(text) {
			return fmt.Errorf("%s: not UTF-8 text: write it in UTF-8", source)
		}
		if err := s.set(text); err != nil {
			return fmt.Errorf("%s: %w", source, err)
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

// textOrFile returns the text of the variable name, or that of the file that name_FILE holds, without the line end that
// editors add, and which of the two it is.
func textOrFile(name string, vars map[string]string) (text, source string, err error) {
	text, source = vars[name], name+fileSuffix
	path := vars[source]
	switch {
	case path == "":
		return text, name, nil
	case text != "":
		return "", "", fmt.Errorf("both %s and %s are set: keep one", name, source)
	}
	data, err := readSmall(path)
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", source, err)
	}
	if text = strings.TrimRight(string(data), "\r\n"); text == "" {
		return "", "", fmt.Errorf("%s: %s is empty: write the value into it, or unset the variable", source, path)
	}
	return text, source, nil
}
