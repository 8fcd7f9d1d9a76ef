package knowledge_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"

	"amur/internal/text"
	"amur/knowledge"
)

func TestGlossary(t *testing.T) {
	t.Parallel()
	terms, err := knowledge.Glossary()
	if err != nil {
		t.Fatal(err)
	}
	if len(terms) != 91 {
		t.Errorf("%d terms, want 91", len(terms))
	}
	inScript := func(s string, script *unicode.RangeTable) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(script, r) })
	}
	for _, term := range terms {
		for lang, script := range map[text.Lang]*unicode.RangeTable{text.EN: unicode.Latin, text.RU: unicode.Cyrillic, text.ZH: unicode.Han} {
			names := term.Names(lang)
			if name := names[0]; !inScript(name, script) && name != "S-400" {
				t.Errorf("%s: main form in %s is %q, not in the letters of that language", term.ID, lang, name)
			}
		}
		var zh text.Converter
		for _, r := range strings.Join(term.ZH, "") { // one by one: whole names have another form in Taiwan, and may stand here in it
			if got := zh.ToSimplified(string(r)); got != string(r) {
				t.Errorf("%s: %c is no simplified character, but %s", term.ID, r, got)
			}
		}
		if u, err := url.Parse(term.Source.URL); err != nil || u.Host == "" {
			t.Errorf("%s: url %q", term.ID, term.Source.URL)
		}
	}
}

func TestTermIsName(t *testing.T) {
	t.Parallel()
	terms, err := knowledge.Glossary()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"Shanghai Five": true, "S-400": true, "secondary sanctions": false, "Sino-Soviet split": false}
	for _, term := range terms {
		if w, ok := want[term.EN[0]]; ok {
			delete(want, term.EN[0])
			if got := term.IsName(); got != w {
				t.Errorf("IsName of %q = %v, want %v", term.EN[0], got, w)
			}
		}
	}
	for name := range want {
		t.Errorf("no term %q", name)
	}
}

func TestParseGlossary(t *testing.T) {
	t.Parallel()
	const (
		good = "- {id: a, category: place, en: [Ahe], ru: [Ахэ], zh: [阿河], source: {publisher: P, url: 'https://example.org'}}\n"
		also = "- {id: b, category: place, en: [Behe], ru: [Бэхэ], zh: [贝河], source: {publisher: P, url: 'https://example.org'}}\n"
	)
	tests := []struct{ name, yaml, want string }{
		{"good", good + also, ""},
		{"unknown key", strings.Replace(good, "category", "kind", 1), "unknown field"},
		{"no id", strings.Replace(good, "id: a", "id: ''", 1), "as an id write"},
		{"no category", strings.Replace(good, "place", "''", 1), "no category"},
		{"a language lacks", strings.Replace(good, "[阿河]", "[]", 1), "in en, ru and zh"},
		{"no source", strings.Replace(good, "publisher: P, ", "", 1), "publisher and url"},
		{"blank name", strings.Replace(good, "[Ahe]", "[' Ahe']", 1), "without white space"},
		{"id twice", good + strings.Replace(also, "id: b", "id: a", 1), "stands twice"},
		{"shared name", good + strings.Replace(also, "[Behe]", "[Behe, aHE]", 1), `a name of "a" too`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			terms, err := knowledge.ParseGlossary([]byte(tt.yaml))
			if tt.want == "" {
				if err != nil || len(terms) != 2 {
					t.Errorf("ParseGlossary = %d terms, %v, want 2 terms", len(terms), err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || terms != nil {
				t.Errorf("ParseGlossary = %v, %v, want the error %q", terms, err, tt.want)
			}
		})
	}
}
