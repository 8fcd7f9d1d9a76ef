package discordtest

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

type identify struct {
	Token      string          `json:"token"`
	Properties json.RawMessage `json:"properties"`
	Compress   bool            `json:"compress"`
	Intents    *int            `json:"intents"`
	Shard      *[2]int         `json:"shard"`
}

type resume struct {
	Token     string `json:"token"`
	SessionID string `json:"session_id"`
	Seq       int    `json:"seq"`
}

type ready struct {
	V                int                `json:"v"`
	User             User               `json:"user"`
	Guilds           []unavailableGuild `json:"guilds"`
	SessionID        string             `json:"session_id"`
	ResumeGatewayURL string             `json:"resume_gateway_url"`
	Shard            [2]int             `json:"shard"`
	Application      Application        `json:"application"`
}

// receive takes one payload of the client. The server's mutex is held.
func (c *conn) receive(data []byte) {
	now := time.Now()
	for len(c.sent) > 0 && now.Sub(c.sent[0]) > time.Minute {
		c.sent = c.sent[1:]
	}
	c.sent = append(c.sent, now)
	var p payload
	switch {
	case c.script.NoHello:
		return
	case len(c.sent) > 120:
		c.refuse(closeRateLimited, "You are sending payloads to us too quickly: more than 120 in 60 s.")
		return
	case len(data) > 4096:
		c.refuse(closeDecode, "You sent a payload of more than 4096 bytes.")
		return
	case json.Unmarshal(data, &p) != nil:
		c.refuse(closeDecode, "You sent an invalid payload to us.")
		return
	}
	switch p.Op {
	case opHeartbeat:
		c.info.Heartbeats++
		if !c.script.NoACK && !c.server.gateway.noACK {
			c.pushOp(opHeartbeatACK, nil)
		}
	case opIdentify:
		c.identify(p.D)
	case opResume:
		c.resume(p.D)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			c.refuse(closeNotIdentified, "You sent us a payload prior to identifying.")
		}
	default:
		c.refuse(closeUnknownOpcode, "You sent an invalid opcode: "+strconv.Itoa(p.Op))
	}
}

// identify starts a session.
func (c *conn) identify(d json.RawMessage) {
	s := c.server
	var i identify
	if err := json.Unmarshal(d, &i); err != nil || i.Intents == nil || len(i.Properties) == 0 {
		c.refuse(closeDecode, "You sent an invalid Identify: token, properties and intents are needed.")
		return
	}
	shard := [2]int{0, 1}
	if i.Shard != nil {
		shard = *i.Shard
	}
	c.info.Intents, c.info.Shard = *i.Intents, shard
	if !s.countIdentify(c, shard) {
		return
	}
	switch intents := *i.Intents; {
	case c.script.DropOnStart:
		c.drop()
		return
	case c.script.OnStart != 0:
		c.close(c.script.OnStart, "scripted")
		return
	case c.session != nil:
		c.refuse(closeAlready, "You sent more than one identify payload.")
		return
	case strings.TrimPrefix(i.Token, "Bot ") != s.token:
		c.refuse(closeAuthentication, "Authentication failed.")
		return
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.refuse(closeInvalidShard, "Invalid shard.")
		return
	case intents&^allIntents != 0:
		c.refuse(closeInvalidIntents, "Invalid intent(s).")
		return
	case intents&intentContent != 0 && !s.options.MessageContent, intents&intentMembers != 0 && !s.options.Members, intents&intentPresences != 0:
		c.refuse(closeDisallowed, "Disallowed intent(s).")
		return
	}
	switch c.script.AfterIdentify {
	case 7:
		c.pushOp(opReconnect, nil)
		return
	case 9, 90:
		c.pushOp(opInvalidSession, c.script.AfterIdentify == 90)
		return
	}
	n := &session{id: string(s.newID()), shard: shard, intents: *i.Intents, version: c.version, compress: i.Compress, conn: c}
	guilds := s.guildsOf(n)
	if len(guilds) > 2500 {
		c.refuse(closeShardRequired, "Sharding required: more than 2500 guilds on a shard.")
		return
	}
	c.session, c.info.Identified = n, true
	s.gateway.sessions[n.id] = n
	r := ready{
		V: c.version, User: s.world.users[s.options.BotID].wire(), Guilds: []unavailableGuild{}, SessionID: n.id,
		ResumeGatewayURL: s.socketURL("resume"), Shard: shard, Application: s.application,
	}
	for _, g := range guilds {
		r.Guilds = append(r.Guilds, unavailableGuild{ID: g.ID, Unavailable: true})
	}
	data, _ := json.Marshal(r)
	n.send("READY", data)
	for _, g := range guilds {
		if n.intents&intentGuilds != 0 && !g.unavailable {
			data, _ := json.Marshal(s.guildCreate(g))
			n.send("GUILD_CREATE", data)
		}
	}
}

