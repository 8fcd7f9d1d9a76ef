package bot_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
	"amur/internal/discordtest"
	"amur/internal/discordtest/look"
	"amur/internal/store"
)

// TestPictures holds the pages of pictures to what the bot says. With -update it writes them anew, and the pictures of docs too
// where a Chromium is installed.
func TestPictures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, lang string
		scenes     func(w *staffed) []look.Scene
	}{
		{"members", "en", (*staffed).membersScenes},
		{"languages", "ru", (*staffed).languagesScenes},
		{"moderators", "en", (*staffed).moderatorsScenes},
		{"pins", "en", (*staffed).pinsScenes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newStaffed(t, func(o *bot.Options) {
				o.Policy.Operator = bot.Operator{Name: "The Operator", Contact: "amur@example.org"}
			})
			var page bytes.Buffer
			if err := look.Page(&page, tt.lang, "amur: "+tt.name, tt.scenes(w)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", "pictures", tt.name+".html")
			if flag.Lookup("update").Value.String() == "true" {
				update(t, file, page.Bytes())
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), page.String()); diff != "" {
				t.Errorf("the bot says something else than in %s; look, then write it with -update (-want +got):\n%s", file, diff)
			}
		})
	}
}

// update writes a page and has it photographed.
func update(t *testing.T, file string, page []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Logf("no pictures: %v", err)
		return
	}
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join("..", "docs", "pictures", strings.TrimSuffix(filepath.Base(file), ".html")+".png")
	if err := os.MkdirAll(filepath.Dir(picture), 0o755); err != nil {
		t.Fatal(err)
	}
	height := "2400"
	dump, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=720,100", "--virtual-time-budget=1000",
		"--dump-dom", "file://"+path).Output()
	if m := regexp.MustCompile(`data-height="(\d+)"`).FindSubmatch(dump); err == nil && m != nil {
		height = string(m[1])
	}
	out, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--window-size=720,"+height, "--screenshot="+picture, "file://"+path).CombinedOutput()
	if err != nil {
		t.Fatalf("photograph: %v\n%s", err, out)
	}
}

// did is a scene that shows what came of something.
func did(by, what string, out discordtest.Outcome) look.Scene {
	return look.Scene{Did: what, By: by, Message: out.Message(), Modal: out.Modal}
}

func (w *staffed) membersScenes() []look.Scene {
	question := "How big is trade between China and Russia?"
	answer := w.slash("7", "ask", discordtest.Text("question", question))
	evidence := w.press("7", answer.Message(), "Evidence")
	refusal := w.slash("8", "ask", discordtest.Text("question", "How many pandas live in Berlin?"))
	said := w.fake.User("8").Say(w.channel.ID, "Trade between China and Russia reached $260 billion in 2023. The border between China and Russia is 4184 km long. Sad.")
	if said.Err() != nil {
		w.Fatal(said.Err())
	}
	check := w.outcome(w.fake.User("7").MessageCommand(w.channel.ID, "Check against sources", said.Message.ID), nil)
	return []look.Scene{
		did("anna", "/ask question: "+question, answer),
		did("anna", "presses Evidence", evidence),
		did("boris", "/ask question: How many pandas live in Berlin?", refusal),
		did("anna", "Check against sources → "+said.Message.Content, check),
	}
}

func (w *staffed) languagesScenes() []look.Scene {
	for id, locale := range map[discordtest.ID]string{"31": "ru", "32": "uk", "33": "zh-CN", "34": "zh-TW"} {
		w.fake.AddMember(w.guild.ID, discordtest.Member{User: discordtest.User{ID: id, Locale: locale}, JoinedAt: w.clock.Now().AddDate(0, 0, -1)})
	}
	var out []look.Scene
	for _, q := range []struct {
		user     discordtest.ID
		by, text string
	}{
		{"31", "вера", "Есть ли у Китая и России союз?"},
		{"32", "оксана", "Який завдовжки кордон між Китаєм і Росією?"},
		{"33", "小林", "中国和俄罗斯是盟友吗？"},
		{"34", "小陳", "中國和俄羅斯的邊界有多長？"},
	} {
		out = append(out, did(q.by, "/ask "+q.text, w.slash(q.user, "ask", discordtest.Text("question", q.text))))
	}
	return out
}

func (w *staffed) moderatorsScenes() []look.Scene {
	setup := w.slash("1", "setup")
	answer := w.ask("7", w.channel.ID, "How big is trade between China and Russia?")
	w.until("the answer is recorded", func() bool {
		_, err := w.store.AnswerByMessage(w.Context(), store.Server(w.guild.ID), store.Message(answer.ID))
		return err == nil
	})
	w.until("it is noted", func() bool {
		_, err := w.store.AnswerByMessage(w.Context(), store.Server(w.guild.ID), store.Message(answer.ID))
		return err == nil
	})
	asked := w.press("7", answer, "Report")
	w.choose("7", asked.Message(), "report", "outdated")
	w.until("the card is posted", func() bool { return len(w.cards()) > 0 })
	card := w.card()
	w.note("21", "trade#volume", "The customs office has published newer figures.")
	w.until("the proposal is posted", func() bool { return len(w.cards()) > 1 })
	proposal := w.card()
	hidden := w.hide("21", answer)
	return []look.Scene{
		did("the owner", "/setup", setup),
		{Did: "reports an answer; in the log channel:", By: "anna", Message: card},
		{Did: "/note add; in the log channel:", By: "a moderator", Message: proposal},
		did("a moderator", "Hide answer", hidden),
		did("a moderator", "/sources", w.slash("21", "sources")),
	}
}

func (w *staffed) pinsScenes() []look.Scene {
	draft := w.slash("21", "summary", discordtest.Text("topic", "trade#volume"))
	w.click(draft.Message(), "draft_publish")
	pin := w.onlyPin()
	pinned, _ := w.fake.Message(w.channel.ID, discordtest.ID(pin.Message))
	if err := w.bot.Reload(w.Context(), reworded(w.T, "trade#volume", "$240 billion", "$251 billion")); err != nil {
		w.Fatal(err)
	}
	card := w.card()
	w.click(card, "pin_update")
	updated, _ := w.fake.Message(w.channel.ID, discordtest.ID(pin.Message))
	if w.onlyPin().State != store.PinFresh {
		w.Error("the pin was not updated")
	}
	return []look.Scene{
		did("a moderator", "/summary topic: trade", draft),
		{Did: "publishes and pins it:", By: "a moderator", Message: pinned},
		{Did: "A document changes. In the log channel:", Message: card},
		{Did: "presses Update; the same message now:", By: "a moderator", Message: updated},
		did("a moderator", "/pins", w.slash("21", "pins")),
	}
}
