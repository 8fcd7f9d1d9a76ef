package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
)

func TestRead(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	tests := []struct{ name, locale, typed, want string }{
		{"by id", "en-US", "trade#volume", "$240 billion in 2023. [1]"},
		{"by words", "en-US", "trade balance", "$2.42 billion"},
		{"with slips", "en-US", "tarde balanse", "$2.42 billion"},
		{"in Russian", "ru", "объем торговли", "240"},
		{"in Chinese", "zh-CN", "中俄贸易额", "2400"},
		{"in traditional Chinese", "zh-TW", "中俄貿易額", "貿易"},
		{"a document", "en-US", "trade", "How much do China and Russia trade?"},
		{"nothing", "en-US", "qqqq zzzz", "nothing of that name"},
		{"hostile", "en-US", "@everyone ](", "nothing of that name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id := discordtest.ID("60" + tt.locale)
			id = discordtest.ID("60" + string(rune('0'+len(id))))
			w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: id, Locale: tt.locale}})
			out := w.outcome(w.fake.User(id).Slash(w.channel.ID, "read", discordtest.Text("what", tt.typed)), nil)
			if said := out.Message().Text(); !out.Private || !strings.Contains(said, tt.want) {
				t.Errorf("private %v, lacks %q:\n%s", out.Private, tt.want, said)
			}
		})
	}
	offered := w.outcome(w.fake.User("7").Autocomplete(w.channel.ID, "read", discordtest.Typing("what", "trade balanc")), nil)
	if len(offered.Choices) == 0 || !strings.Contains(offered.Choices[0].Name, "balance") {
		t.Errorf("choices: %v", offered.Choices)
	}
	offered = w.outcome(w.fake.User("7").Autocomplete(w.channel.ID, "read", discordtest.Typing("what", "")), nil)
	if len(offered.Choices) != 25 {
		t.Errorf("%d choices where nothing is typed", len(offered.Choices))
	}
	w.clean()
}

// Every section of the documents can be read in every language of the interface, in messages that fit.
func TestReadEverything(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	for i, locale := range []string{"en-US", "ru", "uk", "zh-CN", "zh-TW"} {
		id := discordtest.ID("7" + string(rune('0'+i)))
		w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: id, Locale: locale}})
		for n, d := range opened(t).base.Documents() {
			if n%3 != i%3 {
				continue
			}
			for _, s := range d.Sections {
				out := w.outcome(w.fake.User(id).Slash(w.channel.ID, "read", discordtest.Text("what", string(s.ID))), nil)
				if said := out.Message().Text(); !strings.Contains(said, "[1]") || utf8.RuneCountInString(said) > 2000 {
					t.Errorf("%s in %s:\n%s", s.ID, locale, said)
				}
			}
		}
	}
	w.clean()
}

func TestSources(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	out := w.slash("7", "sources")
	w.says(out, "edition 2026-11", "Sources by kind: research", "United States", "in amur's own words", "nothing is hidden and nothing is noted")
	w.has(out.Message().Text(), "https://www.cfr.org/backgrounder/china-russia-relationship-xi-putin-taiwan-ukraine", "on it: Debate, Diplomacy")
	w.clean()
}

// Many sources are turned over page by page, and the pages together hold them all.
func TestSourcesInPages(t *testing.T) {
	t.Parallel()
	var documents []knowledge.Document
	for i := range 60 {
		name := fmt.Sprintf("paper%02d", i)
		source := knowledge.Source{Key: "s", Title: "Source of " + name, Publisher: "Publisher " + name, Kind: "press", Country: "FR"}
		documents = append(documents, knowledge.Document{
			ID: knowledge.DocumentID(name), Lang: text.EN, Title: "Paper " + name, Sources: map[knowledge.SourceKey]knowledge.Source{"s": source},
			Sections: []knowledge.Section{knowledge.NewSection(knowledge.DocumentID(name), "one", "One", text.EN,
				[]string{"The harbour of " + name + " shipped 12 tonnes of coal."}, []knowledge.Ref{{Source: "s"}})},
		})
	}
	base, err := knowledge.New(documents)
	if err != nil {
		t.Fatal(err)
	}
	w := newStaffed(t, func(o *bot.Options) {
		edition := *o.Edition
		edition.Base = base
		o.Edition = &edition
	})
	m := w.slash("7", "sources").Message()
	seen := m.Text()
	pages := 1
	for ; !m.Button("Next").Disabled; pages++ {
		m = w.press("7", m, "Next").Message()
		seen += "\n" + m.Text()
	}
	for _, d := range documents {
		w.has(seen, "Source of "+string(d.ID))
	}
	w.has(seen, "60 documents", "press 60", "France 60")
	for range pages - 1 {
		m = w.press("7", m, "Back").Message()
	}
	if !strings.HasPrefix(seen, strings.TrimSuffix(m.Text(), "\n")) || !m.Button("Back").Disabled {
		t.Errorf("turned back to:\n%s", m.Text())
	}
	w.clean()
}

