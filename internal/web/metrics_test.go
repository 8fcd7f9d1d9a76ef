package web_test

import (
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amur/internal/web"
)

func today() time.Time { return time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC) }

// exercised returns figures of which each has been set once, with foreign values beside the known ones.
func exercised() *web.Metrics {
	m := web.NewMetrics(web.Options{Version: "1.2.3", Commands: []string{"ask", "Pin answer"}, Now: today})
	m.Answer("answered", "quotes", "zh-Hant")
	m.Answer("answered", "quotes", "zh-Hant")
	m.Answer(hostile, hostile, hostile)
	m.Refusal("cooldown")
	m.Refusal(hostile)
	m.Stage("verify", 40*time.Millisecond)
	m.Stage(hostile, time.Second)
	m.Claims(3, 1)
	m.Claims(-1, -1)
	m.ModelCall("ok")
	m.ModelCall(hostile)
	m.ModelUse(1000, 200, 1500)
	m.ModelUse(-1, -1, -1)
	m.RateLimit("shared")
	m.RateLimit(hostile)
	m.Gateway(web.GatewayConnected)
	m.Gateway(hostile)
	m.Gateway(web.GatewayParked)
	m.Counted(web.Counts{Reconnects: 5, Resumes: 4, Dropped: 3, Panics: 2})
	m.Servers(40)
	m.SessionsLeft(990)
	m.Queue(7)
	m.Index(today().Add(-time.Hour), today().AddDate(0, 0, -30), 1234)
	m.Report("one-sided")
	m.Report(hostile)
	m.StalePins(2)
	m.Interaction("Pin answer", "done")
	m.Interaction(hostile, hostile)
	return m
}

const hostile = "1122334455667788990\"} 1\nsecret"

func scrape(t testing.TB, m *web.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestFigures(t *testing.T) {
	t.Parallel()
	text := scrape(t, exercised())
	for _, want := range []string{
		`amur_answers_total{language="zh-Hant",mode="quotes",outcome="answered"} 2`,
		`amur_answers_total{language="other",mode="other",outcome="other"} 1`,
		`amur_refusals_total{reason="cooldown"} 1`,
		`amur_stage_seconds_bucket{stage="verify",le="0.05"} 1`,
		`amur_stage_seconds_bucket{stage="verify",le="0.025"} 0`,
		`amur_claims_total{verdict="kept"} 3`,
		`amur_claims_total{verdict="dropped"} 1`,
		`amur_model_calls_total{result="ok"} 1`,
		`amur_model_tokens_total{direction="read"} 1000`,
		`amur_model_tokens_total{direction="written"} 200`,
		`amur_model_cost_usd_total 0.0015`,
		`amur_discord_rate_limits_total{scope="shared"} 1`,
		`amur_gateway_state{state="connected"} 0`,
		`amur_gateway_state{state="parked"} 1`,
		`amur_gateway_reconnects_total 5`,
		`amur_gateway_resumes_total 4`,
		`amur_gateway_dropped_events_total 3`,
		`amur_panics_total 2`,
		`amur_gateway_sessions_left 990`,
		`amur_queue_length 7`,
		`amur_servers 40`,
		`amur_index_age_seconds 3600`,
		`amur_index_passages 1234`,
		`amur_knowledge_newest_age_days 30`,
		`amur_reports_total{kind="one-sided"} 1`,
		`amur_pins_stale 2`,
		`amur_interactions_total{command="Pin answer",result="done"} 1`,
		`amur_interactions_total{command="other",result="other"} 1`,
		`amur_build_info{version="1.2.3"} 1`,
	} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	for _, want := range []string{"\ngo_goroutines ", "\nprocess_resident_memory_bytes "} {
		if !strings.Contains(text, want) {
			t.Errorf("no line %q", want)
		}
	}
	for _, leak := range []string{"1122334455667788990", "secret"} {
		if strings.Contains(text, leak) {
			t.Errorf("a foreign label shows: %s", leak)
		}
	}
}

// TestRefresh holds that figures are looked up when they are asked for.
func TestRefresh(t *testing.T) {
	t.Parallel()
	queue := 0
	m := web.NewMetrics(web.Options{Refresh: func(m *web.Metrics) { queue++; m.Queue(queue) }})
	for _, want := range []string{"\namur_queue_length 1\n", "\namur_queue_length 2\n"} {
		if text := scrape(t, m); !strings.Contains(text, want) {
			t.Errorf("no line %q", want)
		}
	}
}

// TestNothingIsLoaded holds that ages are 0 before an index is there.
func TestNothingIsLoaded(t *testing.T) {
	t.Parallel()
	text := scrape(t, web.NewMetrics(web.Options{}))
	for _, want := range []string{"\namur_index_age_seconds 0\n", "\namur_knowledge_newest_age_days 0\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no line %q", want)
		}
	}
}

// TestDashboard holds that dashboard and alerts name figures that exist, and that each of ours is on the dashboard.
func TestDashboard(t *testing.T) {
	t.Parallel()
	exist := names(regexp.MustCompile(`(?m)^((?:amur|go|process)_[a-z0-9_]+)`), scrape(t, exercised()))
	ours := names(regexp.MustCompile(`(?m)^# HELP (amur_[a-z0-9_]+)`), scrape(t, exercised()))
	for _, file := range []string{"../../docs/grafana.json", "../../docs/alerts.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		used := names(regexp.MustCompile(`\b((?:amur|go|process)_[a-z0-9_]+)`), string(data))
		if len(used) == 0 {
			t.Errorf("%s names no figure", file)
		}
		for _, name := range used {
			if !slices.Contains(exist, name) {
				t.Errorf("%s names %s, which does not exist", file, name)
			}
		}
		if strings.HasSuffix(file, ".json") {
			missing := slices.DeleteFunc(slices.Clone(ours), func(name string) bool {
				return slices.ContainsFunc(used, func(u string) bool { return u == name || u == name+"_bucket" })
			})
			if diff := cmp.Diff([]string{}, missing); diff != "" {
				t.Errorf("figures that are not in %s: %s", file, diff)
			}
		}
	}
}

// names returns what the first group of the pattern matches, each once, in order.
func names(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}
