package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"amur/internal/store"
)

func TestTake(t *testing.T) {
	t.Parallel()
	type step struct {
		pass   time.Duration // before
		server store.Server
		member store.Member
		limit  store.Limit   // empty: allowed
		until  time.Duration // after noon
	}
	tests := []struct {
		name      string
		allowance store.Allowance
		steps     []step
	}{
		{"no limits", store.Allowance{}, []step{{0, "one", "anna", "", 0}, {0, "one", "anna", "", 0}}},
		{"a cooldown", store.Allowance{Cooldown: 10 * time.Second}, []step{
			{0, "one", "anna", "", 0},
			{9 * time.Second, "one", "anna", store.LimitCooldown, 10 * time.Second},
			{0, "one", "boris", "", 0},
			{0, "two", "anna", "", 0},
			{time.Second, "one", "anna", "", 0},
		}},
		{"a member's day", store.Allowance{PerMember: 2}, []step{
			{0, "one", "anna", "", 0},
			{time.Hour, "one", "anna", "", 0},
			{time.Hour, "one", "anna", store.LimitMember, 24 * time.Hour},
			{0, "two", "anna", "", 0},
			{0, "one", "boris", "", 0},
			{22 * time.Hour, "one", "anna", "", 0}, // the first has left the window
			{time.Minute, "one", "anna", store.LimitMember, 25 * time.Hour},
		}},
		{"a server's day", store.Allowance{PerServer: 2}, []step{
			{0, "one", "anna", "", 0},
			{time.Hour, "one", "boris", "", 0},
			{0, "one", "clara", store.LimitServer, 24 * time.Hour},
			{0, "two", "clara", "", 0},
		}},
		{"the longest counts", store.Allowance{Cooldown: time.Minute, PerMember: 1, PerServer: 1}, []step{
			{0, "one", "anna", "", 0},
			{time.Second, "one", "anna", store.LimitMember, 24 * time.Hour},
			{0, "one", "boris", store.LimitServer, 24 * time.Hour},
		}},
		{"direct messages", store.Allowance{PerMember: 1, PerServer: 1}, []step{
			{0, "", "anna", "", 0}, {0, "", "boris", "", 0}, {0, "", "anna", store.LimitMember, 24 * time.Hour},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, clock := bot(t)
			for i, step := range tt.steps {
				clock.pass(step.pass)
				got := must(s.Take(t.Context(), step.server, step.member, tt.allowance))(t)
				if got.Limit != step.limit || got.Allowed() != (step.limit == "") {
					t.Fatalf("step %d: %+v, want limit %q", i, got, step.limit)
				}
				if step.limit != "" && !got.Until.Equal(noon().Add(step.until)) {
					t.Errorf("step %d: until %v, want %v after noon", i, got.Until, step.until)
				}
			}
		})
	}
}

func TestGiveBack(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	once := store.Allowance{PerMember: 1}
	taken := must(s.Take(t.Context(), "one", "anna", once))(t)
	ok(t, s.GiveBack(t.Context(), taken))
	must(s.Take(t.Context(), "one", "anna", once))(t)
	ok(t, s.GiveBack(t.Context(), taken)) // again: it must not give back the other one
	ok(t, s.GiveBack(t.Context(), store.Taken{}))
	if got := must(s.Take(t.Context(), "one", "anna", once))(t); got.Allowed() {
		t.Error("a question was given back twice")
	}
}

// TestTakeTogether holds that a limit holds for questions that come at the same moment.
func TestTakeTogether(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	var allowed atomic.Int64
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			taken, err := s.Take(t.Context(), "one", "anna", store.Allowance{PerMember: 7})
			if err != nil {
				t.Error(err)
			}
			if taken.Allowed() {
				allowed.Add(1)
			}
		})
	}
	group.Wait()
	if allowed.Load() != 7 {
		t.Errorf("%d were allowed, want 7", allowed.Load())
	}
}

// TestTakeLikeAList compares the counters with a list that is counted through.
func TestTakeLikeAList(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	var server int
	rapid.Check(t, func(rt *rapid.T) {
		server++ // a fresh one each time
		name := store.Server(fmt.Sprint(server))
		allowance := store.Allowance{
			Cooldown:  time.Duration(rapid.IntRange(0, 90).Draw(rt, "cooldown")) * time.Minute,
			PerMember: rapid.IntRange(0, 4).Draw(rt, "a member"), PerServer: rapid.IntRange(0, 6).Draw(rt, "a server"),
		}
		type take struct {
			member store.Member
			at     time.Time
		}
		var list []take
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			clock.pass(time.Duration(rapid.IntRange(0, 600).Draw(rt, "minutes")) * time.Minute)
			member := store.Member(rapid.SampledFrom([]string{"anna", "boris"}).Draw(rt, "who"))
			ofMember, ofServer, cooled := 0, 0, true
			for _, earlier := range list {
				age := clock.now().Sub(earlier.at)
				if age < store.Window {
					ofServer++
				}
				if age < store.Window && earlier.member == member {
					ofMember++
				}
				cooled = cooled && (earlier.member != member || age >= allowance.Cooldown)
			}
			want := cooled && (allowance.PerMember == 0 || ofMember < allowance.PerMember) && (allowance.PerServer == 0 || ofServer < allowance.PerServer)
			got, err := s.Take(t.Context(), name, member, allowance)
			if err != nil {
				rt.Fatal(err)
			}
			if got.Allowed() != want {
				rt.Fatalf("Take = %+v, want allowed %v after %v", got, want, list)
			}
			if got.Allowed() {
				list = append(list, take{member, clock.now()})
			} else if !got.Until.After(clock.now()) {
				rt.Fatalf("refused until %v, which has passed", got.Until)
			}
		}
	})
}

func TestFirstToday(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	for i, step := range []struct {
		pass   time.Duration
		server store.Server
		member store.Member
		what   string
		want   bool
	}{
		{0, "one", "anna", "hint", true},
		{0, "one", "anna", "hint", false},
		{0, "one", "boris", "hint", true},
		{0, "two", "anna", "hint", true},
		{0, "one", "anna", "other", true},
		{24*time.Hour - time.Second, "one", "anna", "hint", false},
		{time.Second, "one", "anna", "hint", true},
		{time.Hour, "one", "anna", "hint", false},
	} {
		clock.pass(step.pass)
		if got := must(s.FirstToday(t.Context(), step.server, step.member, step.what))(t); got != step.want {
			t.Errorf("step %d: %v, want %v", i, got, step.want)
		}
	}
}
