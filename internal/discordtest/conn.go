package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoice          = 4
	opResume         = 6
	opReconnect      = 7
	opMembers        = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// conn is one websocket. What is to be sent waits in a queue, so that nobody who holds the server's mutex waits for a
// socket.
type conn struct {
	server  *Server
	socket  *websocket.Conn
	script  Script
	version int
	info    *Connection
	session *session
	sent    []time.Time // by the client, in the last minute

	mutex sync.Mutex
	queue []frame
	ready chan struct{}
	ended bool
}

type frame struct {
	data      []byte
	binary    bool
	closeCode int
	reason    string
}

// push queues a payload.
func (c *conn) push(data []byte, compressed bool) {
	if compressed {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(data)
		_ = z.Close()
		data = b.Bytes()
	}
	c.enqueue(frame{data: data, binary: compressed})
}

func (c *conn) pushOp(op int, d any) {
	data, _ := json.Marshal(d)
	whole, _ := json.Marshal(payload{Op: op, D: data})
	c.push(whole, false)
}

// close queues the end of the connection. The server's mutex is held.
func (c *conn) close(code int, reason string) {
	c.info.ServerClose = code
	c.enqueue(frame{closeCode: code, reason: reason})
}

// drop resets the connection.
func (c *conn) drop() { reset(c.socket.NetConn()) }

// reset closes a connection so that the other side sees a reset, not an end.
func reset(connection net.Conn) {
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

func (c *conn) enqueue(f frame) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.ended {
		return
	}
	c.ended = f.closeCode != 0
	c.queue = append(c.queue, f)
	select {
	case c.ready <- struct{}{}:
	default:
	}
}

// write sends what is queued until the connection ends.
func (c *conn) write(done <-chan struct{}) {
	for {
		select {
		case <-c.ready:
		case <-done:
			return
		}
		c.mutex.Lock()
		queue := c.queue
		c.queue = nil
		c.mutex.Unlock()
		for _, f := range queue {
			_ = c.socket.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if f.closeCode != 0 {
				_ = c.socket.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(f.closeCode, f.reason))
				_ = c.socket.SetReadDeadline(time.Now().Add(2 * time.Second))
				return
			}
			kind := websocket.TextMessage
			if f.binary {
				kind = websocket.BinaryMessage
			}
			if err := c.socket.WriteMessage(kind, f.data); err != nil {
				return
			}
		}
	}
}

// serveGateway is one connection from its first byte to its last.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	script := Script{}
	if len(s.gateway.scripts) > 0 {
		script = s.gateway.scripts[0]
		s.gateway.scripts = s.gateway.scripts[1:]
	}
	info := &Connection{N: len(s.gateway.connections) + 1, At: s.clock.Now(), Path: strings.TrimSuffix(r.URL.Path, "/"), Query: r.URL.RawQuery, Open: true}
	s.gateway.connections = append(s.gateway.connections, info)
	s.mutex.Unlock()
	if script.RefuseUpgrade {
		s.ended(nil, info)
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.ended(nil, info)
		return
	}
	c := &conn{server: s, socket: socket, script: script, info: info, ready: make(chan struct{}, 1)}
	c.version, _ = strconv.Atoi(r.URL.Query().Get("v"))
	done := make(chan struct{})
	written := make(chan struct{})
	go func() {
		defer close(written)
		c.write(done)
	}()
	s.mutex.Lock()
	s.gateway.conns[c] = true
	c.greet(r.URL.Query().Get("encoding"))
	s.mutex.Unlock()
	c.read()
	s.ended(c, info)
	close(done)
	<-written
	_ = socket.Close()
}

func (s *Server) ended(c *conn, info *Connection) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	info.Open = false
	if c == nil {
		return
	}
	delete(s.gateway.conns, c)
	if c.session == nil || c.session.conn != c {
		return
	}
	c.session.conn = nil
	if info.ClientClose == websocket.CloseNormalClosure || info.ClientClose == websocket.CloseGoingAway {
		delete(s.gateway.sessions, c.session.id) // these two codes end the session
	}
}

// greet sends Hello, or what the script has in its place.
func (c *conn) greet(encoding string) {
	switch {
	case c.script.NoHello:
		return
	case c.version != 9 && c.version != 10 || encoding != "" && encoding != "json":
		c.refuse(closeInvalidVersion, "You sent an invalid version for the gateway.")
		return
	case c.script.InsteadHello:
		c.pushOp(opReconnect, nil)
		return
	case c.script.BeforeHello:
		c.pushOp(opReconnect, nil)
	}
	c.pushOp(opHello, struct {
		Interval int64 `json:"heartbeat_interval"`
	}{c.server.options.Heartbeat.Milliseconds()})
}

// refuse closes because of what the client did.
func (c *conn) refuse(code int, reason string) {
	c.server.violate(Violation{Rule: RuleGateway, Code: code, Call: "gateway", Detail: reason})
	c.close(code, reason)
}

// read takes what the client sends until the connection ends. A client that sends no heartbeat for a while is dropped.
func (c *conn) read() {
	for {
		_ = c.socket.SetReadDeadline(time.Now().Add(3*c.server.options.Heartbeat + 10*time.Second))
		_, data, err := c.socket.ReadMessage()
		if closed := (*websocket.CloseError)(nil); errors.As(err, &closed) {
			c.server.mutex.Lock()
			if closed.Code < 5000 && c.info.ServerClose == 0 && closed.Code != websocket.CloseAbnormalClosure {
				c.info.ClientClose = closed.Code
			}
			c.server.mutex.Unlock()
		}
		if err != nil {
			return
		}
		c.server.mutex.Lock()
		if c.info.ServerClose == 0 {
			c.receive(data)
		}
		c.server.mutex.Unlock()
	}
}
