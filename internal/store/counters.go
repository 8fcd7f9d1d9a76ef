package store

import "time"

// Window is the time in which questions are counted. Counters lapse with it.
const Window = 24 * time.Hour

// Allowance is how many questions are answered. Zero fields are no limit.
type Allowance struct {
	Cooldown  time.Duration // between two questions of a member
	PerMember int           // in a window
	PerServer int           // in a window; not for direct messages
}

// Limit is the part of an allowance that was used up.
type Limit string

// The limits.
const (
	LimitCooldown Limit = "cooldown"
	LimitMember   Limit = "member"
	LimitServer   Limit = "server"
)

// Taken says whether a question may be answered.
type Taken struct {
	Limit Limit     // empty: it may
	Until time.Time // when it may be asked again
	ID    int64     // for GiveBack
}

// Allowed reports whether no limit stood against it.
func (t Taken) Allowed() bool { return t.Limit == "" }
