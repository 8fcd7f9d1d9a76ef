package knowledge

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
	for _, date := range g.dates(quote) {
		if g.limit == "" || date <= g.limit || len(date) < len(g.limit) && date <= g.limit[:len(date)] {
			newest = max(newest, date)
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
