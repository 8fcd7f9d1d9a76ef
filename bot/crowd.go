package bot

import (
	"sync"
	"time"

	"amur/bot/discord"
)

// crowd remembers the public answers of the last minute in each channel.
type crowd struct {
	mu      sync.Mutex
	answers map[discord.ChannelID][]time.Time
	swept   time.Time
}

func newCrowd() *crowd { return &crowd{answers: map[discord.ChannelID][]time.Time{}} }

// take reports whether one more public answer fits into the minute, and counts it if so.
func (c *crowd) take(channel discord.ChannelID, now time.Time, perMinute int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.swept) > time.Minute {
		c.swept = now
		for id, times := range c.answers {
			if len(lastMinute(times, now)) == 0 {
				delete(c.answers, id)
			}
		}
	}
	times := lastMinute(c.answers[channel], now)
	if len(times) >= perMinute {
		c.answers[channel] = times
		return false
	}
	c.answers[channel] = append(times, now)
	return true
}

// lastMinute returns the end of times, oldest first, that lies in the last minute.
func lastMinute(times []time.Time, now time.Time) []time.Time {
	for len(times) > 0 && now.Sub(times[0]) >= time.Minute {
		times = times[1:]
	}
	return times
}
