// Package modeltest is a fake of the servers that language models run on: OpenAI's protocol with its streams, spoken as
// OpenAI, Ollama, llama.cpp's server, vLLM and OpenRouter speak it, and every way in which they fail.
//
//	server := modeltest.New(modeltest.Competent(func(prompt string) string { return "Trade grew [1]." }))
//	defer server.Close()
//	... ask the model at server.BaseURL() ...
//
// What fails is reached under an address of its own, so that one server and a plain text are enough to point a command
// at any failure: server.Failing("rate-limited"). See [Failures].
//
// It knows nothing of amur.
package modeltest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
)

// Answer answers the chat requests of one server. It may be called from several goroutines at once.
type Answer func(Request) Response

// Server is a fake model server on loopback. It is safe for concurrent use.
type Server struct {
	answer Answer
	http   *httptest.Server
	closed chan struct{} // ends the requests that hang

	gone chan struct{}

	mutex    sync.Mutex
	requests []Request
}

// New starts a server whose model is played by answer; nil answers like [Echo]. Close it in the end.
func New(answer Answer) *Server {
	s := unstarted(answer)
	s.http.Start()
	return s
}

// NewTLS is like New, with a certificate that nobody trusts.
func NewTLS(answer Answer) *Server {
	s := unstarted(answer)
	s.http.StartTLS()
	return s
}

func unstarted(answer Answer) *Server {
	if answer == nil {
		answer = Echo
	}
	s := &Server{answer: answer, closed: make(chan struct{}), gone: make(chan struct{}, 100)}
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.http.Config.ErrorLog = quiet()
	return s
}

// Close ends the server and all that hangs.
func (s *Server) Close() {
	select {
	case <-s.closed:
		return
	default:
	}
	close(s.closed)
	s.http.CloseClientConnections()
	s.http.Close()
}

// BaseURL is the address to give to a client, with /v1 at its end.
func (s *Server) BaseURL() string { return s.http.URL + "/v1" }

// Failing is the address under which the server fails in the way named, one of [Failures].
func (s *Server) Failing(name string) string { return s.http.URL + "/" + name + "/v1" }

// Requests are the requests so far, in the order in which they came, those for embeddings and models included.
func (s *Server) Requests() []Request {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.requests)
}

// Gone has one item for each reply that the client did not wait for the end of: it closed the connection.
func (s *Server) Gone() <-chan struct{} { return s.gone }

// requestBytes is how much of a request is read.
const requestBytes = 16 << 20

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, requestBytes))
	if err != nil {
		return // the client is gone
	}
	failure, path := "", r.URL.Path
	if first, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/v1/"); ok && first != "" {
		failure, path = first, "/v1/"+rest
	}
	request := Request{Path: path, Header: r.Header.Clone(), Body: body}
	if err := json.Unmarshal(body, &request.fields); err != nil && r.Method == http.MethodPost {
		respond(w, r, s.closed, Status(http.StatusBadRequest, "the body is not JSON"), request)
		return
	}
	s.mutex.Lock()
	request.Number = len(s.requests)
	s.requests = append(s.requests, request)
	s.mutex.Unlock()

	answer := s.answer
	if failure != "" {
		answer = named(failure)
	}
	if !respond(w, r, s.closed, s.response(r.Method, path, request, answer), request) {
		select {
		case s.gone <- struct{}{}:
		default: // nobody looks
		}
	}
}

func (s *Server) response(method, path string, request Request, answer Answer) Response {
	switch {
	case path == "/v1/chat/completions" && method == http.MethodPost:
		return answer(request)
	case path == "/v1/embeddings" && method == http.MethodPost:
		return embeddings(request)
	case path == "/v1/models" && method == http.MethodGet:
		return models()
	}
	return Response{Status: http.StatusNotFound, Body: "404 page not found"}
}
