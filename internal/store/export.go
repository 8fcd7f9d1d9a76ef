package store

import "time"

// MemberExport is all that can be found of a member.
type MemberExport struct {
	Votes    []MemberVote   `json:"votes"`
	Reports  []MemberReport `json:"reports"`
	Drafts   []Draft        `json:"drafts"`
	Blocks   []Block        `json:"blocks"`
	Counters []Counter      `json:"counters"`
	Answers  []Answer       `json:"answers"` // the records of what was asked: no question, no text
}

// MemberVote is a vote.
type MemberVote struct {
	Server  Server    `json:"server"`
	Answer  AnswerID  `json:"answer"`
	Helpful bool      `json:"helpful"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}

// MemberReport is a report.
type MemberReport struct {
	Server Server    `json:"server"`
	Answer AnswerID  `json:"answer"`
	Kind   string    `json:"kind"`
	Text   string    `json:"text,omitempty"`
	At     time.Time `json:"at"`
}

// Counter is how many questions were counted for a member in the present window.
type Counter struct {
	Server Server `json:"server"`
	Taken  int    `json:"taken"`
}

// ServerExport is all that is kept of a server. Members are in it only where they acted as moderators.
type ServerExport struct {
	State     ServerState          `json:"state"`
	Settings  Settings             `json:"settings"`
	Pins      []Pin                `json:"pins"`
	History   map[PinID][]PinEvent `json:"history"`
	Hides     []Hide               `json:"hides"`
	Notes     []Note               `json:"notes"`
	Cards     []Card               `json:"cards"`
	Answers   []Answer             `json:"answers"`
	Questions []Question           `json:"questions"`
	Counts    []Count              `json:"counts"`
}
