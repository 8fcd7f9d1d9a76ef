package verify_test

import (
	"testing"

	"amur/internal/text"
	"amur/rag/verify"
)

func BenchmarkNewNames(b *testing.B) {
	for b.Loop() {
		if _, err := verify.NewNames(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindNames(b *testing.B) {
	names := newNames(b)
	for name, s := range map[string]string{
		"en":      "As of 2024, four countries have officially joined the BRICS as new members: the United Arab Emirates, Iran, Ethiopia and Egypt.",
		"ru":      "В июле 2023 года китайские и российские военные корабли провели учения в Японском море, сообщил Совет по международным отношениям.",
		"zh":      "外交关系协会2024年写道，自2017年首届论坛以来，普京出席了每一届“一带一路”国际合作高峰论坛。",
		"zh-Hant": "外交關係協會2024年寫道，自2017年首屆論壇以來，普丁出席了每一屆「一帶一路」國際合作高峰論壇。",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				names.Find(s, text.EN)
			}
		})
	}
}

func BenchmarkMissingName(b *testing.B) {
	names := newNames(b)
	for b.Loop() {
		names.Missing("A deal was signed by Ivan Kowalski of Gazprom in Beijing.", "Иван Ковальский из «Газпрома» подписал договор в Пекине.")
	}
}
