package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"amur/internal/store"
	"amur/rag"
)

// How many answers are remembered, and how long: as long as Discord lets a private reply be changed.
const (
	recentAnswers = 512
	recentFor     = 15 * time.Minute
)

// recent remembers the last answers in memory alone, with their questions: a private answer cannot be read back from Discord to be
// shared or asked on about, and a refusal does not show the question that its asker may want to pass on.
type recent struct {
	mu      sync.Mutex
	answers map[store.AnswerID]remembered
	order   []store.AnswerID
	gone    []withdrawal // the last ones
	asking  map[store.Message]begun

	// sending is held by who notes the messages of an answer (reading) and by who takes an answer away (writing), so that a message
	// is either known to be taken away, or its sender knows that it has to.
	sending sync.RWMutex
}

// remembered is an answer that was given.
type remembered struct {
	in     inquiry
	answer rag.Answer
	at     time.Time
}

// withdrawal is an answer that was taken away, perhaps before all of it was sent.
type withdrawal struct {
	id       store.AnswerID
	messages []store.Message // that were taken away with it
}

// begun is an answer to a message that may have no record yet.
type begun struct {
	id   store.AnswerID
	stop context.CancelFunc // ends the waiting for its turn
}

func newRecent() *recent {
	return &recent{answers: map[store.AnswerID]remembered{}, asking: map[store.Message]begun{}}
}

// begin notes that a message is about to be answered. What it returns ends when the message is deleted; end has to be called.
func (r *recent) begin(ctx context.Context, asking store.Message, id store.AnswerID) (waiting context.Context, end func()) {
	waiting, stop := context.WithCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asking[asking] = begun{id, stop}
	return waiting, func() {
		stop()
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.asking, asking)
	}
}

// questionGone takes away the answer to a message that is being made.
func (r *recent) questionGone(asking store.Message) {
	r.mu.Lock()
	at, ok := r.asking[asking]
	r.mu.Unlock()
	if !ok {
		return
	}
	r.sending.Lock()
	defer r.sending.Unlock()
	r.withdraw(at.id, nil)
	at.stop()
}

// add remembers an answer, and forgets the oldest where there are too many.
func (r *recent) add(id store.AnswerID, in inquiry, answer rag.Answer, now time.Time) {
	answer.Retrieved = nil
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, again := r.answers[id]; !again {
		r.order = append(r.order, id)
	}
	r.answers[id] = remembered{in: in, answer: answer, at: now}
	r.lapse(now)
}

// lapse forgets what is too old or too much; mu is held.
func (r *recent) lapse(now time.Time) {
	for len(r.order) > 0 && (len(r.order) > recentAnswers || now.Sub(r.answers[r.order[0]].at) > recentFor) {
		delete(r.answers, r.order[0])
		r.order = r.order[1:]
	}
}

// expire forgets what is too old, also where nothing new comes.
func (r *recent) expire(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lapse(now)
}

// forget forgets the answers to what a person has asked, in all servers and direct messages.
func (r *recent) forget(person store.Member) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.order = slices.DeleteFunc(r.order, func(id store.AnswerID) bool {
		if store.Member(r.answers[id].in.asker.member.User.ID) != person {
			return false
		}
		delete(r.answers, id)
		return true
	})
}

// of returns an answer of a server that is still remembered.
func (r *recent) of(server store.Server, id store.AnswerID, now time.Time) (remembered, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.answers[id]
	if !ok || found.in.server() != server || now.Sub(found.at) > recentFor {
		return remembered{}, false
	}
	return found, true
}

// withdraw notes that an answer is taken away with messages: who is still sending it has to take the others away.
func (r *recent) withdraw(id store.AnswerID, messages []store.Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.answers, id)
	r.order = slices.DeleteFunc(r.order, func(known store.AnswerID) bool { return known == id })
	if at := slices.IndexFunc(r.gone, func(w withdrawal) bool { return w.id == id }); at >= 0 {
		r.gone[at].messages = append(r.gone[at].messages, messages...)
		return
	}
	r.gone = append(r.gone, withdrawal{id, slices.Clone(messages)})
	r.gone = r.gone[max(0, len(r.gone)-recentAnswers):]
}

// withdrawn reports whether an answer was taken away, and with which messages.
func (r *recent) withdrawn(id store.AnswerID) (messages []store.Message, gone bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := slices.IndexFunc(r.gone, func(w withdrawal) bool { return w.id == id })
	if at < 0 {
		return nil, false
	}
	return slices.Clone(r.gone[at].messages), true
}
