package config

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Dump writes the effective settings as YAML that Load reads back. Secrets and headers become comments that say
// whether they are set, and by which variable.
func (c Config) Dump(w io.Writer) error {
	var b bytes.Buffer
	var open []string // the sections around the line before
	for _, s := range settings(&c) {
		names := strings.Split(s.key, ".")
		last := len(names) - 1
		for depth, name := range names[:last] {
			if depth < len(open) && open[depth] == name {
				continue
			}
			open = append(open[:depth:depth], name)
			fmt.Fprintf(&b, "%s%s:\n", indent(depth), name)
		}
		open = open[:last]
		fmt.Fprintf(&b, "%s%s\n", indent(last), s.line(names[last]))
	}
	_, err := w.Write(b.Bytes())
	return err
}

func indent(depth int) string { return strings.Repeat("  ", depth) }

// line returns the setting as it stands in a file below its section.
func (s setting) line(key string) string {
	value := ""
	switch v := s.value.(type) {
	case *Secret:
		return fmt.Sprintf("# %s: %s, by %s or %s", key, v, s.variable(), s.variable()+fileSuffix)
	case *Headers:
		if len(*v) > 0 {
			return fmt.Sprintf("# %s: %q (hidden), by %s or %s", key, v.names(), s.variable(), s.variable()+fileSuffix)
		}
		value = "{}"
	case *string:
		value = strconv.Quote(*v)
	case *bool:
		value = strconv.FormatBool(*v)
	case *int:
		value = strconv.Itoa(*v)
	case *int64:
		value = strconv.FormatInt(*v, 10)
	case *float64:
		value = formatFloat(*v)
	case **float64:
		if *v == nil {
			return key + ":"
		}
		value = formatFloat(**v)
	case *time.Duration:
		value = formatDuration(*v)
	case *[]string:
		value = quotedList(*v)
	case *IDs:
		value = quotedList(*v)
	}
	return key + ": " + value
}

func quotedList(list []string) string {
	quoted := make([]string, 0, len(list))
	for _, item := range list {
		quoted = append(quoted, strconv.Quote(item))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
