package knowledge_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"amur/knowledge"
)

// BenchmarkBuiltin is what every start of amur pays before the first question.
func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		base, err := knowledge.Builtin()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(base.Passages())), "passages")
	}
}

// BenchmarkLoad reads 42 documents of 3,000 sentences in all, each dated, with 20 sources a document.
func BenchmarkLoad(b *testing.B) {
	fsys := fstest.MapFS{}
	for _, lang := range []string{"en", "ru", "zh"} {
		for n := range 14 {
			id := fmt.Sprintf("d%d", n)
			var s strings.Builder
			fmt.Fprintf(&s, "---\nid: %s\nlang: %s\ntitle: T\nupdated: 2026-11-23\nsources:\n", id, lang)
			for k := range 20 {
				fmt.Fprintf(&s, "  s-%d:\n    title: A report of a council\n    publisher: A council\n    url: https://example.org/%d\n    published: 2024\n    kind: research\n", k, k)
			}
			s.WriteString("---\n")
			for k := range 72 {
				if k%6 == 0 {
					fmt.Fprintf(&s, "\n## Heading %d {#h-%d}\n\n", k, k)
				}
				line := map[string]string{
					"en": "In October %d trade between China and Russia came to $%d.5 billion, by customs data.[^s%d]\n",
					"ru": "В октябре %d года торговля между Китаем и Россией составила %d,5 млрд долл., сообщила таможня.[^s%d]\n",
					"zh": "%d年10月，据海关数据，中国和俄罗斯之间的贸易额达到%d亿美元。[^s%d]\n",
				}[lang]
				fmt.Fprintf(&s, line, 1960+k%60, k+13, k%20)
			}
			for k := range 20 {
				fmt.Fprintf(&s, "\n[^s%d]: s-%d § Heading\n", k, k)
			}
			fsys[fmt.Sprintf("docs/%s/%s.md", lang, id)] = &fstest.MapFile{Data: []byte(s.String())}
		}
	}
	for b.Loop() {
		base, err := knowledge.Load(fsys)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(base.Passages())), "passages")
	}
}
