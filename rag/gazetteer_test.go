package rag_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"amur/rag"
)

func TestCountries(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"English", "How much do China and Russia trade?", "CN RU"},
		{"adjectives", "the Russian-Chinese border and Mongolian gas", "CN MN RU"},
		{"the pronoun", "did they tell us", ""},
		{"the country", "what does the US say", "US"},
		{"Russian", "между Китаем и Вьетнамом", "CN VN"},
		{"Ukrainian", "кордон Китаю з Індією", "CN IN"},
		{"Chinese", "中国和印度的边界", "CN IN"},
		{"Chinese abbreviations", "中俄贸易和日韩关系", "CN JP KR RU"},
		{"one letter alone is no country", "最中间的那个", ""},
		{"Belarus is not Russia", "白俄罗斯", "BY"},
		{"towards China", "美国对华政策", "CN US"},
		{"none", "the price of bread", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found, err := rag.Countries(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(slices.Sorted(maps.Keys(found)), " "); got != tt.want {
				t.Errorf("countries of %q = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestBrevity(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"tl;dr of the document please", "whole"},
		{"Give me an overview", "whole"},
		{"总结一下全文", "whole"},
		{"перескажи статью вкратце", "whole"},
		{"перекажи текст стисло", "whole"},
		{"Summarize the energy ties", "section"},
		{"кратко: сколько они торгуют?", "no"},
		{"How long is the border?", "no"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := rag.Brevity(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("brevity of %q = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}
