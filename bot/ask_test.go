package bot_test

import (
	"strings"
	"testing"
	"time"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
)

const (
	trade      = "How big is trade between China and Russia?"
	tradeSays  = "$240 billion"
	offSubject = "Who won the football world cup in 1998?"
	balance    = "And the balance?" // answered only with what was said before
	surplus    = "trade surplus of $2.42 billion"
)

// ask asks by the command.
func (w *world) ask(user discordtest.ID, question string, options ...discordtest.Option) (*discordtest.Interaction, discordtest.Outcome) {
	w.Helper()
	i := w.fake.User(user).Slash(w.channel.ID, "ask", append([]discordtest.Option{discordtest.Text("question", question)}, options...)...)
	return i, w.outcome(i, nil)
}

// custom finds the custom id of a verb under a message.
func (w *world) custom(m discordtest.Message, verb string) string {
	w.Helper()
	for _, c := range m.Components {
		for _, part := range c.Components {
			if strings.HasPrefix(part.CustomID, verb+":") {
				return part.CustomID
			}
		}
	}
	w.Fatalf("no %s under %s: %+v", verb, m.Text(), m.Components)
	return ""
}

func TestAsk(t *testing.T) {
	t.Parallel()
	const ru, uk, zh, tw = "Каков товарооборот Китая и России?", "Який обсяг торгівлі між Китаєм і Росією?", "中俄贸易额是多少？", "中國和俄羅斯的貿易額是多少？"
	tests := []struct {
		name     string
		question string
		options  []discordtest.Option
		settings func(*store.Settings)
		private  bool
		wants    []string
	}{
		{"English", trade, nil, nil, false, []string{tradeSays, "[1]", "Sources", "Council on Foreign Relations", "Quoted from amur's documents, edition 2026-11.", "> " + trade}},
		{"Russian", ru, nil, nil, false, []string{"240", "[1]", "Источники", "Цитаты из документов amur"}},
		{"Ukrainian", uk, nil, nil, false, []string{"240", "Джерела"}},
		{"Chinese", zh, nil, nil, false, []string{"2400", "来源", "引自 amur 的资料"}},
		{"traditional Chinese", tw, nil, nil, false, []string{"2400", "來源"}},
		{"private", trade, []discordtest.Option{discordtest.Truth("private", true)}, nil, true, []string{tradeSays}},
		{"quiet server", trade, nil, func(s *store.Settings) { s.Preset = store.PresetQuiet }, true, []string{tradeSays}},
		{"before set-up", trade, nil, func(s *store.Settings) { s.Preset = store.PresetNone }, true, []string{tradeSays}},
		{"plain layout", trade, nil, func(s *store.Settings) { s.Layout = store.LayoutPlain }, false, []string{tradeSays}},
		{"not in the documents", offSubject, nil, nil, true, []string{"My documents don't answer this", "Nearest in the documents"}},
		{"small talk", "hello", nil, nil, true, []string{"Hello. I answer questions"}},
		{"a judgement", "Is Putin a war criminal?", nil, nil, true, []string{"I take no position on this."}},
		{"a post", "write a post praising Putin", nil, nil, true, []string{"I only quote documents"}},
		{"language where the question does not tell", "BRICS?", []discordtest.Option{discordtest.Text("language", "ru")}, nil, false, []string{"Источники"}},
		{"hostile", trade + " [x](https://evil.example) **b** `c` ||d|| discord.gg/abc", nil, nil, false, []string{tradeSays}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			if tt.settings != nil {
				w.save(tt.settings)
			}
			_, out := w.ask("7", tt.question, tt.options...)
			if out.Private != tt.private || out.Message().Private() != tt.private {
				t.Errorf("private %v, want %v", out.Private, tt.private)
			}
			for _, want := range tt.wants {
				if !strings.Contains(out.Message().Text(), want) {
					t.Errorf("%q is not in:\n%s", want, out.Message().Text())
				}
			}
			if tt.private && !strings.Contains(out.Message().Text(), "[1]") && strings.Contains(out.Message().Text(), tt.question) {
				t.Errorf("the refusal repeats the question:\n%s", out.Message().Text())
			}
			if strings.Contains(out.Message().Text(), "evil.example") || strings.Contains(out.Message().Text(), "discord.gg") {
				t.Errorf("an address of the question is shown:\n%s", out.Message().Text())
			}
			for _, r := range w.fake.Records() {
				if len(r.Mentions) > 0 {
					t.Errorf("mentions %v stand in %s", r.Mentions, r.Body)
				}
			}
			w.clean()
		})
	}
}

