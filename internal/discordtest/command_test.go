package discordtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"amur/internal/discordtest"
)

func command(more string) string { return `[{"name":"ask","description":"Ask"` + more + `}]` }

func options(list string) string { return command(`,"options":[` + list + `]`) }

func many(n, kind int) string {
	return repeat(n, func(i int) string {
		if kind == discordtest.CommandChat {
			return fmt.Sprintf(`{"name":"c%d","description":"d"}`, i)
		}
		return fmt.Sprintf(`{"name":"C %d","type":%d}`, i, kind)
	})
}

func TestCommands(t *testing.T) {
	t.Parallel()
	word := `{"type":3,"name":"q","description":"d"}`
	tests := []struct {
		name string
		body string
		code int // 0: taken
	}{
		{"plain", command(""), 0},
		{"Russian name", `[{"name":"спросить","description":"d"}]`, 0},
		{"capital", `[{"name":"Ask","description":"d"}]`, 50035},
		{"capital Cyrillic", `[{"name":"Спросить","description":"d"}]`, 50035},
		{"space", `[{"name":"ask me","description":"d"}]`, 50035},
		{"name of 33", `[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`, 50035},
		{"menu with space and capital", `[{"name":"Check against sources","type":3}]`, 0},
		{"menu with description", `[{"name":"Check","type":3,"description":"d"}]`, 50035},
		{"no description", `[{"name":"ask"}]`, 50035},
		{"description of 101", `[{"name":"ask","description":"` + strings.Repeat("ж", 101) + `"}]`, 50035},
		{"locales", command(`,"name_localizations":{"ru":"спросить","uk":"запитати","zh-CN":"提问","zh-TW":"提問","en-GB":"ask","en-US":"ask"}`), 0},
		{"unknown locale", command(`,"name_localizations":{"zh":"提问"}`), 50035},
		{"localised name in capitals", command(`,"name_localizations":{"ru":"Спросить"}`), 50035},
		{"localised description of 101", command(`,"description_localizations":{"ru":"` + strings.Repeat("ж", 101) + `"}`), 50035},
		{"twice", `[{"name":"a","description":"d"},{"name":"a","description":"d"}]`, 50035},
		{"same name, other type", `[{"name":"a","description":"d"},{"name":"a","type":3}]`, 0},
		{"100 chat", "[" + many(100, 1) + "]", 0},
		{"101 chat", "[" + many(101, 1) + "]", 30032},
		{"15 of each menu", "[" + many(15, 2) + "," + many(15, 3) + "]", 0},
		{"16 user", "[" + many(16, 2) + "]", 30032},
		{"16 message", "[" + many(16, 3) + "]", 30032},
		{"25 options", options(repeat(25, func(i int) string { return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i) })), 0},
		{"26 options", options(repeat(26, func(i int) string { return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i) })), 50035},
		{"option twice", options(word + "," + word), 50035},
		{"required after optional", options(word + `,{"type":3,"name":"r","description":"d","required":true}`), 50035},
		{"required before optional", options(`{"type":3,"name":"r","description":"d","required":true},` + word), 0},
		{"localised option like another", options(word + `,{"type":3,"name":"r","description":"d","name_localizations":{"ru":"q"}}`), 50035},
		{"25 choices", options(`{"type":3,"name":"q","description":"d","choices":[` + repeat(25, func(i int) string { return fmt.Sprintf(`{"name":"n%d","value":"v"}`, i) }) + `]}`), 0},
		{"26 choices", options(`{"type":3,"name":"q","description":"d","choices":[` + repeat(26, func(i int) string { return fmt.Sprintf(`{"name":"n%d","value":"v"}`, i) }) + `]}`), 50035},
		{"choices and autocomplete", options(`{"type":3,"name":"q","description":"d","autocomplete":true,"choices":[{"name":"n","value":"v"}]}`), 50035},
		{"max_length of 6001", options(`{"type":3,"name":"q","description":"d","max_length":6001}`), 50035},
		{"length of a number", options(`{"type":4,"name":"q","description":"d","max_length":5}`), 50035},
		{"least value of a text", options(`{"type":3,"name":"q","description":"d","min_value":5}`), 50035},
		{"subcommand beside option", options(word + `,{"type":1,"name":"s","description":"d"}`), 50035},
		{"group in a group", options(`{"type":2,"name":"a","description":"d","options":[{"type":2,"name":"b","description":"d"}]}`), 50035},
		{"subcommand in a group", options(`{"type":2,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}`), 0},
		{"8000 characters", options(repeat(20, longOption(399))), 0},
		{"over 8000 characters", options(repeat(20, longOption(400))), 50035},
		{"longest translation counts", command(`,"description_localizations":{"ru":"` + strings.Repeat("ж", 100) + `"},"options":[` + repeat(20, longOption(399)) + `]`), 50035},
		{"contexts", command(`,"contexts":[0,1],"integration_types":[0]`), 0},
		{"context that is none", command(`,"contexts":[3]`), 50035},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, _ := start(t, discordtest.Options{})
			if tt.code != 0 {
				bot.refused(http.MethodPut, bot.commands(), tt.body, http.StatusBadRequest, tt.code)
				if got := fake.Commands(""); len(got) != 0 {
					t.Errorf("a refused set of %d is registered", len(got))
				}
				return
			}
			bot.must(http.MethodPut, bot.commands(), tt.body)
			blameless(t, fake)
		})
	}
}

