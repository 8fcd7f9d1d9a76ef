package bot_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/store"
	"amur/internal/text"
	"amur/rag"
	"amur/rag/factcheck"
)

// FuzzRender states the laws of what is shown, whatever a question, a document and a model say: each message is within Discord's
// limits, no mention stands, no code block is left open, and only addresses of sources are links.
func FuzzRender(f *testing.F) {
	s := newScene(f, bot.Links{Mode: "all"})
	f.Add("How big? @everyone <@1> ||x|| ```", "It is [big](https://evil.example) <@&2>. ", "https://a.example/(b)", "TASS @here", 3, true)
	f.Add("> # *_~", "贸易额为2450亿美元。", "javascript:alert(1)", "](<https://evil.example>)", 200, false)
	f.Add("1. a", strings.Repeat("ж", 5000), "https://a.example", "`", 1, true)
	f.Fuzz(func(t *testing.T, question, sentence, address, publisher string, claims int, official bool) {
		if len(sentence) > 20000 || len(question) > 5000 {
			t.Skip()
		}
		c := s.cite(t, 1, 1, text.EN)
		c.Title, c.Heading, c.Quote, c.URL = publisher, sentence, sentence, address
		kind := "research"
		if official {
			kind = "state media"
		}
		c.Sources = []rag.SourceView{{Title: sentence, Publisher: publisher, URL: address, Kind: kind, Published: question}}
		ans := rag.Answer{AnswerLanguage: text.ZHHant, Outcome: rag.Answered, Mode: rag.ModeModel, Model: publisher, Note: sentence}
		for i := range 1 + max(claims, -claims, 0)%40 {
			c.N = i + 1
			ans.Citations = append(ans.Citations, c)
			ans.Claims = append(ans.Claims, rag.Claim{Text: sentence, Citations: []int{c.N, 99}})
		}
		for _, layout := range []store.Layout{store.LayoutComponents, store.LayoutPlain} {
			bodies := s.Answer(layout, question, ans, nil, true)
			findings := []factcheck.Finding{
				{Sentence: question, Verdict: factcheck.Differs, Given: sentence, Documents: publisher, Period: address, Citations: ans.Citations},
				{Sentence: sentence, Verdict: factcheck.NotFound, Citations: ans.Citations[:1]},
			}
			for _, b := range append(bodies, s.Check(layout, "ru", findings)...) {
				safe(t, drawn(b), address)
			}
			holds(t, bodies)
		}
	})
}

// safe tests that nothing foreign takes effect in a text.
func safe(t *testing.T, shown, address string) {
	t.Helper()
	bare := regexp.MustCompile(`\]\(<https?://[^ <>()]*>\)`).ReplaceAllString(shown, "]")
	bare = regexp.MustCompile(`(?s)\\.`).ReplaceAllString(bare, "")
	for _, live := range []string{"@", "<#", "</", "```", "||", "://", "[](", "](", "~~", "__"} {
		if strings.Contains(bare, live) {
			t.Errorf("%q stands in %q (address %q)", live, shown, address)
		}
	}
	if !utf8.ValidString(shown) {
		t.Errorf("not UTF-8: %q", shown)
	}
	if strings.Count(bare, "**")%2 != 0 {
		t.Errorf("emphasis is left open in %q", shown)
	}
}

// FuzzCustomID states that what was written into a custom id is read out of it, within Discord's length.
func FuzzCustomID(f *testing.F) {
	f.Add(0, "wrong")
	f.Add(7, "")
	f.Fuzz(func(t *testing.T, n int, word string) {
		verbs := bot.Verbs()
		verb := verbs[max(n, -n, 0)%len(verbs)]
		if strings.Contains(word, ":") || len(word) > 32 {
			t.Skip()
		}
		args := []string{string(store.NewAnswerID()), word}
		id, again, back := bot.CustomID(verb, args...)
		if again != verb || !cmp.Equal(args, back) {
			t.Errorf("%q is read as %q %q", id, again, back)
		}
		if utf8.RuneCountInString(id) > 100 {
			t.Errorf("%q is too long", id)
		}
	})
}

// TestReadAnswer reads back what was laid out: the earlier turn of a conversation stands in the message alone.
func TestReadAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t, bot.Links{Mode: "all"})
	const question = "How *big* is the trade, <3 or 4?"
	for _, layout := range []store.Layout{store.LayoutComponents, store.LayoutPlain} {
		body := s.Answer(layout, question, s.answer(t, text.EN, 1, 3), nil, false)[0]
		m := discord.Message{Content: body.Content}
		if body.V2 {
			container, ok := body.Components[0].(discord.Container)
			if !ok {
				t.Fatalf("no container: %+v", body)
			}
			for _, c := range container.Components {
				if c, ok := c.(discord.TextDisplay); ok {
					m.Texts = append(m.Texts, c.Content)
				}
			}
		}
		gotQuestion, gotAnswer := bot.ReadAnswer(m)
		if gotQuestion != question {
			t.Errorf("%s: question %q, want %q", layout, gotQuestion, question)
		}
		if want := "Trade between China and Russia came to $245 billion in 2024. [1]"; !strings.HasPrefix(gotAnswer, want) || strings.Contains(gotAnswer, "Sources") {
			t.Errorf("%s: answer %q, want %q first and no sources", layout, gotAnswer, want)
		}
	}
}
