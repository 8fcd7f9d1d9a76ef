package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

func TestSecretDoesNotLeak(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	cfg.Embedder.APIKey = config.NewSecret("hunter2")
	cfg.LLM.APIKey = config.NewSecret("hunter2")
	cfg.Discord.Token, cfg.Store.Key = config.NewSecret("hunter2"), config.NewSecret("hunter2")
	cfg.LLM.Headers = config.Headers{"X-Key": config.NewSecret("hunter2")}
	hidden := struct{ key config.Secret }{cfg.Embedder.APIKey}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T", "%p", "%%", "%z"} {
		for _, value := range []any{cfg.LLM, cfg.LLM.Headers, cfg.Embedder.APIKey, &cfg.Embedder.APIKey, cfg, &cfg, hidden, []any{cfg.Embedder.APIKey}} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
	}
	asJSON, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(asJSON)
	out.Write(asYAML)
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("loaded", "config", cfg, "key", cfg.Embedder.APIKey, "embedder", &cfg.Embedder)
	}
	if err := cfg.Dump(&out); err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{"hunter2", fmt.Sprintf("%x", "hunter2"), fmt.Sprintf("%X", "hunter2"), "104 117 110"} {
		if i := strings.Index(out.String(), leak); i >= 0 {
			t.Errorf("the secret shows as %q in …%s", leak, out.String()[max(0, i-40):i])
		}
	}
	for _, want := range []string{"(hidden)", "AMUR_EMBEDDER_API_KEY", "AMUR_LLM_API_KEY", "AMUR_DISCORD_TOKEN", "AMUR_STORE_KEY", "X-Key"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q", want)
		}
	}
}

func TestSecretUnset(t *testing.T) {
	t.Parallel()
	s := config.NewSecret("")
	if s.IsSet() || s.Reveal() != "" || s.String() != "(not set)" || !s.Equal(config.Secret{}) {
		t.Errorf("NewSecret(\"\") = %v, set %v, text %q; want the zero value", s, s.IsSet(), s.Reveal())
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	if got := config.Default().Secrets(); len(got) != 0 {
		t.Errorf("Secrets() of the defaults = %q, want none", got)
	}
	cfg := config.Default()
	cfg.Discord.Token, cfg.LLM.APIKey = config.NewSecret("discord"), config.NewSecret("llm")
	cfg.LLM.Headers = config.Headers{"X-B": config.NewSecret("b"), "X-A": config.NewSecret("a")}
	if diff := cmp.Diff([]string{"llm", "a", "b", "discord"}, cfg.Secrets()); diff != "" {
		t.Errorf("Secrets() (-want +got):\n%s", diff)
	}
}
