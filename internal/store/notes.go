package store

import "time"

// NoteLasts is how long a note stands after it was approved, or approved again.
const NoteLasts = 90 * 24 * time.Hour

// ProposalLasts is how long a proposal waits for its approval.
const ProposalLasts = 30 * 24 * time.Hour

// TargetKind is what a note speaks about.
type TargetKind string

// The kinds of targets.
const (
	TargetSection TargetKind = "section"
	TargetPassage TargetKind = "passage"
	TargetTopic   TargetKind = "topic"
)

// Note is a server's own addition to the documents.
type Note struct {
	ID          NoteID
	Server      Server
	Kind        TargetKind
	Target      string // id of the section or the passage, or the topic
	Language    string
	Text        string // sealed
	Proposer    Member // sealed
	Proposed    time.Time
	Approver    Member    // sealed; empty for a proposal
	Approved    time.Time // the last time; zero for a proposal
	Alone       bool      // a single manager has approved his own proposal
	Expires     time.Time
	CardChannel Channel // of its card in the log channel; empty for none
	CardMessage Message
}

// IsApproved reports whether the note stands.
func (n Note) IsApproved() bool { return !n.Approved.IsZero() }
