package rag_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/rag"
)

func TestFrame(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer text.Lang
		quotes []text.Lang
		want   string
	}{
		{"nothing quoted", text.EN, nil, ""},
		{"the reader's language", text.EN, []text.Lang{text.EN, text.EN}, ""},
		{"another language", text.EN, []text.Lang{text.RU}, "The documents say, in Russian:"},
		{"traditional characters made of simplified", text.ZHHant, []text.Lang{text.ZH}, "（資料原文為簡體字，以下由程式轉為繁體。）"},
		{"traditional characters read as simplified", text.ZH, []text.Lang{text.ZHHant}, ""},
		{"some of it in the reader's language", text.EN, []text.Lang{text.EN, text.RU}, ""},
		{"some of it in the reader's language, later", text.EN, []text.Lang{text.RU, text.EN}, ""},
		{"a language without a name", text.EN, []text.Lang{"xx"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := rag.Answer{AnswerLanguage: tt.answer}
			for _, lang := range tt.quotes {
				a.Citations = append(a.Citations, rag.Citation{Lang: lang})
			}
			if got := a.Frame(); got != tt.want {
				t.Errorf("Frame() = %q, want %q", got, tt.want)
			}
		})
	}
}

// testFrames asks plain questions that the documents answer in the languages of questions.
func (b *builtin) testFrames(t *testing.T) {
	tests := []struct {
		name     string
		answerer *rag.Answerer
		question string
		answer   text.Lang // language of the answer
		quotes   text.Lang
		frame    string
	}{
		{"english", b.whole, "How big is trade between China and Russia?", text.EN, text.EN, ""},
		{"russian", b.whole, "Каков объём торговли между Китаем и Россией?", text.RU, text.RU, ""},
		{"chinese", b.whole, "中国和俄罗斯的贸易额有多大？", text.ZH, text.ZH, ""},
		{"ukrainian", b.whole, "Який обсяг торгівлі між Китаєм і Росією?", text.UK, text.EN, "У документах, цитати мовою оригіналу (англійська):"},
		{"traditional chinese", b.whole, "中國和俄羅斯的貿易額有多大？", text.ZHHant, text.ZH, "（資料原文為簡體字，以下由程式轉為繁體。）"},
		{"traditional chinese, english documents", b.english, "中國和俄羅斯的貿易額有多大？", text.ZHHant, text.EN, "資料原文（英文）："},
		{"russian, english documents", b.english, "Каков объём торговли между Китаем и Россией?", text.RU, text.EN, "В документах, цитаты на языке оригинала (английский):"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, tt.answerer, rag.Question{Text: tt.question})
			if a.Outcome != rag.Answered {
				t.Fatalf("%q: %s: %s", tt.question, a.Outcome, a.Text)
			}
			if a.AnswerLanguage != tt.answer || a.Frame() != tt.frame || !strings.HasPrefix(a.Text, tt.frame) {
				t.Errorf("%q: answered in %s with the frame %q, want %s, %q", tt.question, a.AnswerLanguage, a.Frame(), tt.answer, tt.frame)
			}
			for _, c := range a.Citations {
				if c.Lang != tt.quotes {
					t.Errorf("%q: %s is quoted, want quotations in %s", tt.question, c.Passage, tt.quotes)
				}
			}
		})
	}
}

// testFollowUps holds that a short question leans on what was asked before, and is still the question.
func (b *builtin) testFollowUps(t *testing.T) {
	before := []rag.Turn{{Role: "user", Text: "How big is trade between China and Russia?"}, {Role: "assistant", Text: "It was large."}}
	follow := ask(t, b.whole, rag.Question{Text: "and in 2022?", History: before})
	if len(follow.Retrieved) == 0 || follow.Retrieved[0].Document != "trade" {
		t.Errorf("a follow-up about trade finds %+v first", follow.Retrieved[:min(1, len(follow.Retrieved))])
	}
	if follow.Question != "and in 2022?" {
		t.Errorf("the answer is to %q", follow.Question)
	}
}

// testSnapshot holds that an index that was written and read answers as before.
func (b *builtin) testSnapshot(t *testing.T) {
	data := encodeSnapshot(t, b.index)
	index, err := rag.ReadSnapshot(t.Context(), data, b.base, b.model.Model())
	if err != nil {
		t.Fatal(err)
	}
	read := answerer(t, index, b.model)
	for i := 0; i < len(b.questions); i += 20 {
		q := b.questions[i]
		if diff := cmp.Diff(ask(t, b.whole, q.ask()), ask(t, read, q.ask())); diff != "" {
			t.Errorf("%s %q (-built +read):\n%s", q.ID, q.Question, diff)
		}
	}
	if index.Len() != len(b.base.Passages()) {
		t.Errorf("%d passages, want %d", index.Len(), len(b.base.Passages()))
	}
}

// testTypos swaps two letters in the longest word of a question: the passage that came first stays among the first three.
func (b *builtin) testTypos(t *testing.T) {
	questions := []string{"How big is trade between China and Russia?", "Are China and Russia allies?", "Каков объём торговли между Китаем и Россией?"}
	for _, q := range questions {
		words := strings.Fields(q)
		longest := 0
		for i, w := range words {
			if len(w) > len(words[longest]) {
				longest = i
			}
		}
		letters := []rune(words[longest])
		letters[2], letters[3] = letters[3], letters[2]
		words[longest] = string(letters)
		typo := strings.Join(words, " ")
		right, wrong := ask(t, b.whole, rag.Question{Text: q}), ask(t, b.whole, rag.Question{Text: typo})
		found := false
		for _, r := range wrong.Retrieved[:min(3, len(wrong.Retrieved))] {
			found = found || r.Section == right.Retrieved[0].Section
		}
		if !found {
			t.Errorf("%q: %s is not found any more", typo, right.Retrieved[0].Section)
		}
	}
}
