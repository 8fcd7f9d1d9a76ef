package knowledge

import (
	"strconv"

	"amur/internal/text"
)

// sectionValues gives the values of words that every language must have: not the small ones, which languages say in
// different ways ("both", "a second time").
func sectionValues(words string, lang text.Lang) []text.Value {
	var all []text.Value
	for _, v := range text.Values(words, lang) {
		if !v.Small() {
			all = append(all, v)
		}
	}
	return all
}

// has tells whether one of the values is v, or a more exact date.
func has(all []text.Value, v text.Value) bool {
	for _, other := range all {
		if v.Equal(other) || isPartOf(v, other) {
			return true
		}
	}
	return false
}

// isPartOf tells whether v is a year or a date that the other date spells out: 2022 or February 2022 for 4 February
// 2022.
func isPartOf(v, other text.Value) bool {
	year := yearOf(v)
	if v.Kind != text.Date && v.Kind != text.Year || other.Kind != text.Date && other.Kind != text.Period {
		return false
	}
	return (year == 0 || year == other.Year) && (v.Month == 0 || v.Month == other.Month) && (v.Day == 0 || v.Day == other.Day)
}

// yearOf gives the year of a date, a part of a year or a year; 0 for other values.
func yearOf(v text.Value) int {
	switch v.Kind {
	case text.Date, text.Period:
		return v.Year
	case text.Year:
		year, err := strconv.Atoi(v.Number)
		if err != nil {
			return 0
		}
		return year
	default:
		return 0
	}
}
