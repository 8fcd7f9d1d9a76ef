package verify_test

import (
	"testing"

	"amur/internal/encoder"
	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/verify"
)

// BenchmarkCheck measures claims against passages that were taken apart before: sentences of the documents shifted by one word,
// so that no shortcut answers, and the same sentence in another language.
func BenchmarkCheck(b *testing.B) {
	base, err := knowledge.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	var passages [2][]knowledge.Passage
	for _, p := range base.Passages() {
		switch p.Lang {
		case text.EN:
			passages[0] = append(passages[0], p)
		case text.RU:
			passages[1] = append(passages[1], p)
		}
	}
	const few = 40
	for _, bm := range []struct {
		name            string
		claims, sources []knowledge.Passage
	}{
		{"same-language", passages[0][:few], passages[0][:few]},
		{"across-languages", passages[1][:few], passages[0][:few]},
	} {
		for _, with := range []bool{true, false} {
			name, c := bm.name+"/encoder", newChecker(b)
			if !with {
				name, c = bm.name+"/rules", checkerWith(b, nil)
			}
			b.Run(name, func(b *testing.B) {
				n := 0
				check := func() {
					i := n % few
					n++
					claim := verify.Claim{Text: "As is known, " + bm.claims[i].Text, Lang: bm.claims[i].Lang}
					evidence := []verify.Evidence{{Text: bm.sources[i].Text, Lang: bm.sources[i].Lang, Heading: bm.sources[i].Heading}}
					if _, err := c.Check(b.Context(), claim, evidence); err != nil {
						b.Fatal(err)
					}
				}
				for range few {
					check()
				}
				for b.Loop() {
					check()
				}
			})
		}
	}
	b.Run("embedding", func(b *testing.B) {
		e, err := encoder.Builtin()
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for b.Loop() {
			if _, err := e.EmbedQueries(b.Context(), []string{"As is known, " + passages[0][n%few].Text}); err != nil {
				b.Fatal(err)
			}
			n++
		}
	})
}