// countIdentify holds the limits of session_start_limit: so many Identifies in 24 h, over which the token is reset, and
// max_concurrency in 5 s, over which the session is invalid.
func (s *Server) countIdentify(c *conn, shard [2]int) bool {
	g := &s.gateway
	g.identified++
	now := s.clock.Now()
	for len(g.identifies) > 0 && now.Sub(g.identifies[0]) > 24*time.Hour {
		g.identifies = g.identifies[1:]
	}
	g.identifies = append(g.identifies, now)
	if len(g.identifies) > s.options.Identifies {
		s.violate(Violation{Rule: RuleGateway, Code: closeAuthentication, Call: "gateway", Detail: "more Identifies in 24 h than allowed: the token was reset"})
		s.resetToken("reset." + string(s.newID()))
		return false
	}
	key := max(shard[0], 0) % s.options.MaxConcurrency
	wire := time.Now() // paced on the wire
	recent := g.paced[key]
	for len(recent) > 0 && wire.Sub(recent[0]) > s.options.IdentifyWindow {
		recent = recent[1:]
	}
	g.paced[key] = append(recent, wire)
	if len(recent) > 0 {
		s.violate(Violation{Rule: RuleGateway, Call: "gateway", Detail: "more Identifies in " + s.options.IdentifyWindow.String() + " than max_concurrency"})
		c.pushOp(opInvalidSession, false)
		return false
	}
	return true
}

// resume goes on with a session: what was missed, then RESUMED.
func (c *conn) resume(d json.RawMessage) {
	s := c.server
	var r resume
	if err := json.Unmarshal(d, &r); err != nil {
		c.refuse(closeDecode, "You sent an invalid Resume.")
		return
	}
	s.gateway.resumed++
	switch {
	case c.script.DropOnStart:
		c.drop()
		return
	case c.script.OnStart != 0:
		c.close(c.script.OnStart, "scripted")
		return
	case c.session != nil:
		c.refuse(closeAlready, "You sent more than one identify payload.")
		return
	case strings.TrimPrefix(r.Token, "Bot ") != s.token:
		c.refuse(closeAuthentication, "Authentication failed.")
		return
	}
	switch c.script.AfterResume {
	case 7:
		c.pushOp(opReconnect, nil)
		return
	case 9, 90:
		if c.script.AfterResume == 9 {
			delete(s.gateway.sessions, r.SessionID)
		}
		c.pushOp(opInvalidSession, c.script.AfterResume == 90)
		return
	}
	n := s.gateway.sessions[r.SessionID]
	if n == nil || r.Seq > n.seq || len(n.events) > 0 && r.Seq < n.events[0].seq-1 {
		c.pushOp(opInvalidSession, false)
		return
	}
	if n.conn != nil {
		n.conn.close(closeTimedOut, "The session was resumed elsewhere.")
	}
	n.conn, c.session, c.info.Resumed = c, n, true
	c.info.Intents, c.info.Shard = n.intents, n.shard
	for _, e := range n.events {
		if e.seq > r.Seq {
			c.push(e.data, n.compress && len(e.data) > 4096)
		}
	}
	n.send("RESUMED", []byte(`{"_trace":[]}`))
}

func (s *Server) guildsOf(n *session) []*guild {
	var list []*guild
	for _, g := range s.world.guilds {
		if g.members[s.options.BotID] != nil && n.wants(g.ID, 0) {
			list = append(list, g)
		}
	}
	return list
}

func (s *Server) socketURL(which string) string {
	return "ws" + strings.TrimPrefix(s.url, "http") + "/socket/" + which
}
