package discordtest_test

import (
	"net/http"
	"testing"

	"github.com/gorilla/websocket"

	"amur/internal/discordtest"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{})
	r := bot.connect(0).ready(t)
	fake.DropConnections()
	bot.closed()
	fake.Script(
		discordtest.Script{InsteadHello: true},
		discordtest.Script{BeforeHello: true},
		discordtest.Script{AfterResume: 7},
		discordtest.Script{AfterResume: 90},
		discordtest.Script{OnStart: 4004},
		discordtest.Script{OnStart: 4004},
		discordtest.Script{NoACK: true, AfterIdentify: 9},
		discordtest.Script{DropOnStart: true},
		discordtest.Script{AfterResume: 9},
		discordtest.Script{NoHello: true},
		discordtest.Script{RefuseUpgrade: true},
	)
	url := bot.gatewayURL()
	bot.open(url)
	if p := bot.next(); p.Op != 7 {
		t.Errorf("first packet %d", p.Op)
	}
	bot.open(url)
	if p := bot.next(); p.Op != 7 {
		t.Errorf("first packet %d", p.Op)
	}
	bot.op(10)
	bot.open(url)
	bot.op(10)
	bot.resume(r.SessionID, 1)
	if p := bot.next(); p.Op != 7 {
		t.Errorf("first packet after Resume %d", p.Op)
	}
	bot.open(url)
	bot.op(10)
	bot.resume(r.SessionID, 1)
	if p := bot.next(); p.Op != 9 || string(p.D) != "true" {
		t.Errorf("after Resume %+v", p)
	}
	for range 2 {
		bot.open(url)
		bot.op(10)
		bot.identify(0, "")
		if got := bot.closed(); got != 4004 {
			t.Errorf("closed with %d", got)
		}
	}
	bot.open(url)
	bot.op(10)
	bot.send(1, "null") // not acknowledged
	bot.identify(0, "")
	if p := bot.next(); p.Op != 9 || string(p.D) != "false" {
		t.Errorf("in place of READY %+v", p)
	}
	bot.open(url)
	bot.op(10)
	bot.identify(0, "")
	bot.closed()
	bot.open(url)
	bot.op(10)
	bot.resume(r.SessionID, 1)
	if p := bot.next(); p.Op != 9 || string(p.D) != "false" {
		t.Errorf("after Resume %+v", p)
	}
	bot.open(url)
	bot.send(1, "null")
	_ = bot.socket.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
	if p := bot.next(); p.Err == nil {
		t.Errorf("without Hello came %+v", p)
	}
	_, answer, err := websocket.DefaultDialer.DialContext(t.Context(), url+"?v=10", nil)
	if err == nil || answer == nil || answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("upgrade %v", err)
	}
	if answer != nil {
		_ = answer.Body.Close()
	}
	if fake.Scripts() != 0 {
		t.Errorf("%d scripts left", fake.Scripts())
	}
	blameless(t, fake)
}
