package bot_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/bot"
	"amur/bot/discord"
	"amur/bot/phrase"
	"amur/internal/store"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
	"amur/rag/factcheck"
)

// scene is what the pictures of messages are made of: a small base with an official, a state-run and an independent source.
type scene struct {
	bot.Renderer
	edition *bot.Edition
}

func newScene(tb testing.TB, links bot.Links) scene {
	tb.Helper()
	base, err := knowledge.Load(os.DirFS("testdata/render"))
	if err != nil {
		tb.Fatal(err)
	}
	e := &bot.Edition{Name: "2026-11", Base: base}
	r, err := bot.NewRenderer(e, links)
	if err != nil {
		tb.Fatal(err)
	}
	return scene{r, e}
}

// cite quotes the n-th passage of the section, for a reader.
func (s scene) cite(tb testing.TB, number, n int, reader text.Lang) rag.Citation {
	tb.Helper()
	lang := reader
	switch reader {
	case text.UK:
		lang = text.RU
	case text.ZHHant:
		lang = text.ZH
	}
	p, ok := s.edition.Base.Passage(knowledge.PassageID(fmt.Sprintf("trade#volume.%d@%s", n, lang)))
	if !ok {
		tb.Fatalf("no passage %d in %s: %+v", n, lang, s.edition.Base.Passages())
	}
	doc, _ := s.edition.Base.Document(p.Document, p.Lang)
	c := rag.Citation{
		N: number, Passage: p.ID, Document: p.Document, Title: p.Title, Section: p.Section, Heading: p.Heading, Lang: p.Lang,
		Quote: p.Text, Start: p.Start, End: p.End, AsOf: p.AsOf,
	}
	for _, ref := range p.Refs {
		c.Sources = append(c.Sources, rag.ViewSource(doc.Sources[ref.Source], ref.Section))
	}
	return c
}

// answer quotes passages.
func (s scene) answer(tb testing.TB, reader text.Lang, passages ...int) rag.Answer {
	tb.Helper()
	ans := rag.Answer{Language: reader, AnswerLanguage: reader, Outcome: rag.Answered, Mode: rag.ModeQuotes}
	for i, n := range passages {
		c := s.cite(tb, i+1, n, reader)
		ans.Citations = append(ans.Citations, c)
		ans.Claims = append(ans.Claims, rag.Claim{Text: c.Quote, Citations: []int{c.N}, Support: 1})
	}
	return ans
}

// TestRender compares what people see, in each language and both layouts, with testdata/render; -update writes it anew.
func TestRender(t *testing.T) {
	t.Parallel()
	s := newScene(t, bot.Links{Mode: "all"})
	titles := newScene(t, bot.Links{Mode: "titles-only"})
	denied := newScene(t, bot.Links{Mode: "all", Deny: []string{"tass.example"}})
	const question = "How **big** is it? https://evil.example/x @everyone <@123>"
	tests := []struct {
		name   string
		render func(l phrase.Locale, layout store.Layout) []discord.Body
	}{
		{"quoted", func(l phrase.Locale, layout store.Layout) []discord.Body {
			return s.Answer(layout, question, s.answer(t, l.Lang(), 1, 2, 3), nil, false)
		}},
		{"worded", func(l phrase.Locale, layout store.Layout) []discord.Body {
			ans := s.answer(t, l.Lang(), 1, 3)
			ans.Mode, ans.Model = rag.ModeModel, "some-model_1"
			ans.Disputes = []rag.Dispute{{Note: "A note on a dispute.", Citations: []int{1, 2}}}
			return s.Answer(layout, question, ans, []string{"A note of the server."}, true)
		}},
		{"positions", func(l phrase.Locale, layout store.Layout) []discord.Body {
			ans := titles.answer(t, l.Lang(), 2)
			ans.Outcome, ans.Note = rag.Positions, "A note on the model."
			return titles.Answer(layout, question, ans, nil, false)
		}},
		{"denied", func(l phrase.Locale, layout store.Layout) []discord.Body {
			return denied.Answer(layout, question, denied.answer(t, l.Lang(), 2), nil, false)
		}},
		{"refusal", func(l phrase.Locale, _ store.Layout) []discord.Body {
			c := s.cite(t, 1, 1, l.Lang())
			return []discord.Body{{Content: s.Refusal(rag.Answer{
				AnswerLanguage: l.Lang(), Outcome: rag.Refused, Text: "The documents do not answer *this*.",
				Nearest: []rag.Nearest{{Section: c.Section, Heading: c.Heading, Quote: c.Quote}},
			})}}
		}},
		{"checked", func(l phrase.Locale, layout store.Layout) []discord.Body {
			return s.Check(layout, l, s.findings(t, l.Lang()))
		}},
		{"evidence", func(l phrase.Locale, _ store.Layout) []discord.Body {
			spans := bot.Spans(s.edition, s.answer(t, l.Lang(), 1, 2, 3).Citations)
			hidden := map[string]bool{spans[2].Hash: true}
			changed := spans[0]
			changed.Hash = "other"
			return []discord.Body{{Content: strings.Join([]string{
				s.Evidence(l, 1, spans[0], hidden), s.Evidence(l, 2, spans[1], hidden), s.Evidence(l, 3, spans[2], hidden), s.Evidence(l, 4, changed, hidden),
			}, "\n\n")}}
		}},
		{"long", func(l phrase.Locale, layout store.Layout) []discord.Body {
			ans := s.answer(t, l.Lang(), 1, 2, 3)
			for i := range ans.Claims {
				ans.Claims[i].Text = strings.Repeat(ans.Claims[i].Text+" ", 25)
			}
			return s.Answer(layout, question, ans, nil, true)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, l := range phrase.Locales() {
				var b strings.Builder
				for _, layout := range []store.Layout{store.LayoutComponents, store.LayoutPlain} {
					bodies := tt.render(l, layout)
					holds(t, bodies)
					for i, body := range bodies {
						fmt.Fprintf(&b, "=== %s %d of %d\n%s\n", layout, i+1, len(bodies), drawn(body))
					}
				}
				compare(t, filepath.Join("testdata", "render", tt.name+"."+string(l)+".txt"), b.String())
			}
		})
	}
}