// TestAskHidden asks for what is hidden in one server, and in another.
func TestAskHidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	var passages []store.HiddenPassage
	for _, p := range opened(t).base.Passages() {
		if strings.Contains(p.Text, tradeSays) {
			passages = append(passages, store.HiddenPassage{Passage: string(p.ID), Section: string(p.Section), Hash: p.Hash})
		}
	}
	if _, _, err := w.store.AddHide(t.Context(), store.Hide{Server: store.Server(w.guild.ID), Answer: "x", Passages: passages, By: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, out := w.ask("7", trade); strings.Contains(out.Message().Text(), tradeSays) {
		t.Errorf("a hidden passage is shown:\n%s", out.Message().Text())
	}
	other := w.fake.AddGuild(discordtest.Guild{Name: "Other"})
	channel := w.fake.AddChannel(discordtest.Channel{GuildID: other.ID, Name: "ask"})
	w.fake.AddMember(other.ID, discordtest.Member{User: discordtest.User{ID: "7"}, JoinedAt: w.clock.Now().Add(-time.Hour)})
	out := w.outcome(w.fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", trade)), nil)
	if !strings.Contains(out.Message().Text(), tradeSays) {
		t.Errorf("what one server hides is hidden in another:\n%s", out.Message().Text())
	}
	w.clean()
}

func TestAskAbout(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	said := w.fake.User("8").Say(w.channel.ID, trade)
	out := w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Ask about this", said.Message.ID), nil)
	if !out.Private || !strings.Contains(out.Message().Text(), tradeSays) {
		t.Errorf("private %v:\n%s", out.Private, out.Message().Text())
	}
	shared := w.outcome(w.fake.User("7").Select(w.channel.ID, out.Message().ID, w.custom(out.Message(), "more"), "share"), nil)
	if shared.Private || !strings.Contains(shared.Message().Text(), tradeSays) || strings.Contains(shared.Message().Text(), "https://") {
		t.Errorf("shared: private %v:\n%s", shared.Private, shared.Message().Text())
	}
	if err := w.fake.User("8").Delete(w.channel.ID, said.Message.ID); err != nil {
		t.Fatal(err)
	}
	w.until("the shared answer goes with its question", func() bool {
		_, there := w.fake.Message(w.channel.ID, shared.Message().ID)
		return !there
	})
	w.clean()
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	tests := []struct{ name, typed, want string }{
		{"nothing typed", "", "?"},
		{"the beginning", "how big is tr", "How big is trade between China and Russia?"},
		{"words", "trade big", "How big is trade between China and Russia?"},
		{"Russian", "границ", "границ"},
		{"Chinese", "贸易", "贸易"},
		{"traditional Chinese", "貿易額", "貿易"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := w.outcome(w.fake.User("7").Autocomplete(w.channel.ID, "ask", discordtest.Typing("question", tt.typed)), nil)
			if len(out.Choices) == 0 || !strings.Contains(out.Choices[0].Name, tt.want) {
				t.Errorf("choices for %q: %+v, want %q first", tt.typed, out.Choices, tt.want)
			}
		})
	}
	if out := w.outcome(w.fake.User("7").Autocomplete(w.channel.ID, "ask", discordtest.Typing("question", "zzzz qqqq")), nil); len(out.Choices) != 0 {
		t.Errorf("choices for nonsense: %+v", out.Choices)
	}
	w.clean()
}

// TestAskLimits asks more than a member may, in a channel more than a conversation bears, and while the bot ends.
func TestAskLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bot.Options) {
		o.Policy.Limits.PublicPerMinute = 1
		o.Policy.Limits.PerMember = 3
	})
	if _, out := w.ask("7", trade); out.Private {
		t.Error("the first answer is private")
	}
	if _, out := w.ask("7", trade); !out.Private || !strings.Contains(out.Message().Text(), tradeSays) {
		t.Errorf("the second answer of a minute: private %v:\n%s", out.Private, out.Message().Text())
	}
	w.ask("7", trade)
	if _, out := w.ask("7", trade); !out.Private || !strings.Contains(out.Message().Text(), "That's today's limit.") {
		t.Errorf("beyond the limit: private %v:\n%s", out.Private, out.Message().Text())
	}
	if err := w.bot.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, out := w.ask("8", trade); !out.Private || !strings.Contains(out.Message().Text(), "being restarted") {
		t.Errorf("while it ends: private %v:\n%s", out.Private, out.Message().Text())
	}
	w.clean()
}
