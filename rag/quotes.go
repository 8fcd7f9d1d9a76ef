package rag

import (
	"cmp"
	"slices"
	"strings"

	"amur/internal/text"
	"amur/knowledge"
)

// An answer in quotes has at least fewestQuotes sentences where the documents have them, and further ones up to its
// limit while their scores are within quoteGap of the best. docs/adr has the table behind the numbers.
const (
	fewestQuotes = 3
	quoteGap     = 0.15
)

// sameWording is the share of common words, weighed by rarity, from which two passages count as one told twice. Their
// cosine does not tell: sentences of one section are near each other by nature.
const sameWording = 0.5

// pickQuotes chooses the sentences of an answer without a language model: the best few, told once, the best section first.
func (ix *Index) pickQuotes(hits []Hit, limit int) []Hit {
	var picked []Hit
	for _, h := range hits[:min(shownPassages, len(hits))] { // the others are not in the answer
		if len(picked) == limit || len(picked) >= fewestQuotes && hits[0].Score-h.Score >= quoteGap {
			break
		}
		if !ix.toldAlready(h, picked) {
			picked = append(picked, h)
		}
	}
	inTellingOrder(picked)
	return picked
}

// inTellingOrder puts the section of the best hit first, then that of the next, and the sentences of a section as they
// stand in it. hits come best first.
func inTellingOrder(hits []Hit) {
	rank := map[knowledge.SectionID]int{}
	for i, h := range hits {
		if _, ok := rank[h.Passage.Section]; !ok {
			rank[h.Passage.Section] = i
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(rank[a.Passage.Section], rank[b.Passage.Section]), cmp.Compare(a.at, b.at))
	})
}

func (ix *Index) toldAlready(h Hit, picked []Hit) bool {
	for _, p := range picked {
		if p.Passage.Lang == h.Passage.Lang && ix.terms[h.Passage.Lang].likeness(p.Passage.Text, h.Passage.Text) >= sameWording {
			return true
		}
	}
	return false
}

// quote fills an answer with the picked passages, each a claim that is its own citation. render turns a quotation into
// the asker's script; the citation keeps the words as they are stored.
func (ix *Index) quote(a *Answer, picked []Hit, render func(string) string) {
	for _, h := range picked {
		n, _ := ix.citeSpan(a, h, text.Span{End: len(h.Passage.Text)})
		a.Claims = append(a.Claims, Claim{Text: ix.wording(a, h.Passage, render), Citations: []int{n}, Support: 1})
	}
}

// wording is a passage as the asker reads it.
func (ix *Index) wording(a *Answer, p knowledge.Passage, render func(string) string) string {
	if isRendered(a.AnswerLanguage, p.Lang) {
		return render(p.Text)
	}
	return p.Text
}

// isRendered reports whether quotations in one language are shown in traditional characters to who reads the other.
func isRendered(reader, quoted text.Lang) bool { return reader == text.ZHHant && quoted == text.ZH }

// Frame is what leads in quotations in another language than the answer's, or in characters that the program rendered;
// empty where the asker reads any of them as they are.
func (a *Answer) Frame() string {
	if a.Mode == ModeModel {
		return "" // its sentences are in the asker's language
	}
	if slices.ContainsFunc(a.Citations, func(c Citation) bool { return isRendered(a.AnswerLanguage, c.Lang) }) {
		return phrasesIn(a.AnswerLanguage).rendered
	}
	if len(a.Citations) == 0 || slices.ContainsFunc(a.Citations, func(c Citation) bool { return sameReader(c.Lang, a.AnswerLanguage) }) {
		return ""
	}
	p := phrasesIn(a.AnswerLanguage)
	name := p.languages[a.Citations[0].Lang]
	if name == "" {
		return ""
	}
	return strings.Replace(p.quotedIn, "%s", name, 1)
}

// sameReader says whether who reads one language reads the other.
func sameReader(a, b text.Lang) bool {
	chinese := func(l text.Lang) bool { return l == text.ZH || l == text.ZHHant }
	return a == b || chinese(a) && chinese(b)
}
