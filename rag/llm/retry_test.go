package llm_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/modeltest"
	"amur/rag/llm"
)

// pauses records how long a client would have waited.
type pauses struct {
	mutex sync.Mutex
	all   []time.Duration
}

func (p *pauses) wait(_ context.Context, d time.Duration) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.all = append(p.all, d)
	return nil
}

func TestPauses(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	limited := func(name, value string) modeltest.Response {
		return modeltest.Status(http.StatusTooManyRequests, "slow down").With(name, value)
	}
	down := modeltest.Status(http.StatusServiceUnavailable, "loading model")
	half := 125 * time.Millisecond // of the first bound, the random number being one half
	tests := []struct {
		name      string
		responses []modeltest.Response
		want      []time.Duration
		kind      llm.Kind
	}{
		{"none", nil, nil, ""},
		{"doubling", []modeltest.Response{down, down, down}, []time.Duration{half, 2 * half, 4 * half}, ""},
		{"no more than were allowed", []modeltest.Response{down, down, down, down}, []time.Duration{half, 2 * half, 4 * half}, llm.KindServer},
		{"seconds", []modeltest.Response{limited("Retry-After", "3")}, []time.Duration{3*time.Second + half}, ""},
		{"part of a second", []modeltest.Response{limited("Retry-After", "0.5")}, []time.Duration{500*time.Millisecond + half}, ""},
		{"date", []modeltest.Response{limited("Retry-After", now.Add(4*time.Second).Format(http.TimeFormat))}, []time.Duration{4*time.Second + half}, ""},
		{"date that is over", []modeltest.Response{limited("Retry-After", now.Add(-time.Hour).Format(http.TimeFormat))}, []time.Duration{half}, ""},
		{"OpenAI's milliseconds", []modeltest.Response{limited("Retry-After-Ms", "1500")}, []time.Duration{1500*time.Millisecond + half}, ""},
		{"nonsense", []modeltest.Response{limited("Retry-After", "soon")}, []time.Duration{half}, ""},
		{"negative", []modeltest.Response{limited("Retry-After", "-5")}, []time.Duration{half}, ""},
		{"not a number", []modeltest.Response{limited("Retry-After", "NaN")}, []time.Duration{half}, ""},
		{"longer than the call may take", []modeltest.Response{limited("Retry-After", "31")}, nil, llm.KindRateLimited},
		{"no credit", []modeltest.Response{{
			Status: http.StatusTooManyRequests,
			Body:   `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}`,
		}}, nil, llm.KindQuota},
		{"no payment", []modeltest.Response{modeltest.Status(http.StatusPaymentRequired, "Insufficient credits")}, nil, llm.KindQuota},
		{"an error before the first token", []modeltest.Response{modeltest.Events(`data: {"error":{"message":"overloaded","code":529}}`)}, []time.Duration{half}, ""},
		{"an error after it", []modeltest.Response{modeltest.Events(delta("a"), `data: {"error":{"message":"overloaded","code":529}}`)}, nil, llm.KindServer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, modeltest.Queue(append(slices.Clip(tt.responses), modeltest.Say("Trade grew [1]."))...))
			var p pauses
			c := client(t, s.BaseURL(), func(o *llm.Options) {
				o.Retries, o.Wait = 3, p.wait
				o.Now = func() time.Time { return now }
			})
			if tt.kind != "" {
				if e := failed(t, c, ask("?")); e.Kind != tt.kind {
					t.Errorf("kind %q, want %q: %v", e.Kind, tt.kind, e)
				}
			} else if _, err := c.Chat(t.Context(), ask("?"), nil); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(tt.want, p.all); diff != "" {
				t.Errorf("pauses (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRetryAfterIsTold(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	e := failed(t, client(t, s.Failing("rate-limited-wait"), func(o *llm.Options) { o.Retries = 2 }), ask("?"))
	if e.RetryAfter != time.Hour || e.Status != http.StatusTooManyRequests {
		t.Errorf("error %+v, want an hour", e)
	}
}

// The pause between attempts ends with the context.
func TestCancelledPause(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	c := client(t, s.Failing("server-error"), func(o *llm.Options) {
		o.Retries = 3
		o.Wait = func(ctx context.Context, _ time.Duration) error {
			cancel()
			return ctx.Err()
		}
	})
	if _, err := c.Chat(ctx, ask("?"), nil); kind(err) != llm.KindCancelled {
		t.Errorf("error %v", err)
	}
	if n := len(s.Requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	works := false
	var mutex sync.Mutex
	set := func(v bool) {
		mutex.Lock()
		defer mutex.Unlock()
		works = v
	}
	s := serve(t, func(modeltest.Request) modeltest.Response {
		mutex.Lock()
		defer mutex.Unlock()
		if works {
			return modeltest.Say("Trade grew [1].")
		}
		return modeltest.Status(http.StatusBadGateway, "bad gateway")
	})
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	c := client(t, s.BaseURL(), func(o *llm.Options) {
		o.BreakAfter, o.BreakFor = 2, time.Minute
		o.Now = func() time.Time { return now }
	})
	steps := []struct {
		name  string
		works bool
		after time.Duration
		want  llm.Kind
		left  time.Duration
	}{
		{name: "one failure", want: llm.KindServer},
		{name: "two", want: llm.KindServer},
		{name: "open", works: true, want: llm.KindBreakerOpen, left: time.Minute},
		{name: "still open", works: true, after: 59 * time.Second, want: llm.KindBreakerOpen, left: time.Second},
		{name: "a probe fails", after: time.Second, want: llm.KindServer},
		{name: "open again", works: true, after: time.Second, want: llm.KindBreakerOpen, left: 59 * time.Second},
		{name: "a probe works", works: true, after: 59 * time.Second},
		{name: "closed", works: true},
		{name: "one failure does not open it", want: llm.KindServer},
		{name: "closed still", works: true},
	}
	for _, step := range steps {
		set(step.works)
		now = now.Add(step.after)
		before := len(s.Requests())
		_, err := c.Chat(t.Context(), ask("?"), nil)
		if kind(err) != step.want {
			t.Fatalf("%s: error %v, want kind %q", step.name, err, step.want)
		}
		asked := len(s.Requests()) > before
		if asked == (step.want == llm.KindBreakerOpen) {
			t.Errorf("%s: asked: %v", step.name, asked)
		}
		if step.left != 0 && failed(t, c, ask("?")).RetryAfter != step.left {
			t.Errorf("%s: %v is not what is left, %v", step.name, err, step.left)
		}
	}
}

// A question that the model cannot answer says nothing against the server; neither does a caller who goes away.
func TestBreakerCountsTheServersFailuresOnly(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	for name, want := range map[string]llm.Kind{"empty": llm.KindEmpty, "unauthorized": llm.KindBreakerOpen} {
		c := client(t, s.Failing(name), func(o *llm.Options) { o.BreakAfter = 1 })
		if e := failed(t, c, ask("?")); e.Kind == llm.KindBreakerOpen {
			t.Errorf("%s: open before any failure", name)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.Chat(ctx, ask("?"), nil); kind(err) != llm.KindCancelled {
			t.Errorf("%s: %v", name, err)
		}
		if e := failed(t, c, ask("?")); e.Kind != want {
			t.Errorf("%s: kind %q, want %q", name, e.Kind, want)
		}
	}
}

// Of many calls that come when the pause is over, one is let through.
func TestSingleProbe(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	s := serve(t, func(r modeltest.Request) modeltest.Response {
		if r.Number == 0 {
			return modeltest.Status(http.StatusBadGateway, "bad gateway")
		}
		<-gate
		return modeltest.Say("Trade grew [1].")
	})
	var mutex sync.Mutex
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	c := client(t, s.BaseURL(), func(o *llm.Options) {
		o.BreakAfter, o.BreakFor, o.Concurrency = 1, time.Minute, 10
		o.Now = func() time.Time {
			mutex.Lock()
			defer mutex.Unlock()
			return now
		}
	})
	if e := failed(t, c, ask("?")); e.Kind != llm.KindServer {
		t.Fatal(e)
	}
	mutex.Lock()
	now = now.Add(time.Minute)
	mutex.Unlock()

	const calls = 5
	kinds := make(chan llm.Kind, calls)
	for range calls {
		go func() {
			_, err := c.Chat(t.Context(), ask("?"), nil)
			kinds <- kind(err)
		}()
	}
	for range calls - 1 {
		if k := <-kinds; k != llm.KindBreakerOpen {
			t.Errorf("kind %q beside the probe", k)
		}
	}
	close(gate)
	if k := <-kinds; k != "" {
		t.Errorf("the probe failed: %q", k)
	}
	if n := len(s.Requests()); n != 2 {
		t.Errorf("%d requests, want the failure and the probe", n)
	}
}

// A client that was given nothing to wait with waits by itself.
func TestOwnPause(t *testing.T) {
	t.Parallel()
	s := serve(t, modeltest.Queue(modeltest.Status(http.StatusBadGateway, "bad gateway"), modeltest.Say("Trade grew [1].")))
	c := client(t, s.BaseURL(), func(o *llm.Options) {
		o.Retries, o.Wait = 1, nil
		o.Random = func() float64 { return 0 }
	})
	if _, err := c.Chat(t.Context(), ask("?"), nil); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	leaving := client(t, s.Failing("rate-limited"), func(o *llm.Options) {
		o.Retries, o.Wait = 1, nil
		o.Random = func() float64 { // just before the pause
			cancel()
			return 1
		}
	})
	if _, err := leaving.Chat(ctx, ask("?"), nil); kind(err) != llm.KindCancelled {
		t.Errorf("error %v, want that it was cancelled", err)
	}
}

// Whoever leaves in the middle of an answer says nothing against the server.
func TestBreakerAndLeaving(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	c := client(t, s.Failing("hang-middle"), func(o *llm.Options) { o.BreakAfter = 1 })
	for range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := c.Chat(ctx, ask("?"), func(string) error {
			cancel()
			return nil
		})
		cancel()
		if kind(err) != llm.KindCancelled {
			t.Errorf("error %v", err)
		}
	}
}
