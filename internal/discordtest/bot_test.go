package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"amur/internal/discordtest"
)

const (
	guildsIntent   = 1 << 0
	messagesIntent = 1 << 9
	directIntent   = 1 << 12
	contentIntent  = 1 << 15
	plainIntents   = guildsIntent | messagesIntent | directIntent
)

// bot is a small client of the fake, with nothing but the standard library and a websocket.
type bot struct {
	t      *testing.T
	fake   *discordtest.Server
	url    string // in place of the fake's
	token  string
	agent  string
	socket *websocket.Conn
	events chan packet
}

type packet struct {
	Op     int             `json:"op"`
	D      json.RawMessage `json:"d"`
	S      int             `json:"s"`
	T      string          `json:"t"`
	Binary bool            `json:"-"`
	Err    error           `json:"-"`
}

// start starts a fake with one guild ("g"), one channel ("c"), a member 7 and a moderator 8, and a bot that is not connected.
func start(t *testing.T, options discordtest.Options) (*discordtest.Server, *bot, discordtest.Guild, discordtest.Channel) {
	t.Helper()
	options.IdentifyWindow = max(options.IdentifyWindow, time.Nanosecond)
	fake, err := discordtest.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	guild := fake.AddGuild(discordtest.Guild{Name: "Amur", Locale: "ru"})
	channel := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "ask"})
	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "7", Username: "vera", Locale: "uk"}})
	moderators := fake.SetRole(guild.ID, discordtest.Role{Name: "mods", Permissions: discordtest.ManageMessages | discordtest.PinMessages})
	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "8", Username: "mod"}, Roles: []discordtest.ID{moderators.ID}})
	b := &bot{t: t, fake: fake, token: fake.Token(), agent: "DiscordBot (https://example.org/amur, 1.0)"}
	return fake, b, guild, channel
}

// call makes a request and returns its status and body.
func (b *bot) call(method, path, body string) (int, string) {
	b.t.Helper()
	status, text, _ := b.do(method, path, "application/json", strings.NewReader(body), nil)
	return status, text
}

func (b *bot) address() string {
	if b.url != "" {
		return b.url
	}
	return b.fake.URL()
}

func (b *bot) do(method, path, contentType string, body io.Reader, header http.Header) (int, string, http.Header) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.address()+"/api/v10"+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+b.token)
	r.Header.Set("User-Agent", b.agent)
	if method != http.MethodGet && method != http.MethodDelete {
		r.Header.Set("Content-Type", contentType)
	}
	maps.Copy(r.Header, header)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error(), nil
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer.StatusCode, string(text), answer.Header
}

// must makes a request that has to succeed.
func (b *bot) must(method, path, body string) string {
	b.t.Helper()
	status, text := b.call(method, path, body)
	if status/100 != 2 {
		b.t.Fatalf("%s %s %.300s = %d %.300s", method, path, body, status, text)
	}
	return text
}

// refused makes a request that has to fail with the status and Discord's code.
func (b *bot) refused(method, path, body string, status, code int) {
	b.t.Helper()
	b.fake.TakeViolations()
	got, text := b.call(method, path, body)
	var failure struct {
		Code int `json:"code"`
	}
	_ = json.Unmarshal([]byte(text), &failure)
	if got != status || failure.Code != code {
		b.t.Errorf("%s %s %.200s = %d %.300s, want %d with code %d", method, path, body, got, text, status, code)
	}
	if v := b.fake.TakeViolations(); len(v) != 1 || v[0].Code != code {
		b.t.Errorf("%s %s: violations %v, want one with code %d", method, path, v, code)
	}
}

