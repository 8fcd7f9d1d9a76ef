package rag_test

import (
	"strings"
	"testing"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag"
)

// TestExamples holds that small talk shows questions of the documents, in the characters of the asker.
func TestExamples(t *testing.T) {
	t.Parallel()
	section := knowledge.NewSection("trade", "volume", "贸易", text.ZH, []string{"贸易额很大。"}, nil)
	section.Asks = []string{"中国和俄罗斯的贸易额是多少？"}
	base, err := knowledge.New([]knowledge.Document{{ID: "trade", Lang: text.ZH, Title: "贸易", Sections: []knowledge.Section{section}}})
	if err != nil {
		t.Fatal(err)
	}
	e := newWordEmbedder()
	a := answerer(t, build(t, base, e, nil), e)
	tests := []struct{ name, message, want string }{
		{"simplified", "谢谢", "中国和俄罗斯的贸易额是多少？"},
		{"traditional", "謝謝", "中國和俄羅斯的貿易額是多少？"},
		{"another language", "hi", "中国和俄罗斯的贸易额是多少？"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, a, rag.Question{Text: tt.message})
			if got.Outcome != rag.Smalltalk || !strings.HasSuffix(got.Text, tt.want) {
				t.Errorf("%q gets %s: %q, want %q at the end", tt.message, got.Outcome, got.Text, tt.want)
			}
		})
	}
}
