package discord

import "time"

// State is how the connection stands.
type State struct {
	Connected bool   // every shard is ready
	Parked    string // why nothing is tried any more until the process is started again; "" while all is well
	Since     time.Time
	Shards    int
	Guilds    int
	// LastHeartbeat and LastAck are those of the shard whose acknowledgement is oldest.
	LastHeartbeat, LastAck time.Time
	Reconnects, Resumes    int
	IdentifiesLeft         int // of Discord's 1000 a day, as far as known; -1 before the first look
	Dropped                int // events thrown away because too many waited
	Panics                 int
}
