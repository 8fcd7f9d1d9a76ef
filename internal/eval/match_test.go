package eval_test

import (
	"testing"

	"amur/internal/eval"
	"amur/rag"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, want string
	}{
		{"lower case", "European UNION, Союз", "european union, союз"},
		{"compatibility forms", "２０２３年 ﬁve ½", "2023年 five 1⁄2"},
		{"quotes", "“a” ‘b’ „c‟ d’s ʼe", `"a" 'b' "c" d's 'e`},
		{"guillemets stay", "«a»", "«a»"},
		{"dashes", "a–b—c‑d−e－f", "a-b-c-d-e-f"},
		{"white space", "a \u00a0\n\tb\u3000c", "a b c"},
		{"spaces at the ends stay", " ЕС ", " ес "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := eval.Normalise(tt.in); got != tt.want {
				t.Errorf("normalise(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestOwnVoice(t *testing.T) {
	t.Parallel()
	passage := rag.Retrieved{Heading: "Views of the war", Text: "He called it a “grave mistake” in 2022."}
	tests := []struct {
		name   string
		answer rag.Answer
		want   string
	}{
		{"a citation's quote", rag.Answer{
			Text: "The paper says: It is propaganda. [1]", Citations: []rag.Citation{{Quote: "It is propaganda."}},
		}, "the paper says: [1]"},
		{"a nearest quote and its heading", rag.Answer{
			Text:    "Nearest: Views of the war — Trade fell.",
			Nearest: []rag.Nearest{{Heading: "Views of the war", Quote: "Trade fell."}},
		}, "nearest: -"},
		{"the longer quotation first", rag.Answer{
			Text: "Trade fell. Trade fell. Oil rose.", Citations: []rag.Citation{{Quote: "Trade fell."}, {Quote: "Trade fell. Oil rose."}},
		}, ""},
		{"marks around evidence", rag.Answer{
			Text: `He spoke of a "grave mistake" then.`, Retrieved: []rag.Retrieved{passage},
		}, "he spoke of a then."},
		{"marks around the bot's own words", rag.Answer{
			Text: `That is "pure propaganda".`, Retrieved: []rag.Retrieved{passage},
		}, `that is "pure propaganda".`},
		{"a mark that is never closed", rag.Answer{Text: `He said "so.`}, `he said "so.`},
		{"a rendered quotation", rag.Answer{
			Mode: rag.ModeQuotes, Text: "貿易額增長。[1]", Claims: []rag.Claim{{Text: "貿易額增長。", Support: 1}},
			Citations: []rag.Citation{{Quote: "贸易额增长。"}},
		}, "[1]"},
		{"a model's claim is its own", rag.Answer{
			Mode: rag.ModeModel, Text: "Trade grew.", Claims: []rag.Claim{{Text: "Trade grew.", Support: 1}},
		}, "trade grew."},
		{"a short name of a source stays", rag.Answer{
			Text: "He reported it.", Retrieved: []rag.Retrieved{{Sources: []rag.SourceView{{Publisher: "RT", Title: "He reported"}}}},
		}, "it."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := squeeze(eval.OwnVoice(tt.answer)); got != tt.want {
				t.Errorf("ownVoice(%q) = %q, want %q", tt.answer.Text, got, tt.want)
			}
		})
	}
}
