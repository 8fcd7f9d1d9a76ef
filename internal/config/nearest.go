package config

import "strings"

// nearest returns the candidate that is the fewest edits away from name; the first of equals. A name that is the last
// part of a dotted candidate, right but in the wrong section, counts as one edit away.
func nearest(name string, candidates []string) string {
	best, least := "", -1
	last := name[strings.LastIndexByte(name, '.')+1:]
	for _, c := range candidates {
		d := distance(name, c)
		if strings.HasSuffix(c, "."+last) {
			d = min(d, 1)
		}
		if least < 0 || d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is the edit distance of Levenshtein, in runes.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
