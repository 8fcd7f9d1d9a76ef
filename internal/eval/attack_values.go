package eval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"amur/internal/text"
)

// taboo is what a passage says, so that no change says the same.
type taboo struct {
	values        map[string]bool // keys
	years, months map[int]bool
	names         map[string]bool // keys
	text          string
}

// taboo gathers the values and names of a passage and the heading above it.
func (t *tongue) taboo(s sentence) taboo {
	b := taboo{map[string]bool{}, map[int]bool{}, map[int]bool{}, map[string]bool{}, s.text + " " + s.heading}
	for _, v := range text.Values(b.text, t.lang) {
		b.values[v.Key()] = true
		b.months[v.Month] = true
		b.years[yearOf(v)] = true
	}
	for _, m := range t.mentions(b.text) {
		for key := range strings.SplitSeq(m.key, "+") {
			b.names[key] = true
		}
	}
	return b
}

func yearOf(v text.Value) int {
	switch v.Kind {
	case text.Year, text.Decade:
		n, _ := strconv.Atoi(v.Number) // not whole: no year
		return n
	default:
		return v.Year
	}
}

// fresh tells whether a claim has values that neither the sentence that it was made of nor the passage has, and keeps
// as many values as there were.
func (s site) fresh(claim string) bool {
	before, after := text.Values(s.claim, s.lang), text.Values(claim, s.lang)
	if len(before) != len(after) {
		return false
	}
	known := map[string]bool{}
	for _, v := range before {
		known[v.Key()] = true
	}
	found := false
	for _, v := range after {
		if known[v.Key()] {
			continue
		}
		if s.passage.taboo.values[v.Key()] {
			return false
		}
		found = true
	}
	return found
}

// replacing makes a change of a span, with a note of what was what.
func (s site) replacing(span text.Span, word string) change {
	return change{put(s.claim, span, word), span.In(s.claim) + " → " + word}
}

// numbers changes counts, sums, shares and ranks: digits, or words for numbers.
func (s site) numbers() []change {
	digits := regexp.MustCompile(`\d[\d.,   ]*\d|\d`)
	var made []change
	for _, v := range s.values(text.Number, text.Percent, text.Money, text.Quantity, text.Ordinal, text.Fraction) {
		inside := v.In(s.claim)
		if at := digits.FindStringIndex(inside); at != nil {
			span := text.Span{Start: v.Start + at[0], End: v.Start + at[1]}
			for _, other := range otherDigits(span.In(s.claim)) {
				if s.lang == text.RU && agreement(other) != agreement(span.In(s.claim)) {
					continue
				}
				made = append(made, s.replacing(span, other))
			}
			continue
		}
		for _, row := range s.Numbers {
			for _, word := range row {
				span, ok := s.find(s.claim[:v.End], word, v.Start)
				if !ok {
					continue
				}
				for _, other := range row {
					if other != word {
						made = append(made, s.replacing(span, other))
					}
				}
			}
		}
	}
	return slices.DeleteFunc(made, func(m change) bool { return !s.fresh(m.claim) })
}

// values are the values of the sentence of some kinds: those of what is said, and only where it has none, of who said it.
// Where there are exact ones, the small ones that may be part of a name do not count.
func (s site) values(kinds ...text.Kind) []text.Value {
	before, body, _, _ := s.parts(s.claim)
	var all, inside, exact []text.Value
	for _, v := range text.Values(s.claim, s.lang) {
		if !slices.Contains(kinds, v.Kind) {
			continue
		}
		all = append(all, v)
		if v.Start >= len(before) && v.End <= len(before)+len(body) {
			inside = append(inside, v)
			if !v.Small() {
				exact = append(exact, v)
			}
		}
	}
	switch {
	case len(exact) > 0:
		return exact
	case len(inside) > 0:
		return inside
	}
	return all
}

// agreement says which form of a noun stands behind a number in Russian: that of 1, of 2 to 4, or of the others.
func agreement(number string) int {
	n := len(number)
	if strings.ContainsAny(number, ".,") {
		return 2
	}
	tens := n > 1 && number[n-2] == '1'
	switch last := number[n-1]; {
	case tens || last == '0' || last >= '5':
		return 5
	case last == '1':
		return 1
	default:
		return 2
	}
}

