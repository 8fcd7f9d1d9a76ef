package bot_test

import (
	"testing"

	"amur/bot"
	"amur/bot/phrase"
)

// BenchmarkSuggest measures what a key pressed in the question costs.
func BenchmarkSuggest(b *testing.B) {
	r, err := bot.NewRenderer(opened(b).edition, bot.Links{})
	if err != nil {
		b.Fatal(err)
	}
	for _, tt := range []struct {
		name, typed string
		locale      phrase.Locale
	}{{"empty", "", phrase.EN}, {"en", "how big is tr", phrase.EN}, {"ru", "какова тор", phrase.RU}, {"zh-TW", "貿易額", phrase.TW}} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.Suggest(b.Context(), tt.locale, tt.typed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
