package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Gateway intents (events/gateway, "Gateway Intents").
const (
	intentGuilds          = 1 << 0
	intentMembers         = 1 << 1
	intentPresences       = 1 << 8
	intentGuildMessages   = 1 << 9
	intentGuildReactions  = 1 << 10
	intentDirectMessages  = 1 << 12
	intentDirectReactions = 1 << 13
	intentContent         = 1 << 15
	allIntents            = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// Gateway close codes (topics/opcodes-and-status-codes).
const (
	closeUnknownOpcode  = 4001
	closeDecode         = 4002
	closeNotIdentified  = 4003
	closeAuthentication = 4004
	closeAlready        = 4005
	closeInvalidSeq     = 4007
	closeRateLimited    = 4008
	closeTimedOut       = 4009
	closeInvalidShard   = 4010
	closeShardRequired  = 4011
	closeInvalidVersion = 4012
	closeInvalidIntents = 4013
	closeDisallowed     = 4014
)

// replayed is how many events a session keeps to be replayed after a resume.
const replayed = 1000

// Script is what happens to one connection to the gateway. The zero value is a connection as it should be.
type Script struct {
	NoHello       bool `json:"no_hello"`       // nothing is ever sent
	InsteadHello  bool `json:"instead_hello"`  // op 7 in place of Hello
	BeforeHello   bool `json:"before_hello"`   // op 7 and then Hello
	NoACK         bool `json:"no_ack"`         // heartbeats are not acknowledged
	OnStart       int  `json:"on_start"`       // close code in answer to Identify or Resume
	AfterResume   int  `json:"after_resume"`   // op 7 as the first packet after Resume, or 9 (not resumable), or 90 (resumable)
	AfterIdentify int  `json:"after_identify"` // op 9 in place of READY (9 or 90), or 7
	DropOnStart   bool `json:"drop_on_start"`  // TCP reset in answer to Identify or Resume
	RefuseUpgrade bool `json:"refuse_upgrade"` // HTTP 503 in place of the websocket
}

// Connection is what is known of one connection to the gateway.
type Connection struct {
	N          int       `json:"n"` // from 1 on
	At         time.Time `json:"at"`
	Path       string    `json:"path"` // /socket/gateway, or /socket/resume for resume_gateway_url
	Query      string    `json:"query"`
	Identified bool      `json:"identified"`
	Resumed    bool      `json:"resumed"`
	Open       bool      `json:"open"`
	Heartbeats int       `json:"heartbeats"`
	Intents    int       `json:"intents"`
	Shard      [2]int    `json:"shard"`
	// ClientClose is the code with which the client closed; 0 if it did not.
	ClientClose int `json:"client_close"`
	// ServerClose is the code with which the server closed; 0 if it did not.
	ServerClose int `json:"server_close"`
}

type gateway struct {
	conns       map[*conn]bool
	sessions    map[string]*session
	scripts     []Script
	noACK       bool
	identifies  []time.Time
	paced       map[int][]time.Time // identifies by shard % max_concurrency
	identified  int
	resumed     int
	connections []*Connection
}

func newGateway() gateway {
	return gateway{conns: map[*conn]bool{}, sessions: map[string]*session{}, paced: map[int][]time.Time{}}
}

// session outlives its connections.
type session struct {
	id       string
	shard    [2]int
	intents  int
	version  int
	compress bool
	seq      int
	events   []event
	conn     *conn // nil while there is none
}

type event struct {
	seq  int
	data []byte // the whole payload
}

type payload struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  *int            `json:"s,omitempty"`
	T  string          `json:"t,omitempty"`
}

// readsAll tells whether the session gets the content of all messages: in version 10 it must have asked for the intent, in
// version 9 the switch in the portal is enough.
func (n *session) readsAll(s *Server) bool {
	return s.options.MessageContent && (n.version < 10 || n.intents&intentContent != 0)
}

// wants tells whether an event of the guild (none for direct messages: shard 0) and intent (0: always) goes to the session.
func (n *session) wants(guildID ID, intent int) bool {
	shard := 0
	if guildID != "" {
		shard = int(guildID.number()>>22) % n.shard[1]
	}
	return shard == n.shard[0] && (intent == 0 || n.intents&intent != 0)
}

