package rag

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"amur/knowledge"
)

// leadDocument is the document that tells the short version of a base, where a base has one.
const leadDocument knowledge.DocumentID = "overview"

// brevity says what a question wants told in short.
type brevity int

const (
	nothingShort brevity = iota
	sectionShort         // a subject
	wholeShort           // everything: it names no subject
)

func (j *judge) brevity(question string) brevity {
	folded := foldText(question, j.simplified)
	if !j.cues.summary.MatchString(folded) {
		return nothingShort
	}
	rest := eraseAll(j.cues.whole, eraseAll(j.cues.summary, folded))
	if strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return sectionShort
	}
	return wholeShort
}

// eraseAll takes matches out until there are none: neighbouring words share the space between them.
func eraseAll(re *regexp.Regexp, s string) string {
	for {
		shorter := strings.TrimSpace(re.ReplaceAllString(s, " "))
		if len(shorter) >= len(s) {
			return shorter
		}
		s = shorter
	}
}

// firsts puts the first passage of each paragraph of the best hit's section in front of the other hits.
func (ix *Index) firsts(q asked, hits []Hit) []Hit {
	if len(hits) == 0 {
		return nil
	}
	best := hits[0].Passage
	var out []Hit
	for _, p := range ix.paragraphs {
		at := p.passages[0]
		if first := ix.passages[at]; first.Section == best.Section && first.Lang == best.Lang {
			h := Hit{Passage: first, Dense: dot(q.vector, ix.entries[at].vector), Score: hits[0].Score, at: at}
			out = append(out, h)
		}
	}
	for _, h := range hits {
		if !slices.ContainsFunc(out, func(o Hit) bool { return o.at == h.at }) {
			out = append(out, h)
		}
	}
	return out
}

// lead returns the first passage of each section of the lead document, or of the first document where there is no such,
// as the asker sees it, in reading order.
func (ix *Index) lead(q asked, limit int) []Hit {
	var out []Hit
	for _, doc := range []knowledge.DocumentID{leadDocument, ""} {
		seen := map[knowledge.SectionID]bool{}
		for _, g := range ix.visible(q.lang) {
			for _, at := range g.passages {
				p := ix.passages[at]
				if doc == "" {
					doc = p.Document
				}
				if p.Document == doc && !seen[p.Section] && len(out) < limit {
					seen[p.Section] = true
					out = append(out, Hit{Passage: p, Dense: dot(q.vector, ix.entries[at].vector), at: at})
				}
			}
		}
		if len(out) > 0 {
			break
		}
	}
	inReadingOrder(out)
	return out
}
