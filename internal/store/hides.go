package store

import "time"

// HideLasts is how long passages stay hidden unless a second moderator keeps them so.
const HideLasts = 72 * time.Hour

// Hide takes the passages of an answer out of use in one server.
type Hide struct {
	ID          HideID
	Server      Server
	Answer      AnswerID
	Passages    []HiddenPassage
	By          Member // sealed
	At          time.Time
	Until       time.Time // zero: until it is restored
	KeptBy      Member    // sealed: the second moderator; empty for none
	CardChannel Channel   // of its card in the log channel; empty for none
	CardMessage Message
}

// HiddenPassage is a passage as it was.
type HiddenPassage struct {
	Passage string `json:"passage"`
	Section string `json:"section"`
	Hash    string `json:"hash"` // of its text
}
