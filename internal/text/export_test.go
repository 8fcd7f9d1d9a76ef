package text

import "strings"

// DetectWithout detects with the function words of one language emptied.
func DetectWithout(s string, fallback, lang Lang) Lang {
	var b strings.Builder
	for line := range strings.Lines(lexicon) {
		fields := strings.Fields(line)
		kept := fields[:1]
		for _, tag := range fields[1:] {
			if strings.TrimSuffix(tag, "?") != string(lang) {
				kept = append(kept, tag)
			}
		}
		if len(kept) > 1 {
			b.WriteString(strings.Join(kept, " ") + "\n")
		}
	}
	return detect(s, fallback, b.String())
}

// Lexicon returns the embedded word list.
func Lexicon() string { return lexicon }

// ReadConversions unpacks tables and returns the error alone.
func ReadConversions(zipped []byte) error {
	_, err := readConversions(zipped)
	return err
}

// Numerals returns the embedded list of numerals.
func Numerals() string { return numerals }
