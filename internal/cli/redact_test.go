package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"amur/internal/cli"
	"amur/internal/config"
)

// Parts of tokens of the form that Discord's have. They are put together at run time, so that nobody takes them for real.
const (
	botToken     = "MTE" + "yMjMzNDQ1NTY2Nzc4ODk5" + ".Gabcde." + "0123456789abcdefghijklmnopqrstuvwxyzAB"
	webhookToken = "aW50ZXJhY3Rpb246" + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTpzZWNyZXQ"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "answered in 40 ms", "answered in 40 ms"},
		{"told", "key is hunter2-long.", "key is (hidden)."},
		{"told, in an address", "GET http://h/?k=hunter2+%26+long", "GET http://h/?k=(hidden)"},
		{"told, in quotes", `Get "hunter2 \"long\""`, `Get "(hidden)"`},
		{"told, one in the other", "hunter2-long and hunter2", "(hidden) and (hidden)"},
		{"told, too short to be one", "test passed", "test passed"},
		{"token of a bot", "token " + botToken + " refused", "token (hidden) refused"},
		{"header", "Authorization: Bot " + botToken, "Authorization: (hidden)"},
		{"bearer", "sent bearer abc.def-123 there", "sent bearer (hidden) there"},
		{"webhook", "POST /api/v10/webhooks/112233445566778899/" + webhookToken + "/messages/@original: 404", "POST /api/v10/webhooks/112233445566778899/(hidden)/messages/@original: 404"},
		{"interaction", "/interactions/112233445566778899/" + webhookToken + "/callback", "/interactions/112233445566778899/(hidden)/callback"},
		{"route", "POST /channels/{channel}/messages", "POST /channels/{channel}/messages"},
		{"key of a model server", "Incorrect API key provided: sk-proj-0123456789abcdefXYZ", "Incorrect API key provided: (hidden)"},
		{"password in an address", "dial https://user:pass@host/v1", "dial https://(hidden)@host/v1"},
		{"parameter", "GET /v1?api_key=abc&x=1", "GET /v1?api_key=(hidden)&x=1"},
		{"a passage id", "passage trade#volume.3@ru", "passage trade#volume.3@ru"},
		{"an edition", "edition 2026-11 of 1.2.3-rc.1", "edition 2026-11 of 1.2.3-rc.1"},
		{"an address", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"},
		{"a digest", "sha256:0123456789abcdef0123456789abcdef", "sha256:0123456789abcdef0123456789abcdef"},
	}
	secrets := []string{"hunter2", "hunter2-long", "hunter2 & long", `hunter2 "long"`, "test"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := cli.Redact(secrets, tt.in); got != tt.want {
				t.Errorf("Redact(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// leaky is a value that would show a secret in each way of printing it.
type leaky struct{ Text string }

type leakyError struct{ text string }

func (e leakyError) Error() string { return e.text }

type leakyText struct{ text string }

func (l leakyText) MarshalText() ([]byte, error) { return []byte(l.text), nil }

type leakyValuer struct{ text string }

func (l leakyValuer) LogValue() slog.Value { return slog.GroupValue(slog.String("in", l.text)) }

// logEverywhere puts a text into each place of a log's lines.
func logEverywhere(log *slog.Logger, text string) {
	err := fmt.Errorf("outer: %w", &url.Error{Op: "Post", URL: "https://h/" + text, Err: leakyError{text}})
	log.Info(text, "string", text, //nolint:sloglint // a message that is not constant is what is tried
		"error", err, "joined", errors.Join(err, leakyError{text}), "struct", leaky{text},
		"pointer", &leaky{text}, "list", []string{text}, "bytes", []byte(text), "text", leakyText{text}, "valuer", leakyValuer{text},
		"map", map[string]string{text: text}, slog.Group("group", "a", text, slog.Group("inner", "b", leakyError{text})))
	log.With("with", text, "err", leakyError{text}).WithGroup("g").With("deep", leakyValuer{text}).Warn("constant", "last", text)
	log.WithGroup(text).Error("constant", text, text)
}

func TestLogHidesSecrets(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	cfg.Discord.Token = config.NewSecret("hunter2-discord")
	cfg.LLM.APIKey = config.NewSecret("hunter2 \"llm\" & more")
	cfg.Embedder.APIKey = config.NewSecret("hunter2-embedder")
	cfg.Store.Key = config.NewSecret("hunter2-store/key=")
	cfg.LLM.Headers = config.Headers{"X-Key": config.NewSecret("hunter2-header")}
	for _, format := range []string{"text", "json"} {
		cfg.Log.Format = format
		var out bytes.Buffer
		log := cli.Logger(&out, cfg)
		for _, secret := range append(cfg.Secrets(), botToken, "bearer hunter2", "/webhooks/112233445566778899/hunter2") {
			logEverywhere(log, secret)
		}
		log.Info("settings", "config", cfg, "token", cfg.Discord.Token)
		for _, leak := range []string{"hunter2", botToken, botToken[:20], "llm\\\" &"} {
			if i := strings.Index(out.String(), leak); i >= 0 {
				t.Errorf("%s: %q shows in …%s", format, leak, out.String()[max(0, i-100):min(out.Len(), i+40)])
			}
		}
		if got := strings.Count(out.String(), "constant"); got == 0 {
			t.Errorf("%s: nothing is left of the log", format)
		}
	}
}

// TestLogKeeps holds that what is no secret is written as it is.
func TestLogKeeps(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	cli.Logger(&out, config.Default()).Info("answered", "outcome", "answered", "took_ms", 40, "err", errors.New("disk full"),
		slog.Group("at", "queue", 3))
	for _, want := range []string{"msg=answered", "outcome=answered", "took_ms=40", `err="disk full"`, "at.queue=3"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in %s", want, out.String())
		}
	}
}

// FuzzLog holds that a secret shows nowhere in a line, whatever it looks like and whatever stands around it.
func FuzzLog(f *testing.F) {
	f.Add("hunter2-long", "before ", " after", true)
	f.Add("hunter2\"long\\", "k=", "&x", false)
	f.Add("пароль-длинный", "webhooks/1/", "/x", true)
	f.Add("aaaaaaaa", "a", "a", true)
	f.Add("://a:b@c", "http", "/", false)
	f.Fuzz(func(t *testing.T, secret, before, after string, asJSON bool) {
		if len(secret) < 8 || strings.ContainsAny(secret, "\n\r\x00") || strings.Contains("(hidden)"+strings.Repeat(before+after, 2), secret) ||
			strings.Contains(secret, "hidden") || strings.ToValidUTF8(secret, "") != secret {
			return
		}
		cfg := config.Default()
		cfg.Discord.Token = config.NewSecret(secret)
		if asJSON {
			cfg.Log.Format = "json"
		}
		var out bytes.Buffer
		log := cli.Logger(&out, cfg)
		log.Info("constant", "before", before, "secret", "-", "after", after) // what stands there without the secret
		plain := strings.Contains(out.String(), secret)
		out.Reset()
		logEverywhere(log, before+secret+after)
		if !plain && strings.Contains(out.String(), secret) {
			i := strings.Index(out.String(), secret)
			t.Errorf("%q shows in …%s…", secret, out.String()[max(0, i-100):min(out.Len(), i+100)])
		}
	})
}
