package knowledge

import "amur/internal/text"

// MissingValues gives the values of an English key that a section does not have. Small numbers count here, but for
// "one", "first" and "both", which every language has other words for.
func MissingValues(key string, section Section) []string {
	values := text.Values(section.Text, section.Lang)
	var missing []string
	for _, v := range text.Values(key, text.EN) {
		if v.Kind != text.Both && v.Key() != "1" && !has(values, v) && !hasNumber(values, v) {
			missing = append(missing, v.Key())
		}
	}
	return missing
}

// hasNumber tells whether the number stands among the values with a unit that the key leaves out.
func hasNumber(values []text.Value, v text.Value) bool {
	for _, other := range values {
		if v.Kind == text.Number && v.Number == other.Number {
			return true
		}
	}
	return false
}

// ParseGlossary is parseGlossary.
func ParseGlossary(data []byte) ([]Term, error) { return parseGlossary(data) }

// ReadDisputes is readDisputes.
func ReadDisputes(data []byte, base *Base) ([]Dispute, error) { return readDisputes(data, base) }
