package ingest

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugRunes is the length at which a slug is cut, in letters.
const slugRunes = 60

// slug makes a name fit for an id: lower case, letters and digits of any script, everything else one hyphen.
func slug(name string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, r := range norm.NFC.String(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if n++; n > slugRunes {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// names hands out ids that are unique: the second "history" is "history-2". It maps an id to the last number tried.
type names map[string]int

// take returns name, or fallback when it is empty, numbered when it was taken before.
func (n names) take(name, fallback string) string {
	if name == "" {
		name = fallback
	}
	id := name
	for taken := n[id] > 0; taken; taken = n[id] > 0 {
		n[name]++
		id = name + "-" + strconv.Itoa(n[name])
	}
	n[id]++
	return id
}