// Where the operator shows no addresses, neither do the lists of sources.
func TestSourcesWithoutLinks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		links bot.Links
	}{
		{"titles only", bot.Links{Mode: "titles-only"}},
		{"off", bot.Links{Mode: "off"}},
		{"denied", bot.Links{Mode: "all", Deny: []string{"cfr.org"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newStaffed(t, func(o *bot.Options) { o.Policy.Links = tt.links })
			for _, out := range []discordtest.Outcome{w.slash("7", "sources"), w.slash("7", "read", discordtest.Text("what", "trade#volume"))} {
				for _, m := range out.Messages {
					if strings.Contains(m.Text(), "cfr.org") {
						t.Errorf("an address is shown:\n%s", m.Text())
					}
				}
			}
			w.clean()
		})
	}
}

// Help, privacy and erasure work in direct messages too, even where nothing else does.
func TestInDirectMessages(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, func(o *bot.Options) {
		o.Policy.DM = bot.DMQuotes
		o.Policy.Operator = bot.Operator{Name: "Ana", Contact: "ana@example.org", TermsURL: "https://example.org/terms"}
	})
	dm := w.fake.DirectMessages("7")
	slash := func(command string, options ...discordtest.Option) discordtest.Outcome {
		t.Helper()
		return w.outcome(w.fake.User("7").Slash(dm.ID, command, options...), nil)
	}
	w.has(slash("help").Message().Text(), "answers are quotations", "ana\\@example.org", "https://example.org/terms", "edition 2026-11")
	w.has(slash("privacy").Message().Text(), "direct messages are never kept", "ana\\@example.org")
	w.has(slash("sources").Message().Text(), "edition 2026-11")
	w.has(slash("read", discordtest.Text("what", "trade#volume")).Message().Text(), tradeAnswer)
	w.has(w.press("7", slash("forget-me").Message(), "Erase what is mine").Message().Text(), "Erased")
	w.clean()
}

func TestForgetMe(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	answer := w.ask("7", w.channel.ID, tradeQuestion)
	w.report("7", answer, "wrong")
	w.slash("21", "block", discordtest.Text("member", "7"))
	sure := w.slash("7", "forget-me")
	w.says(sure, "your votes, reports and drafts", "What stays")
	kept, err := w.store.ExportMember(t.Context(), "7")
	if err != nil || len(kept.Reports) != 1 {
		t.Fatal(kept, err)
	}
	w.has(w.press("7", sure.Message(), "Erase what is mine").Message().Text(), "Erased")
	if kept, err = w.store.ExportMember(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	if len(kept.Reports)+len(kept.Votes)+len(kept.Drafts)+len(kept.Answers) > 0 || len(kept.Blocks) != 1 {
		t.Errorf("kept: %+v", kept)
	}
	w.clean()
}

// On joining the bot posts nothing. After it was removed the server's data is kept for 14 days, and not longer.
func TestRemovedServer(t *testing.T) {
	t.Parallel()
	w := newStaffed(t, nil)
	server := store.Server(w.guild.ID)
	for _, r := range w.fake.Records() {
		if strings.Contains(r.Route, "/messages") {
			t.Errorf("posted on joining: %s %s", r.Method, r.Path)
		}
	}
	removed := func() bool {
		servers, err := w.store.Servers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range servers {
			if s.Server == server {
				return !s.Removed.IsZero()
			}
		}
		return false
	}
	sweep := func() {
		t.Helper()
		if err := w.bot.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.fake.KickBot(w.guild.ID)
	w.until("the removal is noted", removed)
	w.clock.Advance(store.RemovedKept - 1)
	sweep()
	if w.stored().LogChannel == "" {
		t.Fatal("erased too early")
	}
	w.fake.AddBot(w.guild.ID)
	w.until("the bot is back", func() bool { return !removed() })
	w.clock.Advance(2 * store.RemovedKept)
	sweep()
	if w.stored().LogChannel == "" {
		t.Fatal("erased although the bot is back")
	}
	w.fake.KickBot(w.guild.ID)
	w.until("the removal is noted", removed)
	w.clock.Advance(store.RemovedKept + 1)
	sweep()
	if w.stored().LogChannel != "" {
		t.Error("not erased")
	}
	w.clean()
}