// otherDigits gives other numbers of the same shape: another first digit, another last one, two digits the other way
// round, and where there is a fraction its point moved.
func otherDigits(number string) []string {
	var places []int
	for i := range len(number) {
		if number[i] >= '0' && number[i] <= '9' {
			places = append(places, i)
		}
	}
	var out []string
	with := func(place int, step byte) {
		d := (number[place]-'0'+step)%10 + '0'
		if place == 0 && d == '0' {
			d = '4'
		}
		out = append(out, number[:place]+string(d)+number[place+1:])
	}
	first, last := places[0], places[len(places)-1]
	with(first, 1)
	with(first, 4)
	if len(places) > 1 {
		with(places[1], 3)
		with(last, 7)
		second := places[1]
		if number[first] != number[second] && number[second] != '0' {
			b := []byte(number)
			b[first], b[second] = b[second], b[first]
			out = append(out, string(b))
		}
	}
	return out
}

// units keeps a figure and changes its unit, scale or currency.
func (s site) units() []change {
	var made []change
	for _, v := range s.values(text.Number, text.Percent, text.Money, text.Quantity) {
		for _, row := range s.Units {
			word, span := s.unitIn(v, row)
			if word == "" {
				continue
			}
			for _, other := range row {
				if other != word {
					made = append(made, s.replacing(span, other))
				}
			}
		}
	}
	return slices.DeleteFunc(made, func(m change) bool { return !s.fresh(m.claim) })
}

// unitIn finds the longest unit of a row in a value.
func (s site) unitIn(v text.Value, row []string) (word string, span text.Span) {
	for _, w := range row {
		at := strings.LastIndex(v.In(s.claim), w)
		if at < 0 || len(w) <= len(word) {
			continue
		}
		found := text.Span{Start: v.Start + at, End: v.Start + at + len(w)}
		if s.lang == text.ZH || !wordRune([]rune(w)[0]) || s.bounded(s.claim, found.Start) && s.bounded(s.claim, found.End) {
			word, span = w, found
		}
	}
	return word, span
}

// beside begins the note of a change that took its value from the sentence behind.
const beside = "beside: "

// elsewhere lets two values of the same kind change places, or where the sentence has no two, puts that of the sentence
// behind it in the value's place; the passage then includes that sentence.
func (s site) elsewhere() []change {
	values := s.values(text.Number, text.Percent, text.Money, text.Quantity, text.Ordinal, text.Year, text.Date, text.Decade)
	var made []change
	for _, v := range values {
		for _, w := range text.Values(s.claim, s.lang) {
			if !s.exchangeable(v, s.claim, w, s.claim) {
				continue
			}
			a, b := s.figures(v, s.claim), s.figures(w, s.claim)
			m := s.replacing(a, b.In(s.claim))
			if a.Start > b.Start {
				a, b = b, a
			}
			m.claim = s.claim[:a.Start] + b.In(s.claim) + s.claim[a.End:b.Start] + a.In(s.claim) + s.claim[b.End:]
			made = append(made, m)
		}
	}
	if len(made) > 0 || s.next == "" || s.passage.next == "" {
		return made
	}
	for _, v := range values {
		for _, w := range text.Values(s.next, s.lang) {
			if s.exchangeable(v, s.claim, w, s.next) {
				m := s.replacing(s.figures(v, s.claim), s.figures(w, s.next).In(s.next))
				m.note = beside + m.note
				made = append(made, m)
			}
		}
	}
	return made
}

// exchangeable tells whether a value fits the place of another one of the same kind. Dates with a month are declined in
// Russian, and words for numbers fit few places.
func (s site) exchangeable(v text.Value, in string, w text.Value, source string) bool {
	written := !strings.ContainsAny(v.In(in), "0123456789") || !strings.ContainsAny(w.In(source), "0123456789")
	return v.Kind == w.Kind && v.Unit == w.Unit && !v.Equal(w) && !written &&
		(v.Month == 0) == (w.Month == 0) && (v.Day == 0) == (w.Day == 0) && (v.Month == 0 || s.lang != text.RU)
}

// figures is the part of a value that is put elsewhere: of a year the figures, for the words around them are those of the
// sentence.
func (s site) figures(v text.Value, in string) text.Span {
	if at := strings.Index(v.In(in), v.Number); v.Kind == text.Year && at >= 0 {
		return text.Span{Start: v.Start + at, End: v.Start + at + len(v.Number)}
	}
	return v.Span
}
