package store

import "time"

// Question is a question that is kept where insights are on: a text without its author.
type Question struct {
	Server   Server
	Text     string // sealed
	Asker    Member // never kept and never returned: see Token
	Outcome  string
	Language string
	Vector   []byte // for grouping by meaning; the caller's encoding; may be nil
	Private  bool   // a private one is refused
	Created  time.Time

	// Token is the same for the questions of one asker in one server and one Epoch, and says nothing else.
	Token string
	Epoch int64
}

// Count is how often something happened in a server on a day.
type Count struct {
	Day  string // UTC, such as 2026-01-31
	What string
	N    int64
}

// CountsKept is how long daily counts are kept.
const CountsKept = 365 * 24 * time.Hour
