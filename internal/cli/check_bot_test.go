package cli_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
	"amur/internal/store"
)

// startDiscord starts a fake Discord and returns it with the variables that lead a bot to it.
func startDiscord(t *testing.T, options discordtest.Options) (*discordtest.Server, []string) {
	t.Helper()
	fake, err := discordtest.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	return fake, []string{"AMUR_DISCORD_TOKEN=" + fake.Token(), "AMUR_DISCORD_API=" + fake.URL() + "/api/v10"}
}

// checked runs check on documents of one file and returns its lines with single spaces.
func checked(t *testing.T, environ []string, status int) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "rail.md"), "# Crossings\n\nFreight trains use three crossings.\n")
	embed := startEmbedServer(t)
	environ = append(append(embed.environ(t.TempDir()), "AMUR_KNOWLEDGE_DIR="+dir), environ...)
	code, stdout, stderr := run(t, environ, "check")
	if code != status {
		t.Fatalf("amur check: status %d, want %d\n%s%s", code, status, stdout, stderr)
	}
	return strings.Join(strings.Fields(stdout), " ")
}

func TestCheckBot(t *testing.T) {
	t.Parallel()
	_, environ := startDiscord(t, discordtest.Options{BotID: "1000000000000000007", BotName: "Ussuri"})
	state := []string{"AMUR_STORE_PATH=" + filepath.Join(t.TempDir(), "amur.db")}
	good := checked(t, append(state, environ...), 0)
	for _, want := range []string{
		"ok token Ussuri, application 1000000000000000007", "ok intents none that Discord would have to allow",
		"ok commands none yet: 'amur serve' registers them", "ok rights in no server yet: 'amur invite'", "ok clock as Discord's",
		"note operator operator.contact is empty", "ok state none yet; the first start makes", "note key none yet",
	} {
		if !strings.Contains(good, want) {
			t.Errorf("%q is not in %s", want, good)
		}
	}
	if strings.Contains(good, discordtest.DefaultToken) {
		t.Error("the token shows")
	}
	told := checked(t, append(state, append(environ, "AMUR_OPERATOR_CONTACT=ada@example.com", "AMUR_STORE_KEY="+key)...), 0)
	for _, want := range []string{"ok operator no name, ada@example.com, no terms of use", "ok key AMUR_STORE_KEY"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not in %s", want, told)
		}
	}
}

func TestCheckBotFails(t *testing.T) {
	t.Parallel()
	state := "AMUR_STORE_PATH=" + filepath.Join(t.TempDir(), "amur.db")
	_, environ := startDiscord(t, discordtest.Options{MessageContent: true})
	refused := checked(t, append(environ, state, "AMUR_DISCORD_TOKEN=another.fake.token"), 1)
	if !strings.Contains(refused, "FAIL token") || !strings.Contains(refused, "reset it in the developer portal") || strings.Contains(refused, "another.fake") {
		t.Errorf("a wrong token: %s", refused)
	}
	if strings.Contains(refused, "rights") {
		t.Errorf("what rests on the token was tried: %s", refused)
	}
	content := checked(t, append(environ, state), 0)
	if !strings.Contains(content, "note intents the intent Message Content is switched on") {
		t.Errorf("an intent too many: %s", content)
	}
	nobody := checked(t, append(environ, state, "AMUR_DISCORD_API=http://127.0.0.1:9/api/v10"), 1)
	if !strings.Contains(nobody, "FAIL token") || !strings.Contains(nobody, "see that this machine reaches https://discord.com") {
		t.Errorf("no Discord: %s", nobody)
	}
}

// TestCheckClock holds that a clock which is another than Discord's is a failure: a proxy before the fake sets Discord's back.
func TestCheckClock(t *testing.T) {
	t.Parallel()
	fake, environ := startDiscord(t, discordtest.Options{})
	target, err := url.Parse(fake.URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(reply *http.Response) error {
		reply.Header.Set("Date", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat))
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	out := checked(t, append(environ, "AMUR_DISCORD_API="+server.URL+"/api/v10", "AMUR_STORE_PATH="+filepath.Join(t.TempDir(), "amur.db")), 1)
	if !strings.Contains(out, "FAIL clock this machine's clock is 1h0m") || !strings.Contains(out, "NTP") {
		t.Errorf("a clock that is an hour ahead: %s", out)
	}
}

func TestCheckRights(t *testing.T) {
	t.Parallel()
	fake, environ := startDiscord(t, discordtest.Options{})
	guild := fake.AddGuild(discordtest.Guild{})
	ask := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "ask"})
	log := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "log"})
	path := filepath.Join(t.TempDir(), "amur.db")
	k, err := store.ParseKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path, store.Options{Key: k})
	if err != nil {
		t.Fatal(err)
	}
	at := store.Server(guild.ID)
	if err := s.Joined(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	settings := store.Settings{Preset: store.PresetAsk, AskChannels: []store.Channel{store.Channel(ask.ID)}, LogChannel: store.Channel(log.ID)}
	if err := s.SaveSettings(t.Context(), at, settings, member); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	environ = append(environ, "AMUR_STORE_PATH="+path, "AMUR_STORE_KEY="+key)
	if out := checked(t, environ, 0); !strings.Contains(out, "ok rights enough in the chosen channels of 1 server") {
		t.Errorf("all rights: %s", out)
	}
	fake.SetOverwrite(log.ID, discordtest.Overwrite{ID: guild.ID, Deny: 1 << 11})
	out := checked(t, environ, 1)
	if !strings.Contains(out, "channel "+string(log.ID)+": no right to Send Messages") || strings.Contains(out, "channel "+string(ask.ID)) {
		t.Errorf("a channel that the bot cannot write in: %s", out)
	}
}
