package knowledge_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/knowledge"
)

// document writes a document in the built-in form around its body; sentences may rest on cfr and gacc.
func document(id, lang, body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`---
id: ` + id + `
lang: ` + lang + `
title: Trade
updated: 2026-11-23
sources:
  cfr-2024: {title: A report on ties, publisher: A council, url: https://example.org/r, published: 2024, kind: research}
  gacc: {title: Statistics, publisher: Customs, url: https://example.org/c, published: 2024-01-12, kind: government}
---
` + body + `
[^cfr]: cfr-2024 § What are their economic ties?
[^gacc]: gacc
`)}
}

// folder is a small folder of documents without fault.
func folder() fstest.MapFS {
	const head = "## Volume {#volume}\n<!-- asks: x? -->\n"
	return fstest.MapFS{
		"docs/en/trade.md": document("trade", "en", head+"Trade reached $240 billion in 2023.[^cfr] Customs of China counted the trade.[^gacc]\n\n"+
			"Trade rose in May 2022.[^gacc]\nThe [volume](#volume) grew again after that.[^cfr][^gacc]\n"),
		"docs/ru/trade.md": document("trade", "ru", head+"В 2023 году торговля достигла 240 млрд долларов.[^cfr] Торговлю посчитала таможня Китая.[^gacc]\n\n"+
			"Торговля выросла в мае 2022 года.[^gacc]\nЗатем объём торговли вырос снова.[^cfr][^gacc]\n"),
		"docs/zh/trade.md": document("trade", "zh", head+"2023年贸易额达到2400亿美元。[^cfr]中国海关统计了贸易额。[^gacc]\n\n"+
			"2022年5月贸易额有所上升。[^gacc]\n随后贸易额再次上升了。[^cfr][^gacc]\n"),
	}
}

func load(t testing.TB, fsys fstest.MapFS) *knowledge.Base {
	t.Helper()
	base, err := knowledge.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func TestBase(t *testing.T) {
	t.Parallel()
	fsys := folder()
	fsys["docs/ru/energy.md"] = document("energy", "ru", "## Нефть {#oil}\nНефть шла в Китай уже в 1998 году.[^gacc]\nНефть шла в Китай всегда и всюду.[^cfr]\n")
	base := load(t, fsys)

	var documents []string
	for _, d := range base.Documents() {
		documents = append(documents, string(d.ID)+"@"+string(d.Lang))
	}
	if diff := cmp.Diff([]string{"energy@ru", "trade@en", "trade@ru", "trade@zh"}, documents); diff != "" {
		t.Errorf("Documents() (-want +got):\n%s", diff)
	}

	passages := base.Passages()
	if len(passages) != 14 || passages[0].ID != "energy#oil.1@ru" || passages[13].ID != "trade#volume.4@zh" {
		t.Errorf("Passages() = %d, first %q, last %q", len(passages), passages[0].ID, passages[len(passages)-1].ID)
	}
	for _, p := range passages {
		section, err := base.Section(p.Section, p.Lang)
		if err != nil {
			t.Fatal(err)
		}
		if section.Text[p.Start:p.End] != p.Text || section.Heading != p.Heading {
			t.Errorf("passage %s does not equal its span", p.ID)
		}
		if found, ok := base.Passage(p.ID); !ok || !cmp.Equal(found, p) {
			t.Errorf("Passage(%q) = %v, %v", p.ID, found, ok)
		}
	}

	third, _ := base.Passage("trade#volume.3@en")
	want := knowledge.Passage{
		ID: "trade#volume.3@en", Document: "trade", Section: "trade#volume", Lang: text.EN, Title: "Trade", Heading: "Volume",
		Text: "Trade rose in May 2022.", Start: 73, End: 96, Paragraph: 1, Hash: third.Hash, AsOf: "2022-05",
		Refs: []knowledge.Ref{{Source: "gacc"}},
	}
	if diff := cmp.Diff(want, third); diff != "" {
		t.Errorf("Passage (-want +got):\n%s", diff)
	}
	if len(third.Hash) != 16 {
		t.Errorf("Hash = %q, want 16 digits", third.Hash)
	}
	if got := base.NewestAsOf(); got != "2024-01-12" {
		t.Errorf("NewestAsOf() = %q, want that of the newest source", got)
	}
	if _, ok := base.Passage("trade#volume.9@en"); ok {
		t.Error("Passage finds what is not there")
	}
	if _, ok := base.Document("trade", text.UK); ok {
		t.Error("Document finds what is not there")
	}
	if d, ok := base.Document("trade", text.ZH); !ok || d.Path != "docs/zh/trade.md" {
		t.Errorf("Document = %v, %v", d.Path, ok)
	}
	if s, err := base.Section("trade#none", text.EN); !errors.Is(err, knowledge.ErrUnknownSection) || s.ID != "" {
		t.Errorf("Section = %v, %v, want ErrUnknownSection", s.ID, err)
	}
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, sentence, want string }{
		{"newest of several", "Trade was 5 in 1998 and more on 3 July 2021, not in 2019.[^gacc]", "2021-07-03"},
		{"a plan is later than the document", "A plan of 2019 names trade for 2035 and December 2026.[^gacc]", "2019"},
		{"the document's own year", "Trade grew by a half in all of 2026.[^gacc]", "2026"},
		{"none: newest source", "Trade went up and down and up.[^cfr][^gacc]", "2024-01-12"},
		{"none: only source", "Trade went up and down and up.[^cfr]", "2024"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base := load(t, fstest.MapFS{"docs/en/a.md": document("a", "en",
				"## A {#a}\n"+tt.sentence+"\n## B {#b}\nSources are used here as well.[^cfr][^gacc]\n")})
			if got := base.Passages()[0].AsOf; got != tt.want {
				t.Errorf("AsOf of %q = %q, want %q", tt.sentence, got, tt.want)
			}
		})
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	first := load(t, folder()).Digest()
	if again := load(t, folder()).Digest(); again != first || len(first) != 64 {
		t.Errorf("Digest() = %q, then %q", first, again)
	}
	for _, change := range []struct{ name, old, new string }{
		{"word", "grew again", "fell again"},
		{"source", "publisher: Customs", "publisher: Custom"},
		{"footnote", "counted the trade.[^gacc]", "counted the trade.[^cfr]"},
		{"heading", "## Volume", "## Volumes"},
		{"question", "asks: x?", "asks: y?"},
		{"paragraph", "\n\nTrade rose", "\nTrade rose"},
	} {
		if got := load(t, changed(t, "docs/en/trade.md", change.old, change.new)).Digest(); got == first {
			t.Errorf("Digest() does not see a changed %s", change.name)
		}
	}
}

