package discord_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"amur/bot/discord"
)

// TestRetry says which calls are sent again when their outcome is unknown.
func TestRetry(t *testing.T) {
	t.Parallel()
	send := func(ctx context.Context, c *discord.Client) error {
		_, err := c.Send(ctx, "5", discord.Body{Content: "x"})
		return err
	}
	followUp := func(ctx context.Context, c *discord.Client) error {
		_, err := c.FollowUp(ctx, interaction(1), discord.Body{Content: "x"})
		return err
	}
	respond := func(ctx context.Context, c *discord.Client) error {
		_, err := c.Respond(ctx, interaction(1), discord.Response{Kind: discord.RespondChoices})
		return err
	}
	edit := func(ctx context.Context, c *discord.Client) error {
		_, err := c.Edit(ctx, "5", "6", discord.Body{Content: "x"})
		return err
	}
	remove := func(ctx context.Context, c *discord.Client) error { return c.Delete(ctx, "5", "6") }
	tests := []struct {
		name    string
		call    func(context.Context, *discord.Client) error
		answers []int // of the tries; 0 resets the connection
		codes   []int
		tries   int
		ok      bool
	}{
		{name: "send after 502", call: send, answers: []int{502, 200}, tries: 2, ok: true},
		{name: "send after reset", call: send, answers: []int{0, 200}, tries: 2, ok: true},
		{name: "send after 500, 503, 504", call: send, answers: []int{500, 503, 504, 200}, tries: 4, ok: true},
		{name: "send in vain", call: send, answers: []int{500, 500, 500, 500, 200}, tries: 4},
		{name: "follow-up after 502", call: followUp, answers: []int{502, 200}, tries: 1},
		{name: "follow-up after reset", call: followUp, answers: []int{0, 200}, tries: 1},
		{name: "follow-up after 429", call: followUp, answers: []int{429, 200}, tries: 2, ok: true},
		{name: "first reply after 502", call: respond, answers: []int{502, 200}, tries: 2, ok: true},
		{name: "first reply came through before a reset", call: respond, answers: []int{0, 400}, codes: []int{0, 40060}, tries: 2, ok: true},
		{name: "first reply of another process", call: respond, answers: []int{400}, codes: []int{40060}, tries: 1},
		{name: "edit after 503", call: edit, answers: []int{503, 200}, tries: 2, ok: true},
		{name: "delete came through before a 504", call: remove, answers: []int{504, 404}, codes: []int{0, 10008}, tries: 2, ok: true},
		{name: "delete of nothing", call: remove, answers: []int{404}, codes: []int{10008}, tries: 1},
		{name: "bad request", call: edit, answers: []int{400, 200}, tries: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				n := 0
				c, w := wired(t, func(*http.Request) *canned {
					status, code := tt.answers[n], 0
					if n < len(tt.codes) {
						code = tt.codes[n]
					}
					n++
					switch {
					case status == 0:
						return nil
					case status == 429:
						return reply(429, `{"retry_after":0.5}`)
					case code != 0:
						return reply(status, `{"message":"no","code":`+strconv.Itoa(code)+`}`)
					}
					return reply(status, message)
				})
				err := tt.call(t.Context(), c)
				if (err == nil) != tt.ok {
					t.Errorf("error = %v, want success %v", err, tt.ok)
				}
				sent := w.after(0)
				if len(sent) != tt.tries {
					t.Fatalf("%d tries, want %d", len(sent), tt.tries)
				}
				for _, r := range sent {
					if r.body != sent[0].body {
						t.Errorf("tries differ: %s and %s", r.body, sent[0].body)
					}
				}
			})
		})
	}
}

// TestNonce says that every message has a nonce, and no two the same.
func TestNonce(t *testing.T) {
	t.Parallel()
	c, w := wired(t, func(*http.Request) *canned { return reply(200, message) })
	for range 3 {
		if _, err := c.Send(t.Context(), "5", discord.Body{Content: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Send(t.Context(), "5", discord.Body{Content: "x", Nonce: "mine"}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range w.after(0) {
		var body struct {
			Nonce   string `json:"nonce"`
			Enforce bool   `json:"enforce_nonce"`
		}
		if err := json.Unmarshal([]byte(r.body), &body); err != nil || len(body.Nonce) < 1 || len(body.Nonce) > 25 || !body.Enforce || seen[body.Nonce] {
			t.Errorf("body = %s, %v", r.body, err)
		}
		seen[body.Nonce] = true
	}
	if !seen["mine"] {
		t.Error("the caller's nonce is not used")
	}
}

// TestFirstReplyInTime says that a first reply never waits longer than Discord does.
func TestFirstReplyInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := wired(t, func(*http.Request) *canned { return reply(429, `{"retry_after":2}`) })
		start := time.Now()
		_, err := c.Respond(t.Context(), interaction(1), discord.Response{Kind: discord.RespondDefer})
		if took := time.Since(start); !errors.Is(err, discord.ErrRateLimited) || took > 3*time.Second {
			t.Errorf("error = %v after %v", err, took)
		}
		start = time.Now()
		i := interaction(2)
		i.Received = start.Add(-time.Minute)
		_, err = c.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer})
		if took := time.Since(start); err == nil || took > time.Second {
			t.Errorf("a late one: error = %v after %v", err, took)
		}
	})
}

