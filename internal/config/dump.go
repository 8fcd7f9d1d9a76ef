package config

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Dump writes the effective settings as YAML that Load reads back. Secrets become comments that say whether they are
// set, and by which variable.
func (c Config) Dump(w io.Writer) error {
	var b bytes.Buffer
	section := ""
	for _, s := range settings(&c) {
		name, key, _ := strings.Cut(s.key, ".")
		if name != section {
			fmt.Fprintf(&b, "%s:\n", name)
			section = name
		}
		switch v := s.value.(type) {
		case *Secret:
			fmt.Fprintf(&b, "  # %s: %s, by %s or %s\n", key, v, s.variable(), s.variable()+fileSuffix)
		case *string:
			fmt.Fprintf(&b, "  %s: %q\n", key, *v)
		case *bool:
			fmt.Fprintf(&b, "  %s: %t\n", key, *v)
		case *int:
			fmt.Fprintf(&b, "  %s: %d\n", key, *v)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}
