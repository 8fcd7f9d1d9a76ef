package gazetteer_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"amur/rag/gazetteer"
)

func TestFind(t *testing.T) {
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
			g, err := gazetteer.New()
			if err != nil {
				t.Fatal(err)
			}
			found := g.Find(strings.ToLower(tt.text), tt.text)
			if got := strings.Join(slices.Sorted(maps.Keys(found)), " "); got != tt.want {
				t.Errorf("countries of %q = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"a whole word", "russian-chinese trade", "RU:russian CN:chinese"},
		{"the longest name", "south sudan and sudan", "SS:south sudan SD:sudan"},
		{"Chinese beside Latin", "us对华和中俄", "US:us CN:华 CN:中 RU:俄"},
		{"letters once each", "中俄蒙", "CN:中 RU:俄 MN:蒙"},
		{"a letter of another word", "中俄日益 俄法律 跨越俄中边界", "CN:中 RU:俄 RU:俄 RU:俄 CN:中"},
		{"Ukrainian relations are not Vienna", "відносини, відновлення; у відні", "AT:відні"},
		{"no text", "", ""},
		{"not UTF-8", "\xffrussia\xff", "RU:russia"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, err := gazetteer.New()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range g.Mentions(tt.text) {
				got = append(got, m.Country+":"+m.In(tt.text))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("mentions in %q = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
