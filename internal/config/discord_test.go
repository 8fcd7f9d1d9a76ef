package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/config"
)

func TestDiscordFromFile(t *testing.T) {
	t.Parallel()
	got, err := config.Load(write(t, "amur.yaml", `
discord: {api: "http://127.0.0.1:1/api/v10", shards: 2}
servers:
  allow: [112233445566778899, "1122334455667788990"]
  deny:
    - 998877665544332211
  max_retention_days: 0
  use_model: false
dm: off
limits: {cooldown: 0s, workers: 2}
links: {mode: titles-only, deny: [rt.example, новости.example]}
operator: {name: Ada, contact: ada@example.com, terms_url: "https://example.com/terms"}
admin: {listen: ":0"}
`), []string{"AMUR_DISCORD_TOKEN=t.o.k", "AMUR_LIMITS_QUEUE=7"})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.File = got.File
	want.Discord = config.Discord{Token: config.NewSecret("t.o.k"), API: "http://127.0.0.1:1/api/v10", Shards: 2}
	want.Servers.Allow = config.IDs{"112233445566778899", "1122334455667788990"}
	want.Servers.Deny = config.IDs{"998877665544332211"}
	want.Servers.MaxRetentionDays, want.Servers.UseModel = 0, false
	want.DM = "off"
	want.Limits.Cooldown, want.Limits.Workers, want.Limits.Queue = 0, 2, 7
	want.Links = config.Links{Mode: "titles-only", Deny: []string{"rt.example", "новости.example"}}
	want.Operator = config.Operator{Name: "Ada", Contact: "ada@example.com", TermsURL: "https://example.com/terms"}
	want.Admin.Listen = ":0"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

func TestDiscordFromEnvironment(t *testing.T) {
	t.Parallel()
	got, err := config.Load("", []string{
		"AMUR_DM=full", "AMUR_SERVERS_ALLOW=112233445566778899, 998877665544332211", "AMUR_LINKS_DENY=a.example,b.example",
		"AMUR_DISCORD_TOKEN_FILE=" + write(t, "token", "t.o.k\n"), "AMUR_LOG_CONTENT=true", "AMUR_LOG_LEVEL=debug",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.DM = "full"
	want.Servers.Allow = config.IDs{"112233445566778899", "998877665544332211"}
	want.Links.Deny = []string{"a.example", "b.example"}
	want.Discord.Token = config.NewSecret("t.o.k")
	want.Log = config.Log{Level: "debug", Format: "text", Content: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

// TestDiscordRefuses holds that each wrong setting is an error with its key and what to write, which repeats no secret.
func TestDiscordRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, variable string
		want                 []string
	}{
		{"a token in the file", "discord:\n  token: hunter2\n", "", []string{":2: discord.token is a secret", "AMUR_DISCORD_TOKEN_FILE"}},
		{"a token with its kind", "", "AMUR_DISCORD_TOKEN=Bot hunter2", []string{"AMUR_DISCORD_TOKEN", "the token alone"}},
		{"an address that is none", "discord:\n  api: localhost\n", "", []string{"discord.api is not an address"}},
		{"a password", "discord:\n  api: https://u:hunter2@h\n", "", []string{"discord.api", "AMUR_DISCORD_TOKEN"}},
		{"negative shards", "discord:\n  shards: -1\n", "", []string{"discord.shards is -1"}},
		{"no list", "servers:\n  allow: 112233445566778899\n", "", []string{":2: servers.allow: write a list"}},
		{"a name for an id", "servers:\n  allow: [My Server]\n", "", []string{`servers.allow: "My Server" is no server id`, "developer mode"}},
		{"a number for an id", "servers:\n  deny: [0x1F]\n", "", []string{`servers.deny: "0x1F" is no server id`}},
		{"a list in a list", "servers:\n  deny: [[1]]\n", "", []string{":2: servers.deny: in the list"}},
		{"allowed and denied", "servers: {allow: [112233445566778899], deny: [112233445566778899]}\n", "", []string{"in both", "keep one"}},
		{"kept for ever", "servers:\n  max_retention_days: 366\n", "", []string{"servers.max_retention_days is 366", "0 to 365"}},
		{"no questions of a member", "servers:\n  max_daily_per_member: 0\n", "", []string{"servers.max_daily_per_member is 0"}},
		{"no questions of a server", "servers:\n  max_daily_per_server: 0\n", "", []string{"servers.max_daily_per_server is 0"}},
		{"another dm", "dm: on\n", "", []string{`dm is "on"`, "off, quotes, full"}},
		{"dm as a section", "dm:\n  mode: off\n", "", []string{"dm: write a single plain value"}},
		{"a word for dm", "md: off\n", "", []string{`unknown key "md"`, "is dm"}},
		{"no workers", "limits:\n  workers: 0\n", "", []string{"limits.workers is 0"}},
		{"a negative queue", "limits:\n  queue: -1\n", "", []string{"limits.queue is -1"}},
		{"a negative cooldown", "limits:\n  cooldown: -1s\n", "", []string{"limits.cooldown is -1s", "0s to 1h"}},
		{"no public answers", "limits:\n  public_per_minute: 0\n", "", []string{"limits.public_per_minute is 0"}},
		{"minutes before now", "limits:\n  min_minutes_on_server: -1\n", "", []string{"limits.min_minutes_on_server is -1"}},
		{"nothing for a member", "limits:\n  daily_per_member: 0\n", "", []string{"limits.daily_per_member is 0"}},
		{"nothing for a server", "limits:\n  daily_per_server: 0\n", "", []string{"limits.daily_per_server is 0"}},
		{"another mode of links", "links:\n  mode: some\n", "", []string{`links.mode is "some"`}},
		{"an address for a domain", "links:\n  deny: ['https://rt.example/x']\n", "", []string{`links.deny: "https://rt.example/x" is no domain`}},
		{"a capital in a domain", "links:\n  deny: [RT.example]\n", "", []string{"is no domain", "lower case"}},
		{"a bare word", "links:\n  deny: [example]\n", "", []string{"is no domain"}},
		{"a domain with a gap", "links:\n  deny: [a..example]\n", "", []string{"is no domain"}},
		{"terms in the clear", "operator:\n  terms_url: http://example.com\n", "", []string{"operator.terms_url", "https://"}},
		{"a contact of two lines", "operator:\n  contact: \"a\\nb\"\n", "", []string{"operator.contact must be one line"}},
		{"a long name", "operator:\n  name: " + strings.Repeat("n", 101) + "\n", "", []string{"operator.name", "100 characters"}},
		{"a port alone", "admin:\n  listen: '9464'\n", "", []string{`admin.listen is "9464"`, "127.0.0.1:9464"}},
		{"no port", "admin:\n  listen: '127.0.0.1:'\n", "", []string{"admin.listen"}},
		{"a large port", "admin:\n  listen: '127.0.0.1:65536'\n", "", []string{"admin.listen"}},
		{"a key in the file", "store:\n  key: hunter2\n", "", []string{":2: store.key is a secret", "AMUR_STORE_KEY_FILE"}},
		{"a word for a key", "", "AMUR_STORE_KEY=hunter2", []string{"AMUR_STORE_KEY is shorter than 32", "openssl rand -hex 32"}},
		{"content at info", "log:\n  content: true\n", "", []string{"log.content is true", `log.level is "info"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(write(t, "amur.yaml", tt.file), []string{tt.variable})
			if err == nil {
				t.Fatal("Load succeeded, want an error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %q repeats a secret", err)
			}
		})
	}
}

func TestServes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		servers config.Servers
		want    bool
	}{
		{"all", config.Servers{}, true},
		{"denied", config.Servers{Deny: config.IDs{"1"}}, false},
		{"another denied", config.Servers{Deny: config.IDs{"2"}}, true},
		{"allowed", config.Servers{Allow: config.IDs{"1"}}, true},
		{"another allowed", config.Servers{Allow: config.IDs{"2"}}, false},
		{"both", config.Servers{Allow: config.IDs{"1"}, Deny: config.IDs{"1"}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.servers.Serves("1"); got != tt.want {
				t.Errorf("Serves = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestDiscordAdvice(t *testing.T) {
	t.Parallel()
	for address, warned := range map[string]bool{
		"http://proxy.example.com": true, "https://proxy.example.com": false, "http://127.0.0.1:1/api/v10": false, "http://fake:8080": false,
	} {
		got, err := config.Load("", []string{"AMUR_DISCORD_API=" + address, "AMUR_DISCORD_TOKEN=t"})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Warnings) > 0 != warned {
			t.Errorf("%s: warnings %q, want one: %t", address, got.Warnings, warned)
		}
	}
}

func TestStoreKey(t *testing.T) {
	t.Parallel()
	got, err := config.Load("", []string{"AMUR_STORE_KEY=" + strings.Repeat("0123", 8), "AMUR_STORE_PATH=/data/amur.db"})
	if err != nil {
		t.Fatal(err)
	}
	if file, err := got.Store.KeyFile(); err != nil || file != "/data/key" {
		t.Errorf("KeyFile() = %q, %v, want /data/key", file, err)
	}
}

func TestDumpOfLists(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	cfg.Servers.Allow, cfg.Limits.Cooldown = config.IDs{"112233445566778899"}, 90*time.Second
	var dump strings.Builder
	if err := cfg.Dump(&dump); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n  allow: [\"112233445566778899\"]\n", "\n  cooldown: 90s\n", "\n  # token: (not set), by AMUR_DISCORD_TOKEN or AMUR_DISCORD_TOKEN_FILE\n", "\ndm: \"quotes\"\n"} {
		if !strings.Contains(dump.String(), want) {
			t.Errorf("%q is not in:\n%s", want, dump.String())
		}
	}
}