// longOption is an option with n characters in all; n is between 104 and 403.
func longOption(n int) func(int) string {
	return func(i int) string {
		left := n - 3 - 100
		choices := repeat((left+99)/100, func(j int) string {
			size := min(100, left-j*100) // the value takes one
			return fmt.Sprintf(`{"name":"%d%s","value":"v"}`, j, strings.Repeat("n", size-2))
		})
		return fmt.Sprintf(`{"type":3,"name":"o%02d","description":%q,"choices":[%s]}`, i, strings.Repeat("d", 100), choices)
	}
}

func TestRegistering(t *testing.T) {
	t.Parallel()
	fake, bot, guild, _ := start(t, discordtest.Options{})
	own := "/applications/" + string(fake.BotID()) + "/guilds/" + string(guild.ID) + "/commands"
	read := func(body string) []discordtest.Command {
		t.Helper()
		var list []discordtest.Command
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := read(bot.must(http.MethodPut, bot.commands(), ask))
	after := read(bot.must(http.MethodPut, bot.commands(), `[{"name":"ask","description":"Changed","name_localizations":{"ru":"спросить"}}]`))
	if len(after) != 1 || before[0].ID != after[0].ID || before[0].Version == after[0].Version {
		t.Errorf("ids %s and %s, versions %s and %s", before[0].ID, after[0].ID, before[0].Version, after[0].Version)
	}
	same := read(bot.must(http.MethodPut, bot.commands(), `[{"name":"ask","description":"Changed","name_localizations":{"ru":"спросить"}}]`))
	if same[0].Version != after[0].Version {
		t.Error("nothing changed, and the version did")
	}
	if got := read(bot.must(http.MethodGet, bot.commands(), "")); got[0].Names != nil {
		t.Error("localisations come unasked")
	}
	if got := read(bot.must(http.MethodGet, bot.commands()+"?with_localizations=true", "")); got[0].Names["ru"] != "спросить" {
		t.Error("localisations do not come")
	}
	bot.must(http.MethodPut, own, `[{"name":"local","description":"d"}]`)
	bot.refused(http.MethodPut, own, `[{"name":"local","description":"d","contexts":[0]}]`, http.StatusBadRequest, 50035)
	one := bot.commands() + "/" + string(same[0].ID)
	bot.must(http.MethodPatch, one, `{"description":"patched"}`)
	bot.must(http.MethodPost, bot.commands(), `{"name":"more","description":"d"}`)
	bot.must(http.MethodDelete, one, "")
	bot.refused(http.MethodGet, one, "", http.StatusNotFound, 10063)
	bot.refused(http.MethodPut, "/applications/5/commands", "[]", http.StatusNotFound, 10002)
	if got := fake.Commands(""); len(got) != 1 || got[0].Name != "more" {
		t.Errorf("commands %+v", got)
	}
	fake.KickBot(guild.ID)
	bot.refused(http.MethodGet, own, "", http.StatusForbidden, 50001)
}

func TestCreatesADay(t *testing.T) {
	t.Parallel()
	clock := discordtest.NewFakeClock(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	fake, bot, _, _ := start(t, discordtest.Options{Clock: clock})
	set := func(from int) string {
		return "[" + repeat(100, func(i int) string { return fmt.Sprintf(`{"name":"c%d","description":"d"}`, from+i) }) + "]"
	}
	bot.must(http.MethodPut, bot.commands(), set(0))
	bot.must(http.MethodPut, bot.commands(), set(100))
	bot.must(http.MethodPut, bot.commands(), set(100)) // nothing new
	blameless(t, fake)
	bot.refused(http.MethodPut, bot.commands(), set(1000), http.StatusTooManyRequests, 30034)
	clock.Advance(24 * time.Hour)
	bot.must(http.MethodPut, bot.commands(), set(1000))
}

func TestWhatAPersonMayUse(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), `[{"name":"ask","description":"d","options":[
		{"type":3,"name":"question","description":"d","required":true,"max_length":5},
		{"type":3,"name":"language","description":"d","choices":[{"name":"English","value":"en"}]},
		{"type":4,"name":"days","description":"d","min_value":1,"max_value":9}]},
		{"name":"note","description":"d","default_member_permissions":"8192","options":[{"type":1,"name":"add","description":"d"}]},
		{"name":"server","description":"d","contexts":[0]},{"type":3,"name":"Check"}]`)
	bot.connect(plainIntents)
	vera, mod := fake.User("7"), fake.User("8")
	direct := fake.DirectMessages("7")
	q := discordtest.Text("question", "?")
	tests := []struct {
		name string
		do   func() *discordtest.Interaction
		good bool
	}{
		{"all given", func() *discordtest.Interaction {
			return vera.Slash(channel.ID, "ask", q, discordtest.Text("language", "en"), discordtest.Number("days", 9))
		}, true},
		{"required missing", func() *discordtest.Interaction { return vera.Slash(channel.ID, "ask") }, false},
		{"unknown option", func() *discordtest.Interaction { return vera.Slash(channel.ID, "ask", q, discordtest.Text("x", "y")) }, false},
		{"too long", func() *discordtest.Interaction {
			return vera.Slash(channel.ID, "ask", discordtest.Text("question", "123456"))
		}, false},
		{"no choice", func() *discordtest.Interaction {
			return vera.Slash(channel.ID, "ask", q, discordtest.Text("language", "ru"))
		}, false},
		{"out of bounds", func() *discordtest.Interaction {
			return vera.Slash(channel.ID, "ask", q, discordtest.Number("days", 10))
		}, false},
		{"wrong type", func() *discordtest.Interaction {
			return vera.Slash(channel.ID, "ask", q, discordtest.Text("days", "many"))
		}, false},
		{"unknown command", func() *discordtest.Interaction { return vera.Slash(channel.ID, "asks", q) }, false},
		{"hidden command", func() *discordtest.Interaction { return vera.Slash(channel.ID, "note add") }, false},
		{"hidden command of a moderator", func() *discordtest.Interaction { return mod.Slash(channel.ID, "note add") }, true},
		{"hidden command by override", func() *discordtest.Interaction {
			p := vera
			p.Overridden = true
			return p.Slash(channel.ID, "note add")
		}, true},
		{"without subcommand", func() *discordtest.Interaction { return mod.Slash(channel.ID, "note") }, false},
		{"unknown subcommand", func() *discordtest.Interaction { return mod.Slash(channel.ID, "note take") }, false},
		{"in direct messages", func() *discordtest.Interaction { return vera.Slash(direct.ID, "ask", q) }, true},
		{"server's command in direct messages", func() *discordtest.Interaction { return vera.Slash(direct.ID, "server") }, false},
		{"direct messages of others", func() *discordtest.Interaction { return mod.Slash(direct.ID, "ask", q) }, false},
		{"no autocomplete", func() *discordtest.Interaction {
			return vera.Autocomplete(channel.ID, "ask", discordtest.Typing("question", "x"))
		}, false},
		{"stranger", func() *discordtest.Interaction { return fake.User("99").Slash(channel.ID, "ask", q) }, false},
		{"message that is not there", func() *discordtest.Interaction { return vera.MessageCommand(channel.ID, "Check", "1") }, false},
	}
	for _, tt := range tests { // one after another: they share the bot
		fake.TakeViolations()
		interaction := tt.do()
		if err := interaction.Err(); (err == nil) != tt.good {
			t.Errorf("%s: %v", tt.name, err)
		}
		if got := len(fake.TakeViolations()); (got == 0) != tt.good {
			t.Errorf("%s: %d violations", tt.name, got)
		}
		if tt.good {
			bot.interaction()
		}
	}
	fake.SetRole(guild.ID, discordtest.Role{ID: guild.ID, Permissions: discordtest.ViewChannel | discordtest.SendMessages})
	if err := vera.Slash(channel.ID, "ask", q).Err(); err == nil {
		t.Error("a command was used without USE_APPLICATION_COMMANDS")
	}
}

func TestMessageCommandHandsTheMessageOver(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	bot.must(http.MethodPut, bot.commands(), ask)
	bot.connect(plainIntents)
	said := fake.User("8").Say(channel.ID, "Trade was 260 billion.")
	fake.User("7").MessageCommand(channel.ID, "Check against sources", said.Message.ID)
	var got struct {
		Data struct {
			Target   discordtest.ID `json:"target_id"`
			Resolved struct {
				Messages map[discordtest.ID]discordtest.Message `json:"messages"`
			} `json:"resolved"`
		} `json:"data"`
	}
	if err := json.Unmarshal(bot.event("INTERACTION_CREATE").D, &got); err != nil {
		t.Fatal(err)
	}
	if m := got.Data.Resolved.Messages[got.Data.Target]; m.Content != "Trade was 260 billion." || m.Author.ID != "8" {
		t.Errorf("target %+v", got)
	}
	blameless(t, fake)
}
