package encoder

import (
	"runtime"
	"sync/atomic"
)

// maxCrew is how many cores one text can keep busy.
const maxCrew = 8

// crew runs the steps of one text on several cores. A step is too short (some 10 µs) to wake sleeping goroutines for, so the
// helpers keep looking for the next one, giving way to other goroutines, until the text is done. The zero crew works alone.
type crew struct {
	size int // workers, the caller included
	step atomic.Pointer[step]
}

// step is one parallel loop: work(i, worker) for every i below count.
type step struct {
	work       func(i, worker int)
	count      int64
	next, done atomic.Int64
}

// start hires helpers for worker numbers 1 to size-1. The caller must dismiss them.
func (c *crew) start(size int) {
	c.size = size
	for worker := 1; worker < size; worker++ {
		go func() {
			for {
				s := c.step.Load()
				if s != nil && s.work == nil {
					return
				}
				if s == nil || !s.help(worker) {
					idle()
				}
			}
		}()
	}
}

// dismiss lets the helpers go.
func (c *crew) dismiss() { c.step.Store(&step{}) }

// run calls work for every i below count and returns when all are done. Two calls at once on one worker number never happen.
func (c *crew) run(count int, work func(i, worker int)) {
	if c.size < 2 || count < 2 {
		for i := range count {
			work(i, 0)
		}
		return
	}
	s := &step{work: work, count: int64(count)}
	c.step.Store(s)
	s.help(0)
	for s.done.Load() < s.count {
		idle()
	}
}

// help works on the step until nothing is left to take, and reports whether it did anything.
func (s *step) help(worker int) bool {
	helped := false
	for {
		i := s.next.Add(1) - 1
		if i >= s.count {
			return helped
		}
		s.work(int(i), worker)
		s.done.Add(1)
		helped = true
	}
}

func idle() { runtime.Gosched() }
