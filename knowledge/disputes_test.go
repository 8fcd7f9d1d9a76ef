package knowledge_test

import (
	"strings"
	"testing"

	"amur/internal/text"
	"amur/knowledge"
)

func TestBuiltinDisputes(t *testing.T) {
	t.Parallel()
	base := builtin(t)
	disputes, err := knowledge.BuiltinDisputes(base)
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[string]bool{}
	for _, p := range base.Passages() {
		hashes[p.Hash] = true
	}
	for _, d := range disputes {
		for _, lang := range []text.Lang{text.RU, text.UK, text.ZH} {
			if d.Note(lang) == d.Note(text.EN) {
				t.Errorf("dispute %s has no note in %s", d.ID, lang)
			}
		}
		seen := map[string]bool{}
		for _, side := range d.Sides {
			for _, h := range side.Hashes {
				if !hashes[h] || seen[h] {
					t.Errorf("dispute %s: passage %s is unknown or on two sides", d.ID, h)
				}
				seen[h] = true
			}
		}
	}
}

func TestReadDisputesRefuses(t *testing.T) {
	t.Parallel()
	const whole = "- id: a\n  sides: [[trade#volume.1], [trade#volume.2]]\n  note: {en: They differ.}\n"
	tests := []struct{ name, old, new, want string }{
		{"no id", "id: a", `id: ""`, "an id of its own"},
		{"one side", ", [trade#volume.2]", "", "at least two sides"},
		{"an empty side", "[trade#volume.2]", "[]", "no passage"},
		{"an unknown passage", "volume.2", "volume.99", "trade#volume.99@en"},
		{"no English note", "en:", "ru:", "in English"},
		{"an unknown key", "note:", "notes:", "notes"},
	}
	base := builtin(t)
	if _, err := knowledge.ReadDisputes([]byte(whole), base); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := knowledge.ReadDisputes([]byte(strings.Replace(whole, tt.old, tt.new, 1)), base)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadDisputes() = %v, want an error about %q", err, tt.want)
			}
		})
	}
	if _, err := knowledge.ReadDisputes([]byte(whole+whole), base); err == nil {
		t.Error("the same id twice is no error")
	}
}