// changed is the folder with one change in one file.
func changed(t testing.TB, file, from, to string) fstest.MapFS {
	t.Helper()
	fsys := folder()
	before := string(fsys[file].Data)
	if !strings.Contains(before, from) {
		t.Fatalf("%s does not contain %q", file, from)
	}
	fsys[file].Data = []byte(strings.Replace(before, from, to, 1))
	return fsys
}

func TestJoin(t *testing.T) {
	t.Parallel()
	base := load(t, folder())
	other := load(t, fstest.MapFS{"docs/en/mine.md": document("mine", "en", "## A {#a}\nA sentence of my own here.[^cfr][^gacc]\n")})
	joined, err := base.Join(other)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(joined.Passages()), len(base.Passages())+1; got != want {
		t.Errorf("joined base has %d passages, want %d", got, want)
	}
	if len(base.Documents()) != 3 {
		t.Error("Join changed the base")
	}
	if joined, err := base.Join(base); err == nil || joined != nil || !strings.Contains(err.Error(), `docs/en/trade.md: document "trade" in language "en" is also in docs/en/trade.md: rename one of the two`) {
		t.Errorf("Join with itself: %v", err)
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	base := load(t, folder())
	only, err := base.Only("cfr-2024")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	hashes := map[string]bool{}
	for _, p := range base.Passages() {
		hashes[p.Hash] = true
	}
	for _, p := range only.Passages() {
		if !hashes[p.Hash] {
			t.Errorf("passage %s is not in the whole base", p.ID)
		}
	}
	for _, d := range only.Documents() {
		got[string(d.Lang)] = d.Sections[0].Text
	}
	want := map[string]string{
		"en": "Trade reached $240 billion in 2023.\n\nThe volume grew again after that.",
		"ru": "В 2023 году торговля достигла 240 млрд долларов.\n\nЗатем объём торговли вырос снова.",
		"zh": "2023年贸易额达到2400亿美元。\n\n随后贸易额再次上升了。",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Only (-want +got):\n%s", diff)
	}
	both, err := base.Only("cfr-2024", "gacc")
	if err != nil || both.Digest() != base.Digest() {
		t.Errorf("Only(all sources) is another base: %v", err)
	}
	if none, err := base.Only("tass"); err == nil || none != nil || err.Error() != `restrict the base: no document has the source "tass"; there are ["cfr-2024" "gacc"]` {
		t.Errorf("Only(unknown) = %v", err)
	}
}

func TestNewRefusesUnfit(t *testing.T) {
	t.Parallel()
	sections := map[string]knowledge.Section{
		"paragraph past the end": {ID: "a#b", Text: "abc", Paragraphs: []text.Span{{Start: 0, End: 4}}},
		"paragraphs overlap":     {ID: "a#b", Text: "abc", Paragraphs: []text.Span{{Start: 0, End: 2}, {Start: 1, End: 3}}},
		"sentence past the end": {ID: "a#b", Text: "abc", Paragraphs: []text.Span{{Start: 0, End: 3}}, Sentences: []knowledge.Sentence{
			{Span: text.Span{Start: 0, End: 4}},
		}},
		"sentence backwards": {ID: "a#b", Text: "abc", Paragraphs: []text.Span{{Start: 0, End: 3}}, Sentences: []knowledge.Sentence{
			{Span: text.Span{Start: 2, End: 1}},
		}},
		"sentence outside a paragraph": {ID: "a#b", Text: "abc", Sentences: []knowledge.Sentence{{Span: text.Span{Start: 0, End: 1}}}},
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, err := knowledge.New([]knowledge.Document{{ID: "a", Lang: text.EN, Path: "a.md", Sections: []knowledge.Section{sections[name]}}})
			if err == nil || base != nil || !strings.HasPrefix(err.Error(), `a.md: section "a#b": `) {
				t.Errorf("New = %v, %v, want an error that names the file", base, err)
			}
		})
	}
}
