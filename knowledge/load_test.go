package knowledge_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"amur/knowledge"
)

// TestLoadRefuses puts one fault into a sound folder: the error names file, line and what to do.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, from, to, want string }{
		{"no front matter", "---\nid", "id", `1: no front matter: begin the file with a line "---", the keys id, lang, title, updated, sources, and a line "---"`},
		{"front matter without end", "\n---\n## V", "\n## V", `1: no front matter: begin the file with a line "---", the keys id, lang, title, updated, sources, and a line "---"`},
		{"unknown key", "title: Trade", "titel: Trade", `4: front matter: unknown field "titel"; the keys are id, lang, title, updated, licence, sources`},
		{"unknown key of a source", "gacc: {title", "gacc: {name: x, title", `8: front matter: unknown field "name"; the keys are id, lang, title, updated, licence, sources`},
		{"broken YAML", "lang: en", "lang: [en", `4: front matter: ',' or ']' must be specified; the keys are id, lang, title, updated, licence, sources`},
		{"no lang", "lang: en\n", "", `1: lang "": write one of [en ru zh uk zh-Hant other]`},
		{"not a day", "2026-11-23", "2026-11", `5: updated "2026-11": write the day as YYYY-MM-DD`},
		{"no publisher", "publisher: Customs, ", "", `8: source "gacc" has no publisher: add publisher:`},
		{"no source title", "title: Statistics", "title: ''", `8: source "gacc" has no title: add title:`},
		{"archive", "kind: government", "archived: web", `8: source "gacc": archived "web" is no web address: write https://… or leave it out`},
		{"control character", "Trade rose", "Trade\x07 rose", `14: not plain UTF-8 text: save the file as UTF-8 and take out control characters`},
		{"not UTF-8", "Trade rose", "Trade \xd2 rose", `14: not plain UTF-8 text: save the file as UTF-8 and take out control characters`},
		{"sentence without footnote", "2022.[^gacc]\nThe", "2022.[^gacc]\n\nTrade fell.\n\nThe", `16: a sentence without a footnote: end it with [^name] and define that at the end of the file`},
		{"footnote before the full stop", "2022.[^gacc]", "2022[^gacc].", `14: a footnote marker "gacc" inside a sentence: put it behind the full stop`},
		{"footnote before any sentence", "\n\nTrade rose", "\n\n[^cfr] Trade rose", `14: footnote marker "cfr" stands before any sentence: put it behind the full stop`},
		{"footnote not closed", "2022.[^gacc]", "2022.[^gacc", `14: a footnote marker is not closed: write [^name]`},
		{"undefined footnote", "2022.[^gacc]", "2022.[^tass]", `14: footnote "tass" is not defined: add a line "[^tass]: source-key § Heading"`},
		{"unused footnote", "[^gacc]: gacc", "[^gacc]: gacc\n[^tass]: gacc", `19: footnote "tass" is used nowhere: put "[^tass]" behind the sentence that rests on it, or take it out`},
		{"footnote defined twice", "[^gacc]: gacc", "[^gacc]: gacc\n[^gacc]: gacc", `19: footnote "gacc" is defined already in line 18: give it another name`},
		{"unknown source", "[^gacc]: gacc", "[^gacc]: tass § News", `18: footnote "gacc" names the unknown source "tass": add it to the front matter`},
		{"heading without id", "## Volume {#volume}", "## Volume", `10: heading "## Volume": write it as ## Heading {#id}`},
		{"deeper heading", "## Volume", "### Volume", `10: heading "### Volume {#volume}": write it as ## Heading {#id}`},
		{"section twice", "\n\nTrade rose", "\n\n## Volume {#volume}\nTrade rose", `14: section id "volume" stands already in line 10: give it another`},
		{"empty section", "\n\nTrade rose", "\n\n## Empty {#empty}\n## More {#more}\nTrade rose", `14: section "Empty" is empty: write its sentences or take it out`},
		{"link to a page", "(#volume)", "(https://example.org)", `15: link to "https://example.org": link to a section, [words](document#section); outside pages are cited by a footnote`},
		{"wrong id", "id: trade", "id: commerce", `1: id is "commerce": name the file after its id or write id: trade`},
		{"wrong folder", "lang: en", "lang: uk", `1: lang is "uk": move the file to docs/uk or write lang: en`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base, err := knowledge.Load(changed(t, "docs/en/trade.md", tt.from, tt.to))
			if err == nil || base != nil {
				t.Fatalf("Load = %v, %v, want an error", base, err)
			}
			got := err.Error()
			if want := "docs/en/trade.md:" + tt.want; !strings.Contains(got+"\n", want+"\n") {
				t.Errorf("Load:\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestLoadReportsAll(t *testing.T) {
	t.Parallel()
	fsys := changed(t, "docs/en/trade.md", "2022.[^gacc]", "2022.[^x]")
	fsys["docs/zh/trade.md"].Data = []byte(strings.ReplaceAll(string(fsys["docs/zh/trade.md"].Data), "## Volume", "# Volume"))
	_, err := knowledge.Load(fsys)
	if err == nil {
		t.Fatal("Load accepts two broken files")
	}
	want := []string{
		`docs/en/trade.md:14: footnote "x" is not defined: add a line "[^x]: source-key § Heading"`,
		`docs/zh/trade.md:10: heading "# Volume {#volume}": write it as ## Heading {#id}`,
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestLoadNothing(t *testing.T) {
	t.Parallel()
	base, err := knowledge.Load(fstest.MapFS{"docs/uk/trade.md": document("trade", "uk", "")})
	if err == nil || base != nil || err.Error() != "no documents: put them into docs/en, docs/ru and docs/zh as files ending in .md" {
		t.Errorf("Load of an empty folder = %v, %v", base, err)
	}
}
