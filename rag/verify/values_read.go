package verify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"amur/internal/text"
)

// readValues finds the values of a sentence. Beside those of package text it knows tenths (五成), Roman numerals, and shares
// that ordinals name («пятая часть», "a fifth"); what only looks like a number («друг другу», 零件) is left out.
func readValues(s string, lang text.Lang) []text.Value {
	var out []text.Value
	for _, v := range text.Values(s, lang) {
		before, after := s[:v.Start], s[v.End:]
		switch {
		case v.Kind == text.Ordinal && lang == text.RU && strings.HasPrefix(strings.ToLower(v.In(s)), "друг"),
			v.In(s) == "零",
			strings.HasPrefix(v.In(s), "本"): // "this century" says nothing without the day it was said
			continue
		case v.Kind == text.Number && tenths(after):
			v.Kind, v.Number = text.Percent, v.Number+"0"
			v.End += len("成")
		case v.Kind == text.Quantity && v.Unit == "year" && len(v.Number) > 4:
			v.Kind, v.Unit = text.Number, "" // «31 млрд годом ранее»
		case v.Kind == text.Ordinal && sharing(before, after):
			v.Kind, v.Number = text.Fraction, "1/"+v.Number
		}
		out = append(out, v)
	}
	for _, v := range romans(s) {
		if !slices.ContainsFunc(out, func(o text.Value) bool { return o.Start < v.End && v.Start < o.End }) {
			out = append(out, v)
		}
	}
	return out
}

// tenths tells whether the words behind a Chinese number make tenths of it.
func tenths(after string) bool {
	rest, ok := strings.CutPrefix(after, "成")
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && !strings.ContainsRune("为立员功果本就熟长交型都人分效品绩", next)
}

// sharing tells whether an ordinal names a part of a whole.
func sharing(before, after string) bool {
	after = strings.ToLower(strings.TrimLeft(after, " "))
	if strings.HasPrefix(after, "част") || strings.HasPrefix(after, "дол") && !strings.HasPrefix(after, "долж") && !strings.HasPrefix(after, "долл") {
		return true
	}
	before = strings.ToLower(before)
	return (strings.HasSuffix(before, " a ") || strings.HasSuffix(before, "one-")) && (strings.HasPrefix(after, "of ") || after == "" || strings.ContainsAny(after[:1], ",.;)"))
}

// romans reads Roman numerals from 2 to 39 that stand alone: World War II, XIX век, where package text has no value.
func romans(s string) []text.Value {
	var out []text.Value
	start := -1
	for i, r := range s + " " {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if n := roman(strings.TrimRight(s[start:i], ".")); n > 1 && i-start > 1 {
				out = append(out, text.Value{Span: text.Span{Start: start, End: i}, Kind: text.Ordinal, Number: strconv.Itoa(n)})
			}
			start = -1
		}
	}
	return out
}

// roman is the number that Roman numerals name; 0 for other words.
func roman(w string) int {
	n := 0
	for _, p := range []struct {
		digits string
		value  int
	}{{"X", 10}, {"X", 10}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}, {"I", 1}, {"I", 1}} {
		if rest, ok := strings.CutPrefix(w, p.digits); ok {
			w = rest
			n += p.value
		}
	}
	if w != "" {
		return 0
	}
	return n
}
