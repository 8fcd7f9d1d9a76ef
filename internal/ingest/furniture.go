package ingest

import (
	"slices"
	"strings"
)

// tidy drops what a page says about itself and not about its subject: the title said again, buttons, blocks of links, the
// address for enquiries, a line that the next one repeats and continues. Labels that come back, or that lead away from the
// page, become blocks of that kind: they still part what stands around them.
func tidy(blocks []block, title string) []block {
	times, above := map[string]int{}, map[string]int{}
	for i, b := range blocks {
		if b.kind == paragraph && isShort(b.text) {
			times[b.text]++
			if hasTextUnder(blocks, i) {
				above[b.text]++
			}
		}
	}
	var out []block
	titleSlug := slug(title)
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		switch {
		case b.kind == paragraph && len(b.text) < 4*len(title) && slug(b.text) == titleSlug:
			if i > 0 || times[b.text] > 1 {
				continue
			}
		case isButton(b.text), b.kind == paragraph && b.tight && isCommand(b.text), isContact(blocks, i):
			continue
		case b.kind != item && isShort(b.text) && isMore(b.text):
			if end := linkRun(blocks, i); end > i+1 {
				i = end - 1
				continue
			}
			b.kind = label
		case b.kind == paragraph && times[b.text] > 1 && (above[b.text] != 1 || !hasTextUnder(blocks, i)):
			b.kind = label // but the one of an entry in a table of contents that has text under it is the heading
		case i+1 < len(blocks) && continues(b, blocks[i+1]):
			continue
		}
		out = append(out, b)
	}
	return out
}

// hasTextUnder reports whether running text or a list comes right after the block at i.
func hasTextUnder(blocks []block, i int) bool {
	return i+1 < len(blocks) && (blocks[i+1].kind == item || isProse(blocks[i+1].text))
}

// linkRun returns the place after the links that a label at i introduces: the short lines after it, up to the first that
// is of another make than the others (a question, or far longer): that one is the heading of what follows.
func linkRun(blocks []block, i int) int {
	j, total := i+1, 0
	for ; j < len(blocks) && blocks[j].kind != heading && isShort(blocks[j].text) && !isProse(blocks[j].text); j++ {
		n := words(blocks[j].text)
		last := j+1 == len(blocks) || isProse(blocks[j+1].text)
		if last && !blocks[j].links && (isSentence(blocks[j].text) || j > i+1 && n > 3 && n*(j-i-1) > 2*total) {
			return j
		}
		total += n
	}
	if j == i+2 && j < len(blocks) && !blocks[i+1].links && !strings.HasSuffix(blocks[i].text, ":") {
		return i + 1 // one line is no block of links
	}
	return j
}

// isContact reports whether the block at i is the address for enquiries: one short paragraph whose address is hidden, or
// one that stands beside a button.
func isContact(blocks []block, i int) bool {
	b := blocks[i]
	if b.kind != paragraph || words(b.text) > 40 || !hasAddress(b.text) || isLegal(b.text) {
		return false
	}
	return isMasked(b.text) || i > 0 && isButton(blocks[i-1].text) || i+1 < len(blocks) && isButton(blocks[i+1].text)
}

// continues reports whether next says b and goes on, as a caption does that stands once under the picture and once more
// with its credit. A short line before a paragraph that begins with the same words is its heading, and stays.
func continues(b, next block) bool {
	rest, ok := strings.CutPrefix(next.text, b.text)
	return ok && rest != "" && b.kind == paragraph && next.kind == paragraph &&
		strings.ContainsAny(rest[:1], " :.;,(") && (isSentence(b.text) || next.tight)
}

// dropLabels removes the labels once they have done their service.
func dropLabels(blocks []block) []block {
	return slices.DeleteFunc(blocks, func(b block) bool { return b.kind == label })
}
