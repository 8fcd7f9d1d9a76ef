package verify

import (
	"math"
	"math/big"
	"strings"

	"amur/internal/text"
)

// seen is a value where it stands.
type seen struct {
	text.Value

	in *sentence
}

// maxValues bounds what is compared of a passage's sentence: an honest one has few values.
const maxValues = 100

// valuesOf lists the values of a sentence, those that it only implies ("a year earlier") last.
func valuesOf(s *sentence) []seen {
	var out []seen
	for _, v := range s.values[:min(len(s.values), maxValues)] {
		out = append(out, seen{v, s})
	}
	for _, v := range implied(s) {
		out = append(out, seen{v, s})
	}
	return out
}

// missingValue returns the first value of a claim that no sentence has. Headings answer for dates only: they say when and
// about what, not how much.
func missingValue(claim *sentence, units []*unit) (text.Value, bool) {
	var have, dates []seen
	for _, u := range units {
		have = append(have, u.have...)
		for _, v := range u.heading.values {
			if isDated(v) && len(dates) < maxValues {
				dates = append(dates, seen{v, u.heading})
			}
		}
	}
	dates = append(dates, have...)
	for _, v := range claim.values {
		from := have
		if isDated(v) {
			from = dates
		}
		if !answered(seen{v, claim}, from) {
			return v, true
		}
	}
	return text.Value{}, false
}

// answered tells whether one of the values says v, or v is one that wordings of the same fact differ in.
func answered(v seen, have []seen) bool {
	r := roundingBefore(v.in, v.Value)
	unlike := false // the same number of something else
	for _, h := range have {
		if !says(h.Value, v.Value) && !near(h.Value, v.Value, r) {
			continue
		}
		if !foreignUnit(v, h) {
			return true
		}
		unlike = true
	}
	if unlike || contradicted(v, have) {
		return false
	}
	return composed(v.Value, have) || reckoned(v.Value, have) || lenient(v.Value) || designation(v, have)
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
	if part, ok := partNamed(have, v); ok {
		return part
	}
	if have.Number == "" || have.Number != v.Number {
		return false
	}
	switch v.Kind {
	case text.Number, text.Ordinal, text.Year:
		return have.Kind == text.Quantity || have.Kind == text.Percent && v.Kind == text.Number || have.Kind == text.Money || have.Kind == text.Number || have.Kind == text.Ordinal || have.Kind == text.Decade
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

// near tells whether v is the passage's number rounded to the digits that v has, where the claim says that it is.
func near(have, v text.Value, r rounding) bool {
	const most = 0.25 // of the number
	if r == exact {
		return false
	}
	a, ok := float(have.Number)
	b, okay := float(v.Number)
	step := lastDigit(v.Number)
	x, isShare := share(have)
	y, alsoShare := share(v)
	switch {
	case isShare && alsoShare:
		a, b, ok, okay = x, y, true, true
		if v.Kind == text.Percent {
			step /= 100
		} else {
			step = 0.04
		}
	case have.Unit != v.Unit || have.Kind != v.Kind && have.Kind != text.Number && v.Kind != text.Number:
		return false
	}
	if !ok || !okay || a <= 0 || a-b > most*a || b-a > most*a {
		return false
	}
	switch r {
	case below:
		return b-step < a && a <= b
	case above:
		return b <= a && a < b+step
	}
	return b-step/2 <= a && a <= b+step/2
}

// lastDigit is the worth of the last digit of a number that is not zero: 10 for 240, 0.1 for 2.4.
func lastDigit(number string) float64 {
	whole, fraction, _ := strings.Cut(number, ".")
	if fraction != "" {
		return math.Pow10(-len(fraction))
	}
	return math.Pow10(len(whole) - len(strings.TrimRight(whole, "0")))
}

// roundingBefore reads the words in front of a value, and in Chinese and Russian also behind it.
func roundingBefore(s *sentence, v text.Value) rounding {
	const reach = 24 // bytes
	before := strings.ToLower(strings.ToValidUTF8(s.text[max(0, v.Start-reach):v.Start], ""))
	after := strings.ToLower(strings.ToValidUTF8(s.text[v.End:min(len(s.text), v.End+reach)], ""))
	for _, list := range [...]struct {
		rounding rounding
		words    string
		han      string // also behind the number
	}{
		{below, "nearly|almost|just under|close to|почти|чуть менее|без малого|майже", "近|接近|将近"},
		{above, "over|more than|above|upwards of|свыше|более|больше|более чем|больше чем|понад|більше|більше ніж", "多于|超过|逾|多|余"},
		{about, "about|around|roughly|some|approximately|approx.|circa|около|примерно|порядка|приблизительно|близько|приблизно", "约|大约|大概|左右|上下"},
	} {
		for word := range strings.SplitSeq(list.words, "|") {
			if bare, ok := strings.CutSuffix(strings.TrimRight(before, " $€¥£"), word); ok && begins(bare+word, len(bare)) {
				return list.rounding
			}
		}
		for word := range strings.SplitSeq(list.han, "|") {
			if strings.HasSuffix(before, word) || strings.HasPrefix(after, word) {
				return list.rounding
			}
		}
	}
	return exact
}

// lenient tells whether v is so small a value that wordings of the same fact have it or leave it out.
func lenient(v text.Value) bool {
	switch v.Kind {
	case text.Both:
		return true
	case text.Number:
		return v.Number == "1" || v.Number == "2"
	case text.Ordinal:
		return v.Number == "1"
	case text.Quantity:
		return v.Small()
	}
	return false
}
