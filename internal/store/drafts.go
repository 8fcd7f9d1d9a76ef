package store

import "time"

// Draft is a summary that a moderator works on. Only its author can read it.
type Draft struct {
	ID       DraftID // empty for a new one
	Version  int64   // what SaveDraft compares
	Server   Server
	Author   Member // kept as a hash
	Channel  Channel
	Language string
	Edition  string
	Mode     string // quotes or model
	Model    string
	AsOf     string
	Topic    string // sealed
	Lines    []PinLine
	Pin      PinID     // the pin that it is to replace; empty for a new one
	Saved    time.Time // kept for DraftsKept from then
}

// DraftsKept is how long a draft is kept after it was last saved.
const DraftsKept = 7 * 24 * time.Hour
