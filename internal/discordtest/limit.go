package discordtest

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// limiter counts requests by bucket: a route with its top-level id (channel, guild, webhook with token), and all of
// them together: 50 a second but for interactions (topics/rate-limits). The numbers of the buckets are those that were
// seen in 2026; the documentation forbids relying on them. It works in real time: Retry-After is on the wire.
type limiter struct {
	buckets     map[string]*bucket
	global      []time.Time
	globalUntil time.Time
	sweepAt     int // how many buckets there are when the idle ones are thrown away
}

type bucket struct {
	name    string // X-RateLimit-Bucket
	limit   int
	window  time.Duration
	used    int
	reset   time.Time
	blocked time.Time // by a scripted 429
	scope   string
	exempt  bool // of the limit over all
}

func newLimiter() limiter { return limiter{buckets: map[string]*bucket{}} }

// look finds the bucket of a call.
func (l *limiter) look(c *call, now time.Time) *bucket {
	if len(l.buckets) > l.sweepAt {
		maps.DeleteFunc(l.buckets, func(_ string, b *bucket) bool { return now.After(b.reset) && now.After(b.blocked) })
		l.sweepAt = max(1000, 2*len(l.buckets))
	}
	route := c.record.Route
	major := string(c.id("channel") + c.id("guild"))
	exempt := strings.HasPrefix(route, "/interactions/") || strings.HasPrefix(route, "/webhooks/")
	if exempt {
		major = c.request.PathValue("token")
	}
	method := c.record.Method
	key := method + " " + route + " " + major
	b := l.buckets[key]
	if b == nil {
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(method + " " + route))
		b = &bucket{name: strconv.FormatUint(sum.Sum64(), 16), exempt: exempt}
		b.limit, b.window = bucketSize(method, route)
		l.buckets[key] = b
	}
	return b
}

func bucketSize(method, route string) (int, time.Duration) {
	switch {
	case strings.HasPrefix(route, "/interactions/"):
		return 1000, time.Second
	case strings.HasPrefix(route, "/webhooks/"):
		return 5, 2 * time.Second
	case route == "/channels/{channel}/messages" && method == http.MethodPost,
		route == "/channels/{channel}/messages/{message}" && method != http.MethodGet:
		return 5, 5 * time.Second
	case strings.Contains(route, "/pins"):
		return 5, 5 * time.Second
	case strings.Contains(route, "/reactions/"):
		return 1, 250 * time.Millisecond
	case strings.Contains(route, "/commands"):
		return 5, 20 * time.Second
	}
	return 50, time.Second
}

// early is how much sooner than promised a request may come: clocks and headers are rounded.
const early = 20 * time.Millisecond

// open is an error if the bucket, or all, may not be called again yet after a scripted 429.
func (l *limiter) open(b *bucket, now time.Time) error {
	if b.blocked.After(now.Add(early)) {
		return &rateError{after: b.blocked.Sub(now), scope: b.scope, what: "called before Retry-After was over"}
	}
	if !b.exempt && l.globalUntil.After(now.Add(early)) {
		return &rateError{after: l.globalUntil.Sub(now), scope: "global", global: true, what: "called before the global Retry-After was over"}
	}
	return nil
}

// take counts a call. It is an error to call a bucket that is used up.
func (l *limiter) take(b *bucket, counting bool, now time.Time) error {
	if !now.Before(b.reset) {
		b.used, b.reset = 0, now.Add(b.window)
	}
	if !counting {
		return nil
	}
	if !b.exempt {
		for len(l.global) > 0 && now.Sub(l.global[0]) >= time.Second {
			l.global = l.global[1:]
		}
		if len(l.global) >= 50 {
			return &rateError{after: l.global[0].Add(time.Second).Sub(now), scope: "global", global: true, what: "more than 50 requests a second"}
		}
		l.global = append(l.global, now)
	}
	if b.used >= b.limit {
		return &rateError{after: b.reset.Sub(now), scope: "user", what: fmt.Sprintf("more than %d requests in %s", b.limit, b.window)}
	}
	b.used++
	return nil
}

// headers are on every answer.
func (b *bucket) headers(h http.Header, now time.Time) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.limit-b.used))
	if b.used == 0 && b.limit > 1 {
		h.Set("X-RateLimit-Remaining", strconv.Itoa(b.limit-1))
	} else if b.used == 0 {
		h.Set("X-RateLimit-Remaining", "1")
	}
	reset := b.reset
	if !reset.After(now) {
		reset = now.Add(b.window)
	}
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", seconds(reset.Sub(now)))
	h.Set("X-RateLimit-Bucket", b.name)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// wholeSeconds is the time rounded up, as Retry-After has it.
func wholeSeconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

// rateError is an answer 429.
type rateError struct {
	after  time.Duration
	scope  string // user, global, shared
	global bool
	code   int
	what   string
}

// Error says which limit it is.
func (f *rateError) Error() string { return f.scope + " rate limit: " + f.what }

func (f *rateError) headers(h http.Header) {
	h.Set("Retry-After", wholeSeconds(f.after))
	h.Set("X-RateLimit-Scope", f.scope)
	if f.global {
		h.Set("X-RateLimit-Global", "true")
		for _, name := range []string{"Limit", "Remaining", "Reset", "Reset-After", "Bucket"} {
			h.Del("X-RateLimit-" + name)
		}
		return
	}
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset-After", seconds(f.after))
}

func (f *rateError) body() []byte {
	data, _ := json.Marshal(struct {
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
		Code       int     `json:"code,omitempty"`
	}{"You are being rate limited.", f.after.Seconds(), f.global, f.code})
	return data
}
