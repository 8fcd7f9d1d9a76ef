package bot_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"amur/internal/text"
	"amur/knowledge"
)

// fact is a sentence of a document about pins: one that can be told with other figures, in other words, or not at all.
type fact struct {
	who, what string
	number    int
	reworded  bool
	aside     bool // it speaks of something else altogether
}

func (f fact) text(lang text.Lang) string {
	number := strconv.Itoa(f.number)
	switch {
	case f.aside && lang == text.ZH:
		return "另外，第" + number + "号展厅今后每逢周末对外开放参观。"
	case f.aside && lang == text.RU:
		return "Музей открывает по выходным зал номер " + number + " для посетителей."
	case f.aside:
		return "Visitors find hall " + number + " open at weekends from now on."
	case lang == text.ZH && f.reworded:
		return "港务部门近期另行表示，" + f.who + "全年的" + f.what + "运量共计为" + number + "万吨。"
	case lang == text.ZH:
		return "根据港务局的记录，" + f.who + "全年一共运输了" + number + "万吨的" + f.what + "货物。"
	case lang == text.RU && f.reworded:
		return f.who + " теперь сообщает, что отгружено " + f.what + " " + number + " тонн за весь год."
	case lang == text.RU:
		return f.who + " отгрузил за весь год " + number + " тонн " + f.what + "."
	case f.reworded:
		return f.who + " now says that it shipped " + number + " tonnes of " + f.what + " in a whole year."
	}
	return f.who + " shipped " + number + " tonnes of " + f.what + " in the whole year."
}

// chapter is a section of such a document.
type chapter struct {
	slug, heading string
	facts         []fact
}

// library is a document in several languages.
func library(tb rapid.TB, chapters []chapter, langs ...text.Lang) *knowledge.Base {
	tb.Helper()
	var docs []knowledge.Document
	for _, lang := range langs {
		doc := knowledge.Document{
			ID: "harbours", Lang: lang, Title: "Harbours", Licence: "CC0-1.0", Updated: "2026-01-02", Path: "docs/" + string(lang) + "/harbours.md",
			Sources: map[knowledge.SourceKey]knowledge.Source{"log": {
				Key: "log", Title: "The log", Publisher: "The Harbour Office", URL: "https://example.org/log", Published: "2025-06", Kind: "government",
			}},
		}
		for _, c := range chapters {
			var sentences []string
			for _, f := range c.facts {
				sentences = append(sentences, f.text(lang))
			}
			doc.Sections = append(doc.Sections, knowledge.NewSection(doc.ID, c.slug, c.heading, lang,
				[]string{strings.Join(sentences, " ")}, []knowledge.Ref{{Source: "log", Section: "Page 1"}}))
		}
		docs = append(docs, doc)
	}
	base, err := knowledge.New(docs)
	if err != nil {
		tb.Fatal(err)
	}
	return base
}

func ports() []string {
	return []string{
		"Vladivostok", "Nakhodka", "Dalian", "Qingdao", "Vostochny", "Shanghai", "Tianjin", "Vanino", "Ningbo", "Murmansk", "Xiamen", "Rizhao",
		"Magadan", "Yantai", "Kozmino", "Lianyungang",
	}
}

func goods() []string {
	return []string{"timber", "coal", "grain", "crude oil", "machinery", "fish", "fertiliser", "copper"}
}

// chapters draws sections with sentences that tell different things.
func chapters() *rapid.Generator[[]chapter] {
	return rapid.Custom(func(t *rapid.T) []chapter {
		names := rapid.Permutation(ports()).Draw(t, "ports")
		var out []chapter
		for i := range rapid.IntRange(1, 3).Draw(t, "sections") {
			c := chapter{slug: fmt.Sprintf("part%d", i), heading: fmt.Sprintf("What did harbours ship in part %d?", i)}
			for range rapid.IntRange(1, 4).Draw(t, "sentences") {
				c.facts = append(c.facts, fact{
					who: names[0], what: rapid.SampledFrom(goods()).Draw(t, "goods"), number: rapid.IntRange(20, 900).Draw(t, "number"),
				})
				names = names[1:]
			}
			out = append(out, c)
		}
		return out
	})
}

// change is what happens to the facts of a document; nothing is left out.
type change struct {
	chapters []chapter
	was      map[fact]string // what became of each fact: same, figures, changed, withdrawn
	now      map[fact]fact
}

// changed draws what an editor makes of a document: figures corrected, sentences reworded, deleted, moved, inserted.
func changed(t *rapid.T, old []chapter) change {
	out := change{was: map[fact]string{}, now: map[fact]fact{}}
	for _, c := range old {
		next := chapter{slug: c.slug, heading: c.heading}
		for _, f := range c.facts {
			g := f
			if f.aside {
				out.was[f] = "withdrawn"
				continue
			}
			switch what := rapid.SampledFrom([]string{"same", "same", "same", "figures", "changed", "withdrawn"}).Draw(t, "what"); what {
			case "figures":
				g.number += rapid.IntRange(1, 99).Draw(t, "more")
				fallthrough
			case "same":
				out.was[f] = what
			case "changed":
				g.reworded = !g.reworded
				out.was[f] = what
			case "withdrawn":
				out.was[f] = what
				continue
			}
			out.now[f] = g
			next.facts = append(next.facts, g)
		}
		if rapid.Bool().Draw(t, "inserted") {
			at := rapid.IntRange(0, len(next.facts)).Draw(t, "at")
			next.facts = slices.Insert(next.facts, at, fact{aside: true, number: rapid.IntRange(20, 9999).Draw(t, "hall")})
		}
		if rapid.Bool().Draw(t, "moved") {
			next.facts = rapid.Permutation(next.facts).Draw(t, "order")
		}
		if len(next.facts) > 0 {
			out.chapters = append(out.chapters, next)
		}
	}
	return out
}

func languages() []text.Lang { return []text.Lang{text.EN, text.RU, text.ZH} }

// passageWith finds the passage of a fact.
func passageWith(tb rapid.TB, base *knowledge.Base, f fact, lang text.Lang) knowledge.Passage {
	tb.Helper()
	for _, p := range base.Passages() {
		if p.Lang == lang && p.Text == f.text(lang) {
			return p
		}
	}
	tb.Fatalf("no passage %q", f.text(lang))
	return knowledge.Passage{}
}
