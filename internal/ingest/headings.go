package ingest

// markHeadings finds the headings of a text without markup: a short line that stands alone and has longer text under it,
// or that stands right above a list.
func markHeadings(blocks []block) {
	prose := false
	for i := range blocks {
		b := &blocks[i]
		if b.kind != paragraph {
			prose = prose || b.kind == item
			continue
		}
		switch {
		case !headingShaped(b.text) || isLegal(b.text) || !prose && isByline(b.text):
			prose = prose || isProse(b.text)
		case i+1 == len(blocks):
		case blocks[i+1].kind == item && words(b.text) <= 8:
			b.kind = heading
		case !b.tight && !blocks[i+1].tight && isUnder(blocks[i+1].text, b.text):
			b.kind = heading
		}
	}
	markStacked(blocks)
}

// isUnder reports whether text is long enough to have a heading.
func isUnder(text, over string) bool {
	return columns(text) > columns(over) && (isProse(text) || columns(text) > 2*columns(over) && columns(text) > 60)
}

// markStacked makes a short line right above a heading a heading as well (a part above its first chapter), unless it is
// the last of several such lines: those are a list.
func markStacked(blocks []block) {
	for i := len(blocks) - 2; i >= 0; i-- {
		if blocks[i+1].kind != heading || !isLone(blocks, i) || i > 0 && isLone(blocks, i-1) {
			continue
		}
		blocks[i].kind = heading
	}
}

// isLone reports whether the block at i is a short line that stands alone, and no heading yet.
func isLone(blocks []block, i int) bool {
	return blocks[i].kind == paragraph && !blocks[i].tight && !blocks[i+1].tight && headingShaped(blocks[i].text) && !isLegal(blocks[i].text)
}
