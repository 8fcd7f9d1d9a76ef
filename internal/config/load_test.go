package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadWithoutFile(t *testing.T) {
	t.Parallel()
	got, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Default(), got); diff != "" {
		t.Errorf("Load without a file (-default +got):\n%s", diff)
	}
}

func TestLoadMissingFile(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.yaml")
	for name, load := range map[string]func() (config.Config, error){
		"path":     func() (config.Config, error) { return config.Load(missing, nil) },
		"variable": func() (config.Config, error) { return config.Load("", []string{"AMUR_CONFIG=" + missing}) },
	} {
		if _, err := load(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Load of a missing file by %s = %v, want fs.ErrNotExist", name, err)
		}
	}
}

func TestLoadPrecedence(t *testing.T) {
	t.Parallel()
	path := write(t, "amur.yaml", `
knowledge:
  dir: from/file
answer: {max_sentences: 4, language: ru}
log:
  level:
`)
	got, err := config.Load("", []string{
		"AMUR_CONFIG=" + path,
		"AMUR_KNOWLEDGE_DIR=from/environment",
		"AMUR_KNOWLEDGE_BUILTIN=true",
		"AMUR_ANSWER_LANGUAGE=",
		"AMUR_LOG_FORMAT=text",
		"AMUR_LOG_FORMAT=json",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.File = path
	want.Knowledge = config.Knowledge{Dir: "from/environment", Builtin: true}
	want.Answer = config.Answer{MaxSentences: 4, Language: "ru"}
	want.Log.Format = "json"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestLoadRefusesFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		want       []string
	}{
		{"unknown section", "log:\n  level: info\nknowlege:\n  dir: x\n", []string{":3: ", `"knowlege"`, "is knowledge"}},
		{"unknown key", "\nanswer:\n  max_sentence: 2\n", []string{":3: ", `"answer.max_sentence"`, "is answer.max_sentences"}},
		{"key of another section", "answer:\n  builtin: true\n", []string{":2: ", "is knowledge.builtin"}},
		{"not a number", "answer:\n  max_sentences: many\n", []string{":2: ", "answer.max_sentences", `"many"`, "whole number"}},
		{"a fraction", "answer:\n  max_sentences: 2.5\n", []string{":2: ", "whole number"}},
		{"not a truth", "knowledge:\n  builtin: yes\n", []string{":2: ", `"yes"`, "true nor false"}},
		{"not text", "answer:\n  language: true\n", []string{":2: ", "true", "quotes"}},
		{"a list", "knowledge:\n  dir: [a, b]\n", []string{":2: ", "knowledge.dir", "single plain value"}},
		{"an alias", "knowledge:\n  dir: &a x\ncache:\n  dir: *a\n", []string{":2: ", "single plain value"}},
		{"a secret", "embedder:\n  api_key: hunter2\n", []string{":2: ", "AMUR_EMBEDDER_API_KEY", "_FILE"}},
		{"a key twice", "log:\n  level: info\n  level: warn\n", []string{":3: ", "level"}},
		{"a section that is a word", "log: info\n", []string{":1: ", "log must hold settings"}},
		{"no settings", "amur\n", []string{":1: ", "must hold settings"}},
		{"two documents", "log:\n  level: info\n---\nlog:\n  level: warn\n", []string{":4: ", "second document"}},
		{"syntax", "log:\n  level: \"info\n", []string{":2: "}},
		{"not UTF-8", "log: \xff\xfe", []string{"UTF-8"}},
		{"too large", strings.Repeat("# long\n", 10_000), []string{"larger than 32 KiB"}},
		{"out of range", "answer:\n  max_sentences: 6\n", []string{"answer.max_sentences is 6", "1 to 5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(write(t, "amur.yaml", tt.file), nil)
			if err == nil {
				t.Fatalf("Load(%q) = %+v, want an error", tt.file, got)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Load(%q): error %q lacks %q", tt.file, err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Load(%q): error %q repeats a secret", tt.file, err)
			}
			if diff := cmp.Diff(config.Config{}, got); diff != "" {
				t.Errorf("Load(%q) gave half a result:\n%s", tt.file, diff)
			}
		})
	}
}

func TestLoadAccepts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, dir string }{
		{"an empty file", "", ""},
		{"only comments", "# nothing\n\n# yet\n", ""},
		{"an empty section", "knowledge:\n", ""},
		{"a byte order mark", "\ufeffknowledge:\n  dir: x\n", "x"},
		{"one document with its marks", "---\nknowledge:\n  dir: x\n...\n", "x"},
		{"Windows line ends", "knowledge:\r\n  dir: x\r\n", "x"},
		{"any script", "knowledge:\n  dir: мои документы/资料\n", "мои документы/资料"},
		{"a number in quotes", "knowledge:\n  dir: '2024'\n", "2024"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(write(t, "amur.yaml", tt.file), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.Knowledge.Dir != tt.dir {
				t.Errorf("Load(%q): knowledge.dir = %q, want %q", tt.file, got.Knowledge.Dir, tt.dir)
			}
		})
	}
}
