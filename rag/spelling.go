package rag

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// speller is what some embedders are besides: they know the words of their vocabulary, so that a good word which the
// documents happen to lack is not taken for a slip.
type speller interface {
	IsWord(word string) bool
}

// shortestRepaired is the length in letters from which a word is repaired; shorter ones have too many neighbours.
const shortestRepaired = 4

// repaired returns the terms of a question, and for each word that neither the documents nor the speller know also the
// documents' word at distance 1 (one letter more, less, other, or two swapped): with the same first letter rather
// than another, then the most frequent, then the first in order. Only words in Latin and Cyrillic letters are repaired.
func (t *terms) repaired(question string, s speller) []string {
	out := t.query(question)
	if s == nil {
		return out
	}
	for _, word := range text.Words(question) {
		word = strings.ToLower(word)
		if utf8.RuneCountInString(word) < shortestRepaired || !alphabetic(word) || s.IsWord(word) {
			continue
		}
		for _, term := range t.query(word) {
			if len(t.postings[term]) == 0 {
				if near := t.neighbour(term); near != "" && !slices.Contains(out, near) {
					out = append(out, near)
				}
			}
		}
	}
	return out
}

func (t *terms) neighbour(term string) string {
	best, bestRank := "", -1
	first, _ := utf8.DecodeRuneInString(term)
	letters := []rune(term)
	for candidate, list := range t.postings {
		if d := len(candidate) - len(term); d < -utf8.UTFMax || d > utf8.UTFMax || !oneSlip(letters, []rune(candidate)) {
			continue
		}
		rank := len(list)
		if r, _ := utf8.DecodeRuneInString(candidate); r == first {
			rank += len(t.lengths)
		}
		if rank > bestRank || rank == bestRank && candidate < best {
			best, bestRank = candidate, rank
		}
	}
	return best
}

// oneSlip reports whether b is a with one letter added, left out or changed, or two neighbours swapped.
func oneSlip(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return string(a[i:]) == string(b[i+1:])
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
	return swapped || string(a[i+1:]) == string(b[i+1:])
}

func alphabetic(word string) bool {
	for _, r := range word {
		if !unicode.In(r, unicode.Latin, unicode.Cyrillic) {
			return false
		}
	}
	return true
}
