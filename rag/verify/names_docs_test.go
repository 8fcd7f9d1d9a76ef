package verify_test

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"amur/internal/text"
	"amur/knowledge"
	"amur/rag/verify"
)

// aligned gives the sentences of the built-in documents, each in all languages.
func aligned(t *testing.T) []map[text.Lang]string {
	t.Helper()
	base, err := knowledge.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		section knowledge.SectionID
		at      int
	}
	told := map[place]map[text.Lang]string{}
	for _, d := range base.Documents() {
		for _, s := range d.Sections {
			for i, sentence := range s.Sentences {
				if told[place{s.ID, i}] == nil {
					told[place{s.ID, i}] = map[text.Lang]string{}
				}
				told[place{s.ID, i}][d.Lang] = sentence.In(s.Text)
			}
		}
	}
	places := slices.SortedFunc(maps.Keys(told), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.section, b.section), cmp.Compare(a.at, b.at))
	})
	var out []map[text.Lang]string
	for _, p := range places {
		out = append(out, told[p])
	}
	return out
}

// TestNamesOfTranslations holds that a sentence has the names of its translation.
func TestNamesOfTranslations(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	alarms, pairs := 0, 0
	for _, told := range aligned(t) {
		for lang, claim := range told {
			for other, evidence := range told {
				if lang == other {
					continue
				}
				pairs++
				if missing := names.Missing(claim, evidence); missing != "" {
					alarms++
					t.Logf("%q of %q is missing in %q", missing, claim, evidence)
				}
			}
		}
	}
	const most = 0.01
	if rate := float64(alarms) / float64(pairs); pairs == 0 || rate > most {
		t.Errorf("%d of %d translations lack a name, want at most 1 %%", alarms, pairs)
	}
}

// TestSwappedNames holds that a name that took the place of another is seen, in the same language and in others.
func TestSwappedNames(t *testing.T) {
	t.Parallel()
	names := newNames(t)
	swaps := map[text.Lang][][]string{ // of one kind each; the forms that end like the words they replace come first
		text.EN: {{"Putin", "Medvedev", "Zelensky", "Modi"}, {"China", "Mongolia", "Vietnam", "Kazakhstan"}, {"SCO", "ASEAN", "NATO", "CSTO"}, {"CFR", "CSIS", "RAND"}},
		text.RU: {{"Путин", "Медведев", "Зеленский", "Моди"}, {"Китай", "Монголия", "Вьетнам", "Казахстан"}, {"ШОС", "АСЕАН", "НАТО", "ОДКБ"}, {"CFR", "CSIS", "RAND"}},
		text.ZH: {{"普京", "梅德韦杰夫", "泽连斯基", "莫迪"}, {"中国", "蒙古", "越南", "哈萨克斯坦"}, {"上合组织", "东盟", "北约", "集安组织"}, {"CFR", "CSIS", "兰德公司"}},
	}
	random := rand.New(rand.NewPCG(1, 2))
	caught, made := 0, 0
	for _, told := range aligned(t) {
		for _, lang := range []text.Lang{text.EN, text.RU, text.ZH} {
			claim := told[lang]
			for _, kind := range swaps[lang] {
				at := slices.IndexFunc(names.Find(claim, lang), func(m verify.Named) bool { return keyOf(names, kind[0]) == m.Key })
				if at < 0 {
					continue
				}
				m := names.Find(claim, lang)[at]
				other := kind[1+random.IntN(len(kind)-1)]
				for evidenceLang, evidence := range told {
					if slices.ContainsFunc(names.Find(evidence, evidenceLang), func(m verify.Named) bool { return m.Key == keyOf(names, other) }) {
						continue
					}
					made++
					if names.Missing(claim[:m.Start]+other+claim[m.End:], evidence) != "" {
						caught++
					} else {
						t.Logf("%q for %q of %q is not missing in %q", other, m.In(claim), claim, evidence)
					}
				}
			}
		}
	}
	const least = 0.98
	if rate := float64(caught) / float64(made); made == 0 || rate < least {
		t.Errorf("%d of %d swapped names are seen, want at least 98 %%", caught, made)
	}
}

func keyOf(names *verify.Names, s string) string {
	return names.Find(s, text.Detect(s, ""))[0].Key
}