// findings are one of each verdict.
func (s scene) findings(tb testing.TB, lang text.Lang) []factcheck.Finding {
	tb.Helper()
	first, second, third := s.cite(tb, 0, 1, lang), s.cite(tb, 0, 2, lang), s.cite(tb, 0, 3, lang)
	return []factcheck.Finding{
		{Sentence: "It was 260.", Verdict: factcheck.Differs, Given: "260", Documents: "245", Period: "2024", Citations: []rag.Citation{first}},
		{Sentence: "It *is* 260 @here.", Verdict: factcheck.Differs, Given: "260", Documents: "245", Citations: []rag.Citation{first}},
		{Sentence: "Depends.", Verdict: factcheck.Matches, Citations: []rag.Citation{third}},
		{Sentence: "Success.", Verdict: factcheck.StateMedia, Citations: []rag.Citation{second}},
		{Sentence: "Moon.", Verdict: factcheck.NotFound, Citations: []rag.Citation{third}},
		{Sentence: "Sun.", Verdict: factcheck.NotFound},
	}
}

// drawn writes a message down as text.
func drawn(b discord.Body) string {
	lines := []string{}
	if b.Content != "" {
		lines = append(lines, b.Content)
	}
	for _, c := range b.Components {
		lines = append(lines, component(c))
	}
	return strings.Join(lines, "\n")
}

func component(c discord.Component) string {
	inside := func(list []discord.Component, sep string) string {
		out := make([]string, len(list))
		for i, c := range list {
			out[i] = component(c)
		}
		return strings.Join(out, sep)
	}
	switch c := c.(type) {
	case discord.TextDisplay:
		return c.Content
	case discord.Separator:
		return "---"
	case discord.Container:
		return "┌\n" + inside(c.Components, "\n") + "\n└"
	case discord.ActionRow:
		return "row " + inside(c.Components, " ")
	case discord.Button:
		return fmt.Sprintf("[%s %s]", c.Label, c.CustomID)
	case discord.Select:
		labels := make([]string, len(c.Options))
		for i, o := range c.Options {
			labels[i] = o.Value + "=" + o.Label
		}
		return fmt.Sprintf("<%s %s: %s>", c.Placeholder, c.CustomID, strings.Join(labels, ", "))
	}
	return fmt.Sprintf("%T", c)
}

// holds tests the limits of messages.
func holds(tb testing.TB, bodies []discord.Body) {
	tb.Helper()
	if len(bodies) == 0 {
		tb.Error("no message")
	}
	for i, b := range bodies {
		var texts []string
		for _, c := range b.Components {
			if c, ok := c.(discord.Container); ok {
				for _, c := range c.Components {
					if c, ok := c.(discord.TextDisplay); ok {
						texts = append(texts, c.Content)
					}
				}
			}
		}
		runes, bytes := 0, 0
		for _, s := range texts {
			runes, bytes = runes+utf8.RuneCountInString(s), bytes+len(s)+12
		}
		switch {
		case utf8.RuneCountInString(b.Content) > 2000, runes > 4000, bytes > 10170:
			tb.Errorf("message %d of %d is too long: %d, %d, %d", i+1, len(bodies), utf8.RuneCountInString(b.Content), runes, bytes)
		case b.V2 != (b.Content == "") || b.V2 && len(texts) == 0:
			tb.Errorf("message %d of %d is empty or of both kinds: %+v", i+1, len(bodies), b)
		}
	}
}

// compare compares text with a file, or writes the file.
func compare(t *testing.T, file, got string) {
	t.Helper()
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; go test ./bot -run TestRender -update writes it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
