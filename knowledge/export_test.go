package knowledge

import "amur/internal/text"

// MissingValues gives the values of an English key, small ones too, that a section does not have.
func MissingValues(key string, section Section) []string {
	has := valuesOf(&section)
	var missing []string
	for _, v := range text.Values(key, text.EN) {
		if !value(v.Key()).in(has) {
			missing = append(missing, v.Key())
		}
	}
	return missing
}
