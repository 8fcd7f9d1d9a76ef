package discordtest

import (
	"strconv"
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

// FakeClock stands still until it is moved. It is safe for concurrent use.
type FakeClock struct {
	mutex sync.Mutex
	now   time.Time
}

// NewFakeClock returns a clock that stands at now.
func NewFakeClock(now time.Time) *FakeClock { return &FakeClock{now: now} }

// Now is where the clock stands.
func (c *FakeClock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

// Advance moves the clock on.
func (c *FakeClock) Advance(by time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = c.now.Add(by)
}

// ID is a snowflake: a number in decimal digits that grows with time.
type ID string

// discordEpoch is the first second of 2015, in milliseconds.
const discordEpoch = 1420070400000

// Time is when the id was made; the zero time if it is no snowflake.
func (id ID) Time() time.Time {
	n, err := strconv.ParseUint(string(id), 10, 63)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch)
}

// number is the id's value, by which ids are ordered; 0 if it is no snowflake.
func (id ID) number() uint64 {
	n, err := strconv.ParseUint(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// snowflakes makes ids, each larger than the one before.
type snowflakes struct {
	last uint64
}

func (s *snowflakes) next(now time.Time) ID {
	id := uint64(max(now.UnixMilli()-discordEpoch, 0)) << 22
	if id <= s.last {
		id = s.last + 1
	}
	s.last = id
	return ID(strconv.FormatUint(id, 10))
}

func (s *Server) newID() ID { return s.ids.next(s.clock.Now()) }