// dispatch sends an event to every session that gets it. The mutex is held.
func (s *Server) dispatch(name string, guildID ID, intent int, d any) {
	if g := s.world.guilds[guildID]; g != nil && g.members[s.options.BotID] == nil && name != "GUILD_DELETE" && name != "INTERACTION_CREATE" {
		return
	}
	var data []byte
	for _, n := range s.gateway.sessions {
		if !n.wants(guildID, intent) {
			continue
		}
		if data == nil {
			var err error
			if data, err = json.Marshal(d); err != nil {
				s.misuse("dispatch %s: %v", name, err)
				return
			}
		}
		n.send(name, data)
	}
}

// dispatchMessage sends an event with a message, emptied for the sessions that may not read it. The mutex is held.
func (s *Server) dispatchMessage(name string, m *Message) {
	if m.Viewer != "" {
		return
	}
	intent := intentGuildMessages
	if m.GuildID == "" {
		intent = intentDirectMessages
	} else if !s.world.permissions(s.options.BotID, m.ChannelID, s.clock.Now()).Has(ViewChannel) {
		return
	}
	for _, n := range s.gateway.sessions {
		if !n.wants(m.GuildID, intent) {
			continue
		}
		w := s.wire(m, n.readsAll(s))
		if g := s.world.guilds[m.GuildID]; g != nil {
			if member := g.members[m.Author.ID]; member != nil {
				sent := member.wire()
				w.Member = &sent
			}
		}
		data, err := json.Marshal(w)
		if err != nil {
			s.misuse("dispatch %s: %v", name, err)
			return
		}
		n.send(name, data)
	}
}

// send numbers an event, keeps it, and sends it if there is a connection.
func (n *session) send(name string, data []byte) {
	n.seq++
	seq := n.seq
	whole, _ := json.Marshal(payload{Op: opDispatch, D: data, S: &seq, T: name})
	n.events = append(n.events, event{seq, whole})
	if len(n.events) >= 2*replayed {
		n.events = slices.Clone(n.events[len(n.events)-replayed:])
	}
	if n.conn != nil {
		n.conn.push(whole, n.compress && (name == "READY" || len(whole) > 4096))
	}
}

// Dispatch sends any event to the sessions of the guild's shard, or of shard 0 for no guild: for types that the fake does not
// know, and for events with a strange body.
func (s *Server) Dispatch(name string, guildID ID, d json.RawMessage) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, n := range s.gateway.sessions {
		if n.wants(guildID, 0) {
			n.send(name, d)
		}
	}
}

// Script says what happens to the next connections, one each.
func (s *Server) Script(scripts ...Script) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.gateway.scripts = append(s.gateway.scripts, scripts...)
}

// Scripts is how many scripts have not been played yet.
func (s *Server) Scripts() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return len(s.gateway.scripts)
}

// Reconnect sends op 7 on every connection.
func (s *Server) Reconnect() { s.control(payload{Op: opReconnect}) }

// InvalidateSession sends op 9 on every connection; what may not be resumed is forgotten.
func (s *Server) InvalidateSession(resumable bool) {
	s.control(payload{Op: opInvalidSession, D: strconv.AppendBool(nil, resumable)})
	if !resumable {
		s.mutex.Lock()
		s.gateway.sessions = map[string]*session{}
		s.mutex.Unlock()
	}
}

// AskHeartbeat sends op 1 on every connection: the client must answer with a heartbeat at once.
func (s *Server) AskHeartbeat() { s.control(payload{Op: opHeartbeat}) }

func (s *Server) control(p payload) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	data, _ := json.Marshal(p)
	for c := range s.gateway.conns {
		c.push(data, false)
	}
}

// Acknowledge switches the acknowledgement of heartbeats off or on, for all connections.
func (s *Server) Acknowledge(on bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.gateway.noACK = !on
}

// DropConnections resets every connection to the gateway; sessions can be resumed.
func (s *Server) DropConnections() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for c := range s.gateway.conns {
		c.drop()
	}
}

// CloseConnections closes every connection to the gateway with a code; 4004, 4007, 4009 and 4010 to 4014 end the sessions.
func (s *Server) CloseConnections(code int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for c := range s.gateway.conns {
		c.close(code, "scripted")
	}
	if code == closeAuthentication || code == closeInvalidSeq || code >= closeTimedOut {
		s.gateway.sessions = map[string]*session{}
	}
}

// Connections returns all connections to the gateway there have been, oldest first.
func (s *Server) Connections() []Connection {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	list := make([]Connection, len(s.gateway.connections))
	for i, c := range s.gateway.connections {
		list[i] = *c
	}
	return list
}