// open connects to the gateway without identifying.
func (b *bot) open(url string) {
	b.t.Helper()
	socket, answer, err := websocket.DefaultDialer.DialContext(b.t.Context(), url+"?v=10&encoding=json", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	_ = answer.Body.Close()
	b.t.Cleanup(func() { _ = socket.Close() })
	b.socket = socket
	events := make(chan packet, 1000)
	b.events = events
	go func() {
		for {
			kind, data, err := socket.ReadMessage()
			if err != nil {
				events <- packet{Err: err}
				close(events)
				return
			}
			p := packet{}
			if kind == websocket.BinaryMessage {
				z, err := zlib.NewReader(bytes.NewReader(data))
				if err == nil {
					data, err = io.ReadAll(z)
				}
				if err != nil {
					events <- packet{Err: err}
					return
				}
				p.Binary = true
			}
			if err := json.Unmarshal(data, &p); err != nil {
				p.Err = err
			}
			events <- p
		}
	}()
}

func (b *bot) gatewayURL() string {
	b.t.Helper()
	var info struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal([]byte(b.must(http.MethodGet, "/gateway/bot", "")), &info); err != nil {
		b.t.Fatal(err)
	}
	return info.URL
}

func (b *bot) send(op int, d string) {
	b.t.Helper()
	data, err := json.Marshal(packet{Op: op, D: json.RawMessage(d)})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.socket.WriteMessage(websocket.TextMessage, data); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bot) identify(intents int, more string) {
	b.t.Helper()
	data, _ := json.Marshal(intents)
	b.send(2, `{"token":"Bot `+b.token+`","properties":{"os":"linux"},"intents":`+string(data)+more+`}`)
}

// connect identifies and waits for READY; it returns READY.
func (b *bot) connect(intents int) packet {
	b.t.Helper()
	b.open(b.gatewayURL())
	b.op(10)
	b.identify(intents, "")
	return b.event("READY")
}

// next is the next packet from the gateway.
func (b *bot) next() packet {
	b.t.Helper()
	select {
	case p := <-b.events:
		return p
	case <-time.After(10 * time.Second):
		b.t.Fatal("nothing came from the gateway")
		return packet{}
	}
}

// op waits for a packet of that opcode.
func (b *bot) op(op int) packet {
	b.t.Helper()
	for {
		p := b.next()
		if p.Err != nil {
			b.t.Fatalf("waiting for op %d: %v", op, p.Err)
		}
		if p.Op == op {
			return p
		}
	}
}

// event waits for an event of that name.
func (b *bot) event(name string) packet {
	b.t.Helper()
	for {
		p := b.next()
		if p.Err != nil {
			b.t.Fatalf("waiting for %s: %v", name, p.Err)
		}
		if p.T == name {
			return p
		}
	}
}

// closed waits for the end of the connection and returns the code.
func (b *bot) closed() int {
	b.t.Helper()
	for {
		if p := b.next(); p.Err != nil {
			if end, ok := p.Err.(*websocket.CloseError); ok { //nolint:errorlint // gorilla never wraps it
				return end.Code
			}
			return 0
		}
	}
}

type event struct {
	ID      string `json:"id"`
	Token   string `json:"token"`
	Type    int    `json:"type"`
	GuildID string `json:"guild_id"`
	Data    struct {
		Name     string `json:"name"`
		CustomID string `json:"custom_id"`
	} `json:"data"`
}

// interaction waits for the next INTERACTION_CREATE.
func (b *bot) interaction() event {
	b.t.Helper()
	var e event
	if err := json.Unmarshal(b.event("INTERACTION_CREATE").D, &e); err != nil {
		b.t.Fatal(err)
	}
	return e
}

func (e event) callback() string { return "/interactions/" + e.ID + "/" + e.Token + "/callback" }

func (b *bot) webhook(e event) string { return "/webhooks/" + string(b.fake.BotID()) + "/" + e.Token }

func (b *bot) original(e event) string { return b.webhook(e) + "/messages/@original" }

func (b *bot) commands() string { return "/applications/" + string(b.fake.BotID()) + "/commands" }

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// blameless fails when a rule was broken.
func blameless(t *testing.T, fake *discordtest.Server) {
	t.Helper()
	for _, v := range fake.Violations() {
		t.Errorf("broken rule: %s", v)
	}
}
