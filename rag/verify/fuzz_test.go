package verify_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"amur/internal/text"
	"amur/rag/verify"
)

// letters embeds a text as one row a word, made of its letters: enough to try the laws quickly.
type letters struct{}

func (letters) EmbedPassageStates(ctx context.Context, texts []string) ([][][]float32, error) {
	const width = 16
	out := make([][][]float32, len(texts))
	for i, s := range texts {
		for w := range strings.FieldsSeq(s) {
			row := make([]float32, width)
			for _, r := range w {
				row[int(r)%width]++
			}
			out[i] = append(out[i], row)
		}
	}
	return out, ctx.Err()
}

func (letters) Tokens(text string) []int32 { return make([]int32, len(text)) }

// FuzzCheck states the laws: no panic, spans within their passages and on whole characters, the same verdict twice, nothing
// quoted for a claim that is not carried, and a sentence of a passage always carried whole.
func FuzzCheck(f *testing.F) {
	for _, seed := range [][3]string{
		{"Trade rose by 5 percent in 2023.", "In 2023 trade rose 5%. It fell in 2024.", "Trade"},
		{"В 2023 году торговля выросла на 5 %.", "2023年贸易增长5%。", ""},
		{"习近平2024年访问俄罗斯。", "Xi Jinping visited Russia in May 2024; it was his second visit.", "Visits"},
		{"«»“”\x00\xff", "。。。\u200b1,2,3-4/5", "II III 1999-го"},
		{"Four of the ships, A-50, Ту-95МС, 四成 and 五分之一", "several hundred; A, B and C; nearly 10 of 12", "a year earlier 2001"},
		{"", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	c := checkerWith(f, letters{})
	f.Fuzz(func(t *testing.T, claim, passage, heading string) {
		evidence := []verify.Evidence{{Text: passage, Lang: text.Detect(passage, ""), Heading: heading}, {Text: heading, Lang: text.EN}}
		check := func(claim string) verify.Verdict {
			v, err := c.Check(t.Context(), verify.Claim{Text: claim, Lang: text.Detect(claim, "")}, evidence)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := check(claim)
		if again := check(claim); again.OK != v.OK || again.Reason != v.Reason || again.Support != v.Support {
			t.Fatalf("two checks of one claim differ: %+v and %+v", v, again)
		}
		if len(v.Spans) != len(evidence) || v.OK == (v.Reason != (verify.Reason{})) || v.Support < 0 || v.Support > 1.001 {
			t.Fatalf("odd verdict %+v", v)
		}
		quoted := 0
		for i, s := range v.Spans {
			if s.Start < 0 || s.Start > s.End || s.End > len(evidence[i].Text) {
				t.Fatalf("span %v outside of passage %d", s, i)
			}
			if q := s.In(evidence[i].Text); utf8.ValidString(evidence[i].Text) && !utf8.ValidString(q) {
				t.Fatalf("span %v cuts a character", s)
			}
			quoted += s.End - s.Start
		}
		if !v.OK && quoted > 0 || v.OK && quoted == 0 {
			t.Fatalf("quotes %d bytes, carried: %v", quoted, v.OK)
		}
		for i, s := range text.Sentences(passage) {
			const few = 4
			sentence := s.In(passage)
			if i == few || s.End > 4000 {
				break
			}
			if v := check(sentence); !v.OK && strings.Trim(sentence, ".。!！ \t\n\r") != "" || v.OK && v.Support != 1 {
				t.Fatalf("the passage's own sentence %q: %+v", sentence, v)
			}
		}
	})
}

// TestCheckBounds: what is far too long is read in part and ends.
func TestCheckBounds(t *testing.T) {
	t.Parallel()
	c := checkerWith(t, letters{})
	for name, long := range map[string]string{
		"one word":  strings.Repeat("a", 100_000),
		"numbers":   strings.Repeat("1 2 3 ", 20_000),
		"names":     strings.Repeat("Xi Jinping and Paul Smith, ", 4_000),
		"sentences": strings.Repeat("It rained. ", 10_000),
		"Chinese":   strings.Repeat("习近平访问俄罗斯，", 12_000),
		"negations": strings.Repeat("not never no ", 8_000),
		"brackets":  strings.Repeat("(«“", 30_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			evidence := []verify.Evidence{{Text: long, Lang: text.Detect(long, ""), Heading: long}, {Text: long + "!", Lang: text.RU}}
			for _, claim := range []string{long + "?", "It rained for 5 days in Paris."} {
				if _, err := c.Check(t.Context(), verify.Claim{Text: claim, Lang: text.EN}, evidence); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
