package verify

import (
	"slices"
	"strings"

	"amur/internal/text"
)

// findAddresses adds the addresses of the web and of mail, in place of names within them. Their keys begin with @: an address
// is the same only letter by letter.
func (f *folded) findAddresses(found []mention) []mention {
	for i := 1; i < len(f.words); i++ {
		if !f.isAddress(f.words[i-1], f.words[i]) {
			continue
		}
		p := text.Span{Start: f.words[i-1].Start, End: f.words[i].End}
		for i+1 < len(f.words) && strings.Trim(f.text[p.End:f.words[i+1].Start], "./@:?=&#_-") == "" {
			i++
			p.End = f.words[i].End
		}
		found = slices.DeleteFunc(found, func(m mention) bool { return m.Start < p.End && p.Start < m.End })
		found = append(found, mention{Span: p, key: "@" + p.In(f.text)})
	}
	return found
}

// isAddress tells whether two words that follow each other are of an address: example.org, name@host, http://host.
func (f *folded) isAddress(a, b nameWord) bool {
	const least = 2
	if a.script != latin || b.script != latin || len(a.form) < least || len(b.form) < least || b.capital {
		return false
	}
	between := f.text[a.End:b.Start]
	return between == "." || between == "@" || between == "://"
}
