package knowledge

import (
	"strings"

	"amur/internal/text"
)

// value is a number, date or sum in the canonical form of package text.
type value string

// in tells whether the values hold it; a date is held by a more exact one too.
func (v value) in(all []value) bool {
	for _, other := range all {
		if v == other || isDateKey(v) && strings.HasPrefix(string(other), string(v)+"-") {
			return true
		}
	}
	return false
}

// sectionValues gives the values of words that every language must have: not the small numbers, which languages say
// in different ways ("both", "a second time").
func sectionValues(words string, lang text.Lang) []value {
	var all []value
	for _, v := range text.Values(words, lang) {
		if !v.Small {
			all = append(all, value(v.Key()))
		}
	}
	return all
}

// valuesOf gives all values of a section, small ones too.
func valuesOf(s *Section) []value {
	var all []value
	for _, v := range text.Values(s.Text, s.Lang) {
		all = append(all, value(v.Key()))
	}
	return all
}

func isDateKey(v value) bool { return strings.HasPrefix(string(v), "date:") }
