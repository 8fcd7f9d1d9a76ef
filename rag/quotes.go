package rag

import (
	"strconv"
	"strings"

	"amur/internal/text"
)

// sameWording is the cosine from which two passages count as one told twice.
const sameWording = 0.975

// pickQuotes chooses the sentences of an answer without a language model: the best few, told once, in reading order.
func (ix *Index) pickQuotes(hits []Hit, limit int) []Hit {
	var picked []Hit
	for _, h := range hits {
		if len(picked) == limit {
			break
		}
		if !ix.toldAlready(h, picked) {
			picked = append(picked, h)
		}
	}
	inReadingOrder(picked)
	return picked
}

func (ix *Index) toldAlready(h Hit, picked []Hit) bool {
	for _, p := range picked {
		if p.Passage.Text == h.Passage.Text || dot(ix.vectors[p.at], ix.vectors[h.at]) >= sameWording {
			return true
		}
	}
	return false
}

// quote fills an answer with the picked passages, each a claim that is its own citation.
func (ix *Index) quote(a *Answer, picked []Hit) {
	sentences := []string{}
	for i, h := range picked {
		n := i + 1
		a.Citations = append(a.Citations, ix.cite(n, h))
		a.Claims = append(a.Claims, Claim{Text: h.Passage.Text, Citations: []int{n}, Support: 1})
		sentences = append(sentences, h.Passage.Text+" ["+strconv.Itoa(n)+"]")
	}
	if frame := a.Frame(); frame != "" {
		sentences = append([]string{frame}, sentences...)
	}
	a.Text = strings.Join(sentences, " ")
}

// Frame is what leads in quotations in another language than the answer's; empty where the asker reads them anyway.
func (a *Answer) Frame() string {
	p := phrasesIn(a.AnswerLanguage)
	for _, c := range a.Citations {
		if name := p.languages[c.Lang]; name != "" && !sameReader(c.Lang, a.AnswerLanguage) {
			return strings.Replace(p.quotedIn, "%s", name, 1)
		}
	}
	return ""
}

// sameReader says whether who reads one language reads the other.
func sameReader(a, b text.Lang) bool {
	chinese := func(l text.Lang) bool { return l == text.ZH || l == text.ZHHant }
	return a == b || chinese(a) && chinese(b)
}
