package verify

import (
	"strconv"

	"amur/internal/text"
)

// composed tells whether a full date is put together from a day and a year that stand apart in the passages or a heading.
func composed(v text.Value, have []seen) bool {
	if v.Kind != text.Date && v.Kind != text.Period || v.Year == 0 {
		return false
	}
	bare := v
	bare.Year = 0
	day, year := false, false
	for _, h := range have {
		day = day || h.Year == 0 && (bare.Equal(h.Value) || isPartOf(bare, h.Value))
		year = year || yearOf(h.Value) == v.Year
	}
	return day && year
}

// isPartOf tells whether v is a year or a date that the other spells out: 2022 or February 2022 for 4 February 2022.
func isPartOf(v, other text.Value) bool {
	if v.Kind != text.Date && v.Kind != text.Year && (v.Kind != text.Number && v.Kind != text.Ordinal || yearOf(v) == 0) {
		return v.Kind == text.Decade && other.Kind == text.Year && yearOf(other)/10*10 == numberOf(v)
	}
	if other.Kind != text.Date && other.Kind != text.Period {
		return false
	}
	year := yearOf(v)
	if year == 0 && v.Month == 0 && v.Day == 0 {
		return false
	}
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
	case text.Number, text.Ordinal:
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
