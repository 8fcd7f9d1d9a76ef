package discord

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// Kinds of WebSocket frames (RFC 6455, section 5.2).
const (
	frameMore   = 0
	frameText   = 1
	frameBinary = 2
	frameClose  = 8
)

const mostFrame = 64 << 20

var errFrame = errors.New("frame of the gateway is too large")

// frame is one WebSocket frame.
type frame struct {
	kind    byte
	last    bool // of its message
	payload []byte
}

// readFrame reads a frame of either side and takes its mask off.
func readFrame(r *bufio.Reader) (frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{kind: head[0] & 0x0f, last: head[0]&0x80 != 0}
	size := uint64(head[1] & 0x7f)
	if size >= 126 {
		var long [8]byte
		at := 6
		if size == 127 {
			at = 0
		}
		if _, err := io.ReadFull(r, long[at:]); err != nil {
			return frame{}, err
		}
		size = binary.BigEndian.Uint64(long[:])
	}
	if size > mostFrame {
		return frame{}, errFrame
	}
	var mask [4]byte
	if head[1]&0x80 != 0 {
		if _, err := io.ReadFull(r, mask[:]); err != nil {
			return frame{}, err
		}
	}
	f.payload = make([]byte, size)
	if _, err := io.ReadFull(r, f.payload); err != nil {
		return frame{}, err
	}
	f.mask(mask)
	return f, nil
}

// mask turns a payload into its masked form, or back.
func (f frame) mask(key [4]byte) {
	if key == [4]byte{} {
		return
	}
	for i := range f.payload {
		f.payload[i] ^= key[i%4]
	}
}

// bytes is the frame on the wire: unmasked as a server sends it, or with the mask of zeros that a client may choose.
func (f frame) bytes(client bool) []byte {
	head := []byte{f.kind, 0}
	if f.last {
		head[0] |= 0x80
	}
	switch n := len(f.payload); {
	case n < 126:
		head[1] = byte(n)
	case n <= 0xffff:
		head[1] = 126
		head = binary.BigEndian.AppendUint16(head, uint16(n))
	default:
		head[1] = 127
		head = binary.BigEndian.AppendUint64(head, uint64(n))
	}
	if client {
		head[1] |= 0x80
		head = append(head, 0, 0, 0, 0)
	}
	return append(head, f.payload...)
}

// closing is a client's close frame.
func closing(code int) frame {
	return frame{kind: frameClose, last: true, payload: binary.BigEndian.AppendUint16(nil, uint16(code))}
}

// closeCode is the code of a close frame; 1005 where it has none.
func (f frame) closeCode() int {
	if len(f.payload) < 2 {
		return 1005
	}
	return int(binary.BigEndian.Uint16(f.payload))
}
