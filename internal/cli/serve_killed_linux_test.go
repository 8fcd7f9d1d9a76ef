package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"amur/internal/discordtest"
)

// TestKilledServing kills the bot at random moments while people pin, set, note, ask, vote and report. After each death the state
// holds all that people were told is done, and nothing half; what was not told may be done or not. What was begun is
// finished by the next process, or taken back.
func TestKilledServing(t *testing.T) {
	t.Parallel()
	kills := 200
	if inShort() {
		kills = 16
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	crews := make([]*crew, 2) // as many as there are processors
	t.Cleanup(func() { everythingTold(t, crews) })
	for n := range crews {
		t.Run(fmt.Sprint("harbour ", n), func(t *testing.T) {
			t.Parallel()
			c := newCrew(t, rand.New(rand.NewPCG(seed, uint64(n))))
			crews[n] = c
			for kill := range kills / 2 {
				c.live(kill)
				if t.Failed() {
					t.Fatalf("after kill %d", kill)
				}
			}
			c.lastLife(kills / 2)
		})
	}
}

// live is a life of the bot: it starts, people do things, and it is killed at one of many moments.
func (c *crew) live(kill int) {
	random := rand.New(rand.NewPCG(c.random.Uint64(), 0))
	l := c.start(c.t)
	c.life = l
	if random.IntN(8) == 0 { // while it starts
		pause(time.Duration(random.IntN(200)) * time.Millisecond)
		l.kill()
		c.inspect(kill, false)
		return
	}
	l.connected(c.t)
	settled := random.IntN(3) == 0
	if settled {
		await(c.t, "the end of what was begun", l.log, c.isSettled)
	}
	ctx, stop := context.WithCancel(c.t.Context())
	var people sync.WaitGroup
	for _, act := range []func(context.Context, *rand.Rand){c.pins, c.sets, c.notes, c.asks} {
		own := rand.New(rand.NewPCG(random.Uint64(), 0))
		people.Go(func() {
			for ctx.Err() == nil && !c.t.Failed() {
				act(ctx, own)
			}
		})
	}
	c.awaitMoment(ctx, random)
	l.kill()
	stop()
	people.Wait()
	c.inspect(kill, settled)
}

// awaitMoment waits for the moment of death: some time, or until something happens in a channel, and then a little.
func (c *crew) awaitMoment(ctx context.Context, random *rand.Rand) {
	until := time.Duration(random.IntN(150)) * time.Millisecond
	what := random.IntN(6)
	if what > 3 {
		pause(until)
		return
	}
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	room := c.room()
	if what == 3 {
		room = c.log
	}
	before := -1
	_, _ = c.fake.WaitMessages(limited, room, func(messages []discordtest.Message) bool { // nothing may happen there
		now := len(messages)
		if what == 2 { // pinned, not only posted
			now = 0
			for _, m := range messages {
				if m.Pinned {
					now++
				}
			}
		}
		if before < 0 {
			before = now
		}
		return now > before
	})
	pause(time.Duration(random.IntN(3000)) * time.Microsecond)
}

// pause lets time pass: the moment of a kill is a time, and nothing else can be waited for.
func pause(d time.Duration) { <-time.After(d) }

// lastLife lets the bot finish what was begun, and ends it as it should be ended.
func (c *crew) lastLife(kill int) {
	l := c.start(c.t).connected(c.t)
	c.life = l
	await(c.t, "the end of what was begun", l.log, c.isSettled)
	l.signal(c.t, terminate)
	if status := l.end(c.t); status != 0 {
		c.t.Errorf("the last life ended with %d\n%s", status, l.log)
	}
	c.inspect(kill, true)
	for _, v := range c.fake.Violations() {
		c.t.Errorf("violation: %v", v)
	}
}

// everythingTold holds that people were told of everything, lest the test has tried nothing.
func everythingTold(t *testing.T, crews []*crew) {
	t.Helper()
	counts := map[string]int{}
	for _, c := range crews {
		if t.Failed() || c == nil {
			return
		}
		for what, n := range c.counts {
			counts[what] += n
		}
	}
	t.Logf("people were told %v", counts)
	for _, what := range []string{"pinned", "answer pinned", "set", "proposed", "approved", "rejected", "answered", "voted", "reported"} {
		if counts[what] == 0 && !inShort() {
			t.Errorf("nobody was ever told that something is %s", what)
		}
	}
}
