package discordtest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
)

func TestEveryCallNeedsTokenAgentAndReason(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	me := "/users/@me"
	bot.must(http.MethodGet, me, "")

	bot.agent = "Go-http-client/1.1"
	bot.refused(http.MethodGet, me, "", http.StatusBadRequest, 0)
	bot.agent = "DiscordBot (https://github.com/bwmarrin/discordgo, v0.29.0)"
	bot.must(http.MethodGet, me, "")

	bot.token = "wrong"
	bot.refused(http.MethodGet, me, "", http.StatusUnauthorized, 0)
	bot.token = fake.Token()
	fake.ResetToken("other")
	bot.refused(http.MethodGet, me, "", http.StatusUnauthorized, 0)
	bot.token = "other"

	bot.refused(http.MethodGet, "/nowhere", "", http.StatusNotFound, 0)
	bot.refused(http.MethodGet, "/channels/1", "", http.StatusNotFound, 10003)
	bot.refused(http.MethodGet, "/guilds/1", "", http.StatusNotFound, 10004)
	bot.refused(http.MethodGet, "/channels/"+string(channel.ID)+"/messages/1", "", http.StatusNotFound, 10008)
	bot.refused(http.MethodGet, "/guilds/"+string(guild.ID)+"/members/1", "", http.StatusNotFound, 10007)
	bot.refused(http.MethodPost, "/channels/"+string(channel.ID)+"/messages", "{", http.StatusBadRequest, 50109)

	said := fake.User("7").Say(channel.ID, "hello")
	pin := "/channels/" + string(channel.ID) + "/messages/pins/" + string(said.Message.ID)
	for _, tt := range []struct {
		reason string
		status int
		want   string
	}{
		{"%D0%B7%D0%B0%D0%BA%D1%80%D0%B5%D0%BF", http.StatusNoContent, "закреп"},
		{"закреп", http.StatusBadRequest, ""},
		{strings.Repeat("%E4%B8%AD", 513), http.StatusBadRequest, ""},
		{"100%", http.StatusBadRequest, ""},
	} {
		status, text, _ := bot.do(http.MethodPut, pin, "application/json", strings.NewReader(""), http.Header{"X-Audit-Log-Reason": {tt.reason}})
		records := fake.Records()
		if got := records[len(records)-1].Reason; status != tt.status || got != tt.want {
			t.Errorf("reason %q = %d %s, recorded %q", tt.reason, status, text, got)
		}
	}
}

func TestAllVersionsOfTheAPI(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{})
	for _, prefix := range []string{"/api", "/api/v9", "/api/v10"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fake.URL()+prefix+"/oauth2/applications/@me", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bot "+bot.token)
		r.Header.Set("User-Agent", bot.agent)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("X-RateLimit-Bucket") == "" {
			t.Errorf("%s: %d %v", prefix, answer.StatusCode, answer.Header)
		}
	}
	blameless(t, fake)
}

func TestScriptedFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault      discordtest.Fault
		status     int
		scope      string
		resetAfter bool
		json       bool
	}{
		{discordtest.Fault{Kind: discordtest.FaultUser}, http.StatusTooManyRequests, "user", true, true},
		{discordtest.Fault{Kind: discordtest.FaultGlobal}, http.StatusTooManyRequests, "global", false, true},
		{discordtest.Fault{Kind: discordtest.FaultShared}, http.StatusTooManyRequests, "shared", true, true},
		{discordtest.Fault{Kind: discordtest.FaultHTML}, http.StatusTooManyRequests, "", false, false},
		{discordtest.Fault{Kind: discordtest.FaultGateway}, http.StatusBadGateway, "", false, false},
		{discordtest.Fault{Kind: discordtest.FaultServer}, http.StatusInternalServerError, "", false, false},
		{discordtest.Fault{Kind: discordtest.FaultBusy}, http.StatusServiceUnavailable, "", false, false},
		{discordtest.Fault{Kind: discordtest.FaultError, Status: http.StatusBadRequest, Code: 200000}, http.StatusBadRequest, "", false, true},
		{discordtest.Fault{Kind: discordtest.FaultReset}, 0, "", false, false},
		{discordtest.Fault{Kind: discordtest.FaultSlow, Delay: time.Millisecond}, http.StatusNoContent, "", true, true},
	} {
		t.Run(string(tt.fault.Kind), func(t *testing.T) {
			t.Parallel()
			fake, bot, _, channel := start(t, discordtest.Options{})
			typing := "/channels/" + string(channel.ID) + "/typing"
			tt.fault.Method, tt.fault.Route, tt.fault.RetryAfter = http.MethodPost, "/channels/{channel}/typing", time.Hour
			fake.Fault(tt.fault)
			bot.must(http.MethodGet, "/users/@me", "") // another route is not meant
			status, text, header := bot.do(http.MethodPost, typing, "application/json", strings.NewReader(""), nil)
			if status != tt.status || header.Get("X-RateLimit-Scope") != tt.scope {
				t.Errorf("status %d %s, scope %q", status, text, header.Get("X-RateLimit-Scope"))
			}
			if got := header.Get("X-RateLimit-Reset-After") != ""; got != tt.resetAfter {
				t.Errorf("Reset-After present: %v", got)
			}
			if got := strings.HasPrefix(text, "<"); got == tt.json && status != 0 {
				t.Errorf("body %s", text)
			}
			if fake.Faults() != 0 {
				t.Error("the fault was not played")
			}
			blameless(t, fake)
		})
	}
}

