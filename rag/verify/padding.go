package verify

import (
	_ "embed"
	"slices"
	"strings"

	"amur/internal/text"
)

//go:embed data/frames.txt
var framesText string

// frames are words that a claim may have though its passages have not, even where it repeats them word for word.
type frames map[text.Lang]map[string]bool

// frameLength is how many characters a Chinese frame has at most.
const frameLength = 3

func newFrames() frames {
	out := frames{}
	var lang text.Lang
	for line := range strings.Lines(framesText) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			lang = text.Lang(strings.Trim(line, "[]"))
			out[lang] = map[string]bool{}
		default:
			for w := range strings.FieldsSeq(line) {
				out[lang][stemOf(strings.ReplaceAll(w, "ё", "е"), lang)] = true
			}
		}
	}
	return out
}

// has tells whether a word belongs to a frame.
func (f frames) has(s *sentence, i int) bool {
	if !isHan([]rune(s.words[i].folded)[0]) {
		return f[s.lang][s.words[i].stem]
	}
	for from := max(0, i-frameLength+1); from <= i; from++ {
		var joined strings.Builder
		for to := from; to < min(len(s.words), from+frameLength); to++ {
			joined.WriteString(s.words[to].folded)
			if to >= i && f[text.ZH][joined.String()] {
				return true
			}
		}
	}
	return false
}

// padding returns what a claim adds to a sentence that it repeats nearly word for word: words with content that no sentence
// has, where it leaves out fewer of the repeated one. Who rewords changes words for others; who adds keeps them all.
func (c *Checker) padding(claim *sentence, units []*unit) (string, bool) {
	const repeated, fewest, most = 0.8, 4, 500
	if len(claim.words) > most {
		return "", false
	}
	var known map[string]bool
	for _, u := range units {
		if n := float64(len(u.words)); len(u.words) < fewest || !sameLanguage(claim.lang, u.lang) || repeated*n > float64(len(claim.words)) {
			continue
		}
		at, n := aligned(claim.words, u.words)
		if float64(n) < repeated*float64(len(u.words)) {
			continue
		}
		if known == nil {
			known = stemsOf(allOf(units)...)
		}
		if part, ok := c.surplus(claim, u, at, known); ok {
			return part, true
		}
	}
	return "", false
}

// surplus finds the first gap between words that stand in the passage in which the claim has more new words with content than
// the passage has words with content. at tells where each word of the claim stands in it.
func (c *Checker) surplus(claim *sentence, u *unit, at []int, known map[string]bool) (string, bool) {
	last := -1
	for i := 0; i < len(at); i++ {
		if at[i] >= 0 {
			last = at[i]
			continue
		}
		end := i
		var fresh []int
		for ; end < len(at) && at[end] < 0; end++ {
			w := claim.words[end]
			if !w.plain && !within(w.Span, claim) && wordAnswered(known, claim.words, end) < 1 && !c.frames.has(claim, end) {
				fresh = append(fresh, end)
			}
		}
		next := len(u.words)
		if end < len(at) {
			next = at[end]
		}
		left := 0
		for _, w := range u.words[last+1 : next] {
			if !w.plain {
				left++
			}
		}
		if len(fresh) > left {
			return claim.text[claim.words[fresh[0]].Start:claim.words[fresh[len(fresh)-1]].End], true
		}
		i = end - 1
	}
	return "", false
}

// aligned finds the longest sequence of words that two texts share by their stems, in order (the longest common
// subsequence, by the table of Wagner and Fischer 1974). It tells for each word of the first where it stands in the second, -1 for nowhere,
// and how many do.
func aligned(a, b []word) ([]int, int) {
	width := len(b) + 1
	table := make([]int, (len(a)+1)*width)
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x.stem == y.stem {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
			} else {
				table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
			}
		}
	}
	at := slices.Repeat([]int{-1}, len(a))
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].stem == b[j].stem:
			at[i] = j
			i, j = i+1, j+1
		case table[(i+1)*width+j] >= table[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return at, table[0]
}

func allOf(units []*unit) []*sentence {
	var out []*sentence
	for _, u := range units {
		out = append(out, u.sentence, u.heading)
	}
	return out
}
