package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/store"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	if diff := cmp.Diff(store.Settings{}, must(s.Settings(t.Context(), "one"))(t)); diff != "" {
		t.Errorf("of a server that nobody set up (-want +got):\n%s", diff)
	}
	want := store.Settings{
		Preset: store.PresetAsk, AskChannels: []store.Channel{"c1", "c2"}, ModeratorRoles: []store.Role{"r"}, LogChannel: "log",
		Language: "ru", Languages: map[store.Channel]string{"c1": "uk"},
		UseModel: store.Off, Streaming: store.On, Layout: store.LayoutPlain, Check: store.Off, Notes: store.Off,
		RetentionDays: 7, CooldownSeconds: -1, DailyPerMember: 5, DailyPerServer: 500, MinMinutesOnServer: -1,
	}
	ok(t, s.SaveSettings(t.Context(), "one", want, "anna"))
	want.Version, want.Saved = 1, noon()
	if diff := cmp.Diff(want, must(s.Settings(t.Context(), "one"))(t)); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	stale := want
	want.Insights = true
	ok(t, s.SaveSettings(t.Context(), "one", want, "anna"))
	if err := s.SaveSettings(t.Context(), "one", stale, "boris"); !errors.Is(err, store.ErrChanged) {
		t.Errorf("saving what was read before = %v, want ErrChanged", err)
	}
	clock.pass(time.Hour)
	for _, step := range []struct {
		insights bool
		since    time.Time
	}{{true, noon()}, {false, time.Time{}}, {true, noon().Add(time.Hour)}} {
		settings := must(s.Settings(t.Context(), "one"))(t)
		settings.Insights = step.insights
		ok(t, s.SaveSettings(t.Context(), "one", settings, "anna"))
		if got := must(s.Settings(t.Context(), "one"))(t); got.Insights != step.insights || !got.InsightsSince.Equal(step.since) {
			t.Errorf("insights %v since %v, want %v since %v", got.Insights, got.InsightsSince, step.insights, step.since)
		}
	}
	if err := s.SaveSettings(t.Context(), "", store.Settings{}, "anna"); !errors.Is(err, store.ErrNoServer) {
		t.Errorf("settings of direct messages = %v, want ErrNoServer", err)
	}
}

func TestSwitch(t *testing.T) {
	t.Parallel()
	for _, standard := range []bool{true, false} {
		if !store.On.Is(standard) || store.Off.Is(standard) || store.Default.Is(standard) != standard {
			t.Errorf("switches with the standard %v: on %v, off %v, default %v", standard, store.On.Is(standard), store.Off.Is(standard), store.Default.Is(standard))
		}
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	s, _ := bot(t)
	want := store.Commands{Digest: "d1", IDs: map[string]string{"ask": "7"}}
	ok(t, s.SaveCommands(t.Context(), "app", store.Commands{Digest: "d0"}))
	ok(t, s.SaveCommands(t.Context(), "app", want))
	if diff := cmp.Diff(want, must(s.Commands(t.Context(), "app"))(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(store.Commands{}, must(s.Commands(t.Context(), "another"))(t)); diff != "" {
		t.Errorf("of another application (-want +got):\n%s", diff)
	}
}

func TestIdentifies(t *testing.T) {
	t.Parallel()
	s, clock := bot(t)
	for i := range 5 {
		ok(t, s.AddIdentify(t.Context(), noon().Add(time.Duration(i)*time.Hour)))
	}
	if got := must(s.IdentifiesSince(t.Context(), noon().Add(2*time.Hour)))(t); got != 3 {
		t.Errorf("%d identifies, want 3", got)
	}
	clock.pass(49 * time.Hour)
	if got := must(s.Sweep(t.Context()))(t).Identifies; got != 2 {
		t.Errorf("%d were swept after 49 hours, want 2", got)
	}
}
