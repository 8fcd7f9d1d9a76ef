package phrase_test

import (
	"testing"

	"amur/bot/phrase"
)

func TestSay(t *testing.T) {
	t.Parallel()
	book, err := phrase.Read()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		locale phrase.Locale
		key    string
		fill   []phrase.Fill
		want   string
	}{
		{"no such phrase", phrase.EN, "no.such", nil, "no.such"},
		{"markup", phrase.EN, "cooldown", []phrase.Fill{phrase.Markup("when", "<t:1:R>")}, "One question at a time. You can ask again <t:1:R>."},
		{"foreign text", phrase.EN, "cooldown", []phrase.Fill{phrase.Text("when", "@everyone")}, `One question at a time. You can ask again \@everyone.`},
		{"a gap that nothing fills", phrase.EN, "cooldown", nil, "One question at a time. You can ask again {when}."},
		{"a command", phrase.RU, "lapsed", nil, "Срок действия этой кнопки истёк. Спросите ещё раз: /спросить."},
		{"a number", phrase.EN, "queued", []phrase.Fill{phrase.Count("place", 3)}, "Many questions at once: yours is number 3. The answer comes here."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := book.Say(tt.locale, tt.key, tt.fill...); got != tt.want {
				t.Errorf("Say(%s, %q) = %q, want %q", tt.locale, tt.key, got, tt.want)
			}
		})
	}
}
