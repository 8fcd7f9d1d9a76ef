package rag_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"amur/internal/text"
	"amur/rag"
)

// TestConversationLanguage holds that a message without words is taken in the language of the conversation, however many
// such messages came before it.
func TestConversationLanguage(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	a := answerer(t, build(t, harbour(t), e, nil), e)
	user := func(s string) rag.Turn { return rag.Turn{Role: "user", Text: s} }
	assistant := func(s string) rag.Turn { return rag.Turn{Role: "assistant", Text: s} }
	tests := []struct {
		name    string
		history []rag.Turn
		caller  text.Lang
		want    text.Lang
	}{
		{"nothing before", nil, text.ZH, text.ZH},
		{"a message with words", []rag.Turn{user("Сколько кранов в гавани?")}, text.ZH, text.RU},
		{"words, then numbers", []rag.Turn{user("Сколько кранов в гавани?"), assistant("Twelve."), user("1998?")}, text.ZH, text.RU},
		{"the newest words", []rag.Turn{user("Сколько кранов в гавани?"), user("How many cranes are there?"), user("1998?")}, text.ZH, text.EN},
		{"the bot's words do not count", []rag.Turn{user("1998?"), assistant("Двенадцать кранов.")}, text.ZH, text.ZH},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := ask(t, a, rag.Question{Text: "2001?", History: tt.history, Lang: tt.caller}).Language; got != tt.want {
				t.Errorf("2001? is taken for %s, want %s", got, tt.want)
			}
		})
	}
}

// TestLongHistory holds that earlier messages are read as far as a question is, not whole.
func TestLongHistory(t *testing.T) {
	t.Parallel()
	e := newWordEmbedder()
	a := answerer(t, build(t, harbour(t), e, nil), e)
	longest := 0
	e.same = func(s string) (string, bool) {
		longest = max(longest, utf8.RuneCountInString(s))
		return "", false
	}
	long := rag.Turn{Role: "user", Text: strings.Repeat("Which cranes are blue? ", 10_000)}
	ask(t, a, rag.Question{Text: "and the ferry?", History: []rag.Turn{long, long, long}})
	if most := 3 * 4001; longest > most {
		t.Errorf("a follow-up of %d letters is embedded, want %d at the most", longest, most)
	}
}
