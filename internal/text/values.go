package text

import "fmt"

// Kind says what a value counts.
type Kind string

// The kinds of values that [Values] finds.
const (
	Number   Kind = "number"   // a count: 42, forty-two, 2.4万
	Percent  Kind = "percent"  // Unit "" for percent, "pp" for percentage points
	Money    Kind = "money"    // Unit is the currency by ISO 4217
	Quantity Kind = "quantity" // Unit is the unit of measure: km, mile, t, bbl, m3, year, day, …
	Year     Kind = "year"     // a calendar year
	Date     Kind = "date"     // Year, Month, Day as far as given
	Period   Kind = "period"   // a quarter or half of a year; Unit is "Q1" to "Q4", "H1", "H2"
	Decade   Kind = "decade"   // Number is its first year
	Century  Kind = "century"  // Number counts from one
	Ordinal  Kind = "ordinal"  // a rank: second, 第二, No. 2
	Fraction Kind = "fraction" // half, a third, 三分之一; Number is "1/3"
	Both     Kind = "both"     // both, оба, 双方
	Label    Kind = "label"    // a number that is part of a name: S-400, COVID-19
)

// Value is a number, sum or date found in a text.
type Value struct {
	Span

	Kind Kind
	// Number is the exact value in plain decimal digits ("2420000000", "-0.5",
	// "1/3"), empty for Date and Period.
	Number string
	Unit   string
	// Year, Month and Day of a Date, Year of a Period; 0 where not given.
	Year, Month, Day int
}

// Key names the value for sets: two values are equal when their keys are.
// Numbers, ordinals and years of the same size have the same key, since the
// languages do not tell them apart alike (2022, 2022 год; 二十大, 20th Congress).
func (v Value) Key() string {
	switch v.Kind {
	case Number, Ordinal, Year:
		return v.Number
	case Date:
		return "date:" + dateKey(v.Year, v.Month, v.Day)
	case Period:
		if v.Year == 0 {
			return "period:" + v.Unit
		}
		return fmt.Sprintf("period:%04d-%s", v.Year, v.Unit)
	case Both:
		return "both"
	}
	if v.Unit == "" {
		return string(v.Kind) + ":" + v.Number
	}
	return string(v.Kind) + ":" + v.Number + " " + v.Unit
}

// dateKey writes a date as ISO 8601 does, with the dashes of its edition of
// 2000 for what is left out: "2022-02", "--02-04", "---04".
func dateKey(year, month, day int) string {
	switch {
	case year == 0 && month == 0:
		return fmt.Sprintf("---%02d", day)
	case year == 0 && day == 0:
		return fmt.Sprintf("--%02d", month)
	case year == 0:
		return fmt.Sprintf("--%02d-%02d", month, day)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// Equal reports whether two values say the same, whatever their wording.
func (v Value) Equal(w Value) bool { return v.Key() == w.Key() }

// Small reports whether a value is one that wordings of the same fact may
// differ in: counts and ranks from zero to twelve, fractions, "both", a single
// year, month or day, and numbers in names.
func (v Value) Small() bool {
	switch v.Kind {
	case Fraction, Both, Label:
		return true
	case Number, Ordinal:
		switch v.Number {
		case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12":
			return true
		}
	case Quantity:
		switch v.Unit {
		case "year", "month", "week", "day", "hour", "minute":
			return v.Number == "1"
		}
	}
	return false
}

// Values finds the numbers, sums and dates of s, in order of their spans, which
// do not overlap. lang decides what a comma is: thousands in English and
// Chinese, decimals in Russian and Ukrainian; words of all four languages are
// known in any case. Vague amounts ("millions", «десятки», 数百) are no values.
func Values(s string, lang Lang) []Value {
	p := parser{s: s, lang: lang}
	p.toks = scan(s, lang)
	for i := 0; i < len(p.toks); {
		n := p.value(i)
		i += max(n, 1)
	}
	out := make([]Value, len(p.found))
	for i, f := range p.found {
		out[i] = f.Value
	}
	return out
}

// parser walks the tokens once and collects values.
type parser struct {
	s     string
	lang  Lang
	toks  []token
	found []finding
}

// finding is a value with what ranges need to know about it.
type finding struct {
	Value
	raw         decimal // before scale
	scale       int     // power of ten of million, 万, …
	first, next int     // tokens [first, next)
	han         bool    // written the Chinese way
}

// value tries each form at token i and returns how many tokens it took.
func (p *parser) value(i int) int {
	for _, form := range [...]func(*parser, int) (finding, bool){
		(*parser).date, (*parser).period, (*parser).century, (*parser).fraction, (*parser).number,
	} {
		f, ok := form(p, i)
		if !ok {
			continue
		}
		f.first = i
		if f.Kind != "" {
			f.Span = Span{p.toks[i].Start, p.toks[f.next-1].End}
			f.next = p.add(f)
		}
		return f.next - i
	}
	return 1
}
