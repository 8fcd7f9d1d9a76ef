package discordtest

import (
	"context"
	"fmt"
	"time"
)

// Interaction is the handle on what a person did. It is safe for concurrent use.
type Interaction struct {
	ID     ID
	server *Server
	err    error
}

// Outcome is what a person sees of an interaction.
type Outcome struct {
	Interaction ID  `json:"interaction"`
	Kind        int `json:"kind"`
	// Answer is the type of the callback: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal; 0 before it.
	Answer int `json:"answer"`
	// FirstAfter is the time from the event to the callback; LastAfter to the last change that was seen.
	FirstAfter time.Duration `json:"first_after"`
	LastAfter  time.Duration `json:"last_after"`
	// Private tells that the first answer is seen by the person only.
	Private bool `json:"private"`
	// Messages are those that the interaction made or changed, in the order of their first change, as they stand or, if
	// deleted, as they last stood.
	Messages  []Message `json:"messages"`
	Deleted   []ID      `json:"deleted,omitempty"`
	Edits     int       `json:"edits"`
	FollowUps int       `json:"follow_ups"`
	Modal     *Modal    `json:"modal,omitempty"`
	Choices   []Choice  `json:"choices,omitempty"`
	// Changes counts what the person saw change.
	Changes int `json:"changes"`
}

// Message is the first message; an empty one if there is none.
func (o Outcome) Message() Message {
	if len(o.Messages) == 0 {
		return Message{}
	}
	return o.Messages[0]
}

// Settled tells whether something other than "thinking" was seen.
func (o Outcome) Settled() bool {
	if o.Answer != callbackDefer {
		return o.Answer != 0
	}
	return len(o.Messages) > 0 && !o.Messages[0].Loading()
}

// Err is why the person could not act; nil if they could.
func (i *Interaction) Err() error { return i.err }

// Now returns what is seen at this moment.
func (i *Interaction) Now() Outcome {
	if i.err != nil {
		return Outcome{}
	}
	i.server.mutex.Lock()
	defer i.server.mutex.Unlock()
	return i.server.outcome(i.ID)
}

// Wait waits until the person sees something other than "thinking": a message, an update (also one that only
// acknowledges), choices, a modal. The message may change afterwards; see WaitUntil.
func (i *Interaction) Wait(ctx context.Context) (Outcome, error) {
	return i.WaitUntil(ctx, Outcome.Settled)
}

// WaitUntil waits until what is seen is as wanted. The condition must not call the server.
func (i *Interaction) WaitUntil(ctx context.Context, wanted func(Outcome) bool) (Outcome, error) {
	if i.err != nil {
		return Outcome{}, i.err
	}
	var o Outcome
	err := i.server.until(ctx, i.ID, func() bool {
		o = i.server.outcome(i.ID)
		return wanted(o)
	})
	if err != nil {
		return Outcome{}, fmt.Errorf("interaction %s (callback %d, %d messages, %d edits): %w", i.ID, o.Answer, len(o.Messages), o.Edits, err)
	}
	return o, nil
}

func (s *Server) outcome(id ID) Outcome {
	i := s.interactions.byID[id]
	if i == nil {
		return Outcome{Interaction: id}
	}
	o := Outcome{
		Interaction: id, Kind: i.kind, Answer: i.acknowledged, Private: i.private, Edits: i.edits, FollowUps: i.followUps,
		Modal: i.shownModal, Choices: i.choices, Changes: i.changes,
	}
	if i.acknowledged != 0 {
		o.FirstAfter = i.ackAt.Sub(i.sent)
		o.LastAfter = i.last.Sub(i.sent)
	}
	for _, id := range i.messages {
		o.Messages = append(o.Messages, i.final[id])
		if i.gone[id] {
			o.Deleted = append(o.Deleted, id)
		}
	}
	return o
}

// Interaction returns the handle on an interaction by its id.
func (s *Server) Interaction(id ID) *Interaction { return &Interaction{ID: id, server: s} }
