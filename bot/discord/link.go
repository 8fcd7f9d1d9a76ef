package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Operations of the gateway (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway).
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

const (
	resumableCode = 4000 // any but 1000 and 1001 keeps the session
	endingCode    = 1000
)

// Why a connection ended.
var (
	errReconnect = errors.New("discord asked to reconnect")
	errInvalid   = errors.New("session is invalid")
	errStale     = errors.New("session is invalid but may be resumed")
	errNoAck     = errors.New("heartbeat was not acknowledged")
	errNoHello   = errors.New("no hello")
	errNoReady   = errors.New("no ready after hello")
	errSilent    = errors.New("connection is silent")
	errClosed    = errors.New("connection was closed here")
	errUnasked   = errors.New("identify was not allowed")
)

// closedError is a close code of Discord.
type closedError int

// Error names the code.
func (c closedError) Error() string { return fmt.Sprintf("closed by discord with code %d", int(c)) }

// packet is a message of the gateway.
type packet struct {
	Op   int             `json:"op"`
	Seq  *int64          `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
	Data json.RawMessage `json:"d"`
}

// foreign stands before the names of events, so that discordgo hands them over without decoding them: its own decoding loses
// messages with components that it does not know, and panics on some lists with null inside.
const foreign = "RAW_"

// link is one connection's state: what was said, what is due. The tap tells it every packet.
type link struct {
	timing   Timing
	identify func() error  // before an Identify goes out
	ready    func(welcome) // at READY or RESUMED

	mu       sync.Mutex
	until    time.Time // when Hello, then READY, must have come
	hello    bool
	live     bool
	interval time.Duration
	sent     time.Time // the heartbeat that waits for its acknowledgement; zero if none
	lastSent time.Time
	lastAck  time.Time
}

// opened starts the time for Hello.
func (l *link) opened() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Now().Add(l.timing.Hello)
}

// patience is when the next packet must have come.
func (l *link) patience() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.live {
		return l.until
	}
	return time.Now().Add(2*l.interval + l.timing.Silence)
}

// silent says what did not come in time.
func (l *link) silent() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case !l.hello:
		return errNoHello
	case !l.live:
		return errNoReady
	}
	return errSilent
}

// received takes a message and returns what discordgo may see of it: nil for nothing. An error ends the connection.
func (l *link) received(message []byte) ([]byte, error) {
	var p packet
	if err := decode(message, &p); err != nil || !bytes.HasPrefix(bytes.TrimSpace(message), []byte("{")) {
		return nil, nil
	}
	switch p.Op {
	case opReconnect:
		return nil, errReconnect
	case opInvalid:
		if string(p.Data) == "true" {
			return nil, errStale
		}
		return nil, errInvalid
	case opHello:
		return l.greeted(message, p.Data), nil
	case opAck:
		l.mu.Lock()
		l.sent, l.lastAck = time.Time{}, time.Now()
		l.mu.Unlock()
		return message, nil
	case opDispatch:
		return l.dispatched(p)
	case opHeartbeat:
		return message, nil
	}
	return nil, nil // an operation that nobody here knows
}

func (l *link) greeted(message, data []byte) []byte {
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if decode(data, &hello) != nil || hello.Interval < 1 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hello, l.interval = true, time.Duration(hello.Interval)*time.Millisecond
	l.lastAck, l.until = time.Now(), time.Now().Add(l.timing.Ready)
	return message
}

func (l *link) dispatched(p packet) ([]byte, error) {
	if p.Seq == nil { // discordgo would forget how far it has come
		return nil, nil
	}
	switch p.Type {
	case "READY":
		var ready struct {
			Session string     `json:"session_id"`
			Resume  string     `json:"resume_gateway_url"`
			Guilds  []rawGuild `json:"guilds"`
			User    struct {
				ID UserID `json:"id"`
			} `json:"user"`
		}
		if decode(p.Data, &ready) != nil || ready.Session == "" {
			return nil, errNoReady
		}
		l.up()
		l.ready(welcome{resume: ready.Resume, guilds: guildIDs(ready.Guilds)})
		// Only what discordgo needs.
		p.Data, _ = json.Marshal(struct {
			Session string `json:"session_id"`
			User    any    `json:"user"`
		}{ready.Session, ready.User})
	case "RESUMED":
		l.up()
		l.ready(welcome{resumed: true})
		p.Data = json.RawMessage("{}")
	default:
		p.Type = foreign + p.Type
	}
	return json.Marshal(p)
}

func (l *link) up() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.live = true
}

// welcome is what READY or RESUMED says.
type welcome struct {
	resumed bool
	resume  string // the address for resuming; of READY
	guilds  []GuildID
}

func guildIDs(guilds []rawGuild) []GuildID {
	out := make([]GuildID, 0, len(guilds))
	for _, g := range guilds {
		out = append(out, g.ID)
	}
	return out
}

// sending is told each frame before it goes out; an error ends the connection instead.
func (l *link) sending(f frame) error {
	if f.kind == frameClose {
		return errClosed
	}
	var p struct {
		Op int `json:"op"`
	}
	if decode(f.payload, &p) != nil {
		return nil
	}
	switch p.Op {
	case opIdentify:
		return l.identify()
	case opHeartbeat:
		return l.beat(time.Now())
	}
	return nil
}

// beat notes a heartbeat. Discord's own request for one may bring two close together, so only one that has waited for most of an
// interval means a dead connection.
func (l *link) beat(now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.sent.IsZero() && now.Sub(l.sent) >= l.interval*3/4 {
		return errNoAck
	}
	if l.sent.IsZero() {
		l.sent = now
	}
	l.lastSent = now
	return nil
}

// beats are the times of the last heartbeat and the last acknowledgement.
func (l *link) beats() (time.Time, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lastSent, l.lastAck
}
