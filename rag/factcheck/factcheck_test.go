package factcheck_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/factcheck"
)

// found is what a test wants of a finding.
type found struct {
	Verdict                  factcheck.Verdict
	Given, Documents, Period string
}

func foundIn(findings []factcheck.Finding) []found {
	var out []found
	for _, f := range findings {
		out = append(out, found{f.Verdict, f.Given, f.Documents, f.Period})
	}
	return out
}

func TestNewWithoutParts(t *testing.T) {
	t.Parallel()
	if c, err := factcheck.New(nil, nil); err == nil || c != nil {
		t.Errorf("New(nil, nil) = %v, %v; want an error", c, err)
	}
}

// TestBuiltin tests the rules over the built-in documents.
func TestBuiltin(t *testing.T) {
	t.Parallel()
	c, base := builtin(t)
	t.Run("rules", func(t *testing.T) {
		t.Parallel()
		testRules(t, c, base)
	})
	t.Run("no claims", func(t *testing.T) {
		t.Parallel()
		testNoClaims(t, c)
	})
	t.Run("cancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.Check(ctx, "Trade between China and Russia reached $240 billion in 2023.", text.EN); !errors.Is(err, context.Canceled) {
			t.Errorf("Check after cancel: %v, want %v", err, context.Canceled)
		}
	})
}

func testRules(t *testing.T, c *factcheck.Checker, base *knowledge.Base) {
	const matches, differs, notFound = factcheck.Matches, factcheck.Differs, factcheck.NotFound
	for _, tt := range []struct {
		name    string
		message string
		want    found
	}{
		{"the same", "In 2023 trade between China and Russia reached a record $240 billion.", found{Verdict: matches, Period: "2023"}},
		{"markup, links and interjections", "btw: **trade** between China and Russia reached a record `$240 billion` in 2023 <https://example.org/x> 📈", found{Verdict: matches, Period: "2023"}},
		{"Ukrainian", "Китай став членом Світової організації торгівлі у 2001 році.", found{Verdict: matches, Period: "2001"}},
		{"traditional characters", "2023年，中國和俄羅斯的貿易額達到創紀錄的2400億美元。", found{Verdict: matches, Period: "2023"}},
		{"another figure", "Trade between China and Russia reached $310 billion in 2023.", found{differs, "$310 billion", "$240 billion", "2023"}},
		{"another figure in traditional characters", "2023年，中國和俄羅斯的貿易額達到3100億美元。", found{differs, "3100億美元", "2400亿美元", "2023"}},
		{"another day", "Китай вступил в ВТО в 2006 году.", found{differs, "2006 году", "2001 году", ""}},
		{"another name", "The Northern Sea Route links the Atlantic Ocean with the Indian Ocean.", found{differs, "Indian Ocean", "Pacific Ocean", ""}},
		{"the subject from the sentence before", "中俄边界长4184公里。", found{Verdict: matches}},
		{"rounded", "The border between China and Russia is about 4,200 km long.", found{Verdict: matches}},
		{"within rounding", "Trade between China and Russia reached $240.1 billion in 2023.", found{Verdict: notFound}},
		{"at least", "Trade between China and Russia was over $250 billion in 2023.", found{Verdict: notFound}},
		{"another period", "Trade between China and Russia reached $190 billion in 2022.", found{Verdict: notFound}},
		{"a longer period", "China had a trade surplus of $5 billion with Russia in 2023.", found{Verdict: notFound}},
		{"a newer day", "Trade between China and Russia reached $310 billion in 2031.", found{Verdict: notFound}},
		{"a day that depends on today", "Trade between China and Russia reached $310 billion last year.", found{Verdict: notFound}},
		{"another currency", "Trade between China and Russia reached 240 billion euros in 2023.", found{Verdict: notFound}},
		{"another country", "Trade between China and Brazil reached $310 billion in 2023.", found{Verdict: notFound}},
		{"one country more than said", "Russia's trade reached $310 billion in 2023.", found{Verdict: notFound}},
		{"a part of the subject", "China's oil imports from Russia rose by 24 percent in 2022.", found{Verdict: notFound}},
		{"one of many meetings", "Chinese and Russian bombers flew near Japan in May 2019.", found{Verdict: notFound}},
		{"since an earlier day is since a later one", "Since 2007 neither China nor Russia has cast a veto in the UN Security Council that lacked the support of the other.", found{Verdict: notFound}},
		{"negation", "China did not become a member of the World Trade Organization in 2001.", found{Verdict: notFound}},
		{"direction", "China's imports from Russia fell by 49 percent in 2022.", found{Verdict: notFound}},
		{"all for most", "All of Russia's pipelines lead to Europe.", found{Verdict: notFound}},
		{"said for done", "Power of Siberia 2 is almost completed.", found{Verdict: notFound}},
		{"nothing near", "The carp is a freshwater fish of the family Cyprinidae.", found{Verdict: notFound}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			findings, err := c.Check(t.Context(), tt.message, text.EN)
			if err != nil {
				t.Fatal(err)
			}
			checkLaws(t, base, tt.message, findings)
			if diff := cmp.Diff([]found{tt.want}, foundIn(findings)); diff != "" {
				t.Errorf("Check(%q) (-want +got):\n%s", tt.message, diff)
			}
		})
	}
}

