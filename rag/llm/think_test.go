package llm_test

import (
	"strings"
	"testing"

	"amur/rag/llm"
)

func TestThink(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		open, again      bool
	}{
		{name: "none", text: "Trade grew [1].", want: "Trade grew [1]."},
		{name: "space in front", text: "\n\n Trade grew.\n", want: "Trade grew.\n"},
		{name: "closed", text: "<think>\nHm. 1 < 2.\n</think>\n\nTrade grew.", want: "Trade grew."},
		{name: "empty", text: "<think></think>Trade grew.", want: "Trade grew."},
		{name: "unclosed", text: "<think>Let me see. Trade grew.", want: ""},
		{name: "in the middle", text: "Trade<think>or not</think> grew.", want: "Trade grew."},
		{name: "twice", text: "<think>a</think>b <thinking>c</thinking>d", want: "b d"},
		{name: "capitals", text: "<THINK>a</Think>b", want: "b"},
		{name: "other names", text: "<reasoning>a</reasoning><thought>b</thought>c", want: "c"},
		{name: "inside another", text: "<think>a<think>b</think>c", want: "c"},
		{name: "only closed", text: "Let me see.</think>Trade grew.", want: "Trade grew.", again: true},
		{name: "only closed, at once", text: "</think>Trade grew.", want: "Trade grew."},
		{name: "only closed, known", text: "Let me see.</think>Trade grew.", want: "Trade grew.", open: true},
		{name: "known, opened nonetheless", text: "<think>Let me see.</think>Trade grew.", want: "Trade grew.", open: true},
		{name: "known, not closed", text: "Trade grew.", want: "Trade grew.", open: true},
		{name: "known, opened and not closed", text: "<think>Trade grew.", want: "", open: true},
		{name: "no tags", text: "1 < 2 <b>bold</b> <thin> <think <", want: "1 < 2 <b>bold</b> <thin> <think <"},
		{name: "tag cut off", text: "Trade grew. <thi", want: "Trade grew. <thi"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, again := llm.Visible([]string{tt.text}, tt.open)
			if got != tt.want {
				t.Errorf("Visible(%q) = %q, want %q", tt.text, got, tt.want)
			}
			letters, taken := llm.Visible(strings.Split(tt.text, ""), tt.open)
			if letters != tt.want || taken != tt.again {
				t.Errorf("by letters Visible(%q) = %q, taken back: %v, want %q, %v", tt.text, letters, taken, tt.want, tt.again)
			}
			if again {
				t.Errorf("Visible(%q) took back what was never handed on", tt.text)
			}
		})
	}
}

// FuzzThink states that the visible text does not depend on where the text is cut.
func FuzzThink(f *testing.F) {
	f.Add("<think>a</think> b", "\x01\x02", false)
	f.Add("a</think><think>b</think>\u3000c<", "\x03", true)
	f.Add("x<thinking>y</thinking>z</reasoning>w", "\x01\x01\x05", false)
	f.Fuzz(func(t *testing.T, text, cuts string, open bool) {
		text = strings.ToValidUTF8(text, "�") // what comes out of JSON is valid
		whole, _ := llm.Visible([]string{text}, open)
		pieces := cut(text, cuts)
		if got, _ := llm.Visible(pieces, open); got != whole {
			t.Errorf("Visible(%q) = %q, but uncut %q", pieces, got, whole)
		}
		for _, tag := range []string{"<think>", "</think>"} {
			if strings.Contains(whole, tag) {
				t.Errorf("Visible(%q) = %q has a tag in it", text, whole)
			}
		}
		if len(whole) > len(text) {
			t.Errorf("Visible(%q) = %q is more than there was", text, whole)
		}
	})
}

// cut cuts a text into pieces of as many characters as the bytes of cuts say, over and over.
func cut(text, cuts string) []string {
	letters := []rune(text)
	var out []string
	for i := 0; len(letters) > 0; i++ {
		n := 1
		if cuts != "" {
			n = int(cuts[i%len(cuts)])%9 + 1
		}
		n = min(n, len(letters))
		out = append(out, string(letters[:n]))
		letters = letters[n:]
	}
	return out
}
