package eval

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
)

//go:embed testdata/dev.yaml testdata/dev2.yaml testdata/dev3.yaml testdata/further.yaml
var sets embed.FS

// The sets that travel with the program. Names of kinds are sets too.
const (
	SetAll     = "all"
	SetDev     = "dev"
	SetFurther = "further"
)

// Set gives the questions of a set that travels with the program, in the order of its files: all of them, those for
// development, the further ones, or from all of them those of one kind, such as "positions".
func Set(name string) ([]Question, error) {
	kind := Kind(name)
	if name != SetAll && name != SetDev && name != SetFurther && !slices.Contains(kinds(), kind) {
		return nil, fmt.Errorf("unknown set %q; there are %s, %s, %s and the kinds %s", name, SetAll, SetDev, SetFurther, kindNames())
	}
	files, err := sets.ReadDir("testdata")
	if err != nil {
		return nil, fmt.Errorf("sets of questions: %w", err)
	}
	var out []Question
	for _, file := range files {
		if name == SetDev && !strings.HasPrefix(file.Name(), SetDev) || name == SetFurther && !strings.HasPrefix(file.Name(), SetFurther) {
			continue
		}
		data, err := sets.ReadFile(path.Join("testdata", file.Name()))
		if err != nil {
			return nil, fmt.Errorf("set of questions: %w", err)
		}
		list, err := Read(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
		for _, q := range list {
			if q.Kind == kind || !slices.Contains(kinds(), kind) {
				out = append(out, q)
			}
		}
	}
	return out, nil
}

func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
