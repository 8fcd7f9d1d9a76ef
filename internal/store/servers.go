package store

import "time"

// RemovedKept is how long the data of a server is kept after the bot was removed, so that a wrong kick loses nothing.
const RemovedKept = 14 * 24 * time.Hour

// ServerState says since when the bot is in a server.
type ServerState struct {
	Server  Server
	Joined  time.Time
	Removed time.Time // zero while the bot is there
}

// Swept says how many rows were deleted.
type Swept struct {
	Answers, Drafts, Counters, Notes, Hides, Pauses, Blocks, Feedback, Questions, Counts, Identifies int64

	Servers []Server // those that were erased because the bot was removed
	Copies  []string // files with the state before a migration that were deleted
}
