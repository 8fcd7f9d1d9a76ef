package discord_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"amur/bot/discord"
)

func TestBuckets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limits := map[string]*window{}
		c, w := wired(t, func(r *http.Request) *canned {
			key := r.Method + r.URL.Path
			if limits[key] == nil {
				limits[key] = &window{limit: 5, every: 5 * time.Second}
			}
			return limits[key].take("of " + r.Method)
		})
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 24 {
			wg.Go(func() {
				if _, err := c.Send(t.Context(), discord.ChannelID(strconv.Itoa(100+i%2)), discord.Body{Content: "x"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(start); took < 10*time.Second || took > 11*time.Second {
			t.Errorf("12 messages to each of two channels at 5 in 5 s took %v, want 10 s", took)
		}
		for key, l := range limits {
			if l.over > 0 {
				t.Errorf("%s: %d requests were too many", key, l.over)
			}
		}
		if n := len(w.after(0)); n != 24 {
			t.Errorf("%d requests, want 24", n)
		}
	})
}

// TestBucketsAreFreed answers 10,000 interactions, each of which has a rate limit of its own.
func TestBucketsAreFreed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := wired(t, func(r *http.Request) *canned {
			if strings.HasSuffix(r.URL.Path, "/callback") {
				return reply(200, `{"resource":{"message":{"id":"10"}}}`)
			}
			return (&window{limit: 5, every: 2 * time.Second}).take("webhook")
		})
		most := 0
		for n := range 10_000 {
			i := interaction(n)
			if id, err := c.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer}); err != nil || id != "10" {
				t.Fatal(id, err)
			}
			if _, err := c.EditReply(t.Context(), i, discord.Body{Content: "x"}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * time.Millisecond) //nolint:forbidigo // of the bubble's clock
			most = max(most, c.Buckets())
		}
		if most > 300 { // 100 in each window of 2 s
			t.Errorf("%d buckets at once", most)
		}
	})
}

func interaction(n int) discord.Interaction {
	return discord.Interaction{ID: discord.InteractionID(strconv.Itoa(1000 + n)), Token: "secret-" + strconv.Itoa(n), Received: time.Now()}
}

func TestContextCutsWaits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer *canned
	}{
		{name: "bucket", answer: reply(200, message,
			"X-RateLimit-Bucket", "b", "X-RateLimit-Limit", "1", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "30")},
		{name: "429", answer: reply(429, `{"retry_after":30}`)},
		{name: "global 429", answer: reply(429, `{"retry_after":30,"global":true}`, "X-RateLimit-Global", "true")},
		{name: "502", answer: reply(502, ``)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, _ := wired(t, func(*http.Request) *canned { return tt.answer })
				start := time.Now()
				for range 3 {
					ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
					_, err := c.Send(ctx, "5", discord.Body{Content: "x"})
					cancel()
					if tt.name != "502" && err != nil && !errors.Is(err, discord.ErrRateLimited) {
						t.Errorf("error = %v, want ErrRateLimited", err)
					}
				}
				if took := time.Since(start); took > 600*time.Millisecond {
					t.Errorf("three calls of 200 ms each took %v", took)
				}
			})
		})
	}
}

func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, w := wired(t, func(*http.Request) *canned { return reply(200, message) })
		start := time.Now()
		var wg sync.WaitGroup
		for n := range 200 {
			wg.Go(func() {
				if _, err := c.Send(t.Context(), discord.ChannelID(strconv.Itoa(100+n)), discord.Body{Content: "x"}); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				if _, err := c.EditReply(t.Context(), interaction(n), discord.Body{Content: "x"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var bot, others []time.Time
		for _, r := range w.after(0) {
			if strings.HasPrefix(r.path, "/webhooks/") {
				others = append(others, r.at)
				continue
			}
			bot = append(bot, r.at)
		}
		if len(bot) != 200 || len(others) != 200 {
			t.Fatalf("%d and %d requests", len(bot), len(others))
		}
		for i := 50; i < len(bot); i++ {
			if bot[i].Sub(bot[i-50]) < time.Second {
				t.Fatalf("51 requests in %v", bot[i].Sub(bot[i-50]))
			}
		}
		if last := others[len(others)-1]; last.Sub(start) > 100*time.Millisecond {
			t.Errorf("edits of interactions waited %v for the limit of the bot", last.Sub(start))
		}
	})
}

func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                 string
		first                *canned
		same, other, replied time.Duration // when the next calls go out
	}{
		{
			name: "user", first: reply(429, `{"retry_after":2,"global":false}`, "X-RateLimit-Scope", "user", "X-RateLimit-Bucket", "b"),
			same: 2 * time.Second,
		},
		{
			name: "shared", first: reply(429, `{"retry_after":2,"global":false}`, "X-RateLimit-Scope", "shared", "X-RateLimit-Bucket", "b"),
			same: 2 * time.Second,
		},
		{
			name: "global", first: reply(429, `{"retry_after":2,"global":true}`, "X-RateLimit-Global", "true", "Retry-After", "2"),
			same: 2 * time.Second, other: 2 * time.Second,
		},
		{
			name: "html", first: reply(429, `<html>`, "Retry-After", "2", "Content-Type", "text/html"),
			same: 2 * time.Second, other: 2 * time.Second,
		},
		{name: "html without a time", first: reply(429, `<html>`), same: 5 * time.Second, other: 5 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				first := true
				c, w := wired(t, func(*http.Request) *canned {
					if first {
						first = false
						return tt.first
					}
					return reply(200, message)
				})
				start := time.Now()
				var wg sync.WaitGroup
				wg.Go(func() {
					if _, err := c.Send(t.Context(), "5", discord.Body{Content: "x"}); err != nil {
						t.Error(err)
					}
				})
				synctest.Wait()
				wg.Go(func() { _, _ = c.Send(t.Context(), "6", discord.Body{Content: "x"}) })
				wg.Go(func() { _, _ = c.EditReply(t.Context(), interaction(1), discord.Body{Content: "x"}) })
				wg.Wait()
				at := map[string]time.Duration{}
				for _, r := range w.after(1) {
					at[r.path] = r.at.Sub(start)
				}
				got := []time.Duration{at["/channels/5/messages"], at["/channels/6/messages"], at["/webhooks/2/secret-1/messages/@original"]}
				if want := []time.Duration{tt.same, tt.other, tt.replied}; fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("next calls went out after %v, want %v", got, want)
				}
			})
		})
	}
}