func TestCallingBeforeRetryAfterIsAViolation(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind    discordtest.FaultKind
		blocked []string
		open    []string
	}{
		{discordtest.FaultUser, []string{"/channels/C/typing"}, []string{"/channels/C/messages"}},
		{discordtest.FaultShared, []string{"/channels/C/typing"}, []string{"/channels/C/messages"}},
		{discordtest.FaultGlobal, []string{"/channels/C/typing", "/channels/C/messages"}, nil},
		{discordtest.FaultHTML, []string{"/channels/C/typing", "/channels/C/messages"}, nil},
	} {
		t.Run(string(tt.kind), func(t *testing.T) {
			t.Parallel()
			fake, bot, _, channel := start(t, discordtest.Options{})
			fake.Fault(discordtest.Fault{Kind: tt.kind, RetryAfter: time.Hour})
			bot.call(http.MethodPost, "/channels/"+string(channel.ID)+"/typing", "")
			blameless(t, fake)
			for _, path := range tt.open {
				bot.must(http.MethodPost, strings.Replace(path, "C", string(channel.ID), 1), `{"content":"x"}`)
			}
			for _, path := range tt.blocked {
				bot.refused(http.MethodPost, strings.Replace(path, "C", string(channel.ID), 1), `{"content":"x"}`, http.StatusTooManyRequests, 0)
			}
		})
	}
}

func TestFaultAfterTheCallWasCarriedOut(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	fake.Fault(discordtest.Fault{Kind: discordtest.FaultGateway, After: true})
	messages := "/channels/" + string(channel.ID) + "/messages"
	if status, _ := bot.call(http.MethodPost, messages, `{"content":"once","nonce":"n1","enforce_nonce":true}`); status != http.StatusBadGateway {
		t.Errorf("status %d", status)
	}
	bot.must(http.MethodPost, messages, `{"content":"once","nonce":"n1","enforce_nonce":true}`)
	if got := fake.Messages(channel.ID); len(got) != 1 {
		t.Errorf("%d messages: the nonce did not hold", len(got))
	}
	bot.must(http.MethodPost, messages, `{"content":"twice","nonce":"n2"}`)
	bot.must(http.MethodPost, messages, `{"content":"twice","nonce":"n2"}`)
	if got := fake.Messages(channel.ID); len(got) != 3 {
		t.Errorf("%d messages: a nonce that is not enforced does not hold", len(got))
	}
	blameless(t, fake)
}

func TestBucketsAreCounted(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{RateLimits: true})
	other := fake.AddChannel(discordtest.Channel{GuildID: channel.GuildID, Name: "other"})
	messages := "/channels/" + string(channel.ID) + "/messages"
	for i := range 5 {
		_, _, header := bot.do(http.MethodPost, messages, "application/json", strings.NewReader(`{"content":"x"}`), nil)
		if want := string(rune('0' + 4 - i)); header.Get("X-RateLimit-Remaining") != want {
			t.Errorf("remaining %s after %d, want %s", header.Get("X-RateLimit-Remaining"), i+1, want)
		}
	}
	bot.must(http.MethodPost, "/channels/"+string(other.ID)+"/messages", `{"content":"x"}`)
	bot.must(http.MethodGet, messages, "")
	blameless(t, fake)
	bot.refused(http.MethodPost, messages, `{"content":"x"}`, http.StatusTooManyRequests, 0)
	if stats := fake.Stats(); stats.Invalid != 1 || stats.ByRule[discordtest.RuleRate] != 1 {
		t.Errorf("stats %+v", stats)
	}
}

func TestAllCallsTogetherAreCounted(t *testing.T) {
	t.Parallel()
	fake, bot, _, _ := start(t, discordtest.Options{RateLimits: true})
	scope := ""
	for i := range 60 {
		path := "/users/@me"
		if i%2 == 0 {
			path = "/gateway/bot"
		}
		if _, _, header := bot.do(http.MethodGet, path, "", strings.NewReader(""), nil); header.Get("X-RateLimit-Global") != "" {
			scope = header.Get("X-RateLimit-Scope")
			break
		}
	}
	if scope != "global" {
		t.Errorf("scope %q, violations %v", scope, fake.Violations())
	}
}

func TestRecordsAreBounded(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{KeepRecords: 3, KeepMessages: 4})
	for range 20 {
		bot.must(http.MethodPost, "/channels/"+string(channel.ID)+"/messages", `{"content":"x"}`)
	}
	records := fake.Records()
	if last := records[len(records)-1]; len(records) > 6 || last.N != 20 || last.Channel != channel.ID || last.Message == "" || last.Guild == "" {
		t.Errorf("%d records, last %+v", len(records), records[len(records)-1])
	}
	if got := fake.RecordsAfter(19); len(got) != 1 {
		t.Errorf("%d records after 19", len(got))
	}
	if got := len(fake.Messages(channel.ID)); got != 4 {
		t.Errorf("%d messages kept", got)
	}
	if got := fake.Stats().Calls["POST /channels/{channel}/messages"]; got != 20 {
		t.Errorf("%d calls counted", got)
	}
}
