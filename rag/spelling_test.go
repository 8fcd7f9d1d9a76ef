package rag_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amur/internal/text"
	"amur/rag"
)

func TestOneSlip(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"crane", "crane", false},
		{"crane", "crame", true},
		{"crane", "crne", true},
		{"crane", "cranes", true},
		{"crane", "rane", true},
		{"crane", "carne", true},
		{"crane", "cranee", true},
		{"crane", "carnе", false}, // the last letter is Cyrillic: a swap and a change
		{"crane", "narce", false},
		{"crane", "cra", false},
		{"crane", "trains", false},
		{"ab", "ba", true},
		{"a", "", true},
		{"", "", false},
		{"кран", "крна", true},
		{"кран", "храм", false},
		{"起重机", "起重", true},
	}
	for _, tt := range tests {
		t.Run(tt.a+" "+tt.b, func(t *testing.T) {
			t.Parallel()
			if got, back := rag.OneSlip(tt.a, tt.b), rag.OneSlip(tt.b, tt.a); got != tt.want || back != tt.want {
				t.Errorf("OneSlip(%q, %q) = %v and %v the other way, want %v", tt.a, tt.b, got, back, tt.want)
			}
		})
	}
}

// TestOneSlipIsDistanceOne compares with the table of optimal string alignment for all short words of three letters.
func TestOneSlipIsDistanceOne(t *testing.T) {
	t.Parallel()
	words := []string{""}
	for at := 0; len(words[at]) < 4; at++ {
		for _, letter := range []string{"a", "b", "c"} {
			words = append(words, words[at]+letter)
		}
	}
	for _, a := range words {
		for _, b := range words {
			if got, want := rag.OneSlip(a, b), alignment(a, b) == 1; got != want {
				t.Fatalf("OneSlip(%q, %q) = %v, want %v", a, b, got, want)
			}
		}
	}
}

// alignment is the distance of two words in letters added, left out, changed, or swapped with a neighbour.
func alignment(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestRepaired(t *testing.T) {
	t.Parallel()
	english := []string{"harbour crane dock", "boat", "coat", "coat harbour", "coat", "gate rate", "B2B"}
	tests := []struct {
		name     string
		lang     text.Lang
		texts    []string
		known    rag.WordList
		question string
		want     string // terms
	}{
		{"a letter left out", text.EN, english, nil, "harbur", "harbur harbour"},
		{"a letter changed", text.EN, english, nil, "clane", "clane crane"},
		{"two letters swapped", text.EN, english, nil, "hrabour", "hrabour harbour"},
		{"in capitals", text.EN, english, nil, "HARBUR", "harbur harbour"},
		{"two slips are too many", text.EN, english, nil, "hrbur", "hrbur"},
		{"a word of the documents", text.EN, english, nil, "crane", "crane"},
		{"a common word that the documents lack", text.EN, english, rag.WordList{"goat"}, "goat", "goat"},
		{"the same word, unknown", text.EN, english, nil, "goat", "goat coat"},
		{"too short", text.EN, english, nil, "dok", "dok"},
		{"the same first letter before the more frequent", text.EN, english, nil, "bcoat", "bcoat boat"},
		{"the more frequent of other first letters", text.EN, english, nil, "zoat", "zoat coat"},
		{"the first in order of the equally frequent", text.EN, english, nil, "wate", "wate gate"},
		{"not with digits", text.EN, english, nil, "bo4t", "bo4t"},
		{"a term only once", text.EN, english, nil, "harbour harbur hrabour", "harbour harbur hrabour"},
		{"cyrillic", text.RU, []string{"гавань и краны"}, nil, "гавонь", "гавон гаван"},
		{"chinese is left alone", text.ZH, []string{"港口起重机"}, nil, "港口起重车车", "港口 口起 起重 重车 车车"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := newTerms(t, tt.lang, tt.texts...).Repaired(tt.question, tt.known)
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("terms of %q differ (-want +got):\n%s", tt.question, diff)
			}
		})
	}
}

func TestRepairedIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	first := ""
	for range 50 { // postings are a map
		got := strings.Join(newTerms(t, text.EN, "bate cate date fate gate hate").Repaired("xate", nil), " ")
		if first == "" {
			first = got
		}
		if got != first || got != "xate bate" {
			t.Fatalf("terms of a word with six neighbours: %q, want %q", got, "xate bate")
		}
	}
}
