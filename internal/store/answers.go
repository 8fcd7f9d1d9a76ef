package store

import "time"

// AnswersKept is how long the record of an answer is kept. Its buttons lapse then.
const AnswersKept = 30 * 24 * time.Hour

// Answer is the record behind the buttons of an answer: no question and no text.
type Answer struct {
	ID       AnswerID
	Server   Server // empty for direct messages
	Channel  Channel
	Messages []Message // of the answer, in order; may be empty until they were sent
	Asking   Message   // the message that asked; empty for slash commands
	Asker    Member    // kept as a hash and never returned: ask AskedBy
	Edition  string
	Passages []AnswerPassage
	Outcome  string
	Mode     string
	Language string
	Incident string // the code that a failure was shown with; empty for none
	Private  bool
	Created  time.Time // empty stands for now
}

// AnswerPassage is a cited span, in the order of citations.
type AnswerPassage struct {
	Passage string `json:"passage"`
	Section string `json:"section"`
	Hash    string `json:"hash"`
	Start   int    `json:"start"` // bytes into the passage
	End     int    `json:"end"`
}
