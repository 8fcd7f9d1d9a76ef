package discord

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// tap stands between discordgo and the socket and sees every packet of the gateway first. discordgo v0.29.0 hangs for ever
// when Discord asks it to reconnect while it opens, or says nothing at all; hides why a connection ended; ends sessions that could
// be resumed; notices a dead connection after five intervals instead of one; and panics or loses messages over fields that it does
// not know. So it is never shown such packets: the tap ends the connection itself, with a reason, and discordgo sees a broken
// socket, which it handles. What it writes never fails, because its heartbeat would close the next connection instead.
type tap struct {
	net.Conn
	link *link
	in   *bufio.Reader
	out  bytes.Buffer // of a frame that discordgo has begun to write; guarded by wmu

	pending []byte      // for discordgo to read
	refused bool        // the upgrade; what follows are no frames
	open    atomic.Bool // the handshake of HTTP is over
	message []byte      // parts of a message in several frames

	wmu   sync.Mutex
	sever sync.Once
	ended chan struct{}
	why   error // why it ended; read after ended is closed
}

func newTap(conn net.Conn, l *link) *tap {
	return &tap{Conn: conn, link: l, in: bufio.NewReaderSize(conn, 16<<10), ended: make(chan struct{})}
}

// cut ends the connection for a reason. The code tells Discord whether the session ends with it (1000) or may be resumed.
func (t *tap) cut(why error, code int) {
	t.sever.Do(func() {
		t.why = why
		close(t.ended)
		_ = t.Conn.SetWriteDeadline(time.Now().Add(time.Second))
		if t.open.Load() {
			_, _ = t.Conn.Write(closing(code).bytes(true))
		}
		_ = t.Conn.Close()
	})
}

// Read gives discordgo what it may see.
func (t *tap) Read(p []byte) (int, error) {
	for len(t.pending) == 0 {
		select {
		case <-t.ended:
			return 0, t.why
		default:
		}
		if err := t.fill(); err != nil {
			t.cut(err, resumableCode)
			return 0, t.why
		}
	}
	n := copy(p, t.pending)
	t.pending = t.pending[n:]
	return n, nil
}

// fill takes the next frame off the wire.
func (t *tap) fill() error {
	if !t.open.Load() {
		return t.handshake()
	}
	if err := t.Conn.SetReadDeadline(t.link.patience()); err != nil {
		return err
	}
	f, err := readFrame(t.in)
	if err != nil {
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return t.link.silent()
		}
		return err
	}
	switch f.kind {
	case frameClose:
		return closedError(f.closeCode())
	case frameText, frameBinary, frameMore:
		t.message = append(t.message, f.payload...)
		if len(t.message) > mostFrame {
			return errFrame
		}
		if !f.last {
			return nil
		}
		message := t.message
		t.message = nil
		shown, err := t.link.received(message)
		if err != nil || shown == nil {
			return err
		}
		t.pending = frame{kind: frameText, last: true, payload: shown}.bytes(false)
	default: // ping and pong
		t.pending = f.bytes(false)
	}
	return nil
}

// handshake passes the answer to the upgrade on, up to its empty line. Frames follow, or the body of a refusal.
func (t *tap) handshake() error {
	if t.refused {
		if _, err := t.in.Peek(1); err != nil {
			return err
		}
		t.pending, _ = t.in.Peek(t.in.Buffered())
		t.pending = bytes.Clone(t.pending)
		_, err := t.in.Discard(len(t.pending))
		return err
	}
	line, err := t.in.ReadSlice('\n')
	t.pending = append(t.pending, line...)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(line, []byte("HTTP/")) && !bytes.Contains(line, []byte(" 101 ")) {
		t.refused = true
	} else if len(bytes.TrimSpace(line)) == 0 {
		t.link.opened()
		t.open.Store(true)
	}
	return nil
}

// Write sends what discordgo writes, frame by frame. It fails only during the handshake.
func (t *tap) Write(p []byte) (int, error) {
	if !t.open.Load() {
		return t.Conn.Write(p)
	}
	t.wmu.Lock()
	t.out.Write(p)
	var ready [][]byte
	for {
		whole := t.out.Bytes()
		r := bytes.NewReader(whole)
		b := bufio.NewReaderSize(r, 16)
		f, err := readFrame(b)
		if err != nil {
			break
		}
		size := len(whole) - r.Len() - b.Buffered()
		raw := bytes.Clone(t.out.Next(size))
		ready = append(ready, raw)
		if err := t.link.sending(f); err != nil {
			t.wmu.Unlock()
			t.cut(err, resumableCode)
			return len(p), nil
		}
	}
	t.wmu.Unlock()
	for _, raw := range ready {
		select {
		case <-t.ended:
			return len(p), nil
		default:
		}
		_ = t.Conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if _, err := t.Conn.Write(raw); err != nil {
			t.cut(err, resumableCode)
		}
	}
	return len(p), nil
}

// Close ends the connection, if that did not happen before.
func (t *tap) Close() error {
	t.cut(io.ErrClosedPipe, resumableCode)
	return nil
}

// SetDeadline counts only during the handshake; later the link says how long to wait.
func (t *tap) SetDeadline(at time.Time) error {
	if t.open.Load() {
		return nil
	}
	return t.Conn.SetDeadline(at)
}

// SetReadDeadline is SetDeadline for reading.
func (t *tap) SetReadDeadline(at time.Time) error {
	if t.open.Load() {
		return nil
	}
	return t.Conn.SetReadDeadline(at)
}

// SetWriteDeadline is SetDeadline for writing.
func (t *tap) SetWriteDeadline(at time.Time) error {
	if t.open.Load() {
		return nil
	}
	return t.Conn.SetWriteDeadline(at)
}
