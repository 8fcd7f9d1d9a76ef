package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

func TestEnvironErrors(t *testing.T) {
	t.Parallel()
	full, empty := write(t, "key", "hunter2\n"), write(t, "empty", "\n")
	tests := []struct {
		name    string
		environ []string
		want    []string
	}{
		{"not a number", []string{"AMUR_ANSWER_MAX_SENTENCES=x"}, []string{"AMUR_ANSWER_MAX_SENTENCES", "whole number"}},
		{"not text", []string{"AMUR_KNOWLEDGE_DIR=caf\xe9"}, []string{"AMUR_KNOWLEDGE_DIR", "UTF-8"}},
		{"secret twice", []string{"AMUR_EMBEDDER_API_KEY=hunter2", "AMUR_EMBEDDER_API_KEY_FILE=" + full}, []string{"both", "keep one"}},
		{"secret file missing", []string{"AMUR_EMBEDDER_API_KEY_FILE=" + full + "x"}, []string{"AMUR_EMBEDDER_API_KEY_FILE", "no such file"}},
		{"secret file empty", []string{"AMUR_EMBEDDER_API_KEY_FILE=" + empty}, []string{"is empty"}},
		{"secret of two lines", []string{"AMUR_EMBEDDER_API_KEY=hunter2\nX"}, []string{"one line"}},
		{"secret file of two lines", []string{"AMUR_EMBEDDER_API_KEY_FILE=" + write(t, "key", "hunter2\nhunter2\n")}, []string{"AMUR_EMBEDDER_API_KEY_FILE: ", "one line"}},
		{"secret without use", []string{"AMUR_EMBEDDER_API_KEY=hunter2"}, []string{"embedder.base_url is empty"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load("", tt.environ)
			if err == nil {
				t.Fatalf("Load with %q succeeded, want an error", tt.environ)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Load with %q: error %q lacks %q", tt.environ, err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Load with %q: error %q repeats a secret", tt.environ, err)
			}
		})
	}
}

func TestSecretSources(t *testing.T) {
	t.Parallel()
	server := []string{"AMUR_EMBEDDER_BASE_URL=http://127.0.0.1:11434/v1", "AMUR_EMBEDDER_NAME=e5"}
	for name, variable := range map[string]string{
		"variable": "AMUR_EMBEDDER_API_KEY=hunter2",
		"file":     "AMUR_EMBEDDER_API_KEY_FILE=" + write(t, "key", "hunter2\r\n"),
	} {
		got, err := config.Load("", append(server[:2:2], variable))
		if err != nil {
			t.Fatal(err)
		}
		if got.Embedder.APIKey.Reveal() != "hunter2" {
			t.Errorf("secret by %s = %q, want hunter2", name, got.Embedder.APIKey.Reveal())
		}
	}
}

func TestUnknownVariableWarns(t *testing.T) {
	t.Parallel()
	got, err := config.Load("", []string{"AMUR_KNOWLEGE_DIR=x", "AMUR_EMBEDDER_APIKEY=hunter2", "PATH=/bin", "broken"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"variable AMUR_EMBEDDER_APIKEY names no setting and is ignored; the nearest is AMUR_EMBEDDER_API_KEY",
		"variable AMUR_KNOWLEGE_DIR names no setting and is ignored; the nearest is AMUR_KNOWLEDGE_DIR",
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestNoColor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		environ []string
		want    bool
	}{
		{"unset", nil, false},
		{"empty", []string{"NO_COLOR="}, false},
		{"set", []string{"NO_COLOR=1"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := config.NoColor(tt.environ); got != tt.want {
				t.Errorf("NoColor(%q) = %v, want %v", tt.environ, got, tt.want)
			}
		})
	}
}