func TestRefusedToken(t *testing.T) {
	t.Parallel()
	c, w := wired(t, func(*http.Request) *canned { return reply(401, `{"message":"401: Unauthorized","code":0}`) })
	for n := range 50 {
		if _, err := c.Get(t.Context(), discord.ChannelID(strconv.Itoa(100+n)), "1"); !errors.Is(err, discord.ErrUnauthorized) {
			t.Fatalf("error = %v, want ErrUnauthorized", err)
		}
	}
	if n := len(w.after(0)); n != 1 {
		t.Errorf("%d requests with a refused token, want 1", n)
	}
	if s := c.State(); s.Parked == "" {
		t.Error("not parked")
	}
}

// TestClosedChannel says that a channel that refused a message is left alone for a minute, or until rights change.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, w := wired(t, func(*http.Request) *canned {
			return reply(403, `{"message":"Missing Permissions","code":50013}`)
		})
		for range 10 {
			if _, err := c.Send(t.Context(), "5", discord.Body{Content: "x"}); !errors.Is(err, discord.ErrMissingPermissions) {
				t.Fatalf("error = %v, want ErrMissingPermissions", err)
			}
		}
		if n := len(w.after(0)); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
		_, _ = c.Send(t.Context(), "6", discord.Body{Content: "x"})
		_ = c.Pin(t.Context(), "5", "1", "")
		if n := len(w.after(0)); n != 3 {
			t.Errorf("another channel, another right: %d requests, want 3", n)
		}
		time.Sleep(time.Minute + time.Second) //nolint:forbidigo // of the bubble's clock
		_, _ = c.Send(t.Context(), "5", discord.Body{Content: "x"})
		if n := len(w.after(0)); n != 4 {
			t.Errorf("%d requests after a minute, want 4", n)
		}
	})
}

func TestEndedInteraction(t *testing.T) {
	t.Parallel()
	c, w := wired(t, func(*http.Request) *canned {
		return reply(401, `{"message":"Invalid Webhook Token","code":50027}`)
	})
	for range 10 {
		if _, err := c.EditReply(t.Context(), interaction(1), discord.Body{Content: "x"}); !errors.Is(err, discord.ErrTokenExpired) {
			t.Fatalf("error = %v, want ErrTokenExpired", err)
		}
		if _, err := c.FollowUp(t.Context(), interaction(1), discord.Body{Content: "x"}); errors.Is(err, discord.ErrUnauthorized) || err == nil {
			t.Fatalf("error = %v", err)
		}
	}
	if n := len(w.after(0)); n != 1 {
		t.Errorf("%d requests with an ended token, want 1", n)
	}
	if s := c.State(); s.Parked != "" {
		t.Errorf("parked by an ended interaction: %s", s.Parked)
	}
	_, _ = c.EditReply(t.Context(), interaction(2), discord.Body{Content: "x"})
	if n := len(w.after(0)); n != 2 {
		t.Error("another interaction is refused, too")
	}
}

// TestInvalidRequests plays a storm of refusals: it must stay far from the 10,000 in ten minutes that close Discord.
func TestInvalidRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, w := wired(t, func(*http.Request) *canned { return reply(403, `{"message":"Missing Access","code":50001}`) })
		for n, start := 0, time.Now(); time.Since(start) < 10*time.Minute; n++ {
			_, _ = c.Send(t.Context(), discord.ChannelID(strconv.Itoa(n+1)), discord.Body{Content: "x"})
		}
		if n := len(w.after(0)); n > 1200 {
			t.Errorf("%d refused requests in ten minutes", n)
		}
		if n := c.Refusals(); n > 5000 {
			t.Errorf("%d refusals remembered", n)
		}
	})
}

// TestSecrets says that no token stands in an error.
func TestSecrets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, answer := range []func(*http.Request) *canned{
			func(*http.Request) *canned { return nil },
			func(*http.Request) *canned { return reply(500, "") },
			func(*http.Request) *canned { return reply(404, `{"message":"Unknown Webhook","code":10015}`) },
			func(*http.Request) *canned { return reply(429, `{"retry_after":600}`) },
			func(*http.Request) *canned { return reply(200, `not json`) },
			func(*http.Request) *canned { return reply(401, `{"message":"no"}`) },
		} {
			c, _ := wired(t, answer)
			i := interaction(1)
			_, err1 := c.Respond(t.Context(), i, discord.Response{Kind: discord.RespondDefer})
			_, err2 := c.EditReply(t.Context(), i, discord.Body{Content: "x"})
			_, err3 := c.FollowUp(t.Context(), i, discord.Body{Content: "x"})
			_, err4 := c.Send(t.Context(), "5", discord.Body{Content: "x"})
			for _, err := range []error{err1, err2, err3, err4} {
				if err == nil || strings.Contains(err.Error(), i.Token) || strings.Contains(err.Error(), secret) {
					t.Errorf("error = %v", err)
				}
			}
		}
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]error{
		10008: discord.ErrUnknownMessage, 10003: discord.ErrUnknownChannel, 10062: discord.ErrUnknownInteraction, 40060: discord.ErrAcknowledged,
		50027: discord.ErrTokenExpired, 50001: discord.ErrMissingAccess, 50013: discord.ErrMissingPermissions, 30003: discord.ErrTooManyPins,
	} {
		if err := error(&discord.Error{Status: 400, Code: code}); !errors.Is(err, want) || errors.Is(err, discord.ErrUnauthorized) {
			t.Errorf("code %d is not %v", code, want)
		}
	}
	c, _ := wired(t, func(*http.Request) *canned {
		return reply(400, `{"message":"Invalid Form Body","code":50035,"errors":{"components":{"0":{"label":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"x"}]}}}}}`)
	})
	_, err := c.Get(t.Context(), "5", "6")
	const want = "GET /channels/{channel}/messages/{message}: 400 Invalid Form Body: components.0.label BASE_TYPE_REQUIRED (code 50035)"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
}
