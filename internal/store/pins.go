package store

import "time"

// PinState is where a pin is in its life.
type PinState string

// The states of a pin: publishing → sent → fresh ⇄ stale → review, and lost from each of the last three.
const (
	PinPublishing PinState = "publishing" // intended: the message may have been sent or not; its Nonce tells
	PinSent       PinState = "sent"       // the message is there, perhaps not pinned yet
	PinFresh      PinState = "fresh"
	PinStale      PinState = "stale"  // a source has changed, nobody has decided yet
	PinReview     PinState = "review" // stale, and the pin itself says so
	PinLost       PinState = "lost"   // its message was deleted or unpinned by hand
)

// Pin is a summary or an answer that was published and pinned.
type Pin struct {
	ID      PinID
	Version int64 // what SavePin compares
	Server  Server
	Channel Channel
	Message Message // empty while publishing
	Nonce   string  // to send the message with, so that a repeated attempt does not post twice
	State   PinState

	Language string
	Topic    string // sealed: the topic or question
	Edition  string // of the documents
	AsOf     string // the newest date that the lines speak of, in the form of rag.Answer; empty for none
	Mode     string // quotes or model
	Model    string // its name; empty for quotes
	Lines    []PinLine

	Published   time.Time
	PublishedBy Member // sealed
	StaleSince  time.Time
	CardChannel Channel // of the card that tells moderators that it is stale; empty for none
	CardMessage Message
}

// PinLine is one claim of a pin. It is sealed as a whole.
type PinLine struct {
	Text            string    `json:"text"`
	Citations       []PinCite `json:"citations,omitempty"`
	ModeratorsWords bool      `json:"moderators_words,omitempty"` // written by hand, without a source
	Stale           bool      `json:"stale,omitempty"`
	Account         string    `json:"account,omitempty"` // what changed, where it is stale
}

// PinCite is a span of a passage as it was when the pin was published.
type PinCite struct {
	Passage string `json:"passage"`
	Hash    string `json:"hash"` // of the passage's text
	Section string `json:"section"`
	Quote   string `json:"quote"`
	Start   int    `json:"start"` // bytes into the passage
	End     int    `json:"end"`
}

// PinEvent is an entry of a pin's history.
type PinEvent struct {
	At   time.Time
	Who  Member // sealed; empty for the bot itself
	What string // sealed: published, updated, kept, …, in the caller's words
}
