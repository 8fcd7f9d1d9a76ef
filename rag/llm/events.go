package llm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// bodyBytes is how much of a reply is read: many times what an answer takes, a small part of what a server could send.
const bodyBytes = 32 << 20

// errTooMuch says that a reply went on past bodyBytes.
var errTooMuch = errors.New("the server sent more than 32 MB")

// events makes one form of what servers send: lines of "data: " and a JSON object, then perhaps "data: [DONE]". Comments
// that keep a connection alive, other fields, a last line without its end, and a whole JSON reply in place of a stream
// are taken care of. (Server-sent events: WHATWG HTML, section 9.2.)
//
// It also keeps go-openai from reading errors in a stream, which it does for one spelling of them only.
type events struct {
	body io.Closer
	in   *bufio.Reader
	out  bytes.Buffer // what was made and not read yet
	json *json.Decoder
	err  error

	begun   bool
	done    bool // the server said that it is done
	foreign bool // there were lines that are none of the protocol
	objects int
}

func newEvents(body io.ReadCloser) *events {
	return &events{body: body, in: bufio.NewReader(&limited{in: body, left: bodyBytes})}
}

// Close ends the connection.
func (e *events) Close() error { return e.body.Close() }

// Read gives the lines.
func (e *events) Read(p []byte) (int, error) {
	for e.out.Len() == 0 && e.err == nil {
		e.err = e.fill()
	}
	if e.out.Len() > 0 {
		return e.out.Read(p)
	}
	return 0, e.err
}

// fill makes the next line, or none where there is nothing to make of what came.
func (e *events) fill() error {
	if !e.begun {
		e.begun = true
		if err := e.begin(); err != nil {
			return err
		}
	}
	if e.json != nil {
		var object json.RawMessage
		if err := e.json.Decode(&object); err != nil {
			return e.notJSON(err)
		}
		var line bytes.Buffer
		if err := json.Compact(&line, object); err != nil {
			return e.notJSON(err)
		}
		e.emit(line.Bytes())
		e.done = true // it is complete
		return nil
	}
	line, err := e.in.ReadBytes('\n')
	e.line(bytes.TrimSpace(line))
	return err
}

// begin tells a whole reply from a stream.
func (e *events) begin() error {
	if mark, err := e.in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = e.in.Discard(3) // what was peeked at can be discarded
	}
	for {
		b, err := e.in.ReadByte()
		switch {
		case err != nil:
			return err
		case b == ' ' || b == '\t' || b == '\r' || b == '\n':
			continue
		}
		if b == '{' {
			e.json = json.NewDecoder(e.in)
		}
		err = e.in.UnreadByte()
		return err
	}
}

// notJSON tells a reply that ends too early from one that is no JSON.
func (e *events) notJSON(err error) error {
	if _, syntax := errors.AsType[*json.SyntaxError](err); syntax {
		e.foreign = true
		return io.EOF
	}
	return err
}

func (e *events) line(line []byte) {
	data, ok := bytes.CutPrefix(line, []byte("data:"))
	switch data = bytes.TrimSpace(data); {
	case len(data) == 0, line[0] == ':':
	case ok && string(data) == "[DONE]":
		e.done = true
		e.out.WriteString("data: [DONE]\n")
	case ok, line[0] == '{': // some servers write errors without the field's name
		e.emit(data)
	case hasField(line, "event:", "id:", "retry:"):
	default:
		e.foreign = true
	}
}

// emit writes an object so that it does not look like what go-openai takes for an error.
func (e *events) emit(object []byte) {
	e.objects++
	e.out.WriteString("data: ")
	if bytes.HasPrefix(object, []byte("{")) {
		e.out.WriteString("{ ")
		object = object[1:]
	}
	e.out.Write(object)
	e.out.WriteByte('\n')
}

func hasField(line []byte, names ...string) bool {
	for _, name := range names {
		if bytes.HasPrefix(line, []byte(name)) {
			return true
		}
	}
	return false
}

// limited is a reader that ends with an error where there is too much.
type limited struct {
	in   io.Reader
	left int
}

// Read reads up to what is left.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooMuch
	}
	n, err := l.in.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
