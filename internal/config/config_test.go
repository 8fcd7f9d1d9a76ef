package config_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

const example = "../../config.example.yaml"

func TestExampleHoldsTheDefaults(t *testing.T) {
	t.Parallel()
	got, err := config.Load(example, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.File = example
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-default +file):\n%s", example, diff)
	}
}

// TestExampleNamesEveryKey holds that the example has the lines of a dump, in its order, each key below a comment.
func TestExampleNamesEveryKey(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	var dump bytes.Buffer
	if err := config.Default().Dump(&dump); err != nil {
		t.Fatal(err)
	}
	got, undocumented := settingLines(string(file))
	want, _ := settingLines(dump.String())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines of %s (-defaults +file):\n%s", example, diff)
	}
	for _, line := range undocumented {
		t.Errorf("%s: no comment above %q", example, line)
	}
}

// settingLines returns the lines that are no comment, and those of them with a value below no comment.
func settingLines(file string) (lines, undocumented []string) {
	previous := ""
	for scanner := bufio.NewScanner(strings.NewReader(file)); scanner.Scan(); {
		line := scanner.Text()
		if trimmed := strings.TrimSpace(line); trimmed != "" && trimmed[0] != '#' {
			lines = append(lines, line)
			if strings.HasPrefix(line, " ") && !strings.HasPrefix(strings.TrimSpace(previous), "#") {
				undocumented = append(undocumented, line)
			}
		}
		previous = line
	}
	return lines, undocumented
}

func TestValidate(t *testing.T) {
	t.Parallel()
	server := config.Embedder{BaseURL: "https://api.example.com/v1", Name: "e5"}
	with := func(change func(e *config.Embedder)) config.Config {
		c := config.Default()
		c.Embedder = server
		change(&c.Embedder)
		return c
	}
	tests := []struct {
		name string
		cfg  config.Config
		want string
	}{
		{"default", config.Default(), ""},
		{"a server", with(func(*config.Embedder) {}), ""},
		{"a server with a key", with(func(e *config.Embedder) { e.APIKey = config.NewSecret("k") }), ""},
		{"a server and a file", with(func(e *config.Embedder) { e.Model = "m.gguf" }), "keep the file or the server"},
		{"a server without a name", with(func(e *config.Embedder) { e.Name = "" }), "embedder.name is empty"},
		{"a name without a server", with(func(e *config.Embedder) { e.BaseURL = "" }), "embedder.base_url is empty"},
		{"no address", with(func(e *config.Embedder) { e.BaseURL = "localhost:1" }), "not an address"},
		{"another scheme", with(func(e *config.Embedder) { e.BaseURL = "ftp://h/v1" }), "not an address"},
		{"a password", with(func(e *config.Embedder) { e.BaseURL = "https://u:hunter2@h/v1" }), "AMUR_EMBEDDER_API_KEY"},
		{"a broken address", with(func(e *config.Embedder) { e.BaseURL = "https://u:hunter2@h:x/v1" }), "not an address"},
		{"nothing set", config.Config{}, "log.format is \"\": choose one of text, json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.cfg.Validate()
			if tt.want == "" {
				if err != nil {
					t.Fatalf("Validate() = %v, want nil", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Validate() = %v, want an error with %q", err, tt.want)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Validate() = %v repeats a secret", err)
			}
		})
	}
}

func TestUsesBuiltin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		k    config.Knowledge
		want bool
	}{
		{"no folder", config.Knowledge{}, true},
		{"a folder instead", config.Knowledge{Dir: "d"}, false},
		{"a folder beside", config.Knowledge{Dir: "d", Builtin: true}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.k.UsesBuiltin(); got != tt.want {
				t.Errorf("%+v.UsesBuiltin() = %v, want %v", tt.k, got, tt.want)
			}
		})
	}
}

func TestCachePath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "c"))
	for name, tt := range map[string]struct{ dir, want string }{
		"default": {"", filepath.Join(home, "c", "amur")},
		"set":     {"/srv/cache", "/srv/cache"},
	} {
		got, err := config.Cache{Dir: tt.dir}.Path()
		if err != nil || got != tt.want {
			t.Errorf("%s: Path() = %q, %v, want %q", name, got, err, tt.want)
		}
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if got, err := (config.Cache{}).Path(); err == nil {
		t.Errorf("Path() without HOME = %q, want an error", got)
	}
}
