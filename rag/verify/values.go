package verify

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"amur/internal/text"
)

// missingValue returns the first value of a claim that no sentence has. Headings answer for dates only: they say when and
// about what, not how much.
func missingValue(claim *sentence, units []*unit) (text.Value, bool) {
	var have, dates []text.Value
	for _, u := range units {
		have = append(have, u.values...)
		dates = append(dates, u.values...)
		for _, v := range u.heading.values {
			if isDated(v) {
				dates = append(dates, v)
			}
		}
	}
	for _, v := range claim.values {
		from := have
		if isDated(v) {
			from = dates
		}
		if !answered(claim, v, from) {
			return v, true
		}
	}
	return text.Value{}, false
}

// answered tells whether one of the values says v, or v is one that wordings of the same fact differ in.
func answered(claim *sentence, v text.Value, have []text.Value) bool {
	for _, h := range have {
		if says(h, v) || near(h, v, roundingBefore(claim, v)) {
			return true
		}
	}
	return composed(v, have) || lenient(v, have)
}

// says tells whether a passage's value says a claim's: it is the same, or a more exact date, or the same share in another form,
// or the same number with its unit where the claim leaves that out.
func says(have, v text.Value) bool {
	if have.Equal(v) || isPartOf(v, have) {
		return true
	}
	if a, ok := share(have); ok {
		if b, ok := share(v); ok && math.Abs(a-b) < 0.005 {
			return true
		}
	}
	if have.Number == "" || have.Number != v.Number {
		return false
	}
	switch v.Kind {
	case text.Number, text.Ordinal, text.Year:
		return have.Kind == text.Quantity || have.Kind == text.Money || have.Kind == text.Number || have.Kind == text.Ordinal || have.Kind == text.Decade
	case text.Label:
		return true
	case text.Quantity, text.Money:
		return have.Kind == text.Number && have.Unit == ""
	}
	return false
}

// share is what part of a whole a value names: 50 % and a half are both 0.5.
func share(v text.Value) (float64, bool) {
	switch {
	case v.Kind == text.Percent && v.Unit == "":
		x, ok := float(v.Number)
		return x / 100, ok
	case v.Kind == text.Fraction:
		return float(v.Number)
	}
	return 0, false
}

func float(s string) (float64, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0, false
	}
	f, _ := r.Float64()
	return f, true
}

// rounding says how a claim's number may differ from the passage's.
type rounding int

const (
	exact rounding = iota
	about          // either way
	below          // the true number is a little smaller: nearly, almost
	above          // the true number is a little greater: over, more than
)

// near tells whether v is the passage's number rounded, where the claim says that it is.
func near(have, v text.Value, r rounding) bool {
	const most = 0.03 // of the number: a rounding that is further off says something else
	if r == exact || have.Unit != v.Unit || have.Kind != v.Kind && have.Kind != text.Number {
		if _, ok := share(v); !ok || r == exact {
			return false
		}
	}
	a, ok := float(have.Number)
	b, okay := float(v.Number)
	if x, is := share(have); is {
		a = x
	}
	if x, is := share(v); is {
		b = x
	}
	if !ok || !okay || a <= 0 || math.Abs(a-b) > most*a {
		return false
	}
	return r == about || r == below && a <= b || r == above && a >= b
}

// roundingBefore reads the words in front of a value, and in Chinese and Russian also behind it.
func roundingBefore(s *sentence, v text.Value) rounding {
	const reach = 24 // bytes
	before := strings.ToLower(strings.ToValidUTF8(s.text[max(0, v.Start-reach):v.Start], ""))
	after := strings.ToLower(strings.ToValidUTF8(s.text[v.End:min(len(s.text), v.End+reach)], ""))
	for _, c := range roundingWords() {
		if i := strings.LastIndex(before, c.word); i >= 0 && len(before)-i-len(c.word) <= c.gap {
			return c.rounding
		}
		if strings.HasPrefix(strings.TrimLeft(after, " "), c.word) && c.gap == 0 {
			return c.rounding
		}
	}
	return exact
}

type roundingWord struct {
	word     string
	rounding rounding
	gap      int // bytes that may stand between the word and the number
}

func roundingWords() []roundingWord {
	var out []roundingWord
	for _, w := range []struct {
		rounding rounding
		words    string
	}{
		{below, "nearly|almost|just under|close to|почти|чуть менее|без малого|майже|近|接近|将近"},
		{above, "over|more than|above|just over|upwards of|свыше|более|больше|понад|більше|более чем|более, чем|多于|超过|逾|多|余"},
		{about, "about|around|roughly|some|approximately|approx.|circa|около|примерно|порядка|приблизительно|где-то|близько|приблизно|约|大约|大概|左右|上下"},
	} {
		for word := range strings.SplitSeq(w.words, "|") {
			gap := 3
			if r := []rune(word); isHan(r[0]) {
				gap = 0
			}
			out = append(out, roundingWord{word, w.rounding, gap})
		}
	}
	return out
}

// composed tells whether a full date is put together from a day and a year that stand apart in the passages or a heading.
func composed(v text.Value, have []text.Value) bool {
	if v.Kind != text.Date && v.Kind != text.Period || v.Year == 0 {
		return false
	}
	bare := v
	bare.Year = 0
	day, year := false, false
	for _, h := range have {
		yearless := h
		yearless.Year = 0
		day = day || h.Year == 0 && (bare.Equal(h) || isPartOf(bare, h))
		year = year || yearOf(h) == v.Year && h.Kind == text.Year
	}
	return day && year
}

// lenient tells whether v is so small a value that the passage may say it in other words.
func lenient(v text.Value, have []text.Value) bool {
	switch v.Kind {
	case text.Both:
		return true
	case text.Number:
		if v.Number == "1" {
			return true
		}
		if v.Number == "2" {
			for _, h := range have {
				if h.Kind == text.Number && h.Small() && h.Number != "1" {
					return false
				}
			}
			return true
		}
	case text.Ordinal:
		return v.Number == "1"
	case text.Quantity:
		return v.Small()
	}
	return false
}

// isPartOf tells whether v is a year or a date that the other spells out: 2022 or February 2022 for 4 February 2022.
func isPartOf(v, other text.Value) bool {
	if v.Kind != text.Date && v.Kind != text.Year && (v.Kind != text.Number || yearOf(v) == 0) {
		return v.Kind == text.Decade && other.Kind == text.Year && yearOf(other)/10*10 == numberOf(v)
	}
	if other.Kind != text.Date && other.Kind != text.Period {
		return false
	}
	year := yearOf(v)
	return (year == 0 || year == other.Year) && (v.Month == 0 || v.Month == other.Month) && (v.Day == 0 || v.Day == other.Day)
}

// isDated tells whether a value says when.
func isDated(v text.Value) bool {
	switch v.Kind {
	case text.Date, text.Year, text.Period, text.Decade, text.Century:
		return true
	}
	return false
}

// yearOf gives the year of a date, a part of a year or a year; 0 for other values.
func yearOf(v text.Value) int {
	const first, last = 1000, 2100
	switch v.Kind {
	case text.Date, text.Period:
		return v.Year
	case text.Year:
		return numberOf(v)
	case text.Number:
		if n := numberOf(v); first <= n && n <= last {
			return n
		}
	}
	return 0
}

func numberOf(v text.Value) int {
	n, err := strconv.Atoi(v.Number)
	if err != nil {
		return 0
	}
	return n
}
