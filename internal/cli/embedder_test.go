package cli_test

import (
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// embedServer is an OpenAI-compatible server for embeddings whose vectors depend on the text alone. It can hold requests
// back, so that a test knows that a process is at work.
type embedServer struct {
	*httptest.Server

	mutex   sync.Mutex
	texts   int           // embedded so far
	gate    chan struct{} // closed when requests may pass
	waiting chan struct{} // one for each request that is held
}

func newEmbedServer() *embedServer {
	s := &embedServer{gate: make(chan struct{}), waiting: make(chan struct{}, 100)}
	close(s.gate)
	s.Server = httptest.NewServer(http.HandlerFunc(s.embed))
	return s
}

// hold lets requests wait from now on.
func (s *embedServer) hold() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.gate = make(chan struct{})
}

// release lets all requests pass.
func (s *embedServer) release() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	select {
	case <-s.gate:
	default:
		close(s.gate)
	}
}

// awaitHeld returns when another n requests are held.
func (s *embedServer) awaitHeld(n int) {
	for range n {
		<-s.waiting
	}
}

func (s *embedServer) embed(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Input []string `json:"input"`
	}
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mutex.Lock()
	gate := s.gate
	s.mutex.Unlock()
	select {
	case <-gate:
	default:
		s.waiting <- struct{}{}
		select {
		case <-gate:
		case <-r.Context().Done(): // the process is gone
			return
		}
	}
	type item struct {
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	}
	var reply struct {
		Data []item `json:"data"`
	}
	for i, text := range request.Input {
		reply.Data = append(reply.Data, item{i, vector(text)})
	}
	s.mutex.Lock()
	s.texts += len(request.Input)
	s.mutex.Unlock()
	_ = json.NewEncoder(w).Encode(reply) // a client that is gone needs no reply
}

// vector is a point that stands for a text.
func vector(text string) []float32 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash takes everything
	r := rand.New(rand.NewPCG(h.Sum64(), 0))
	v := make([]float32, 32)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// environ are the variables that make amur embed at the server and keep its index in a folder.
func (s *embedServer) environ(cache string) []string {
	return []string{"AMUR_CACHE_DIR=" + cache, "AMUR_EMBEDDER_BASE_URL=" + s.URL, "AMUR_EMBEDDER_NAME=test"}
}

func startEmbedServer(t testing.TB) *embedServer {
	t.Helper()
	s := newEmbedServer()
	t.Cleanup(s.end)
	return s
}

func (s *embedServer) end() {
	s.release()
	s.CloseClientConnections()
	s.Close()
}
