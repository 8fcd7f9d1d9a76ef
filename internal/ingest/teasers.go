package ingest

import "slices"

// cutTeasers drops the announcements of other articles at the page's end. They are known by their shape, a heading after
// which every part is one paragraph, and by their place: behind the licence or the address for enquiries, or under a
// heading that says so. A list that has its own heading ("Top stories") has nothing between that and the first teaser.
func cutTeasers(blocks []block) []block {
	total, seen := 0, 0
	for _, b := range blocks {
		total += len(b.text)
	}
	ended, from := false, teasersFrom(blocks)
	for i, b := range blocks {
		late := 2*seen > total
		seen += len(b.text)
		if !late {
			continue
		}
		ended = ended || !parts(b) && isLegal(b.text)
		if !parts(b) || i < from {
			continue
		}
		stacked := i+1 < len(blocks) && parts(blocks[i+1])
		if isMore(b.text) && stacked || ended && (stacked || 4*(total-seen) < total) {
			return blocks[:i]
		}
	}
	return blocks
}

// parts reports whether b begins a part of the page.
func parts(b block) bool {
	return b.kind == heading || b.kind == label
}

// teasersFrom returns the place from which on each part of blocks is at most one paragraph.
func teasersFrom(blocks []block) int {
	under := 0
	for i, b := range slices.Backward(blocks) {
		if parts(b) {
			under = 0
		} else if under++; under > 1 {
			return i + 1
		}
	}
	return 0
}
