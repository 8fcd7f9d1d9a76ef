package verify_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"amur/internal/text"
	"amur/rag/verify"
)

// longest remembers the length of the last text that was embedded.
type longest struct {
	letters
	last atomic.Int64
}

func (l *longest) EmbedPassageStates(ctx context.Context, texts []string) ([][][]float32, error) {
	l.last.Store(int64(len(texts[len(texts)-1])))
	return l.letters.EmbedPassageStates(ctx, texts)
}

// TestExcerpt: of a long claim about one sentence only what is new is embedded; across languages all of it is.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	passage := strings.TrimSuffix(strings.Repeat("the harbour handled cargo from distant coasts and ", 4), " and ") + "."
	claim := strings.Replace(passage, "cargo", "freight", 1)
	for _, tt := range []struct {
		name  string
		lang  text.Lang
		whole bool
	}{{"one language", text.EN, false}, {"across", text.RU, true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := &longest{}
			c := checkerWith(t, e)
			evidence := []verify.Evidence{{Text: passage, Lang: tt.lang}}
			for range 2 { // the first also embeds ordinary sentences
				if _, err := c.Check(t.Context(), verify.Claim{Text: claim, Lang: text.EN}, evidence); err != nil {
					t.Fatal(err)
				}
			}
			if got := e.last.Load() == int64(len(claim)); got != tt.whole {
				t.Errorf("embedded %d of %d bytes", e.last.Load(), len(claim))
			}
		})
	}
}
