package llm

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstPause = 250 * time.Millisecond // before the first retry, at most
	lastPause  = 8 * time.Second        // before any retry, at most
)

// pause is how long to wait before the retry that follows attempt n (from 0): what the server asked for and a little,
// else a random part of a bound that doubles, so that many clients do not come back in step.
// (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: full jitter.)
func pause(n int, asked time.Duration, random float64) time.Duration {
	bound := min(firstPause<<min(n, 10), lastPause)
	if asked > 0 {
		bound = firstPause
	}
	return asked + time.Duration(random*float64(bound))
}

// retryAfter reads how long a server asks to wait: seconds or a date (RFC 9110, section 10.2.3), or OpenAI's
// milliseconds. Zero where it does not say, or where it is over.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		return bounded(ms / 1000)
	}
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		return bounded(seconds)
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}

// bounded makes a duration of what a server wrote, which may be anything.
func bounded(seconds float64) time.Duration {
	const day = 24 * 60 * 60
	if !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, day) * float64(time.Second))
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
