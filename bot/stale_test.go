package bot_test

import (
	"testing"

	"pgregory.net/rapid"

	"amur/bot"
	"amur/internal/store"
	"amur/internal/text"
)

// Exactly the lines whose sentences changed are stale, and each account says how and names what stands there now.
func TestCompareLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		old := chapters().Draw(t, "chapters")
		before := library(t, old, languages()...)
		lang := rapid.SampledFrom(languages()).Draw(t, "lang")
		var lines []store.PinLine
		var facts []fact
		for _, c := range old {
			for _, f := range c.facts {
				if rapid.Bool().Draw(t, "cited") {
					facts = append(facts, f)
					lines = append(lines, store.PinLine{
						Text: f.text(lang), Citations: []store.PinCite{bot.CitePassage(passageWith(t, before, f, lang))},
					})
				}
			}
		}
		change := changed(t, old)
		if len(change.chapters) == 0 {
			return
		}
		now := library(t, change.chapters, languages()...)
		for name, got := range map[string][]store.PinLine{
			"after a reload": bot.CompareLines(now, before, lines, nil),
			"after a start":  bot.CompareLines(now, nil, lines, nil),
		} {
			for i, line := range got {
				if want := change.was[facts[i]] != "same"; line.Stale != want {
					t.Errorf("%s: line %q is stale: %v, want %v; its sentence is %s", name, line.Text, line.Stale, want, change.was[facts[i]])
				}
			}
		}
		for i, line := range bot.CompareLines(now, before, lines, nil) {
			what, heir := bot.ReadAccount(line.Account)
			if want := change.was[facts[i]]; want != "same" && what != want {
				t.Errorf("%q: the account is %q, want %s", line.Text, line.Account, want)
			}
			next, there := change.now[facts[i]]
			if line.Stale && there && heir != passageWith(t, now, next, lang).Hash {
				t.Errorf("%q: the account names another sentence than %q", line.Text, next.text(lang))
			}
		}
		again := bot.CompareLines(now, nil, bot.CompareLines(now, before, lines, nil), nil)
		for i, line := range bot.CompareLines(now, before, lines, nil) {
			if again[i].Account != line.Account {
				t.Errorf("compared once more the account is %q, was %q", again[i].Account, line.Account)
			}
		}
		for i, line := range bot.CompareLines(before, now, bot.CompareLines(now, before, lines, nil), nil) {
			if line.Stale {
				t.Errorf("line %d is stale although the documents are as they were: %q", i, line.Account)
			}
		}
	})
}

func TestCompareHidden(t *testing.T) {
	t.Parallel()
	f := fact{who: "Dalian", what: "coal", number: 40}
	g := fact{who: "Nakhodka", what: "fish", number: 50}
	base := library(t, []chapter{{slug: "part", heading: "What was shipped?", facts: []fact{f, g}}}, text.EN)
	cite := bot.CitePassage(passageWith(t, base, f, text.EN))
	lines := []store.PinLine{
		{Text: f.text(text.EN), Citations: []store.PinCite{cite}},
		{Text: g.text(text.EN), Citations: []store.PinCite{bot.CitePassage(passageWith(t, base, g, text.EN))}},
		{Text: "Be kind to each other.", ModeratorsWords: true},
	}
	lines = bot.CompareLines(base, nil, lines, map[string]bool{cite.Hash: true})
	if what, _ := bot.ReadAccount(lines[0].Account); !lines[0].Stale || what != "hidden" || lines[1].Stale || lines[2].Stale {
		t.Errorf("with a hidden passage: %+v", lines)
	}
	if lines = bot.CompareLines(base, nil, lines, nil); lines[0].Stale || lines[0].Account != "" {
		t.Errorf("with the passage back: %+v", lines[0])
	}
}

// A heading or title can change without what a pin says.
func TestCompareRenamed(t *testing.T) {
	t.Parallel()
	f := fact{who: "Dalian", what: "coal", number: 40}
	before := library(t, []chapter{{slug: "part", heading: "What was shipped?", facts: []fact{f}}}, text.EN)
	now := library(t, []chapter{{slug: "part", heading: "What did harbours ship?", facts: []fact{f}}}, text.EN)
	lines := []store.PinLine{{Text: f.text(text.EN), Citations: []store.PinCite{bot.CitePassage(passageWith(t, before, f, text.EN))}}}
	if got := bot.CompareLines(now, before, lines, nil); got[0].Stale {
		t.Errorf("stale under a new heading: %q", got[0].Account)
	}
}

// What stood beside a sentence cannot be what it has become, even when nothing is known of the documents before.
func TestCompareSiblings(t *testing.T) {
	t.Parallel()
	one, other := fact{who: "Dalian", what: "coal", number: 40}, fact{who: "Qingdao", what: "coal", number: 41}
	before := library(t, []chapter{{slug: "part", heading: "What was shipped?", facts: []fact{one, other}}}, text.EN)
	lines := bot.Beside(before, []store.PinLine{{
		Text: one.text(text.EN), Citations: []store.PinCite{bot.CitePassage(passageWith(t, before, one, text.EN))},
	}})
	now := library(t, []chapter{{slug: "part", heading: "What was shipped?", facts: []fact{other}}}, text.EN)
	if what, _ := bot.ReadAccount(bot.CompareLines(now, nil, lines, nil)[0].Account); what != "withdrawn" {
		t.Errorf("a sentence that is gone is %s, want withdrawn", what)
	}
}