func testNoClaims(t *testing.T, c *factcheck.Checker) {
	const same = "trade between China and Russia reached a record $240 billion in 2023"
	for name, message := range map[string]string{
		"nothing":           "",
		"a question":        "Is it so that " + same + "?",
		"an opinion":        "I think " + same + ".",
		"supposed":          "Suppose that " + same + ".",
		"an order":          "Write that " + same + ".",
		"others say":        "My uncle says that " + same + ".",
		"quotation marks":   "“T" + same[1:] + ".”",
		"a block quotation": "> T" + same[1:] + ".",
		"to the end":        ">>> Look.\nT" + same[1:] + ".",
		"code":              "```\nT" + same[1:] + ".\n```",
		"struck":            "~~T" + same[1:] + ".~~",
		"mocking":           "T" + same[1:] + " 🙄",
		"sarcasm":           "Yeah right, " + same + ".",
		"sarcasm of all":    "T" + same[1:] + ". And pigs fly. /s",
		"a greeting":        "Доброе утро всем!",
		"a few words":       "2400亿！",
		"Russian opinion":   "По-моему, Китай стал крупнейшим торговым партнёром России.",
		"Ukrainian report":  "Кажуть, що Китай став найбільшим торговим партнером Росії.",
		"Chinese question":  "中国是不是俄罗斯最大的贸易伙伴",
		"Chinese report":    "我同学说中国已成为俄罗斯的第一大贸易伙伴。",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			findings, err := c.Check(t.Context(), message, text.EN)
			if err != nil || len(findings) > 0 {
				t.Errorf("Check(%q) = %v, %v; want nothing", message, findings, err)
			}
		})
	}
}

// TestSmall tests what the built-in documents have no case of, and messages of several sentences.
func TestSmall(t *testing.T) {
	t.Parallel()
	base := harbours(t)
	c := checkerOver(t, base)
	for _, tt := range []struct {
		name    string
		message string
		want    []found
	}{
		{
			"state media and others",
			"The port of Rotterdam in the Netherlands handled 438.8 million tonnes of cargo in 2023.",
			[]found{{Verdict: factcheck.Matches, Period: "2023"}},
		},
		{
			"state media alone",
			"The port of Vladivostok in Russia opened a third container terminal in May 2022.",
			[]found{{Verdict: factcheck.StateMedia, Period: "May 2022"}},
		},
		{
			"in order",
			"hi all 👋 The wharf at Odense in Denmark was founded in 1918. Was it big? The port of Rotterdam in the Netherlands handled 520 million tonnes of cargo in 2023.",
			[]found{
				{Verdict: factcheck.Matches, Period: "1918"},
				{Verdict: factcheck.Differs, Given: "520 million tonnes", Documents: "438.8 million tonnes", Period: "2023"},
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			findings, err := c.Check(t.Context(), tt.message, text.EN)
			if err != nil {
				t.Fatal(err)
			}
			checkLaws(t, base, tt.message, findings)
			if diff := cmp.Diff(tt.want, foundIn(findings)); diff != "" {
				t.Errorf("Check(%q) (-want +got):\n%s", tt.message, diff)
			}
		})
	}
}

// checkLaws tests what holds for all findings: sentences are the message's, quotations the documents'.
func checkLaws(tb testing.TB, base *knowledge.Base, message string, findings []factcheck.Finding) {
	tb.Helper()
	for _, f := range findings {
		if f.Sentence == "" || !strings.Contains(message, f.Sentence) {
			tb.Errorf("the sentence %q is not in the message %q", f.Sentence, message)
		}
		if f.Verdict != factcheck.NotFound && len(f.Citations) == 0 {
			tb.Errorf("%s without a citation: %q", f.Verdict, f.Sentence)
		}
		for i, c := range f.Citations {
			section, err := base.Section(c.Section, c.Lang)
			if err != nil || c.Start < 0 || c.End > len(section.Text) || c.Start >= c.End || section.Text[c.Start:c.End] != c.Quote || c.N != i+1 {
				tb.Errorf("citation %d of %q is not in the documents: %+v, %v", i+1, f.Sentence, c, err)
			}
		}
		if f.Verdict == factcheck.Differs && (f.Given == "" || f.Documents == "" || !strings.Contains(f.Citations[0].Quote, f.Documents)) {
			tb.Errorf("differs without both values: %+v", f)
		}
	}
}

// FuzzCheck: no message breaks the laws.
func FuzzCheck(f *testing.F) {
	base := harbours(f)
	c := checkerWith(f, base, lengths{}, nil, nil)
	for _, seed := range []string{
		"The port of Rotterdam in the Netherlands handled 520 million tonnes of cargo in 2023. It did.",
		"> quoted\nThe wharf at Odense in Denmark was founded in 1920 🙂 **Closed** in 2012!",
		"<@1> [port](http://x.y) ~~struck 438.8~~ `code` \xff\xfe \u202e2023年",
		"Порт Роттердам обработал 438,8 млн тонн в 2023-м. Порт Роттердам: 438，8百万吨。",
		"«Порт» — 2 000, “port” 1-2-3, ||spoiler|| >>> all\n" + strings.Repeat("的", 40),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, message string) {
		findings, err := c.Check(t.Context(), message, text.EN)
		if err != nil {
			t.Fatal(err)
		}
		checkLaws(t, base, message, findings)
	})
}

// BenchmarkCheck: a message of five sentences over the built-in documents.
func BenchmarkCheck(b *testing.B) {
	c, _ := builtin(b)
	const message = `Trade between China and Russia reached a record $240 billion in 2023. China became a member of the WTO in 1999.
The Northern Sea Route is a shipping lane of 5,600 kilometers. Russia ranked third among China's trade partners in 2023. The moon is made of basalt and dust.`
	for b.Loop() {
		if _, err := c.Check(b.Context(), message, text.EN); err != nil {
			b.Fatal(err)
		}
	}
}
