package modeltest

import (
	"io"
	"log"
	"maps"
	"net/http"
	"strings"
)

// End says how a response ends.
type End int

// The ends of responses.
const (
	EndDone End = iota // as it should
	EndHang            // never: the connection stays open until the client goes or the server is closed
	EndCut             // the connection is closed in the middle
)

// Response is one answer of the server. Text, Reasoning, Finish and Shape describe an answer that is worded in the
// protocol, as a stream where one was asked for; Body or Events, where given, are sent as they are instead.
type Response struct {
	Text      string
	Reasoning string // what the model thought, in the field that the shape has for it
	Finish    string // "" = stop
	Shape     Shape  // whose way of speaking; the zero value is OpenAI's

	Status int               // 0 = 200
	Header map[string]string // further headers
	Body   string            // the whole body, literally
	Events []string          // the stream's events, literally; an empty line is put after each
	End    End               // after Body or Events
	Before End               // EndHang: nothing is sent, not even headers. EndCut: the connection is closed at once
}

// Say is an answer in OpenAI's shape.
func Say(text string) Response { return Response{Text: text} }

// Events is a stream of literal events, such as "data: {...}", that ends as it should.
func Events(events ...string) Response { return Response{Events: events} }

// Status is an error in OpenAI's shape.
func Status(status int, text string) Response {
	return Response{
		Status: status,
		Body:   encode(object{"error": object{"message": text, "type": "invalid_request_error", "param": nil, "code": nil}}),
	}
}

// With adds a header.
func (r Response) With(name, value string) Response {
	header := map[string]string{}
	maps.Copy(header, r.Header)
	header[name] = value
	r.Header = header
	return r
}

// respond sends a response and tells whether the client stayed to its end.
func respond(w http.ResponseWriter, r *http.Request, closed <-chan struct{}, resp Response, request Request) bool {
	hang := func() bool {
		select {
		case <-r.Context().Done():
			return false
		case <-closed:
			return true
		}
	}
	switch resp.Before {
	case EndHang:
		return hang()
	case EndCut:
		drop(w)
		return true
	case EndDone:
	}
	if resp.Body == "" && resp.Events == nil && resp.Status == 0 {
		resp = resp.worded(request)
	}
	kind := "application/json"
	if resp.Body == "" {
		kind = "text/event-stream"
	}
	w.Header().Set("Content-Type", kind)
	for name, value := range resp.Header {
		w.Header().Set(name, value)
	}
	if resp.Status != 0 {
		w.WriteHeader(resp.Status)
	}
	if !send(w, r, resp) {
		return false
	}
	switch resp.End {
	case EndHang:
		return hang()
	case EndCut:
		drop(w)
	case EndDone:
	}
	return true
}

// send writes the body and tells whether the client took it.
func send(w http.ResponseWriter, r *http.Request, resp Response) bool {
	flush := http.NewResponseController(w).Flush
	if resp.Body != "" {
		if _, err := io.WriteString(w, resp.Body); err != nil {
			return false
		}
		return flush() == nil
	}
	for _, event := range resp.Events {
		if r.Context().Err() != nil {
			return false
		}
		if _, err := io.WriteString(w, event+"\n\n"); err != nil {
			return false
		}
		if flush() != nil {
			return false
		}
	}
	return flush() == nil
}

// drop closes the connection without a word.
func drop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close() // it is to break
	}
}

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// pieces cuts a text as models do: a word and the space before it, or a few characters of one that is long.
func pieces(text string) []string {
	var out []string
	for _, word := range strings.SplitAfter(text, " ") {
		for r := []rune(word); len(r) > 0; {
			n := min(len(r), 6)
			out = append(out, string(r[:n]))
			r = r[n:]
		}
	}
	return out
}
