package rag_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"amur/rag"
)

func TestStreamSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, stream string
		want         []string
	}{
		{"nothing", "", nil},
		{"marks before the stop", "Trade grew [1]. It fell later [2].", []string{"Trade grew [1].", "It fell later [2]."}},
		{"marks behind the stop", "Trade grew. [1] It fell later. [2][3]", []string{"Trade grew. [1]", "It fell later. [2][3]"}},
		{"marks without a space", "Trade grew.[1] It fell later.[2]", []string{"Trade grew.[1]", "It fell later.[2]"}},
		{"abbreviation", "The U.S. president met Mr. Xi in Bali. [1]", []string{"The U.S. president met Mr. Xi in Bali. [1]"}},
		{"decimals", "Trade was $240.1 billion in 2023 [1]. Gas was 2.5 percent [2].", []string{"Trade was $240.1 billion in 2023 [1].", "Gas was 2.5 percent [2]."}},
		{"russian", "Торговля выросла до 240,1 млрд долл. в 2023 г. [1] Затем она упала [2].", []string{"Торговля выросла до 240,1 млрд долл. в 2023 г. [1]", "Затем она упала [2]."}},
		{"chinese", "贸易额增长到2401亿美元。[1]之后有所下降[2]。", []string{"贸易额增长到2401亿美元。[1]", "之后有所下降[2]。"}},
		{"list", "- Trade grew. [1]\n- It fell later. [2]\n", []string{"- Trade grew. [1]", "- It fell later. [2]"}},
		{"paragraphs", "Trade grew [1]\n\nIt fell later [2]", []string{"Trade grew [1]", "It fell later [2]"}},
		{"no stop at the end", "Trade grew [1]", []string{"Trade grew [1]"}},
		{"small letters behind a citation", "Trade grew. [1] hacked first. [1]", []string{"Trade grew. [1]", "hacked first. [1]"}},
		{"much behind a citation", "Trade grew.[1][2] visit me. [3] and me! [4]", []string{"Trade grew.[1][2]", "visit me. [3]", "and me! [4]"}},
		{"marks in front", "[1] Trade grew.\n[2] It fell. [3] It rose.", []string{"[1] Trade grew.", "[2] It fell.", "[3] It rose."}},
		{"marks on a line of their own", "Trade grew.\n[1]\nIt fell. [2]", []string{"Trade grew.\n[1]", "It fell. [2]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, rag.StreamSentences([]string{tt.stream})); diff != "" {
				t.Errorf("in one piece (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, rag.StreamSentences(runes(tt.stream))); diff != "" {
				t.Errorf("letter by letter (-want +got):\n%s", diff)
			}
		})
	}
}

// runes cuts a string into its characters.
func runes(s string) []string {
	var out []string
	for len(s) > 0 {
		_, n := utf8.DecodeRuneInString(s)
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

// FuzzStream holds that where the pieces of a stream begin and end makes no difference, and that a stream without an end is cut.
func FuzzStream(f *testing.F) {
	f.Add("Trade grew. [1] It fell later. [2]", uint8(3))
	f.Add("贸易额增长。[1]之后下降[2]。", uint8(2))
	f.Add("U.S. and 2.5 percent...", uint8(1))
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		letters := runes(s)
		var pieces []string
		for i, r := range letters {
			if i%(int(n)+1) == 0 {
				pieces = append(pieces, "")
			}
			pieces[len(pieces)-1] += r
		}
		whole := rag.StreamSentences([]string{s})
		if diff := cmp.Diff(whole, rag.StreamSentences(pieces)); diff != "" {
			t.Errorf("in pieces of %d (-whole +pieces):\n%s", n, diff)
		}
		for _, sentence := range whole {
			if len(sentence) > 2100 {
				t.Errorf("a sentence of %d bytes", len(sentence))
			}
		}
	})
}

func TestReadClaim(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, sentence, text string
		marks                []int
	}{
		{"plain", "Trade grew [2].", "Trade grew.", []int{2}},
		{"behind", "Trade grew. [2]", "Trade grew.", []int{2}},
		{"several", "Trade grew [2][1].", "Trade grew.", []int{1, 2}},
		{"a list", "Trade grew [1, 3; 4].", "Trade grew.", []int{1, 3, 4}},
		{"a range", "Trade grew [1-3].", "Trade grew.", []int{1, 2, 3}},
		{"a hostile range", "Trade grew [3-1].", "Trade grew.", []int{1, 3}},
		{"a word before", "Trade grew [passage 2] [Passage 3].", "Trade grew.", []int{2, 3}},
		{"chinese brackets", "贸易额增长【2】。", "贸易额增长。", []int{2}},
		{"footnote", "Trade grew.[^2]", "Trade grew.", []int{2}},
		{"not given", "Trade grew [9].", "Trade grew.", nil},
		{"zero", "Trade grew [0].", "Trade grew.", nil},
		{"a year is no mark", "Trade grew [2023].", "Trade grew [2023].", nil},
		{"twice", "Trade [1] grew [1].", "Trade grew.", []int{1}},
		{"none", "Trade grew.", "Trade grew.", nil},
		{"emphasis", "**Trade** grew *fast* [1].", "Trade grew *fast*.", []int{1}},
		{"list item", "- Trade grew [1].", "Trade grew.", []int{1}},
		{"numbered item", "1. Trade grew [1].", "Trade grew.", []int{1}},
		{"chinese list item", "1、贸易额增长了[1]。", "贸易额增长了。", []int{1}},
		{"number in a circle", "① 贸易额增长了[1]。", "贸易额增长了。", []int{1}},
		{"frame", "Answer: Trade grew [1].", "Trade grew.", []int{1}},
		{"heading", "## Trade grew [1]", "Trade grew", []int{1}},
		{"hidden letters", "Tr\u200bade \u202egrew [1].", "Trade grew.", []int{1}},
		{"line break", "Trade\ngrew [1].", "Trade grew.", []int{1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text, marks := rag.ReadClaim(tt.sentence, 5)
			if text != tt.text || !cmp.Equal(marks, tt.marks) {
				t.Errorf("ReadClaim(%q) = %q, %v, want %q, %v", tt.sentence, text, marks, tt.text, tt.marks)
			}
		})
	}
}

func TestForeignClaims(t *testing.T) {
	t.Parallel()
	foreign := []string{
		"See https://example.org for more.", "See [this](http://a.b).", "Visit www.example.org.", "Join discord.gg/abc.", "Hello @everyone.", "Hello <@123>.",
		"<b>Trade</b> grew.", "Get it at free-nitro.example now.", "Visit evil.shop.", "See bit.ly/abc.", "Run ```rm```.", "Write to evil.com.", "![x](data:abc)", "See javascript://x.", "Читайте на example.ru.",
	}
	for _, s := range foreign {
		if !rag.IsForeignClaim(s) {
			t.Errorf("%q passes", s)
		}
	}
	for _, s := range []string{"Trade grew to $240.1 billion.", "The U.S. and the E.U. agreed.", "Торговля выросла до 240,1 млрд долл. в 2023 г.", "贸易额为2401亿美元。", "Trade was < 5 percent."} {
		if rag.IsForeignClaim(s) {
			t.Errorf("%q is taken for foreign", s)
		}
	}
}
