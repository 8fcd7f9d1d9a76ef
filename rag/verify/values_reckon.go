package verify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// reckoned tells whether v follows from two other values: the years between two years, a small sum.
func reckoned(v text.Value, have []seen) bool {
	n := numberOf(v)
	if n < 2 {
		return false
	}
	switch {
	case v.Kind == text.Quantity && v.Unit == "year":
		return anyTwo(have, yearOf, func(a, b int) bool { return b-a == n || b-a == n-1 })
	case v.Kind == text.Number && v.Small():
		return anyTwo(have, smallCount, func(a, b int) bool { return a+b == n })
	}
	return false
}

func smallCount(v text.Value) int {
	if v.Kind == text.Number && v.Small() {
		return numberOf(v)
	}
	return 0
}

// anyTwo tells whether two of the values, read as numbers above zero, fit.
func anyTwo(have []seen, read func(text.Value) int, fit func(a, b int) bool) bool {
	const most = 64 // values: a sentence has few
	have = have[:min(len(have), most)]
	for i, v := range have {
		a := read(v.Value)
		if a == 0 {
			continue
		}
		for _, w := range have[i+1:] {
			if b := read(w.Value); b != 0 && fit(min(a, b), max(a, b)) {
				return true
			}
		}
	}
	return false
}

// listLengths says how many names stand in each list of a sentence.
func listLengths(s *sentence) []int {
	var out []int
	length := 0
	for i, m := range s.names {
		if i > 0 && isListGap(s.text[s.names[i-1].End:m.Start]) {
			length++
		} else {
			length = 1
		}
		out = append(out, length)
	}
	return out
}

func isListGap(gap string) bool {
	switch strings.Trim(strings.ToLower(gap), " ,、，「」《》“”«»\"") {
	case "", "and", "or", "и", "или", "і", "й", "та", "和", "与", "及", "以及", "and the", "the":
		return len(gap) > 0
	}
	return false
}

// contradicted tells whether the passages count the same thing, and otherwise: two pipelines for one.
func contradicted(v seen, have []seen) bool {
	if smallCount(v.Value) == 0 && v.Kind != text.Quantity {
		return false
	}
	of := counted(v)
	for _, h := range have {
		switch {
		case v.Kind == text.Quantity:
			if v.Small() && h.Kind == text.Quantity && h.Small() && h.Unit != v.Unit {
				return true // a month for a week
			}
		case h.Kind == text.Number && of != "" && counted(h) == of:
			return true
		}
	}
	return false
}

// counted is the stem of the word behind a number; in Chinese its two characters.
func counted(v seen) string {
	for i, w := range v.in.words {
		if w.Start < v.End || w.plain {
			continue
		}
		if w.Start-v.End > 24 {
			return ""
		}
		if i+1 < len(v.in.words) && adjacentHan(w, v.in.words[i+1]) {
			return w.folded + v.in.words[i+1].folded
		}
		return w.stem
	}
	return ""
}

// foreignUnit tells whether a claim gives a sum or a measured amount of the passages in a unit that is not theirs and not known
// as one: rubles as taels, cubic metres as cubic feet.
func foreignUnit(v, h seen) bool {
	if v.Kind != text.Number || h.Kind != text.Money && (h.Kind != text.Quantity || isTime(h.Unit)) {
		return false
	}
	after := strings.TrimLeft(v.in.text[v.End:], " ")
	r, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsLetter(r) {
		return false
	}
	for _, w := range v.in.words {
		if w.Start >= v.End {
			return !w.plain
		}
	}
	return false
}

func isTime(unit string) bool {
	return slices.Contains([]string{"year", "month", "week", "day", "hour", "minute"}, unit)
}

// designation tells whether a number is part of a name of letters and digits that the passages have with other letters:
// Ту-95МС for 图-95MS.
func designation(v seen, have []seen) bool {
	before, _ := utf8.DecodeLastRuneInString(v.in.text[:v.Start])
	if before != '-' && before != '‑' {
		return false
	}
	digits := v.In(v.in.text)
	for _, h := range have {
		for rest := h.in.text; ; {
			at := strings.Index(rest, "-"+digits)
			if at < 0 {
				break
			}
			rest = rest[at+1+len(digits):]
			if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsDigit(next) && next != '.' && next != ',' {
				return true
			}
		}
	}
	return false
}

// implied are the values that a sentence has without a word for them: how many names a list has, and the years that it names
// by another.
func implied(s *sentence) []text.Value {
	var out []text.Value
	for _, n := range listLengths(s) {
		if n >= 3 {
			out = append(out, text.Value{Kind: text.Number, Number: strconv.Itoa(n)})
		}
	}
	return append(out, yearsBefore(s)...)
}

// yearsBefore are the years that a sentence names by the ones after them: "a year earlier".
func yearsBefore(s *sentence) []text.Value {
	lower := strings.ToLower(s.text)
	before := func(phrase string) bool { return strings.Contains(lower, phrase) }
	if !slices.ContainsFunc([]string{
		"a year earlier", "year before", "previous year", "year-on-year", "year on year", "годом ранее", "годом раньше", "предыдущего года",
		"предыдущим годом", "прошлого года", "роком раніше", "попереднього року", "попереднім роком", "上一年", "上年", "前一年", "同比",
	}, before) {
		return nil
	}
	var out []text.Value
	for _, v := range s.values[:min(len(s.values), maxValues)] {
		if y := yearOf(v); y > 0 {
			out = append(out, text.Value{Span: v.Span, Kind: text.Year, Number: strconv.Itoa(y - 1)})
		}
	}
	return out
}

// partNamed tells whether one of two values is an ordinal and the other the part that it may name: a fifth, a quarter.
func partNamed(a, b text.Value) (same, ok bool) {
	if b.Kind == text.Ordinal {
		a, b = b, a
	}
	part, isPart := share(b)
	n, isNumber := float(a.Number)
	if a.Kind != text.Ordinal || !isPart || b.Kind == text.Ordinal || !isNumber || n < 3 {
		return false, false
	}
	return part*n > 0.99 && part*n < 1.01, true
}
