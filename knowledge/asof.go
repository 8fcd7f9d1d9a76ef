package knowledge

import (
	"fmt"
	"strings"

	"amur/internal/text"
)

// dating finds the dates of a document's passages.
type dating struct {
	document *Document
	limit    string // no date after this one counts; empty for none
}

// newDating takes the document's day as the limit, since a later date in a sentence is a plan, not what it holds for;
// a document without a day is as new as its newest source.
func newDating(d *Document) dating {
	limit := d.Updated
	if limit == "" {
		for _, source := range d.Sources {
			limit = max(limit, source.Published)
		}
	}
	return dating{document: d, limit: limit}
}

// asOf gives the newest date in the quotation, else the newest publication of its sources, else "".
func (g dating) asOf(quote string, refs []Ref) string {
	newest := ""
	if mayHoldYear(quote) {
		for _, v := range text.Values(quote, g.document.Lang) {
			if date := dateOf(v); !g.isLater(date) {
				newest = max(newest, date)
			}
		}
	}
	if newest != "" {
		return newest
	}
	for _, ref := range refs {
		newest = max(newest, g.document.Sources[ref.Source].Published)
	}
	return newest
}

// mayHoldYear tells whether a search for dates is worth its time: it is most of what making a base takes.
func mayHoldYear(s string) bool {
	digits := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			digits = 0
			continue
		}
		if digits++; digits == 4 {
			return true
		}
	}
	return strings.Contains(s, "年")
}

// isLater tells whether a date lies after the limit, as far as both are given.
func (g dating) isLater(date string) bool {
	if g.limit == "" {
		return false
	}
	n := min(len(date), len(g.limit))
	return date[:n] > g.limit[:n]
}

// dateOf writes a date with a year as YYYY, YYYY-MM or YYYY-MM-DD; "" for every other value.
func dateOf(v text.Value) string {
	year := yearOf(v)
	switch {
	case year <= 0 || year > 9999:
		return ""
	case v.Kind != text.Date || v.Month == 0:
		return fmt.Sprintf("%04d", year)
	case v.Day == 0:
		return fmt.Sprintf("%04d-%02d", year, v.Month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", year, v.Month, v.Day)
	}
}
